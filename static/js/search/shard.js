// @ts-check
/**
 * A shard's bytes -> lines and postings. sitegen/search/lines.py and postings.py write them, in this order; a part is
 * its length and its bytes:
 *
 *   varint           how many lines
 *   fronted          their keys, parts: shared bytes, further bytes, text
 *   byte a line      1 lists forms, 2 has pointers, 4 the key itself is a form that lives under another key of this
 *                    shard, 8 the key itself is a form that lives here, 16 has aliases
 *   forms            besides the key, written beside it; parts: how many for each line that lists any, bytes of the key
 *                    left out at its beginning, at its end, bytes before what is kept, after it, those bytes
 *   homes            where forms live that do not live here, one each, as the forms. There they are not written, nor is
 *                    the line of a key that has nothing else
 *   pointers         part: strengths; then their keys as the forms
 *   aliases          part: JSON, for each line that has any: [[name, address], ...]
 *   varints          bits of the highest document; up to how many documents of a text count all documents
 *   heads            parts. For each form: its fields as bits, and 32 when it carries the lengths of texts; those of
 *                    other fields are always carried. For each field of each form: how many documents; parameter of
 *                    gaps, as its distance from the likely one; in titles and texts, for more documents than
 *                    that, the number of their language plus one, 0 for several; parameter of frequencies (0: all one; 1-15:
 *                    dense, less one; from 16: sparse, less 16). The middle length in each field. For each field of
 *                    each form, where lengths are carried, their parameter
 *   postings         Rice codes: for each form and field the gaps, the frequencies, where carried the lengths' distances
 *                    from the middle
 */
import { BitReader, ByteReader, fromMiddle } from "./bits.js";

const HAS_FORMS = 1;
const HAS_POINTERS = 2;
const LIVES_NEAR = 4;
const IS_FORM = 8;
const HAS_ALIASES = 16;
const FIELDS = 5;
const INLINE = 1 << FIELDS;
const SPARSE = 16;
const TEXT = 1;
const TEXT_FIELDS = 2;

export const NO_LANGUAGE = -1;

/**
 * @typedef {object} Stretch postings of one form in one field
 * @property {number} field its place
 * @property {number} language the number of the one in which documents are counted, or NO_LANGUAGE for all documents
 * @property {Uint32Array} documents ascending
 * @property {Uint32Array} frequencies
 * @property {Uint32Array | null} lengths of the field in each document; null when the file of all texts has them
 *
 * @typedef {object} Form a word as it stands in texts, or the key of a name
 * @property {string} text
 * @property {number} frequency its postings in all fields
 * @property {Stretch[]} stretches by field; of one field, the older documents first
 *
 * @typedef {object} Line what the dictionary has under a key
 * @property {string} key
 * @property {Form[]} forms that live here
 * @property {{key: string, strength: number}[]} pointers to lines where more forms of the key live
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
  const written = keys.map(newLine);
  const lines = new Map(written.map((line) => [line.key, line]));
  const withFlag = (/** @type {number} */ flag) => written.filter((_, place) => flags[place] & flag);
  for (const line of withFlag(IS_FORM)) line.forms.push(newForm(line.key));
  readBeside(reader, withFlag(HAS_FORMS), (line, text) => line.forms.push(newForm(text)));
  const near = readNear(reader, withFlag(LIVES_NEAR), lines);
  const strengths = reader.part();
  readBeside(reader, withFlag(HAS_POINTERS), (line, key) => line.pointers.push({ key, strength: strengths.varint() }));
  const aliases = JSON.parse(new TextDecoder().decode(reader.part().bytes));
  withFlag(HAS_ALIASES).forEach((line, place) => (line.aliases = aliases[place]));
  const sorted = [...lines.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  // The key itself comes first.
  for (const { key, forms } of sorted) forms.sort((a, b) => Number(b.text === key) - Number(a.text === key) || (a.text < b.text ? -1 : 1));
  readPostings(reader, sorted.flatMap((line) => line.forms));
  for (const { form, pointer } of near) pointer.strength = 32 - Math.clz32(form.frequency);
  return sorted;
}

/** @param {string} key @returns {Line} */
function newLine(key) {
  return { key, forms: [], pointers: [], aliases: [] };
}

