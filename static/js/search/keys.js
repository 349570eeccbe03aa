// @ts-check
/** The keyboard: "/" goes to the search box, the arrows go from it into the results and back. */

/**
 * @param {KeyboardEvent} event
 * @param {HTMLInputElement} input
 * @param {HTMLElement} list of results
 */
export function followKeys(event, input, list) {
  const inField = /** @type {HTMLElement} */ (event.target).closest?.("input, select, textarea");
  if (event.key === "/" && !inField && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    event.stopImmediatePropagation();
    input.focus();
    input.select();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    walk(event, [input, .../** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("h3 a"))]);
  }
}

/**
 * @param {KeyboardEvent} event
 * @param {HTMLElement[]} stops in their order
 */
function walk(event, stops) {
  const here = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const next = stops[here + (event.key === "ArrowDown" ? 1 : -1)];
  if (here < 0 || !next) return;
  event.preventDefault();
  next.focus();
}
