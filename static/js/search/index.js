// @ts-check
/** The published index, behind the few questions that the page asks of it. It knows nothing of the page. */
import { fold, isSpaceless } from "./analyzer.js";
import { PROHIBITED } from "./query.js";

/**
 * @typedef {import("./expand.js").Expanded} Expanded
 * @typedef {import("./expand.js").Entry} Entry
 *
 * @typedef {object} Hits best first
 * @property {number[]} numbers
 * @property {number[]} scores
 * @property {string[]} matched the terms that found something
 *
 * @typedef {object} RecordSummary what a result shows
 * @property {number} number
 * @property {string} title
 * @property {string} url from the site's root
 * @property {string} date
 * @property {string} source
 * @property {string} language
 *
 * @typedef {object} Columns one value an article, and what the values mean
 * @property {number} count
 * @property {ArrayLike<number>} sources
 * @property {ArrayLike<number>} languages
 * @property {ArrayLike<number>} types a bit for each kind of entity named
 * @property {string[]} dates
 */

const SUGGEST_MIN = 4;
const SUGGEST_MAX = 24;

export class WholeIndex {
  /**
   * @param {any} lunr
   * @param {any} root
   * @param {any} index a lunr.Index
   */
  constructor(lunr, root, index) {
    this.lunr = lunr;
    this.root = root;
    this.index = index;
    this.stems = new Map(Object.entries(root.stems));
    this.aliases = new Map(Object.entries(root.aliases));
  }

  /**
   * @param {any} lunr
   * @param {string} folder the address of the index's files, ending in "/"
   */
  static async open(lunr, folder) {
    const [root, serialized] = await Promise.all([readJson(`${folder}root.json`), readJson(`${folder}index.json`)]);
    return new WholeIndex(lunr, root, lunr.Index.load(serialized));
  }

  /** @returns {string[]} */
  get fields() {
    return this.index.fields;
  }

  /** What the columns' values mean. */
  get names() {
    return this.root.terms;
  }

  /** Words of this archive for the help panel. @returns {Record<string, string>} */
  get examples() {
    return this.root.examples;
  }

  /**
   * What the dictionary says of each key that it has.
   * @param {string[]} keys
   * @returns {Promise<Map<string, Entry>>}
   */
  async lookup(keys) {
    const found = keys.map((key) => [key, { stems: this.stems.get(key) ?? [], aliases: this.aliases.get(key) ?? [] }]);
    return new Map(/** @type {[string, Entry][]} */ (found));
  }

  /**
   * The index's terms that a clause means.
   * @param {string[]} terms
   * @param {number} editDistance
   * @returns {string[]}
   */
  termsOf(terms, editDistance) {
    const found = terms.flatMap((term) => {
      const wanted = this.lunr.TokenSet.fromClause(editDistance ? { term, editDistance } : { term });
      return this.index.tokenSet.intersect(wanted).toArray();
    });
    return [...new Set(found)];
  }

  /**
   * @param {Expanded[]} clauses
   * @returns {Promise<Hits>}
   */
  async search(clauses) {
    const resolved = clauses.map((clause) => this.termsOf(clause.terms, clause.editDistance));
    const pipeline = this.index.pipeline;
    this.index.pipeline = { runString: (/** @type {string} */ place) => resolved[Number(place)] };
    try {
      const found = this.index.query((/** @type {any} */ query) => addClauses(query, clauses, resolved));
      return {
        numbers: found.map((/** @type {any} */ hit) => Number(hit.ref)),
        scores: found.map((/** @type {any} */ hit) => hit.score),
        matched: clauses.flatMap((clause, place) => (clause.presence === PROHIBITED ? [] : resolved[place])),
      };
    } finally {
      this.index.pipeline = pipeline;
    }
  }

  /**
   * Words of the archive that are spelled almost like `word`, most frequent first.
   * @param {string} word
   * @returns {Promise<string[]>}
   */
  async suggest(word) {
    if (word.length < SUGGEST_MIN || word.length > SUGGEST_MAX || isSpaceless(word)) return [];
    const near = [1, 2].map((edits) => this.termsOf([fold(word)], edits)).find((terms) => terms.length) ?? [];
    const frequency = (/** @type {string} */ term) => Object.keys(this.index.invertedIndex[term].text).length;
    return near.sort((a, b) => frequency(b) - frequency(a) || (a < b ? -1 : 1)).slice(0, 3);
  }

  /**
   * @param {number[]} numbers
   * @returns {Promise<RecordSummary[]>}
   */
  async summaries(numbers) {
    const { titles, urls, dates, sources, languages } = this.root.records;
    const { terms } = this.root;
    return numbers.map((number) => ({
      number,
      title: titles[number],
      url: urls[number],
      date: dates[number],
      source: terms.sources[sources[number]]?.name ?? "",
      language: terms.languages[languages[number]]?.code ?? "",
    }));
  }

  /** @returns {Promise<Columns>} */
  async columns() {
    return { count: this.root.count, ...this.root.records };
  }
}

/**
 * @param {any} query
 * @param {Expanded[]} clauses
 * @param {string[][]} resolved
 */
function addClauses(query, clauses, resolved) {
  clauses.forEach(({ fields, presence, boost }, place) => {
    const known = resolved[place].length > 0;
    query.clause({ term: known ? String(place) : "", usePipeline: known, fields, presence, boost });
  });
}

/** @param {string} address */
async function readJson(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}
