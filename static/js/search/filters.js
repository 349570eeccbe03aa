// @ts-check
/** Article numbers + columns -> those that pass the filters, and how many each filter would leave. */
import { isFiltered, LISTS } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./index.js").Columns} Columns */
/** @typedef {{value: string, name: string, count: number, chosen: boolean}} Choice */
/** @typedef {{sources: {name: string}[], languages: {code: string, name: string}[], types: {code: string}[]}} Names */

/**
 * A date of any precision as the first day it can mean: "2024-03" -> "2024-03-01".
 * @param {string} date
 */
export function firstDay(date) {
  return date && `${date}-01-01`.slice(0, 10);
}

/**
 * For each filter, a test of an article number.
 * @param {State} state
 * @param {Columns} columns
 * @returns {Record<string, (number: number) => boolean>}
 */
function testsOf(state, columns) {
  const { names } = columns;
  const chosen = (/** @type {string[]} */ all, /** @type {string[]} */ some) =>
    new Set(all.flatMap((value, place) => (some.includes(value) ? [place] : [])));
  const sources = chosen(names.sources.map((source) => source.name), state.source);
  const languages = chosen(names.languages.map((language) => language.code), state.language);
  const mask = [...chosen(names.types.map((type) => type.code), state.type)].reduce((bits, bit) => bits | (1 << bit), 0);
  /** @type {Record<string, (number: number) => boolean>} */
  const tests = {};
  if (state.source.length) tests.source = (number) => sources.has(columns.sources[number]);
  if (state.language.length) tests.language = (number) => languages.has(columns.languages[number]);
  if (state.type.length) tests.type = (number) => (columns.types[number] & mask) === mask;
  if (state.year.length) tests.year = (number) => state.year.includes(columns.dates[number].slice(0, 4));
  if (state.from) tests.from = (number) => firstDay(columns.dates[number]) >= state.from;
  if (state.to) tests.to = (number) => columns.dates[number] !== "" && firstDay(columns.dates[number]) <= state.to;
  return tests;
}

/**
 * @param {number[]} numbers
 * @param {State} state
 * @param {Columns} columns
 * @returns {number[]} in the order given
 */
export function filter(numbers, state, columns) {
  if (!isFiltered(state)) return numbers;
  const tests = Object.values(testsOf(state, columns));
  return numbers.filter((number) => tests.every((test) => test(number)));
}

/**
 * How many of `numbers` each choice of each filter holds, the other filters applied.
 * @param {number[]} numbers
 * @param {State} state
 * @param {Columns} columns
 * @returns {Record<"source" | "language" | "type" | "year", Choice[]>}
 */
export function countChoices(numbers, state, columns) {
  const { names } = columns;
  const tests = testsOf(state, columns);
  const [source, language, type, year] = LISTS.map((own) => {
    const others = Object.entries(tests).flatMap(([name, test]) => (name === own && own !== "type" ? [] : [test]));
    return tally(numbers.filter((number) => others.every((test) => test(number))), valuesOf(own, columns, names));
  });
  return {
    source: choices(source, state.source, (name) => name),
    language: choices(language, state.language, (code) => names.languages.find((one) => one.code === code)?.name ?? code),
    type: choices(type, state.type, (code) => code),
    year: choices(year, state.year, (name) => name).sort((a, b) => (a.value < b.value ? 1 : -1)),
  };
}

/**
 * @param {string} filter
 * @param {Columns} columns
 * @param {Names} names
 * @returns {(number: number) => string[]}
 */
function valuesOf(filter, columns, names) {
  const one = (/** @type {string | undefined} */ value) => (value ? [value] : []);
  switch (filter) {
    case "source":
      return (number) => one(names.sources[columns.sources[number]]?.name);
    case "language":
      return (number) => one(names.languages[columns.languages[number]]?.code);
    case "type":
      return (number) => names.types.flatMap((type, bit) => (columns.types[number] & (1 << bit) ? [type.code] : []));
    default:
      return (number) => one(columns.dates[number].slice(0, 4));
  }
}

/**
 * @param {number[]} numbers
 * @param {(number: number) => string[]} values
 */
function tally(numbers, values) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const number of numbers) for (const value of values(number)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/**
 * Choices with anything behind them, and those chosen; biggest first.
 * @param {Map<string, number>} counts
 * @param {string[]} chosen
 * @param {(value: string) => string} nameOf
 * @returns {Choice[]}
 */
function choices(counts, chosen, nameOf) {
  const values = [...new Set([...counts.keys(), ...chosen])];
  const all = values.map((value) => ({
    value,
    name: nameOf(value),
    count: counts.get(value) ?? 0,
    chosen: chosen.includes(value),
  }));
  return all.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}
