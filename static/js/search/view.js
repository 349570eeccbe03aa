// @ts-check
/** Shows an answer: the results with their extracts, the notes above them, and the number found. */
import { element, markedNodes, one } from "./dom.js";
import { mark, matcher } from "./marks.js";
import { writeState } from "./state.js";

const MISSING_NAMED = 6;

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./answer.js").Answer} Answer
 * @typedef {import("./index.js").RecordSummary} RecordSummary
 * @typedef {import("./strings.js").Strings} Strings
 */

/**
 * Shows results, and their extracts as soon as their texts are read.
 * @param {HTMLElement} list
 * @param {Answer} answer
 * @param {RecordSummary[]} summaries of its first articles
 * @param {Strings} strings
 * @param {import("./texts.js").Texts} texts
 */
export function showResults(list, answer, summaries, strings, texts) {
  const isHit = matcher(answer.matched);
  const items = summaries.map((summary) => resultItem(summary, isHit, strings, texts.root));
  const exact = answer.numbers.length;
  const divider = element("li", { class: "search-divider" }, strings.get("results.fill"));
  const divided = exact && items.length > exact ? [divider] : [];
  list.replaceChildren(...items.slice(0, exact), ...divided, ...items.slice(exact));
  summaries.forEach((summary, place) => {
    texts.read(summary.url).then(
      (paragraphs) => showExtract(items[place], paragraphs, isHit, answer.phrases),
      () => one(".search-extract", items[place]).replaceChildren(strings.get("result.unread")),
    );
  });
}

/**
 * One result, with a place for its extract.
 * @param {RecordSummary} summary
 * @param {(word: string) => boolean} isHit
 * @param {Strings} strings
 * @param {string} root the address of the site's root
 */
function resultItem(summary, isHit, strings, root) {
  const title = summary.title ? markedNodes(mark(summary.title, isHit)) : [strings.get("result.untitled")];
  const link = element("a", { href: root + summary.url.slice(1), dir: "auto" }, ...title);
  const lang = summary.language === "und" ? "" : summary.language;
  const date = summary.date
    ? element("time", { datetime: summary.date }, strings.date(summary.date))
    : strings.get("result.undated");
  const source = summary.source ? [" · ", element("span", { dir: "auto" }, summary.source)] : [];
  return element(
    "li",
    {},
    element("h3", { lang }, link),
    element("p", { class: "search-facts" }, date, ...source),
    element("p", { class: "search-extract", lang, dir: "auto" }),
  );
}

/**
 * Fills in the extract of a result, and lets its title lead to the paragraph that has it.
 * @param {HTMLElement} item
 * @param {import("./extract.js").Paragraph[]} paragraphs
 * @param {(word: string) => boolean} isHit
 * @param {import("./query.js").Phrase[]} phrases
 */
async function showExtract(item, paragraphs, isHit, phrases) {
  const { chooseExtract } = await import("./extract.js");
  const { parts, id } = chooseExtract(paragraphs, isHit, phrases);
  one(".search-extract", item).replaceChildren(...markedNodes(parts));
  const link = /** @type {HTMLAnchorElement} */ (one("a", item));
  if (id && id !== "p1" && parts.some((part) => part.marked)) link.hash = id;
}

/**
 * The sentence that announces an answer.
 * @param {Answer} answer
 * @param {Strings} strings
 */
export function statusText(answer, strings) {
  const count = answer.numbers.length;
  const some = answer.fill.length;
  const none = some ? strings.get("results.some", { count: some }) : strings.get("results.none");
  const found = count ? strings.get("results", { count }) : none;
  return answer.unchecked ? `${found}. ${strings.get("results.unchecked", { count: answer.unchecked })}` : found;
}

/**
 * What there is to say about an answer besides its results.
 * @param {Answer} answer
 * @param {State} state
 * @param {Strings} strings
 * @param {string} root
 * @returns {HTMLElement[]}
 */
export function notes(answer, state, strings, root) {
  return [
    ...answer.also.map((also) => alsoNote({ ...also, alias: asTyped(also.alias, state.q) }, strings, root)),
    ...(answer.cut ? [element("p", {}, strings.get("results.cut"))] : []),
    ...answer.guessed.map(({ word, forms }) => guessNote({ word: asTyped(word, state.q), forms }, strings)),
    ...filteredNote(answer, state, strings),
    ...(answer.unexcluded ? [element("p", {}, strings.get("note.excluded", { count: answer.unexcluded }))] : []),
    ...wordNotes(answer, state, strings),
  ];
}

/**
 * @param {import("./expand.js").Also} also
 * @param {Strings} strings
 * @param {string} root
 */
function alsoNote({ alias, name, url }, strings, root) {
  const [before, after] = strings.get("note.also", { alias }).split("{name}");
  const named = url ? element("a", { href: root + url.slice(1) }, name) : element("b", {}, name);
  return element("p", {}, before, named, after ?? "");
}

/**
 * @param {{word: string, forms: string[]}} guess
 * @param {Strings} strings
 */
function guessNote({ word, forms }, strings) {
  return element("p", {}, strings.get("note.guessed", { word, forms: forms.join(", ") }));
}

/**
 * @param {Answer} answer
 * @param {State} state
 * @param {Strings} strings
 */
function filteredNote(answer, state, strings) {
  if (answer.numbers.length || answer.fill.length || !answer.unfiltered) return [];
  const cleared = { ...state, source: [], language: [], type: [], year: [], from: "", to: "" };
  const link = searchLink(cleared, strings.get("note.clear"));
  return [element("p", {}, strings.get("note.filtered", { count: answer.unfiltered }), " ", link)];
}

/**
 * Which words keep a query from finding anything, and what could be tried.
 * @param {Answer} answer
 * @param {State} state
 * @param {Strings} strings
 */
function wordNotes(answer, state, strings) {
  if (answer.unfiltered && !answer.fill.length) return [];
  const missing = answer.words.filter((word) => !word.count);
  if (!missing.length && answer.words.length > 1 && !answer.unexcluded) {
    const alone = answer.words.map(({ word, count }) =>
      element("li", {}, searchLink({ ...state, q: word }, strings.get("note.alone", { word: asTyped(word, state.q), count }))),
    );
    return [element("p", {}, strings.get("note.together")), element("ul", {}, ...alone)];
  }
  return missing.slice(0, MISSING_NAMED).map(({ word, suggestions }) => {
    const links = suggestions.flatMap((near) => [" ", searchLink({ ...state, q: replaceWord(state.q, word, near) }, near)]);
    const near = links.length ? [" ", strings.get("note.near"), ...links] : [];
    return element("p", {}, strings.get("note.missing", { word: asTyped(word, state.q) }), ...near);
  });
}

/**
 * A word of a query with the capitals that it was typed with.
 * @param {string} word in lower case
 * @param {string} query
 */
function asTyped(word, query) {
  const place = query.toLowerCase().indexOf(word);
  const typed = query.slice(place, place + word.length);
  return typed.toLowerCase() === word ? typed : word;
}

/**
 * @param {string} query
 * @param {string} word
 * @param {string} near
 */
function replaceWord(query, word, near) {
  const place = query.toLowerCase().indexOf(word);
  return place < 0 ? near : query.slice(0, place) + near + query.slice(place + word.length);
}

/**
 * A link that asks again; the page answers it without loading anew.
 * @param {State} state
 * @param {string} text
 */
function searchLink(state, text) {
  return element("a", { href: writeState(state) || "?", "data-search": true, dir: "auto" }, text);
}
