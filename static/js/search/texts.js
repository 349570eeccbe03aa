// @ts-check
/** Reads the paragraphs of articles from their pages, each once. */

/** @typedef {import("./extract.js").Paragraph} Paragraph */

const KEPT = 200;

export class Texts {
  /** @param {string} root the address of the site's root */
  constructor(root) {
    this.root = root;
    /** @type {Map<string, Promise<Paragraph[]>>} */
    this.reading = new Map();
  }

  /**
   * The paragraphs of an article.
   * @param {string} url from the site's root
   */
  read(url) {
    const known = this.reading.get(url);
    if (known) return known;
    // Only once there are results: what they are found with comes first.
    const reading = import("./extract.js").then(({ readParagraphs }) => readParagraphs(this.root + url.slice(1)));
    if (this.reading.size >= KEPT) this.reading.delete(String(this.reading.keys().next().value));
    this.reading.set(url, reading);
    reading.catch(() => this.reading.delete(url));
    return reading;
  }
}
