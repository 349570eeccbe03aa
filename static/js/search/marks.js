// @ts-check
/** Marks the words of a text that a query found. */
import { placedWords } from "./analyzer.js";

/** @typedef {{text: string, marked: boolean}} Part */

/**
 * Tells whether a word of a text is one of those that the query found.
 * @param {string[]} matched the terms that the query found
 * @returns {(word: string) => boolean}
 */
export function matcher(matched) {
  const found = new Set(matched);
  return (word) => found.has(word);
}

/**
 * A text in parts, those marked whose words the query found.
 * @param {string} text
 * @param {(word: string) => boolean} isHit
 * @returns {Part[]}
 */
export function mark(text, isHit) {
  /** @type {Part[]} */
  const parts = [];
  let done = 0;
  for (const { word, start, end } of placedWords(text)) {
    if (end <= done || !isHit(word)) continue;
    const from = Math.max(start, done);
    if (from > done) parts.push({ text: text.slice(done, from), marked: false });
    parts.push({ text: text.slice(from, end), marked: true });
    done = end;
  }
  if (done < text.length) parts.push({ text: text.slice(done), marked: false });
  return parts;
}
