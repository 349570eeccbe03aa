// @ts-check
/** The filters beside the results: choices with live counts, and the range of dates. */
import { element, one } from "./dom.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./filters.js").Choice} Choice */

const SHOWN = 8;

/**
 * Shows the choices of every filter, keeping the focus where it was.
 * @param {HTMLElement} panel
 * @param {Record<string, Choice[]>} choices
 * @param {State} state
 * @param {import("./strings.js").Strings} strings
 */
export function showChoices(panel, choices, state, strings) {
  const focused = document.activeElement instanceof HTMLInputElement ? document.activeElement : null;
  const was = focused && panel.contains(focused) ? { name: focused.name, value: focused.value } : null;
  for (const [name, all] of Object.entries(choices)) {
    const fieldset = one(`[data-filter="${name}"]`, panel);
    const list = one("ul", fieldset);
    fieldset.hidden = all.length === 0;
    const kept = all.slice(0, SHOWN);
    const rest = all.slice(SHOWN);
    const items = kept.concat(rest.filter((choice) => choice.chosen)).map((choice) => item(name, choice, strings));
    const unchosen = rest.filter((choice) => !choice.chosen).map((choice) => item(name, choice, strings));
    list.replaceChildren(...items, ...(unchosen.length ? [more(list, unchosen, strings)] : []));
  }
  for (const name of ["from", "to"]) {
    const input = /** @type {HTMLInputElement} */ (one(`[name="${name}"]`, panel));
    if (input !== focused) input.value = state[/** @type {"from" | "to"} */ (name)];
  }
  const same = [...panel.querySelectorAll("input")].find((input) => input.name === was?.name && input.value === was.value);
  same?.focus();
}

/**
 * @param {string} filter
 * @param {Choice} choice
 * @param {import("./strings.js").Strings} strings
 */
function item(filter, choice, strings) {
  const name = filter === "type" ? strings.get(`type.${choice.value}`) : choice.name;
  const input = element("input", { type: "checkbox", name: filter, value: choice.value });
  /** @type {HTMLInputElement} */ (input).checked = choice.chosen;
  const count = element("span", { class: "search-count" }, strings.format(choice.count));
  return element("li", {}, element("label", {}, input, element("span", { dir: "auto" }, name), count));
}

/**
 * @param {HTMLElement} list
 * @param {HTMLElement[]} items
 * @param {import("./strings.js").Strings} strings
 */
function more(list, items, strings) {
  const button = element("button", { type: "button", class: "search-quiet" }, strings.get("facets.more"));
  const holder = element("li", {}, button);
  button.addEventListener("click", () => {
    holder.replaceWith(...items);
    items[0].querySelector("input")?.focus();
  });
  return holder;
}
