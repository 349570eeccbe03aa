// @ts-check
/** A state of the page -> the answer: which articles, in which order, and what to say about them. It shows nothing. */
import { fold } from "./analyzer.js";
import { expand, requireAll } from "./expand.js";
import { OPTIONAL, PROHIBITED, readQuery, REQUIRED } from "./query.js";
import { isFiltered, PAGE_SIZE } from "./state.js";

const ENOUGH = 10;
const CHECKED_A_PAGE = 50;
const GUESSES_NAMED = 3;

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./index.js").RecordSummary} RecordSummary
 * @typedef {import("./expand.js").Expanded} Expanded
 * @typedef {import("./query.js").Query} Query
 * @typedef {(summary: RecordSummary) => Promise<import("./extract.js").Paragraph[]>} ReadText
 *
 * @typedef {object} Answer
 * @property {number[]} numbers articles that have every word, in the order asked for
 * @property {number[]} fill articles that have some of the words, when few have all
 * @property {number} unchecked how many more have the words of a phrase but were not read yet
 * @property {number} unfiltered how many articles there are without the filters
 * @property {string[]} matched terms found
 * @property {import("./expand.js").Also[]} also
 * @property {{word: string, count: number, suggestions: string[]}[]} words each word alone, when no article has all
 * @property {{word: string, forms: string[]}[]} guessed words that no article has, and those taken for forms of them
 * @property {import("./query.js").Phrase[]} phrases
 * @property {number} unexcluded how many articles there would be without the words ruled out, when there are none
 * @property {boolean} cut whether the query was too long to be read whole
 * @property {() => Promise<ReturnType<typeof import("./filters.js").countChoices>>} choices what filters would leave
 */

/**
 * @param {any} index
 * @param {() => Promise<any>} loadLunr
 * @param {State} state
 * @param {ReadText} readText
 * @returns {Promise<Answer | null>} null when nothing was asked
 */
export async function answer(index, loadLunr, state, readText) {
  const query = await readQuery(state.q, loadLunr, index.fields);
  const asked = query.clauses.length > 0 || query.phrases.length > 0;
  if (!asked && !isFiltered(state)) return null;
  const found = asked ? await find(index, query) : everything(index.count);
  // The columns are big: without a filter, results do not wait for them.
  const columns = isFiltered(state) || state.sort === "oldest" ? await index.columns() : null;
  const passes = columns && isFiltered(state) ? (await import("./filters.js")).filter : null;
  const ordered = (/** @type {number[]} */ numbers) =>
    order(passes && columns ? passes(numbers, state, columns) : numbers, state.sort, columns);
  const limit = (CHECKED_A_PAGE * state.shown) / PAGE_SIZE;
  const exact = await checkPhrases(index, query, ordered(found.numbers), limit, readText);
  const fill = await checkPhrases(index, query, ordered(found.fill), limit, readText);
  const nothing = asked && !exact.numbers.length && !exact.unchecked;
  return {
    numbers: exact.numbers,
    fill: fill.numbers,
    unchecked: exact.unchecked,
    unfiltered: found.numbers.length || found.fill.length,
    matched: found.matched,
    also: found.also,
    words: nothing ? await explain(index, found.words) : [],
    unexcluded: nothing ? await countUnexcluded(index, found.words) : 0,
    guessed: guesses(found.words),
    cut: query.cut,
    phrases: query.phrases.filter((phrase) => !phrase.prohibited),
    choices: async () => {
      const { countChoices } = await import("./filters.js");
      return countChoices(found.numbers.length ? found.numbers : found.fill, state, await index.columns());
    },
  };
}

/** @param {number} count */
function everything(count) {
  const numbers = Array.from({ length: count }, (_, place) => count - 1 - place);
  return { numbers, fill: [], matched: [], also: [], words: [] };
}

/**
 * @param {any} index
 * @param {Query} query
 */
async function find(index, query) {
  const { words, also } = await expand(query.clauses, index.dictionary);
  const matched = words.flatMap((word) => (word.presence === PROHIBITED ? [] : [...word.exact, ...word.related]));
  const exact = await index.search(query.signed ? words : requireAll(words, OPTIONAL, REQUIRED));
  const found = { numbers: exact.numbers, fill: [], matched: matched.map((form) => form.text), also, words };
  const optional = words.filter((word) => word.presence === OPTIONAL);
  if (exact.numbers.length >= ENOUGH || query.signed || optional.length < 2) return found;
  const any = await index.search(words);
  const have = new Set(exact.numbers);
  return { ...found, fill: any.numbers.filter((/** @type {number} */ number) => !have.has(number)) };
}

/**
 * @param {number[]} numbers best first
 * @param {import("./state.js").Sort} sort
 * @param {import("./index.js").Columns | null} columns
 */
function order(numbers, sort, columns) {
  if (sort === "relevance") return numbers;
  const ascending = [...numbers].sort((a, b) => a - b);
  if (sort === "newest" || !columns) return ascending.reverse();
  const dated = ascending.filter((number) => columns.dates[number]);
  return [...dated, ...ascending.filter((number) => !columns.dates[number])];
}

/**
 * Keeps what has every phrase in its text, of the first `limit`.
 * @param {any} index
 * @param {Query} query
 * @param {number[]} numbers
 * @param {number} limit
 * @param {ReadText} readText
 */
async function checkPhrases(index, query, numbers, limit, readText) {
  if (!query.phrases.length || !numbers.length) return { numbers, unchecked: 0 };
  const [summaries, { hasPhrases }] = await Promise.all([
    index.summaries(numbers.slice(0, limit)),
    import("./extract.js"),
  ]);
  const fits = await Promise.all(
    summaries.map(async (/** @type {RecordSummary} */ summary) =>
      hasPhrases(query.phrases, summary.title, await readText(summary)),
    ),
  );
  return {
    numbers: numbers.slice(0, limit).filter((_, place) => fits[place]),
    unchecked: Math.max(0, numbers.length - limit),
  };
}

/**
 * Words of which the archive has neither the form typed nor a longer one, with the most frequent of those found.
 * @param {Expanded[]} words
 */
function guesses(words) {
  return words.flatMap(({ word, exact, related, presence }) => {
    const isLike = (/** @type {{text: string}} */ form) => fold(form.text).includes(fold(word));
    if (presence === PROHIBITED || exact.length || !related.length || related.some(isLike)) return [];
    const frequent = [...related].sort((a, b) => b.frequency - a.frequency).slice(0, GUESSES_NAMED);
    return [{ word, forms: frequent.map((form) => form.text) }];
  });
}

/**
 * What each word of a query without results finds by itself, with words like it for those that find nothing.
 * @param {any} index
 * @param {Expanded[]} words
 */
async function explain(index, words) {
  const wanted = words.filter((word) => word.presence !== PROHIBITED);
  return Promise.all(
    wanted.map(async (word) => {
      const alone = await index.search([{ ...word, presence: OPTIONAL }]);
      const count = alone.numbers.length;
      // What a suggestion is made from may be out of reach, when the answer itself is not.
      const suggestions = count ? [] : await index.suggest(word.word).catch(() => []);
      return { word: word.word, count, suggestions };
    }),
  );
}

/**
 * @param {any} index
 * @param {Expanded[]} words
 */
async function countUnexcluded(index, words) {
  const wanted = words.filter((word) => word.presence !== PROHIBITED);
  if (!wanted.length || wanted.length === words.length) return 0;
  return (await index.search(requireAll(wanted, OPTIONAL, REQUIRED))).numbers.length;
}
