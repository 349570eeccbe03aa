// @ts-check
/** Clauses -> clauses of the archive's own terms: forms, stems, names behind aliases, beginnings of words. */
import { fold, isSpaceless, KEY_JOINT, nameKey } from "./analyzer.js";
import { OPTIONAL, PROHIBITED, REQUIRED, runKey } from "./query.js";

const RUN_MAX = 6;
const PREFIX_MIN = 2;

/**
 * @typedef {import("./query.js").Clause} Clause
 * @typedef {import("./query.js").Query} Query
 *
 * @typedef {object} Expanded one word of the query, ready to be searched
 * @property {string[]} terms alternatives, each with or without wildcards
 * @property {string[]} fields
 * @property {number} presence
 * @property {number} boost
 * @property {number} editDistance
 * @property {string} word as typed
 *
 * @typedef {{stems: string[], aliases: [string, string][]}} Entry what the dictionary says of a form
 * @typedef {{alias: string, name: string, url: string}} Also
 */

/**
 * The keys to look up before `expand`.
 * @param {Query} query
 * @returns {string[]}
 */
export function keysOf(query) {
  const plain = query.clauses.filter(isPlain);
  const single = plain.flatMap((clause) => [clause.term, fold(clause.term)]);
  return [...new Set([...single, ...runsOf(query.clauses).map((run) => run.key)])];
}

/** @param {Clause} clause */
function isPlain(clause) {
  return clause.usePipeline && !clause.exact && !clause.editDistance && !clause.term.includes(KEY_JOINT);
}

/**
 * Every run of neighbouring plain words that may be an alias.
 * @param {Clause[]} clauses
 */
function runsOf(clauses) {
  const runs = [];
  for (let start = 0; start < clauses.length; start += 1) {
    for (let end = start; end < Math.min(clauses.length, start + RUN_MAX); end += 1) {
      if (!isPlain(clauses[end]) || clauses[end].presence === PROHIBITED) break;
      runs.push({ start, end, key: runKey(clauses.slice(start, end + 1).map((clause) => clause.term)) });
    }
  }
  return runs;
}

/**
 * @param {Query} query
 * @param {Map<string, Entry>} entries by key
 * @returns {{clauses: Expanded[], also: Also[]}}
 */
export function expand(query, entries) {
  const clauses = query.clauses.map((clause) => ({
    terms: alternatives(clause, entries),
    fields: clause.fields,
    presence: clause.presence,
    boost: clause.boost,
    editDistance: clause.editDistance,
    word: clause.term,
  }));
  return { clauses, also: addAliases(query, entries, clauses) };
}

/**
 * @param {Clause} clause
 * @param {Map<string, Entry>} entries
 */
function alternatives(clause, entries) {
  const forms = [clause.term, fold(clause.term)];
  if (!isPlain(clause)) return [...new Set(forms)];
  const stems = forms.flatMap((form) => entries.get(form)?.stems ?? []);
  return [...new Set([...forms, ...stems, ...beginnings(clause)])];
}

/** @param {Clause} clause */
function beginnings(clause) {
  const word = fold(clause.term);
  const length = [...word].length;
  if (isSpaceless(word)) return length === 1 ? [`${word}*`, `*${word}`] : [];
  return clause.open && length >= PREFIX_MIN && clause.presence !== PROHIBITED ? [`${word}*`] : [];
}

/**
 * Adds the name behind an alias to each word that spells the alias, so that all of them are satisfied by it.
 * @param {Query} query
 * @param {Map<string, Entry>} entries
 * @param {Expanded[]} clauses
 * @returns {Also[]}
 */
function addAliases(query, entries, clauses) {
  const also = [];
  for (const run of runsOf(query.clauses)) {
    const spelled = clauses.slice(run.start, run.end + 1);
    for (const [name, url] of entries.get(run.key)?.aliases ?? []) {
      spelled.forEach((clause) => clause.terms.push(nameKey(name)));
      also.push({ alias: spelled.map((clause) => clause.word).join(" "), name, url });
    }
  }
  return also;
}

/**
 * The same clauses with every optional word needed, unless signs chose what is needed.
 * @param {Query} query
 * @param {Expanded[]} clauses
 * @returns {Expanded[]}
 */
export function requireAll(query, clauses) {
  if (query.signed) return clauses;
  return clauses.map((clause) => (clause.presence === OPTIONAL ? { ...clause, presence: REQUIRED } : clause));
}
