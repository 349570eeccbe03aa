// @ts-check
/** Shows an answer: the results with their extracts, the notes above them, and the number found. */
import { element, markedNodes, one } from "./dom.js";
import { chooseExtract, mark, matcher } from "./extract.js";
import { writeState } from "./state.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./answer.js").Answer} Answer
 * @typedef {import("./index.js").RecordSummary} RecordSummary
 * @typedef {import("./strings.js").Strings} Strings
 */

/**
 * One result, with a place for its extract.
 * @param {RecordSummary} summary
 * @param {(word: string) => boolean} isHit
 * @param {Strings} strings
 * @param {string} root the address of the site's root
 */
export function resultItem(summary, isHit, strings, root) {
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
export function showExtract(item, paragraphs, isHit, phrases) {
  const { parts, id } = chooseExtract(paragraphs, isHit, phrases);
  one(".search-extract", item).replaceChildren(...markedNodes(parts));
  const link = /** @type {HTMLAnchorElement} */ (one("a", item));
  if (id && id !== "p1" && parts.some((part) => part.marked)) link.hash = id;
}

/** @param {Answer} answer */
export function hitTest(answer) {
  return matcher(answer.matched);
}

/**
 * The sentence that announces an answer.
 * @param {Answer} answer
 * @param {Strings} strings
 */
export function statusText(answer, strings) {
  const count = answer.numbers.length;
  const found = count ? strings.get("results", { count }) : strings.get("results.none");
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
    ...answer.also.map((also) => alsoNote(also, strings, root)),
    ...(answer.cut ? [element("p", {}, strings.get("results.cut"))] : []),
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
      element("li", {}, searchLink({ ...state, q: word }, strings.get("note.alone", { word, count }))),
    );
    return [element("p", {}, strings.get("note.together")), element("ul", {}, ...alone)];
  }
  return missing.map(({ word, suggestions }) => {
    const links = suggestions.flatMap((near) => [" ", searchLink({ ...state, q: replaceWord(state.q, word, near) }, near)]);
    const near = links.length ? [" ", strings.get("note.near"), ...links] : [];
    return element("p", {}, strings.get("note.missing", { word }), ...near);
  });
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

/**
 * The help panel's examples, made of this archive's own words. Each can be tried.
 * @param {Record<string, string>} examples
 * @param {Strings} strings
 * @returns {HTMLElement[]}
 */
export function helpRows(examples, strings) {
  const { word = "", second = "", phrase = "", entity = "", tag = "", source = "", other = "" } = examples;
  const rows = [
    ["words", second && `${second} ${word}`],
    ["phrase", phrase && `"${phrase}"`],
    ["not", word && other && `${word} -${other}`],
    ["optional", word && other && `+${word} ${other}`],
    ["title", word && `title:${word}`],
    ["entity", entity && `entity:"${entity}"`],
    ["tag", tag && `tag:"${tag}"`],
    ["source", source && `source:"${source}"`],
    ["star", word && `${word.slice(0, Math.max(3, word.length - 3))}*`],
    ["fuzzy", word && `${word}~1`],
    ["boost", word && second && `${word}^3 ${second}`],
  ];
  return rows.flatMap(([key, query]) =>
    query
      ? [
          element("dt", {}, element("a", { href: `?${new URLSearchParams({ q: query })}`, "data-search": true }, query)),
          element("dd", {}, strings.get(`help.${key}`)),
        ]
      : [],
  );
}
