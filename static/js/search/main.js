// @ts-check
/** The search page: listens to the reader, asks for the answer, and has it shown. The address follows. */
import { answer } from "./answer.js";
import { element, one } from "./dom.js";
import { readParagraphs } from "./extract.js";
import { readFilters, showChoices } from "./facets.js";
import { Files, fromNetwork } from "./files.js";
import { ShardIndex } from "./index.js";
import { followKeys } from "./keys.js";
import { PAGE_SIZE, readState, writeState } from "./state.js";
import { Strings } from "./strings.js";
import { helpRows, hitTest, notes, resultItem, showExtract, statusText } from "./view.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./index.js").RecordSummary} RecordSummary */

const TYPING_PAUSE = 150;
const ANNOUNCE_PAUSE = 700;
const TEXTS_KEPT = 200;
const SAVED_MAX = 1000;

class SearchPage {
  /**
   * @param {any} lunr
   * @param {HTMLElement} page
   */
  constructor(lunr, page) {
    this.lunr = lunr;
    this.page = page;
    this.root = page.dataset.root ?? "/";
    this.folder = page.dataset.index ?? "/search/";
    const template = /** @type {HTMLTemplateElement} */ (one("#search-strings"));
    this.strings = new Strings(template, page.dataset.language ?? "en");
    this.input = /** @type {HTMLInputElement} */ (one("#search-query"));
    this.sort = /** @type {HTMLSelectElement} */ (one("#search-sort"));
    this.filters = one("#search-filters");
    this.list = one("#search-list");
    this.state = readState(location.search);
    /** @type {ShardIndex | null} */
    this.index = null;
    /** @type {Map<string, Promise<import("./extract.js").Paragraph[]>>} */
    this.texts = new Map();
    this.fold = /** @type {HTMLDetailsElement} */ (one("#search-filters-fold"));
    /** @type {import("./answer.js").Answer | null} */
    this.found = null;
    this.asked = 0;
    this.typing = 0;
    this.announcing = 0;
  }

  async start() {
    this.listen();
    if (window.matchMedia("(width < 56rem)").matches) this.fold.open = false;
    this.fillForm();
    try {
      this.index = await this.open();
      one("#search-examples").replaceChildren(...helpRows(this.index.examples, this.strings));
    } catch (error) {
      this.fail(error);
    }
    await this.ask();
  }

  open() {
    return ShardIndex.open(this.lunr, new Files(fromNetwork(this.folder)));
  }

  fillForm() {
    this.input.value = this.state.q;
    this.sort.value = this.state.sort;
  }

