// @ts-check
/** The published index, behind the few questions that the page asks of it. It knows nothing of the page. */
import { fold, isSpaceless } from "./analyzer.js";
import { BitReader, ByteReader } from "./bits.js";
import { Dictionary, nameAt } from "./dictionary.js";
import { parseJson } from "./files.js";
import { clausesOf, score } from "./score.js";
import { NO_LANGUAGE, readLengths } from "./shard.js";

/**
 * @typedef {import("./shard.js").Form} Form
 * @typedef {import("./expand.js").Expanded} Expanded
 * @typedef {import("./score.js").Hits} Hits
 *
 * @typedef {object} RecordSummary what a result shows
 * @property {number} number
 * @property {string} title
 * @property {string} url from the site's root
 * @property {string} date
 * @property {string} source
 * @property {string} language
 *
 * @typedef {object} Columns one value an article, and what the values mean
 * @property {number} count
 * @property {number[]} sources
 * @property {number[]} languages
 * @property {number[]} types a bit for each kind of entity named
 * @property {string[]} dates
 * @property {import("./filters.js").Names} names
 */

const FORMAT = 3;
const RELATED_SHARE = 0.4;
const SUGGEST_MIN = 4;
const SUGGEST_MAX = 24;
const SUGGESTED = 3;
const SLUG_LENGTH = 70;

export class ShardIndex {
  /**
   * @param {() => Promise<any>} loadLunr
   * @param {any} root
   * @param {import("./files.js").Files} files
   */
  constructor(loadLunr, root, files) {
    this.root = root;
    this.files = files;
    this.dictionary = new Dictionary(loadLunr, root, files);
    /** @type {Promise<Columns> | null} */
    this.reading = null;
  }

  /**
   * @param {() => Promise<any>} loadLunr
   * @param {import("./files.js").Files} files
   */
  static async open(loadLunr, files) {
    const root = await files.root();
    if (root.format !== FORMAT) throw new Error(`the index has format ${root.format}, not ${FORMAT}`);
    return new ShardIndex(loadLunr, root, files);
  }

  /** @returns {string[]} */
  get fields() {
    return this.root.fields;
  }

  /** How many articles there are. @returns {number} */
  get count() {
    return this.root.count;
  }

  /** Words of this archive for the help panel. @returns {Promise<Record<string, string>>} */
  async examples() {
    return (await this.names()).examples;
  }

  /**
   * @param {Expanded[]} words
   * @returns {Promise<Hits>}
   */
  async search(words) {
    const clauses = this.clauses(words);
    return score(clauses, this.root, await this.prepare(clauses));
  }

  /**
   * Numbers the postings of clauses by document, and reads the lengths that they do not carry.
   * @param {import("./score.js").Clause[]} clauses
   * @returns {Promise<Uint32Array>} by article
   */
  async prepare(clauses) {
    const stretches = clauses.flatMap(({ forms, fields }) =>
      forms.flatMap((form) => form.stretches.filter((stretch) => fields.includes(stretch.field))),
    );
    const counted = stretches.some((stretch) => stretch.language !== NO_LANGUAGE);
    const lacking = stretches.some((stretch) => !stretch.lengths);
    const [numbers, lengths] = await Promise.all([
      counted ? this.numbersByLanguage() : [],
      lacking ? this.lengths() : new Uint32Array(0),
    ]);
    for (const stretch of stretches) {
      if (stretch.language === NO_LANGUAGE) continue;
      const own = numbers[stretch.language];
      stretch.documents = stretch.documents.map((place) => own[place]);
      stretch.language = NO_LANGUAGE;
    }
    return lengths;
  }

  /** The articles of each language, ascending. @returns {Promise<Uint32Array[]>} */
  async numbersByLanguage() {
    const bits = new BitReader((await this.texts()).part().bytes);
    /** @type {number[][]} */
    const numbers = [];
    for (let number = 0; number < this.count; number += 1) (numbers[bits.rice(0)] ??= []).push(number);
    return numbers.map((own) => Uint32Array.from(own));
  }

  /** How long the text of each article is. */
  async lengths() {
    const texts = await this.texts();
    texts.part();
    const part = texts.part();
    const [parameter, middle] = [part.varint(), part.varint()];
    return readLengths(new BitReader(part.bytes.subarray(part.place)), this.count, parameter, middle);
  }

  /** What is known of all texts: their languages and lengths. In small archives it came with the root. */
  async texts() {
    return new ByteReader(this.root.texts ? await this.files.read(this.root.texts) : this.root.inline);
  }

  /**
   * The clauses of terms that words come down to.
   * @param {Expanded[]} words
   */
  clauses(words) {
    const places = (/** @type {string[]} */ fields) => fields.map((field) => this.fields.indexOf(field));
    return words.flatMap((word) => clausesOf({ ...word, fields: places(word.fields) }, RELATED_SHARE));
  }

  /**
   * Words of the archive that are spelled almost like `word`, most frequent first.
   * @param {string} word
   * @returns {Promise<string[]>}
   */
  async suggest(word) {
    if (word.length < SUGGEST_MIN || word.length > SUGGEST_MAX || isSpaceless(word)) return [];
    const closest = await this.dictionary.near(fold(word), 1);
    const near = closest.length ? closest : await this.dictionary.near(fold(word), 2);
    const sorted = near.sort((a, b) => b.frequency - a.frequency || (a.text < b.text ? -1 : 1));
    return [...new Set(sorted.map((form) => form.text))].slice(0, SUGGESTED);
  }

  /**
   * @param {number[]} numbers
   * @returns {Promise<RecordSummary[]>} in the same order
   */
  async summaries(numbers) {
    const { sources, languages, blocks } = await this.names();
    const size = this.root.summaries;
    return Promise.all(
      numbers.map(async (number) => {
        const first = number - (number % size);
        const lines = await this.lines(nameAt(blocks, first / size));
        const count = Math.min(size, this.count - first);
        const [title, url, date, source, language] = lines.filter((_, place) => place % count === number - first);
        return {
          number,
          title,
          url: longUrl(url, title),
          date,
          source: sources[Number(source)].name,
          language: languages[Number(language)].code,
        };
      }),
    );
  }

  /** What numbers in summaries and columns stand for, and the files of summaries. */
  async names() {
    return parseJson(await this.files.read(this.root.names));
  }

  /** The lines of a file of text. @param {string} name */
  async lines(name) {
    return new TextDecoder().decode(await this.files.read(name)).split("\n");
  }

  /** @returns {Promise<Columns>} */
  columns() {
    if (!this.reading) {
      this.reading = this.readColumns();
      this.reading.catch(() => {
        this.reading = null;
      });
    }
    return this.reading;
  }

  /** @returns {Promise<Columns>} */
  async readColumns() {
    const [names, content] = await Promise.all([this.names(), this.files.read(this.root.columns)]);
    const columns = parseJson(content);
    const dates = columns.dates.flatMap((/** @type {[string, number]} */ [date, count]) => Array(count).fill(date));
    return { ...columns, names, dates, count: this.root.count };
  }
}

/**
 * An address from what is published of it: whole, or an id that follows the title's words.
 * @param {string} short
 * @param {string} title
 */
function longUrl(short, title) {
  if (short.startsWith("/")) return short;
  let slug = "";
  for (const word of title.toLowerCase().match(/[a-z0-9]+/g) ?? []) {
    if (slug.length + word.length > SLUG_LENGTH) break;
    slug += `${word}-`;
  }
  return `/articles/${slug}${short}/`;
}
