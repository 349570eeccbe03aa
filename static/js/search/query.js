// @ts-check
/**
 * What a person typed -> clauses. Text is guarded first, so that lunr's parser, which does the reading, never throws.
 * It looks nothing up: expand.js turns words into the terms that the archive has.
 */
import { fold, isSpaceless, KEY_JOINT, nameKey, normalize, splitRun, words } from "./analyzer.js";

export const OPTIONAL = 1;
export const REQUIRED = 2;
export const PROHIBITED = 3;
export const TEXT_FIELDS = ["title", "text"];

const WORDS_READ = 64;
const WORD_LENGTH = 100;
const EDITS_MAX = 2;
const BOOST_MAX = 100;
const QUOTES = /[“”„‟«»＂]/gu;
const PIECE = /([+\-\u2212\u2013]?)(?:([A-Za-z]+):)?"([^"]*)"?(?:\^(\d*))?|\S+/gu;
const PARTS = /^([+\-\u2212\u2013]?)(?:([A-Za-z]+):)?(.*?)(?:~(\d*))?(?:\^(\d*))?$/su;
const PLAIN = /^[\p{L}\p{M}\p{N}]+$/u;
const STARRED = /[\p{L}\p{M}\p{N}*]+/gu;

/**
 * @typedef {object} Clause one word, as lunr's parser describes it
 * @property {string} term
 * @property {string[]} fields
 * @property {number} presence OPTIONAL, REQUIRED or PROHIBITED
 * @property {number} boost
 * @property {number} editDistance
 * @property {boolean} usePipeline false for a word with a wildcard
 * @property {boolean} open whether it may still be being typed
 * @property {boolean} exact whether only this form will do, as in a phrase
 *
 * @typedef {object} Phrase
 * @property {string[]} words folded, in order
 * @property {string[]} fields
 * @property {boolean} prohibited
 * @property {number} boost
 *
 * @typedef {object} Query
 * @property {Clause[]} clauses
 * @property {Phrase[]} phrases
 * @property {boolean} signed whether a "+" chose what is needed, so that the other words only help the ranking
 * @property {boolean} cut whether words past the limit were left out
 */

/**
 * Reads a query. Whatever the text, it does not throw. lunr.js is asked for when there are signs for it to read.
 * @param {string} text
 * @param {() => Promise<any>} loadLunr
 * @param {string[]} fields
 * @returns {Promise<Query>}
 */
export async function readQuery(text, loadLunr, fields) {
  const { pieces, phrases, signed, cut, open } = guard(text, fields);
  const isPlain = pieces.every((piece) => PLAIN.test(piece));
  const parsed = isPlain ? pieces.map((term) => plainClause(term, fields)) : parse(pieces, await loadLunr(), fields);
  const clauses = parsed.map((clause, place) => ({ ...clause, open: open && place === parsed.length - 1 }));
  for (const { words, fields, boost, prohibited } of phrases) {
    if (prohibited) continue;
    const demanded = { fields, boost, presence: REQUIRED, exact: true };
    clauses.push(...[...new Set(words)].map((word) => ({ ...plainClause(word, fields), ...demanded, open: false })));
  }
  return { clauses, phrases, signed, cut };
}

/**
 * What lunr's parser makes of words without signs.
 * @param {string} term
 * @param {string[]} fields
 */
function plainClause(term, fields) {
  return { term, fields, presence: OPTIONAL, boost: 1, editDistance: 0, usePipeline: true, exact: false };
}

/**
 * @param {string[]} pieces
 * @param {any} lunr
 * @param {string[]} fields
 */
function parse(pieces, lunr, fields) {
  const query = new lunr.Query(fields);
  new lunr.QueryParser(pieces.join(" "), query).parse();
  return query.clauses.map((/** @type {any} */ { term, fields, presence, boost, editDistance, usePipeline }) => {
    return { term, fields, presence, boost, editDistance: editDistance ?? 0, usePipeline, exact: false };
  });
}

