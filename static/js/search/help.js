// @ts-check
/** The help panel: the query language in examples of this archive's own words. Each can be tried. */
import { element } from "./dom.js";

/**
 * @param {Record<string, string>} examples
 * @param {import("./strings.js").Strings} strings
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
  return rows.flatMap(([key, query]) => (query ? helpRow(query, strings.get(`help.${key}`)) : []));
}

/**
 * @param {string} query
 * @param {string} meaning
 */
function helpRow(query, meaning) {
  const link = element("a", { href: `?${new URLSearchParams({ q: query })}`, "data-search": true, dir: "auto" }, query);
  return [element("dt", {}, link), element("dd", {}, meaning)];
}