/**
 * Reads where forms live that stand under other keys, and puts them there.
 * @param {ByteReader} reader
 * @param {Line[]} away their lines
 * @param {Map<string, Line>} lines all
 */
function readNear(reader, away, lines) {
  /** @type {{form: Form, pointer: {key: string, strength: number}}[]} */
  const near = [];
  readBeside(reader, away, (line, key) => {
    const found = { form: newForm(line.key), pointer: { key, strength: 0 } };
    const home = lines.get(key) ?? newLine(key);
    lines.set(key, home);
    home.forms.push(found.form);
    line.pointers.push(found.pointer);
    near.push(found);
  });
  return near;
}

/**
 * The lines of some keys as the newest articles extend them.
 * @param {Line[]} older by key
 * @param {Line[]} newer
 * @returns {Line[]} by key
 */
export function extend(older, newer) {
  if (!newer.length) return older;
  const lines = new Map(older.map((line) => [line.key, line]));
  for (const line of newer) lines.set(line.key, extendLine(lines.get(line.key), line));
  return [...lines.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/**
 * @param {Line | undefined} older
 * @param {Line} newer
 * @returns {Line}
 */
function extendLine(older, newer) {
  if (!older) return newer;
  const forms = new Map(older.forms.map((form) => [form.text, form]));
  for (const { text, frequency, stretches } of newer.forms) {
    const known = forms.get(text) ?? newForm(text);
    forms.set(text, {
      text,
      frequency: known.frequency + frequency,
      stretches: [...known.stretches, ...stretches].sort((a, b) => a.field - b.field),
    });
  }
  const pointers = new Map([...newer.pointers, ...older.pointers].map((pointer) => [pointer.key, pointer]));
  return {
    key: older.key,
    forms: [...forms.values()],
    pointers: [...pointers.values()],
    aliases: [...older.aliases, ...newer.aliases],
  };
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
 * Reads texts that stand beside keys, and gives each to its line.
 * @param {ByteReader} reader
 * @param {Line[]} lines those that have any
 * @param {(line: Line, text: string) => void} add
 */
function readBeside(reader, lines, add) {
  const texts = reader.beside(lines.map((line) => line.key));
  lines.forEach((line, place) => texts[place].forEach((text) => add(line, text)));
}

/**
 * @param {ByteReader} reader
 * @param {Form[]} forms
 */
function readPostings(reader, forms) {
  const [span, rare] = [reader.varint(), reader.varint()];
  const masks = reader.numbers();
  const [counts, gaps, languages, frequencies] = [reader.part(), reader.part(), reader.part(), reader.part()];
  const middles = reader.numbers();
  const lengths = reader.part();
  const bits = new BitReader(reader.bytes.subarray(reader.place));
  forms.forEach((form, place) => {
    for (let field = 0; field < FIELDS; field += 1) {
      if (!(masks[place] & (1 << field))) continue;
      const count = counts.varint();
      const likely = Math.max(span - (32 - Math.clz32(count)), 0);
      const documents = readDocuments(bits, count, (likely + gaps.varint()) & 0xff);
      const inline = field !== TEXT || masks[place] & INLINE;
      form.frequency += count;
      form.stretches.push({
        field,
        language: field < TEXT_FIELDS && count > rare ? languages.varint() - 1 : NO_LANGUAGE,
        documents,
        frequencies: readFrequencies(bits, count, frequencies.varint()),
        lengths: inline ? readLengths(bits, count, lengths.varint(), middles[field]) : null,
      });
    }
  });
}

/**
 * @param {BitReader} bits
 * @param {number} count
 * @param {number} parameter
 * @param {number} middle
 */
export function readLengths(bits, count, parameter, middle) {
  return Uint32Array.from({ length: count }, () => fromMiddle(bits.rice(parameter), middle));
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
 * @param {number} head
 */
function readFrequencies(bits, count, head) {
  const frequencies = new Uint32Array(count).fill(1);
  if (head >= SPARSE) {
    for (let place = bits.rice(head - SPARSE); place < count; place += 1 + bits.rice(head - SPARSE)) {
      frequencies[place] = bits.rice(0) + 2;
    }
  } else if (head > 0) {
    for (let place = 0; place < count; place += 1) frequencies[place] = bits.rice(head - 1) + 1;
  }
  return frequencies;
}
