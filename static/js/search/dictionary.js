// @ts-check
/** Words, beginnings, patterns and misspellings -> forms that the archive has. Fetches the shards that it needs only. */
import { fold } from "./analyzer.js";
import { ByteReader } from "./bits.js";
import { parseJson } from "./files.js";
import { distinct, extend, parseShard } from "./shard.js";

/** @typedef {import("./shard.js").Form} Form */
/** @typedef {import("./shard.js").Line} Line */

const SHARDS_KEPT = 100;
const BEGINNING_SHARDS = 4;
const BEGINNING_FORMS = 50;
const BEGINNING_POINTERS = 8;
const RELATIVE_MIN = 4;
const ENDING_MAX = 3;
const GUESSES = 8;
const HIGHEST = "\uffff";

/**
 * The place of the last key that is not after `key`.
 * @param {string[]} keys sorted
 * @param {string} key
 */
function placeOf(keys, key) {
  let low = 0;
  let high = keys.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (keys[middle] <= key) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * The slice of `names` that begins at a place: ten characters each.
 * @param {string} names
 * @param {number} place
 */
export function nameAt(names, place) {
  return names.slice(place * 10, place * 10 + 10);
}

/** @param {string} text */
export function reversed(text) {
  return [...text].reverse().join("");
}

export class Dictionary {
  /**
   * @param {() => Promise<any>} loadLunr
   * @param {any} root
   * @param {import("./files.js").Files} files
   * @param {number} [kept] how many shards stay unpacked
   */
  constructor(loadLunr, root, files, kept = SHARDS_KEPT) {
    this.loadLunr = loadLunr;
    this.root = root;
    this.files = files;
    this.kept = kept;
    this.recent = parseShard(root.recent);
    /** @type {Map<number, Promise<Line[]>>} */
    this.shards = new Map();
    /** @type {Map<number, Promise<string[]>>} */
    this.blocks = new Map();
  }

  /** The lines of a shard. @param {number} place @returns {Promise<Line[]>} */
  shard(place) {
    const known = this.shards.get(place);
    if (known) return known;
    if (this.shards.size >= this.kept) this.shards.delete(Number(this.shards.keys().next().value));
    const reading = this.files.read(nameAt(this.root.shards.names, place)).then((bytes) => {
      return extend(parseShard(bytes), this.recentOf(place));
    });
    this.shards.set(place, reading);
    reading.catch(() => this.shards.delete(place));
    return reading;
  }

  /** What the newest articles add to a shard. @param {number} place */
  recentOf(place) {
    const { keys } = this.root.shards;
    return this.recent.filter(({ key }) => keys[place] <= key && (place + 1 === keys.length || key < keys[place + 1]));
  }

  /** @param {string} key @returns {Promise<Line[]>} the lines of the shard that has `key` or would have it */
  async around(key) {
    const { keys } = this.root.shards;
    return keys.length ? this.shard(placeOf(keys, key)) : [];
  }

  /** @param {string} key @returns {Promise<Line | undefined>} */
  async line(key) {
    return (await this.around(key)).find((line) => line.key === key);
  }

  /**
   * The forms that are spelled like a key, and those that share a stem with one of them.
   * @param {string} key a folded word, or the key of a name
   * @returns {Promise<{exact: Form[], related: Form[]}>}
   */
  async find(key) {
    const own = await this.line(key);
    if (!own) return { exact: [], related: [] };
    const others = await Promise.all(own.pointers.map((pointer) => this.line(pointer.key)));
    const forms = [own, ...others].flatMap((line) => line?.forms ?? []);
    const isExact = (/** @type {Form} */ form) => fold(form.text) === key;
    return { exact: forms.filter(isExact), related: forms.filter((form) => !isExact(form)) };
  }

  /**
   * The lines of some keys, each shard read once however many of them it has.
   * @param {Iterable<string>} wanted
   * @returns {Promise<Map<string, Line>>}
   */
  async lines(wanted) {
    const keys = new Set(wanted);
    const places = new Set([...keys].map((key) => placeOf(this.root.shards.keys, key)));
    const found = await this.linesOf(this.root.shards.keys.length ? [...places] : [], (line) => keys.has(line.key));
    return new Map(found.map((line) => [line.key, line]));
  }

  /**
   * The forms spelled like each of some keys.
   * @param {Iterable<string>} wanted
   * @returns {Promise<Form[]>}
   */
  async spelled(wanted) {
    const keys = [...new Set(wanted)];
    const own = await this.lines(keys);
    const others = await this.lines([...own.values()].flatMap((line) => line.pointers.map((pointer) => pointer.key)));
    const forms = keys.flatMap((key) => {
      const line = own.get(key);
      const pointed = line?.pointers.map((pointer) => others.get(pointer.key)) ?? [];
      return [line, ...pointed].flatMap((one) => one?.forms ?? []).filter((form) => fold(form.text) === key);
    });
    return distinct(forms);
  }

  /**
   * The most frequent forms that begin like a word being typed; of other words' groups only the most frequent few.
   * @param {string} beginning folded
   * @returns {Promise<Form[]>} none when it is too short to say
   */
  async beginning(beginning) {
    const places = this.range(this.root.shards.keys, beginning);
    if (places.length > BEGINNING_SHARDS) return [];
    const lines = await this.linesOf(places, (line) => line.key.startsWith(beginning));
    const pointed = lines.flatMap(({ key, pointers }) => pointers.map(({ strength }) => ({ key, strength })));
    pointed.sort((a, b) => b.strength - a.strength);
    const others = await this.spelled(pointed.slice(0, BEGINNING_POINTERS).map(({ key }) => key));
    const own = lines.flatMap((line) => line.forms.filter((form) => fold(form.text) === line.key));
    const forms = distinct([...own, ...others]).sort((a, b) => b.frequency - a.frequency);
    return forms.slice(0, BEGINNING_FORMS);
  }

  /**
   * All forms that fit a pattern with "*" for any run of characters.
   * @param {string} pattern normalized
   * @returns {Promise<Form[]>}
   */
  async matching(pattern) {
    const folded = fold(pattern);
    const fits = wholeMatch(folded);
    const start = folded.slice(0, folded.indexOf("*"));
    const keys = start ? await this.keysFrom(start) : await this.keysTo(folded.slice(folded.lastIndexOf("*") + 1));
    const forms = await this.spelled(keys.filter((key) => fits.test(key)));
    const accented = wholeMatch(pattern);
    return folded === pattern ? forms : forms.filter((form) => accented.test(form.text));
  }

  /**
   * All forms within some edits of a word, by lunr's own reckoning.
   * @param {string} word folded
   * @param {number} edits
   * @returns {Promise<Form[]>}
   */
  async near(word, edits) {
    const half = Math.floor(word.length / 2);
    // One edit leaves the first half or what follows the middle as it is.
    const split = edits === 1 && half > 0 && !/[\ud800-\udfff]/.test(word);
    const keys = split
      ? (await Promise.all([this.keysFrom(word.slice(0, half)), this.keysTo(word.slice(half + 1))])).flat()
      : await this.keysTo("");
    const sorted = [...new Set(keys)].sort((a, b) => (a < b ? -1 : 1));
    const { TokenSet } = await this.loadLunr();
    return this.spelled(TokenSet.fromArray(sorted).intersect(TokenSet.fromFuzzyString(word, edits)).toArray());
  }

  /**
   * Forms that a word that is nowhere may be another form of: longer ones, and those of the stems it may have.
   * @param {string} word folded
   * @returns {Promise<Form[]>}
   */
  async relatives(word) {
    const lines = await this.around(word);
    const longer = lines.filter(({ key }) => key.startsWith(word) && key.length <= word.length + ENDING_MAX);
    const isStem = (/** @type {Line} */ { key, forms }) =>
      forms.length > 0 && key.length >= RELATIVE_MIN && word.startsWith(key) && word.length <= key.length + ENDING_MAX;
    const stems = lines.filter(isStem).slice(-1).map(({ key }) => key);
    const { affixes } = parseJson(await this.files.read(this.root.names));
    const guessed = guessStems(word, affixes).slice(0, GUESSES);
    const found = await Promise.all([...new Set([...stems, ...guessed])].map((key) => this.find(key)));
    const forms = found.flatMap(({ exact, related }) => [...exact, ...related]);
    return distinct([...(await this.spelled(longer.map(({ key }) => key))), ...forms]);
  }

  /**
   * All keys that begin in a way.
   * @param {string} beginning
   */
  async keysFrom(beginning) {
    const places = this.range(this.root.shards.keys, beginning);
    return (await this.linesOf(places, (line) => line.key.startsWith(beginning))).map((line) => line.key);
  }

  /**
   * All words and keys of names that end in a way; "" for all there are.
   * @param {string} ending
   */
  async keysTo(ending) {
    const backwards = reversed(ending);
    const places = this.range(this.root.backwards.keys, backwards);
    const blocks = await Promise.all(places.map((place) => this.block(place)));
    return blocks.flat().filter((key) => key.startsWith(backwards)).map(reversed);
  }

  /** The keys of a block, spelled backwards. @param {number} place @returns {Promise<string[]>} */
  block(place) {
    const known = this.blocks.get(place);
    if (known) return known;
    const reading = this.files.read(nameAt(this.root.backwards.names, place)).then((block) => {
      const reader = new ByteReader(block);
      return reader.fronted(reader.varint());
    });
    this.blocks.set(place, reading);
    reading.catch(() => this.blocks.delete(place));
    return reading;
  }

  /**
   * The places of the files that have keys beginning in a way.
   * @param {string[]} keys the first of each file
   * @param {string} beginning
   */
  range(keys, beginning) {
    if (!keys.length) return [];
    const first = placeOf(keys, beginning);
    const last = placeOf(keys, beginning + HIGHEST);
    return Array.from({ length: last - first + 1 }, (_, step) => first + step);
  }

  /**
   * The lines of some shards that pass a test.
   * @param {number[]} places
   * @param {(line: Line) => boolean} test
   * @returns {Promise<Line[]>}
   */
  async linesOf(places, test) {
    return (await Promise.all(places.map(async (place) => (await this.shard(place)).filter(test)))).flat();
  }
}

/** @param {string} pattern of letters, digits, marks and "*" */
function wholeMatch(pattern) {
  return new RegExp(`^${pattern.replaceAll("*", ".*")}$`, "su");
}

/**
 * What is left of a word without what stems of the archive have before and after them; the shortest first.
 * @param {string} word
 * @param {[string, string][]} affixes
 * @returns {string[]}
 */
function guessStems(word, affixes) {
  const guessed = affixes.flatMap(([before, after]) => {
    const fits = word.startsWith(before) && word.endsWith(after);
    const stem = fits ? word.slice(before.length, word.length - after.length) : "";
    return stem.length >= RELATIVE_MIN ? [stem] : [];
  });
  return [...new Set(guessed)].sort((a, b) => a.length - b.length);
}