  listen() {
    this.input.addEventListener("input", () => {
      clearTimeout(this.typing);
      this.typing = window.setTimeout(() => this.change({ q: this.input.value, shown: PAGE_SIZE }, true), TYPING_PAUSE);
    });
    one("#search-form").addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(this.typing);
      this.change({ q: this.input.value, shown: PAGE_SIZE });
    });
    this.sort.addEventListener("change", () => this.change({ sort: /** @type {any} */ (this.sort.value) }));
    this.filters.addEventListener("change", () => this.change({ ...readFilters(this.filters), shown: PAGE_SIZE }));
    this.fold.addEventListener("toggle", () => this.showFilters());
    one("#search-clear").addEventListener("click", () => this.change(CLEARED));
    one("#search-more").addEventListener("click", () => this.showMore());
    one("#search-save").addEventListener("click", (event) => this.save(/** @type {HTMLElement} */ (event.target)));
    this.page.addEventListener("click", (event) => this.follow(event));
    document.addEventListener("keydown", (event) => followKeys(event, this.input, this.list), { capture: true });
    window.addEventListener("popstate", () => this.restore());
  }

  /**
   * Changes what is asked for. Typing changes the address in place; a choice adds to the history.
   * @param {Partial<State>} change
   * @param {boolean} [inPlace]
   */
  change(change, inPlace = false) {
    this.state = { ...this.state, ...change };
    const address = location.pathname + writeState(this.state);
    if (address !== location.pathname + location.search) {
      if (inPlace) history.replaceState(null, "", address);
      else history.pushState(null, "", address);
    }
    return this.ask();
  }

  restore() {
    this.state = readState(location.search);
    this.fillForm();
    return this.ask();
  }

  /** Asks for the answer to the state, and shows it unless another was asked for meanwhile. */
  async ask() {
    if (!this.index) return;
    this.asked += 1;
    const mine = this.asked;
    try {
      const found = await this.answer();
      if (mine === this.asked) await this.show(found, mine);
      if (mine === this.asked) document.body.dataset.answered = location.search;
    } catch (error) {
      if (mine === this.asked) this.fail(error);
    }
  }

  /** The answer; when a file is missing, from the index as it is by now, for the site may have been built anew. */
  async answer() {
    const ask = () => answer(this.index, this.lunr, this.state, (summary) => this.readText(summary));
    try {
      return await ask();
    } catch {
      this.index = await this.open();
      return ask();
    }
  }

  /**
   * @param {import("./answer.js").Answer | null} found
   * @param {number} mine
   */
  async show(found, mine) {
    if (!this.index) return;
    const results = one("#search-results");
    one("#search-failure").replaceChildren();
    document.title = [this.state.q, document.title.replace(/^.* · /, "")].filter(Boolean).join(" · ");
    if (!found) {
      results.hidden = true;
      const unreadable = this.state.q.trim() ? this.strings.get("results.unreadable") : "";
      one("#search-failure").replaceChildren(unreadable);
      this.announce("");
      return;
    }
    const summaries = await this.index.summaries([...found.numbers, ...found.fill].slice(0, this.state.shown));
    if (mine !== this.asked) return;
    this.found = found;
    results.hidden = false;
    this.showResults(found, summaries);
    await this.showFilters();
  }

  /**
   * @param {import("./answer.js").Answer} found
   * @param {RecordSummary[]} summaries
   */
  showResults(found, summaries) {
    const isHit = hitTest(found);
    const items = summaries.map((summary) => resultItem(summary, isHit, this.strings, this.root));
    const text = statusText(found, this.strings);
    const all = found.numbers.length + found.fill.length;
    this.list.replaceChildren(...this.withDivider(items, found));
    one("#search-found").textContent = text;
    one("#search-notes").replaceChildren(...notes(found, this.state, this.strings, this.root));
    one("#search-more").hidden = all <= this.state.shown && !found.unchecked;
    one("#search-save").hidden = all === 0;
    this.announce(text);
    summaries.forEach((summary, place) => this.addExtract(summary, items[place], isHit, found.phrases));
  }

  /** Shows the filters with their counts, once they can be seen: what they need is a good part of the index. */
  async showFilters() {
    const { found } = this;
    if (!found || !this.fold.open) return;
    const choices = await found.choices();
    if (found === this.found) showChoices(this.filters, choices, this.state, this.strings);
  }

  /**
   * @param {HTMLElement[]} items
   * @param {import("./answer.js").Answer} found
   */
  withDivider(items, found) {
    const exact = found.numbers.length;
    if (!found.fill.length || items.length <= exact) return items;
    const text = this.strings.get(exact ? "results.fill" : "results.only-fill");
    return [...items.slice(0, exact), element("li", { class: "search-divider" }, text), ...items.slice(exact)];
  }

  /**
   * @param {RecordSummary} summary
   * @param {HTMLElement} item
   * @param {(word: string) => boolean} isHit
   * @param {import("./query.js").Phrase[]} phrases
   */
  async addExtract(summary, item, isHit, phrases) {
    try {
      showExtract(item, await this.readText(summary), isHit, phrases);
    } catch {
      one(".search-extract", item).replaceChildren(this.strings.get("result.unread"));
    }
  }

  /**
   * The paragraphs of an article, each read once.
   * @param {RecordSummary} summary
   */
  readText(summary) {
    const known = this.texts.get(summary.url);
    if (known) return known;
    const reading = readParagraphs(this.root + summary.url.slice(1));
    if (this.texts.size >= TEXTS_KEPT) this.texts.clear();
    this.texts.set(summary.url, reading);
    reading.catch(() => this.texts.delete(summary.url));
    return reading;
  }

  async showMore() {
    const before = this.list.querySelectorAll("h3 a").length;
    await this.change({ shown: this.state.shown + PAGE_SIZE }, true);
    /** @type {HTMLElement | undefined} */ (this.list.querySelectorAll("h3 a")[before])?.focus();
  }

  /**
   * Says the number of results once typing has paused, so that a screen reader is not interrupted at each letter.
   * @param {string} text
   */
  announce(text) {
    clearTimeout(this.announcing);
    const status = one("#search-status");
    this.announcing = window.setTimeout(() => {
      if (status.textContent !== text) status.textContent = text;
    }, ANNOUNCE_PAUSE);
  }

  /** @param {MouseEvent} event */
  follow(event) {
    const link = /** @type {HTMLElement} */ (event.target).closest?.("a[data-search]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState(null, "", location.pathname + /** @type {HTMLAnchorElement} */ (link).search);
    this.restore();
    this.input.focus();
  }

  /** @param {HTMLElement} button */
  async save(button) {
    const format = button.dataset.format;
    if (!format || !this.found || !this.index) return;
    const numbers = [...this.found.numbers, ...this.found.fill].slice(0, SAVED_MAX);
    const summaries = await this.index.summaries(numbers);
    const whole = summaries.map((/** @type {RecordSummary} */ summary) => ({
      ...summary,
      url: new URL(this.root + summary.url.slice(1), location.href).href,
    }));
    const { toBibtex, toCsv } = await import("./save.js");
    const text = format === "csv" ? toCsv(whole) : toBibtex(whole);
    const address = URL.createObjectURL(new Blob([text], { type: format === "csv" ? "text/csv" : "text/plain" }));
    element("a", { href: address, download: `${this.strings.get("saved.name")}.${format}` }).click();
    URL.revokeObjectURL(address);
  }

  /** @param {unknown} error */
  fail(error) {
    console.warn(error);
    const link = element("a", { href: `${this.root}articles/` }, this.strings.get("error.browse"));
    one("#search-results").hidden = true;
    one("#search-failure").replaceChildren(this.strings.get(navigator.onLine ? "error.index" : "error.offline"), " ", link);
  }
}

const CLEARED = { source: [], language: [], type: [], year: [], from: "", to: "", shown: PAGE_SIZE };

new SearchPage(/** @type {any} */ (globalThis).lunr, one("#search")).start();
