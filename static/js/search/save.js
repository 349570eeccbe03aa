// @ts-check
/** Results -> files to keep: a table for spreadsheets (CSV) and a bibliography (BibTeX). */

/** @typedef {import("./index.js").RecordSummary} RecordSummary */

/** So many results are saved at most: each ten or so come out of another file of the index. */
export const SAVED_MAX = 1000;

const COLUMNS = /** @type {const} */ (["title", "date", "source", "language", "url"]);
const BYTE_ORDER_MARK = "\ufeff";
const FORMATS = {
  csv: { type: "text/csv", write: toCsv },
  bib: { type: "application/x-bibtex", write: toBibtex },
};

/**
 * Lets the browser save results as a file.
 * @param {RecordSummary[]} summaries
 * @param {URL} home the address of the site
 * @param {string} format "csv" or "bib", which is the file's ending too
 * @param {string} name of the file, without its ending
 */
export function download(summaries, home, format, name) {
  const { type, write } = FORMATS[/** @type {keyof typeof FORMATS} */ (format)];
  const whole = summaries.map((summary) => ({ ...summary, url: new URL(summary.url.slice(1), home).href }));
  const address = URL.createObjectURL(new Blob([write(whole)], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `${name}.${format}`;
  link.click();
  URL.revokeObjectURL(address);
}

/**
 * A table that spreadsheets take for UTF-8, by its first character.
 * @param {RecordSummary[]} summaries with whole addresses
 */
export function toCsv(summaries) {
  const rows = summaries.map((summary) => COLUMNS.map((name) => csvCell(summary[name])));
  return BYTE_ORDER_MARK + [COLUMNS, ...rows].map((row) => row.join(",")).join("\r\n") + "\r\n";
}

/**
 * A cell that a spreadsheet shows as it is: quoted, and never run as a formula.
 * @param {string} value
 */
function csvCell(value) {
  const harmless = /^[\s\0]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]/.test(value) ? `'${value}` : value;
  return `"${harmless.replaceAll('"', '""')}"`;
}

/**
 * @param {RecordSummary[]} summaries with whole addresses
 */
export function toBibtex(summaries) {
  return summaries.map(entry).join("\n");
}

/** @param {RecordSummary} summary */
function entry(summary) {
  const [year, month = "", day = ""] = summary.date.split("-");
  const fields = {
    // Doubled braces keep the capitals of names.
    title: `{${escapeTex(summary.title)}}`,
    journal: escapeTex(summary.source),
    year,
    month: month.replace(/^0/, ""),
    day: day.replace(/^0/, ""),
    langid: summary.language === "und" ? "" : summary.language,
    url: summary.url,
  };
  const lines = Object.entries(fields).flatMap(([name, value]) => (value ? [`  ${name} = {${value}},`] : []));
  const key = /([a-z2-7]{10})\/$/.exec(summary.url)?.[1] ?? `article${summary.number}`;
  return `@article{${key},\n${lines.join("\n")}\n}\n`;
}

/**
 * Braces as words: BibTeX counts them even after a backslash.
 * @type {Record<string, string>}
 */
const TEX = {
  "\\": "\\textbackslash{}",
  "{": "\\textbraceleft{}",
  "}": "\\textbraceright{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
};

/** @param {string} text */
function escapeTex(text) {
  return text.replace(/\s+/gu, " ").replace(/[\\~^&%$#_{}]/g, (sign) => TEX[sign] ?? `\\${sign}`);
}
