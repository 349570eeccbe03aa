// @ts-check
/**
 * A shard's bytes -> lines and postings. sitegen/search/shards.py writes them, in this order:
 *
 *   varint           how many lines
 *   fronted          their keys: shared bytes, further bytes, text, each preceded by its length
 *   byte a line      1 lists forms, 2 has pointers, 4 has names, 8 the key itself is a form
 *   forms            besides the key; columns, each preceded by its length: how many for each line that lists any,
 *                    bytes shared with the key, bytes further, those bytes
 *   pointers         their frequencies, preceded by their length; then their keys as the forms
 *   postings' heads  for each form: fields as bits (and 32 when lengths are inline); for each field: how many documents,
 *                    parameter of gaps, of frequencies (0: all one; 1-15: dense, less one; from 16: sparse, less 16),
 *                    of lengths when inline
 *   names            JSON, for each line with names: [[[place of field, keys], …], [[name, address], …]]
 *   postings         Rice codes: for each form and field the gaps, the frequencies, the lengths when inline
 */
import { BitReader, ByteReader, joined } from "./bits.js";

const HAS_FORMS = 1;
const HAS_POINTERS = 2;
const HAS_NAMES = 4;
const IS_FORM = 8;
const FIELDS = 5;
const INLINE = 1 << FIELDS;
const SPARSE = 16;

/**
 * @typedef {object} Stretch one form's postings in one field
 * @property {number} field its place
 * @property {Uint32Array} documents ascending
 * @property {Uint32Array} frequencies
 * @property {Uint32Array | null} lengths of the field in each document; null when they are in the file of all lengths
 *
 * @typedef {object} Form a term of the index
 * @property {string} text
 * @property {number} frequency in how many (document, field) pairs it is
 * @property {Stretch[]} stretches by field
 *
 * @typedef {object} Line what the dictionary has under a key
 * @property {string} key
 * @property {Form[]} forms
 * @property {{key: string, frequency: number}[]} pointers
 * @property {Map<number, string[]>} keys keys of names that have this word, by the place of their field
 * @property {[string, string][]} aliases name and address of what this is another name of
 */

/**
 * @param {Uint8Array} bytes
 * @returns {Line[]} by key
 */
export function parseShard(bytes) {
  const reader = new ByteReader(bytes);
  const keys = reader.fronted(reader.varint());
  const flags = reader.take(keys.length);
  /** @type {Line[]} */
  const lines = keys.map((key) => ({ key, forms: [], pointers: [], keys: new Map(), aliases: [] }));
  const withFlag = (/** @type {number} */ flag) => lines.filter((_, place) => flags[place] & flag);
  for (const line of withFlag(IS_FORM)) line.forms.push(newForm(line.key));
  readBeside(reader, withFlag(HAS_FORMS), (line, text) => line.forms.push(newForm(text)));
  const frequencies = reader.part();
  readBeside(reader, withFlag(HAS_POINTERS), (line, key) => {
    line.pointers.push({ key, frequency: frequencies.varint() });
  });
  const heads = reader.part();
  readNames(reader.part(), withFlag(HAS_NAMES));
  const bits = new BitReader(bytes.subarray(reader.place));
  for (const line of lines) for (const form of line.forms) readPostings(form, heads, bits);
  return lines;
}

/**
 * Each form once, by its text: a shard that was read twice gives the same form as two values.
 * @param {Form[]} forms
 * @returns {Form[]}
 */
export function distinct(forms) {
  return [...new Map(forms.map((form) => [form.text, form])).values()];
}

/** @param {string} text @returns {Form} */
function newForm(text) {
  return { text, frequency: 0, stretches: [] };
}

/**
 * Reads texts that stand under keys, and gives each to its line.
 * @param {ByteReader} reader
 * @param {Line[]} lines those that have any
 * @param {(line: Line, text: string) => void} add
 */
function readBeside(reader, lines, add) {
  const [counts, shared, further, text] = [reader.part(), reader.part(), reader.part(), reader.part()];
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  for (const line of lines) {
    const key = encoder.encode(line.key);
    for (let count = counts.varint(); count > 0; count -= 1) {
      add(line, decoder.decode(joined(key, shared.varint(), text.take(further.varint()))));
    }
  }
}

/**
 * @param {ByteReader} reader
 * @param {Line[]} lines
 */
function readNames(reader, lines) {
  const named = JSON.parse(new TextDecoder().decode(reader.bytes));
  lines.forEach((line, place) => {
    line.keys = new Map(named[place][0]);
    line.aliases = named[place][1];
  });
}

/**
 * @param {Form} form
 * @param {ByteReader} heads
 * @param {BitReader} bits
 */
function readPostings(form, heads, bits) {
  const mask = heads.varint();
  for (let field = 0; field < FIELDS; field += 1) {
    if (!(mask & (1 << field))) continue;
    const count = heads.varint();
    const gaps = heads.varint();
    const frequencies = heads.varint();
    const lengths = mask & INLINE ? heads.varint() : -1;
    form.frequency += count;
    form.stretches.push({
      field,
      documents: readDocuments(bits, count, gaps),
      frequencies: readFrequencies(bits, count, frequencies),
      lengths: lengths < 0 ? null : Uint32Array.from({ length: count }, () => bits.rice(lengths)),
    });
  }
}

/**
 * @param {BitReader} bits
 * @param {number} count
 * @param {number} parameter
 */
function readDocuments(bits, count, parameter) {
  const documents = new Uint32Array(count);
  let document = -1;
  for (let place = 0; place < count; place += 1) {
    document += bits.rice(parameter) + 1;
    documents[place] = document;
  }
  return documents;
}

/**
 * @param {BitReader} bits
 * @param {number} count
 * @param {number} parameter
 */
function readFrequencies(bits, count, parameter) {
  const frequencies = new Uint32Array(count).fill(1);
  if (parameter >= SPARSE) {
    for (let place = bits.rice(parameter - SPARSE); place < count; place += 1 + bits.rice(parameter - SPARSE)) {
      frequencies[place] = bits.rice(0) + 2;
    }
  } else if (parameter > 0) {
    for (let place = 0; place < count; place += 1) frequencies[place] = bits.rice(parameter - 1) + 1;
  }
  return frequencies;
}
