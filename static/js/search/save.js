// @ts-check
/** Results -> files to keep: a table for spreadsheets (CSV) and a bibliography (BibTeX). */

/** @typedef {import("./index.js").RecordSummary} RecordSummary */

const COLUMNS = /** @type {const} */ (["title", "date", "source", "language", "url"]);

/**
 * @param {RecordSummary[]} summaries with whole addresses
 */
export function toCsv(summaries) {
  const rows = summaries.map((summary) => COLUMNS.map((name) => csvCell(summary[name])));
  return [COLUMNS, ...rows].map((row) => row.join(",")).join("\r\n") + "\r\n";
}

/**
 * A cell that a spreadsheet shows as it is: quoted, and never run as a formula.
 * @param {string} value
 */
function csvCell(value) {
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
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
  const [year, month, day] = summary.date.split("-");
  const fields = {
    title: `{${escapeTex(summary.title)}}`,
    journal: escapeTex(summary.source),
    year,
    month,
    day,
    langid: summary.language,
    url: summary.url.replaceAll("%", "\\%"),
  };
  const lines = Object.entries(fields).flatMap(([name, value]) => (value ? [`  ${name} = {${value}},`] : []));
  const key = /([a-z2-7]{10})\/?$/.exec(summary.url)?.[1] ?? `article${summary.number}`;
  return `@article{${key},\n${lines.join("\n")}\n}\n`;
}

/** @type {Record<string, string>} */
const TEX = { "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };

/** @param {string} text */
function escapeTex(text) {
  return text.replace(/[\\~^&%$#_{}]/g, (sign) => TEX[sign] ?? `\\${sign}`);
}