/**
 * Rewrites text so that nothing in it can be misread: known signs around words of letters and digits.
 * @param {string} text
 * @param {string[]} fields
 */
function guard(text, fields) {
  /** @type {Phrase[]} */
  const phrases = [];
  /** @type {string[]} */
  const pieces = [];
  let open = false;
  let signed = false;
  for (const match of text.replace(QUOTES, '"').matchAll(PIECE)) {
    if (pieces.length + phrases.length > WORDS_READ) break;
    const quoted = match[3] !== undefined;
    const found = quoted ? guardPhrase(match, fields, phrases) : guardPiece(match[0], fields);
    pieces.push(...found);
    signed ||= !quoted && found.some((piece) => piece.startsWith("+"));
    open = !quoted && match.index + match[0].length === text.length && /[\p{L}\p{M}\p{N}]$/u.test(text);
  }
  const cut = pieces.length + phrases.length > WORDS_READ;
  return { pieces: pieces.slice(0, WORDS_READ), phrases: phrases.slice(0, WORDS_READ), signed, open, cut };
}

/**
 * Notes a phrase; what it leaves for lunr's parser are the words around it that are no phrase.
 * @param {RegExpMatchArray} match
 * @param {string[]} fields
 * @param {Phrase[]} phrases
 * @returns {string[]}
 */
function guardPhrase(match, fields, phrases) {
  const sign = match[1] ?? "";
  const prohibited = sign !== "" && sign !== "+";
  const field = fieldOf(match[2], fields);
  const boost = match[4] ? Math.min(Number(match[4]), BOOST_MAX) : 1;
  if (field && !TEXT_FIELDS.includes(field)) {
    const key = nameKey(match[3]);
    return key ? [`${prohibited ? "-" : "+"}${field}:${key}^${boost}`] : [];
  }
  const found = words(match[3]).map(fold).slice(0, WORDS_READ);
  if (found.length) phrases.push({ words: found, fields: field ? [field] : TEXT_FIELDS, prohibited, boost });
  return match[2] && !field ? guardPiece(match[2], fields) : [];
}

/**
 * @param {string | undefined} name
 * @param {string[]} fields
 */
function fieldOf(name, fields) {
  const field = name?.toLowerCase() ?? "";
  return fields.includes(field) ? field : "";
}

/**
 * @param {string} piece
 * @param {string[]} fields
 * @returns {string[]}
 */
function guardPiece(piece, fields) {
  const [, sign, name, rest, edits, boost] = /** @type {string[]} */ (PARTS.exec(piece));
  const field = fieldOf(name, fields);
  const body = name && !field ? `${name}:${rest}` : rest;
  const presence = sign === "+" ? "+" : sign ? "-" : "";
  const fuzzy = edits === undefined ? "" : `~${Math.min(Number(edits || 1), EDITS_MAX)}`;
  const weight = boost ? `^${Math.min(Number(boost), BOOST_MAX)}` : "";
  return pieceWords(body).map((word) => {
    const edit = word.includes("*") ? "" : fuzzy;
    return `${presence}${field && `${field}:`}${word}${edit}${weight}`;
  });
}

/** @param {string} body @returns {string[]} */
function pieceWords(body) {
  const found = (normalize(body).match(STARRED) ?? []).flatMap((run) => {
    if (!run.includes("*")) return splitRun(run);
    const bare = run.replaceAll("*", "");
    if (!splitRun(bare).length) return [];
    return isSpaceless(bare) ? splitRun(bare) : [run.replace(/\*+/gu, "*")];
  });
  return found.filter((word) => word.length <= WORD_LENGTH);
}

/**
 * The name that consecutive words may spell: ["kantor", "berita"] -> "kantor_berita".
 * @param {string[]} run
 */
export function runKey(run) {
  return run.map(fold).join(KEY_JOINT);
}
