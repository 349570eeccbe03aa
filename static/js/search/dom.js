// @ts-check
/** Makes elements. Text becomes text nodes; no string is ever read as markup. */

/**
 * @param {string} tag
 * @param {Record<string, string | boolean>} [attributes] true sets an empty attribute, false and "" leave it out
 * @param {(Node | string)[]} children
 * @returns {HTMLElement}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== "") made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

/**
 * @param {import("./extract.js").Part[]} parts
 * @returns {(Node | string)[]}
 */
export function markedNodes(parts) {
  return parts.map(({ text, marked }) => (marked ? element("mark", {}, text) : text));
}

/**
 * @param {string} selector
 * @param {ParentNode} [within]
 * @returns {HTMLElement}
 */
export function one(selector, within = document) {
  const found = /** @type {HTMLElement | null} */ (within.querySelector(selector));
  if (!found) throw new Error(`the page has no ${selector}`);
  return found;
}
