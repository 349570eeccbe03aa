// @ts-check
/** Clauses -> the archive's own forms of their words: inflected, accented, behind an alias, begun, misspelled. */
import { fold, isSpaceless, KEY_JOINT, nameKey } from "./analyzer.js";
import { PROHIBITED, runKey, TEXT_FIELDS } from "./query.js";
import { distinct } from "./shard.js";

const RUN_MAX = 6;
const BEGINNING_MIN = 2;

/**
 * @typedef {import("./query.js").Clause} Clause
 * @typedef {import("./dictionary.js").Dictionary} Dictionary
 * @typedef {import("./shard.js").Form} Form
 *
 * @typedef {object} Expanded one word of the query, ready to be searched
 * @property {string} word as typed
 * @property {Form[]} exact the forms that the word is
 * @property {Form[]} related other forms of the word, which count for less
 * @property {string[]} fields
 * @property {number} presence
 * @property {number} boost
 *
 * @typedef {{alias: string, name: string, url: string}} Also
 */

/**
 * @param {Clause[]} clauses
 * @param {Dictionary} dictionary
 * @returns {Promise<{words: Expanded[], also: Also[]}>}
 */
export async function expand(clauses, dictionary) {
  const [forms, aliases] = await Promise.all([
    Promise.all(clauses.map((clause) => formsOf(clause, dictionary))),
    aliasesOf(clauses, dictionary),
  ]);
  const words = clauses.map(({ term, fields, presence, boost }, place) => {
    const named = aliases.filter(({ start, end }) => start <= place && place <= end).flatMap((alias) => alias.forms);
    const exact = distinct([...forms[place].exact, ...named]);
    const taken = new Set(exact.map((form) => form.text));
    const related = distinct(forms[place].related).filter((form) => !taken.has(form.text));
    return { word: term, exact, related, fields, presence, boost };
  });
  return { words, also: aliases.flatMap((alias) => alias.also) };
}

/**
 * @param {Clause} clause
 * @param {Dictionary} dictionary
 * @returns {Promise<{exact: Form[], related: Form[]}>}
 */
async function formsOf(clause, dictionary) {
  const word = fold(clause.term);
  if (clause.editDistance) return { exact: await dictionary.near(word, clause.editDistance), related: [] };
  if (!clause.usePipeline) return { exact: await dictionary.matching(clause.term), related: [] };
  const [found, begun, names] = await Promise.all([
    dictionary.find(word),
    beginnings(clause, word, dictionary),
    namesWith(clause, word, dictionary),
  ]);
  if (clause.exact) return { exact: found.exact, related: [] };
  const { exact, related } = preferAccents(clause.term, word, found);
  const known = exact.length + related.length + begun.length + names.length > 0;
  const relatives = known || isSpaceless(word) ? [] : await dictionary.relatives(word);
  return { exact: [...exact, ...names], related: [...related, ...begun, ...relatives] };
}

/**
 * A word typed with accents means the forms that have them; the others are relatives.
 * @param {string} term
 * @param {string} word
 * @param {{exact: Form[], related: Form[]}} found
 */
function preferAccents(term, word, { exact, related }) {
  const accented = term === word ? [] : exact.filter((form) => form.text === term);
  if (!accented.length) return { exact, related };
  return { exact: accented, related: [...exact.filter((form) => form.text !== term), ...related] };
}

/**
 * Forms that begin like a word being typed, and pairs of characters that have a single one.
 * @param {Clause} clause
 * @param {string} word
 * @param {Dictionary} dictionary
 * @returns {Promise<Form[]>}
 */
async function beginnings(clause, word, dictionary) {
  const length = [...word].length;
  if (clause.exact || clause.presence === PROHIBITED) return [];
  if (isSpaceless(word)) {
    if (length > 1) return [];
    return (await Promise.all([dictionary.matching(`${word}*`), dictionary.matching(`*${word}`)])).flat();
  }
  return clause.open && length >= BEGINNING_MIN ? dictionary.beginning(word) : [];
}

/**
 * The names that have a word, where a field of names is asked for.
 * @param {Clause} clause
 * @param {string} word
 * @param {Dictionary} dictionary
 * @returns {Promise<Form[]>}
 */
async function namesWith(clause, word, dictionary) {
  const asked = clause.fields.filter((field) => !TEXT_FIELDS.includes(field));
  if (!asked.length || asked.length < clause.fields.length) return [];
  const aliases = ((await dictionary.line(word))?.aliases ?? []).map(([name]) => nameKey(name));
  // What ends in the word is a name, or what a name begins with.
  const ends = await dictionary.keysTo(KEY_JOINT + word);
  const longer = await Promise.all([word, ...ends].map((key) => dictionary.keysFrom(key + KEY_JOINT)));
  return dictionary.spelled([...ends, ...longer.flat(), ...aliases]);
}

/** @param {Clause} clause */
function isPlain(clause) {
  const plain = clause.usePipeline && !clause.exact && !clause.editDistance && !clause.term.includes(KEY_JOINT);
  return plain && clause.presence !== PROHIBITED;
}

/**
 * For every run of neighbouring words: the names it spells, and those it is another name of.
 * @param {Clause[]} clauses
 * @param {Dictionary} dictionary
 */
async function aliasesOf(clauses, dictionary) {
  const runs = [];
  for (let start = 0; start < clauses.length; start += 1) {
    for (let end = start; end < Math.min(clauses.length, start + RUN_MAX) && isPlain(clauses[end]); end += 1) {
      runs.push({ start, end, typed: clauses.slice(start, end + 1).map((clause) => clause.term) });
    }
  }
  return Promise.all(runs.map(async (run) => ({ ...run, ...(await aliasOf(run.typed, dictionary)) })));
}

/**
 * @param {string[]} typed
 * @param {Dictionary} dictionary
 * @returns {Promise<{forms: Form[], also: Also[]}>}
 */
async function aliasOf(typed, dictionary) {
  const key = runKey(typed);
  const aliases = (await dictionary.line(key))?.aliases ?? [];
  const keys = [...aliases.map(([name]) => nameKey(name)), ...(typed.length > 1 ? [key] : [])];
  const alias = typed.join(" ");
  return { forms: await dictionary.spelled(keys), also: aliases.map(([name, url]) => ({ alias, name, url })) };
}

/**
 * The same words with every optional one needed.
 * @param {Expanded[]} words
 * @param {number} optional
 * @param {number} required
 * @returns {Expanded[]}
 */
export function requireAll(words, optional, required) {
  return words.map((word) => (word.presence === optional ? { ...word, presence: required } : word));
}
