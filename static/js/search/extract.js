// @ts-check
/** An article's page -> the paragraph that answers the query, with the words found marked in it. */
import { fold, placedWords, words } from "./analyzer.js";
import { mark } from "./marks.js";

const EXTRACT_LENGTH = 280;
const PHRASE_WEIGHT = 100;

/** @typedef {{text: string, id: string}} Paragraph id is the fragment that leads to it, or "" */
/** @typedef {import("./marks.js").Part} Part */
/** @typedef {import("./query.js").Phrase} Phrase */

/**
 * The paragraphs of the article at an address. The page is parsed as a document, so nothing in it runs.
 * @param {string} address
 * @returns {Promise<Paragraph[]>}
 */
export function readParagraphs(address) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", address);
    request.responseType = "document";
    request.onerror = () => reject(new Error(address));
    request.onload = () => {
      if (request.status !== 200 || !request.response) reject(new Error(`${address}: ${request.status}`));
      else resolve(paragraphsOf(request.response));
    };
    request.send();
  });
}

/** @param {Document} page @returns {Paragraph[]} */
function paragraphsOf(page) {
  const found = [...page.querySelectorAll("[id^=p]")].filter((element) => /^p\d+$/.test(element.id));
  return found.map((element) => ({ text: element.textContent ?? "", id: element.id }));
}

/**
 * The part of an article that has a phrase asked for, or most different words found.
 * @param {Paragraph[]} paragraphs
 * @param {(word: string) => boolean} isHit
 * @param {Phrase[]} phrases
 * @returns {{parts: Part[], id: string}}
 */
export function chooseExtract(paragraphs, isHit, phrases) {
  const weighed = paragraphs.map((paragraph) => {
    const placed = placedWords(paragraph.text);
    const hits = placed.filter(({ word }) => isHit(word));
    const text = placed.map(({ word }) => fold(word));
    const spelled = phrases.filter((phrase) => contains(text, phrase.words)).length;
    const different = new Set(hits.map(({ word }) => fold(word))).size;
    return { paragraph, hits, weight: PHRASE_WEIGHT * spelled + different };
  });
  const best = weighed.reduce((a, b) => (b.weight > a.weight ? b : a), weighed[0]);
  if (!best) return { parts: [], id: "" };
  return { parts: mark(cut(best.paragraph.text, best.hits[0]?.start ?? 0), isHit), id: best.paragraph.id };
}

/**
 * At most EXTRACT_LENGTH characters of a text around a place, cut between words where there are spaces.
 * @param {string} text
 * @param {number} place
 */
function cut(text, place) {
  const flat = text.replace(/\s/g, " ");
  if (flat.length <= EXTRACT_LENGTH) return flat.trim();
  const wanted = Math.max(0, Math.min(place - EXTRACT_LENGTH / 4, flat.length - EXTRACT_LENGTH));
  const space = wanted ? flat.indexOf(" ", wanted) : -1;
  const start = wanted && space >= 0 && space <= place ? space + 1 : wholeCharacter(flat, Math.trunc(wanted));
  const limit = Math.min(start + EXTRACT_LENGTH, flat.length);
  const lastSpace = limit < flat.length ? flat.lastIndexOf(" ", limit) : limit;
  const end = lastSpace > start + EXTRACT_LENGTH / 2 ? lastSpace : wholeCharacter(flat, limit);
  return `${start ? "… " : ""}${flat.slice(start, end).trim()}${end < flat.length ? " …" : ""}`;
}

/**
 * @param {string} text
 * @param {number} place
 * @returns {number} `place`, or the one before it when that would part a surrogate pair
 */
function wholeCharacter(text, place) {
  return /[\udc00-\udfff]/.test(text[place] ?? "") ? place - 1 : place;
}

/**
 * Whether an article has every phrase and none of those ruled out.
 * @param {Phrase[]} phrases
 * @param {string} title
 * @param {Paragraph[]} paragraphs
 */
export function hasPhrases(phrases, title, paragraphs) {
  /** @type {Record<string, string[][]>} */
  const texts = {
    title: [words(title).map(fold)],
    text: paragraphs.map((paragraph) => words(paragraph.text).map(fold)),
  };
  return phrases.every((phrase) => {
    const found = phrase.fields.some((field) => texts[field].some((text) => contains(text, phrase.words)));
    return found !== phrase.prohibited;
  });
}

/**
 * @param {string[]} text
 * @param {string[]} run
 */
function contains(text, run) {
  for (let start = text.indexOf(run[0]); start >= 0; start = text.indexOf(run[0], start + 1)) {
    if (run.every((word, place) => text[start + place] === word)) return true;
  }
  return false;
}
