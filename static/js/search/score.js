// @ts-check
/** Clauses of terms -> articles with lunr's scores, in lunr's order: lunr 2.3.9's Index.query over typed arrays. */
import { OPTIONAL, PROHIBITED, REQUIRED } from "./query.js";

/** @typedef {import("./shard.js").Form} Form */
/** @typedef {import("./shard.js").Stretch} Stretch */
/**
 * @typedef {object} Clause alternatives, one of which an article must have (REQUIRED), may have or must not have
 * @property {Form[]} forms
 * @property {number[]} fields their places
 * @property {number} presence
 * @property {number} boost
 *
 * @typedef {object} Statistics of the whole index
 * @property {number} count articles
 * @property {number[]} boosts by field
 * @property {number[]} averages of each field's length
 * @property {number} k1
 * @property {number} b
 *
 * @typedef {{numbers: number[], scores: number[]}} Hits best first
 */

/**
 * @param {Clause[]} clauses
 * @param {Statistics} statistics
 * @param {Uint32Array} lengths of texts by article, where forms do not carry them
 * @returns {Hits}
 */
export function score(clauses, statistics, lengths) {
  const allowed = allow(clauses, statistics.count);
  if (clauses.length && clauses.every((clause) => clause.presence === PROHIBITED)) {
    const numbers = Array.from(allowed.keys()).filter((number) => allowed[number]);
    return { numbers, scores: numbers.map(() => 0) };
  }
  const similarities = similar(clauses, statistics, lengths);
  return rank(clauses, statistics.count, allowed, similarities);
}

/**
 * Marks the articles that have all that is required and nothing that is prohibited.
 * @param {Clause[]} clauses
 * @param {number} count
 */
function allow(clauses, count) {
  const met = new Uint8Array(count);
  let needed = 0;
  for (const clause of clauses) {
    if (clause.presence !== REQUIRED) continue;
    each(clause, (stretch) => {
      for (const number of stretch.documents) if (met[number] === needed) met[number] = needed + 1;
    });
    needed += 1;
  }
  const allowed = met.map((value) => Number(value === needed));
  for (const clause of clauses) {
    if (clause.presence !== PROHIBITED) continue;
    each(clause, (stretch) => {
      for (const number of stretch.documents) allowed[number] = 0;
    });
  }
  return allowed;
}

/**
 * @param {Clause} clause
 * @param {(stretch: Stretch, form: Form) => void} use
 */
function each(clause, use) {
  for (const form of clause.forms) {
    for (const field of clause.fields) {
      for (const stretch of form.stretches) if (stretch.field === field) use(stretch, form);
    }
  }
}

/**
 * For each field, how similar each article is to the query: the weighted sum of its terms by the query's length.
 * @param {Clause[]} clauses
 * @param {Statistics} statistics
 * @param {Uint32Array} lengths
 * @returns {Float64Array[]}
 */
function similar(clauses, statistics, lengths) {
  return statistics.boosts.map((_, field) => {
    const boosts = boostsOf(clauses, field);
    const sums = new Float64Array(boosts.length ? statistics.count : 0);
    const squares = boosts.reduce((sum, [, boost]) => sum + boost * boost, 0);
    for (const [form, boost] of boosts) {
      for (const stretch of form.stretches) {
        if (stretch.field === field && boost) addWeights(sums, stretch, form, boost, statistics, lengths);
      }
    }
    const length = Math.sqrt(squares);
    if (length) for (let number = 0; number < sums.length; number += 1) sums[number] /= length;
    return sums;
  });
}

/**
 * The query's terms in one field with their boosts, in the order of lunr's vectors. A term is known by its text, for a
 * shard that was read twice gives it as two values.
 * @param {Clause[]} clauses
 * @param {number} field
 * @returns {[Form, number][]}
 */
function boostsOf(clauses, field) {
  /** @type {Map<string, [Form, number]>} */
  const boosts = new Map();
  for (const { forms, fields, presence, boost } of clauses) {
    if (presence === PROHIBITED || !fields.includes(field)) continue;
    for (const form of forms) boosts.set(form.text, [form, (boosts.get(form.text)?.[1] ?? 0) + boost]);
  }
  return [...boosts.values()].sort(([a], [b]) => (a.text < b.text ? -1 : 1));
}

/**
 * @param {Float64Array} sums
 * @param {Stretch} stretch
 * @param {Form} form
 * @param {number} boost
 * @param {Statistics} statistics
 * @param {Uint32Array} lengths
 */
function addWeights(sums, stretch, form, boost, { count, boosts, averages, k1, b }, lengths) {
  const { field, documents, frequencies } = stretch;
  const idf = Math.log(1 + Math.abs((count - form.frequency + 0.5) / (form.frequency + 0.5)));
  for (let place = 0; place < documents.length; place += 1) {
    const number = documents[place];
    const length = stretch.lengths ? stretch.lengths[place] : lengths[number];
    const tf = frequencies[place];
    const weight = ((idf * ((k1 + 1) * tf)) / (k1 * (1 - b + b * (length / averages[field])) + tf)) * boosts[field];
    sums[number] += (Math.floor(weight * 1000 + 0.5) / 1000) * boost;
  }
}

/**
 * Adds up each article's fields and sorts, in the order in which lunr comes upon them.
 * @param {Clause[]} clauses
 * @param {number} count
 * @param {Uint8Array} allowed
 * @param {Float64Array[]} similarities
 * @returns {Hits}
 */
function rank(clauses, count, allowed, similarities) {
  const seen = new Uint8Array(count);
  const totals = new Float64Array(count);
  /** @type {number[]} */
  const numbers = [];
  for (const clause of clauses) {
    if (clause.presence === PROHIBITED) continue;
    each(clause, ({ field, documents }) => {
      const bit = 1 << field;
      const similarity = similarities[field];
      for (const number of documents) {
        if (!allowed[number] || seen[number] & bit) continue;
        if (!seen[number]) numbers.push(number);
        seen[number] |= bit;
        totals[number] += similarity[number];
      }
    });
  }
  numbers.sort((a, b) => totals[b] - totals[a]);
  return { numbers, scores: numbers.map((number) => totals[number]) };
}

/**
 * The clauses by which lunr would take a word's forms for one word, and its relatives for less.
 * @param {{exact: Form[], related: Form[], fields: number[], presence: number, boost: number}} word
 * @param {number} share of the boost that relatives get
 * @returns {Clause[]}
 */
export function clausesOf({ exact, related, fields, presence, boost }, share) {
  const all = [...exact, ...related];
  if (presence === PROHIBITED || !related.length) return [{ forms: all, fields, presence, boost }];
  const weighed = [
    { forms: exact, fields, presence: OPTIONAL, boost },
    { forms: related, fields, presence: OPTIONAL, boost: boost * share },
  ];
  const needed = presence === REQUIRED ? [{ forms: all, fields, presence: REQUIRED, boost: 0 }] : [];
  return [...needed, ...weighed.filter((clause) => clause.forms.length)];
}
