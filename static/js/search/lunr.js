// @ts-check
/** Fetches lunr.js, which first queries of plain words do without: it reads signs, and reckons edits. */

/** @returns {Promise<any>} */
export async function loadLunr() {
  // A script that makes a global, for it is published as its authors wrote it. It is fetched once.
  // @ts-ignore
  await import("../lunr.js");
  return /** @type {any} */ (globalThis).lunr;
}
