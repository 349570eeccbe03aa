// @ts-check
/** What a reader asked for, from the page's address and its filters, and back into the address. */

/** @typedef {"relevance" | "newest" | "oldest"} Sort */
/**
 * @typedef {object} State
 * @property {string} q
 * @property {string[]} source names
 * @property {string[]} language codes
 * @property {string[]} type kinds of entity
 * @property {string[]} year
 * @property {string} from YYYY-MM-DD or ""
 * @property {string} to
 * @property {Sort} sort
 * @property {number} shown how many results are shown at most
 */

export const LISTS = /** @type {const} */ (["source", "language", "type", "year"]);
export const PAGE_SIZE = 10;
const SHOWN_MAX = 500;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const SORTS = ["relevance", "newest", "oldest"];

/**
 * @param {string} search the part of an address from "?"
 * @returns {State}
 */
export function readState(search) {
  const given = new URLSearchParams(search);
  const day = (/** @type {string} */ name) => (DAY.test(given.get(name) ?? "") ? String(given.get(name)) : "");
  const sort = given.get("sort") ?? "";
  const shown = Math.trunc(Number(given.get("shown"))) || PAGE_SIZE;
  return {
    q: given.get("q") ?? "",
    source: given.getAll("source"),
    language: given.getAll("language"),
    type: given.getAll("type"),
    year: given.getAll("year"),
    from: day("from"),
    to: day("to"),
    sort: /** @type {Sort} */ (SORTS.includes(sort) ? sort : "relevance"),
    shown: Math.min(Math.max(shown, PAGE_SIZE), SHOWN_MAX),
  };
}

/**
 * @param {State} state
 * @returns {string} "" or "?…"
 */
export function writeState(state) {
  const written = new URLSearchParams();
  if (state.q) written.set("q", state.q);
  for (const name of LISTS) state[name].forEach((value) => written.append(name, value));
  if (state.from) written.set("from", state.from);
  if (state.to) written.set("to", state.to);
  if (state.sort !== "relevance") written.set("sort", state.sort);
  if (state.shown !== PAGE_SIZE) written.set("shown", String(state.shown));
  const text = String(written);
  return text && `?${text}`;
}

/** How many choices narrow the results. @param {State} state */
export function countFilters(state) {
  return LISTS.flatMap((name) => state[name]).length + Number(Boolean(state.from)) + Number(Boolean(state.to));
}

/** @param {State} state */
export function isFiltered(state) {
  return countFilters(state) > 0;
}

/**
 * What the filters say now.
 * @param {HTMLElement} panel
 * @returns {Pick<State, "source" | "language" | "type" | "year" | "from" | "to">}
 */
export function readFilters(panel) {
  const checked = /** @type {NodeListOf<HTMLInputElement>} */ (panel.querySelectorAll("input:checked"));
  const valuesOf = (/** @type {string} */ name) => [...checked].flatMap((box) => (box.name === name ? [box.value] : []));
  const day = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (panel.querySelector(`[name="${name}"]`)).value;
  return {
    source: valuesOf("source"),
    language: valuesOf("language"),
    type: valuesOf("type"),
    year: valuesOf("year"),
    from: day("from"),
    to: day("to"),
  };
}
