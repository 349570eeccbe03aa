// @ts-check
/** What a word is and how it is folded: the same as sitegen/search/analyzer.py, without the stemming. */

const SPACELESS =
  "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3005-\\u3007\\u3021-\\u3029\\u3041-\\u30ff\\u31f0-\\u31ff" +
  "\\u3400-\\u4dbf\\u4e00-\\u9fff\\ua9e0-\\ua9ff\\uaa60-\\uaa7f\\uf900-\\ufaff\\u{1b000}-\\u{1b16f}\\u{20000}-\\u{3ffff}";
const RUN = /[\p{L}\p{M}\p{N}]+/gu;
const SOLID = /[\p{L}\p{N}]/u;
const HAS_SPACELESS = new RegExp(`[${SPACELESS}]`, "u");
const STRETCH = new RegExp(`[${SPACELESS}]+|[^${SPACELESS}]+`, "gu");
const LIGHT_MARKS =
  /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]/gu;
/** @type {Record<string, string>} */
const PLAIN_LETTERS = {
  "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ħ": "h", "ŋ": "n", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe",
  "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي", "ٱ": "ا",
};
const LETTERS_TO_PLAIN = new RegExp(`[${Object.keys(PLAIN_LETTERS).join("")}]`, "gu");

/** Joins the words of a name into one term. */
export const KEY_JOINT = "_";

/**
 * Compatibility form and lower case, with one small sigma.
 * @param {string} text
 */
export function normalize(text) {
  return text.normalize("NFKC").toLowerCase().replaceAll("ς", "σ");
}

/**
 * A normalized word as somebody types it who leaves accents, points and vowel marks out.
 * @param {string} word
 */
export function fold(word) {
  const bare = word.normalize("NFKD").replace(LIGHT_MARKS, "");
  return bare.replace(LETTERS_TO_PLAIN, (letter) => PLAIN_LETTERS[letter]).normalize("NFC");
}

/**
 * Whether a word is of a script that writes no spaces.
 * @param {string} word
 */
export function isSpaceless(word) {
  return HAS_SPACELESS.test(word);
}

/**
 * The words of a text in order, normalized; of scripts without spaces, each pair of neighbouring characters.
 * @param {string} text
 * @returns {string[]}
 */
export function words(text) {
  return (normalize(text).match(RUN) ?? []).flatMap(splitRun);
}

/**
 * The words in one normalized run of letters, marks and digits.
 * @param {string} run
 * @returns {string[]}
 */
export function splitRun(run) {
  if (!HAS_SPACELESS.test(run)) return SOLID.test(run) ? [run] : [];
  return (run.match(STRETCH) ?? []).flatMap(splitStretch);
}

/** @param {string} stretch */
function splitStretch(stretch) {
  if (!SOLID.test(stretch)) return [];
  const characters = [...stretch];
  if (characters.length === 1 || !HAS_SPACELESS.test(stretch)) return [stretch];
  return characters.slice(1).map((character, place) => characters[place] + character);
}

/**
 * The one term that stands for a whole name.
 * @param {string} name
 */
export function nameKey(name) {
  return words(name).map(fold).join(KEY_JOINT);
}

/**
 * The words of a text with where they stand in it, in UTF-16 units.
 * @param {string} text
 * @returns {{word: string, start: number, end: number}[]}
 */
export function placedWords(text) {
  const placed = [];
  for (const match of text.matchAll(RUN)) {
    const run = normalize(match[0]);
    const stretches = HAS_SPACELESS.test(run) ? (match[0].match(STRETCH) ?? []) : [match[0]];
    let start = match.index;
    for (const stretch of stretches) {
      placed.push(...placeStretch(stretch, start));
      start += stretch.length;
    }
  }
  return placed;
}

/**
 * @param {string} stretch
 * @param {number} start
 */
function placeStretch(stretch, start) {
  const found = splitRun(normalize(stretch));
  if (found.length < 2) return found.map((word) => ({ word, start, end: start + stretch.length }));
  const ends = [start];
  for (const character of stretch) ends.push(ends[ends.length - 1] + character.length);
  const last = ends.length - 1;
  return found.map((word, place) => ({
    word,
    start: ends[Math.min(place, last)],
    end: ends[Math.min(place + 2, last)],
  }));
}
