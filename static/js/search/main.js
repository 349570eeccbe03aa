// @ts-check
/** The search page: listens to the reader, asks for the answer, and has it shown. The address follows. */
import { answer } from "./answer.js";
import { element, one } from "./dom.js";
import { Files, fromNetwork } from "./files.js";
import { ShardIndex } from "./index.js";
import { followKeys } from "./keys.js";
import { loadLunr } from "./lunr.js";
import { countFilters, isFiltered, PAGE_SIZE, readFilters, readState, writeState } from "./state.js";
import { Strings } from "./strings.js";
import { Texts } from "./texts.js";
import { notes, showResults, statusText } from "./view.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./index.js").RecordSummary} RecordSummary */

const TYPING_PAUSE = 150;
const ANNOUNCE_PAUSE = 700;
const PATIENCE = 400;
const NARROW = "(width < 56rem)";

class SearchPage {
  /**
   * @param {() => Promise<any>} loadLunr
   * @param {HTMLElement} page
   */
  constructor(loadLunr, page) {
    this.loadLunr = loadLunr;
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
    this.texts = new Texts(this.root);
    this.fold = /** @type {HTMLDetailsElement} */ (one("#search-filters-fold"));
    this.help = /** @type {HTMLDetailsElement} */ (one("#search-help"));
    this.results = one("#search-results");
    /** @type {import("./answer.js").Answer | null} */
    this.found = null;
    // Whoever came without a question sees how to ask one, until there is an answer.
    this.introducing = !location.search;
    this.asked = 0;
    this.typing = 0;
    this.isTyping = false;
    this.waiting = 0;
    this.announcing = 0;
  }

  async start() {
    this.listen();
    if (window.matchMedia(NARROW).matches) this.putFiltersFirst();
    this.help.open = this.introducing;
    this.fillForm();
    // Where there is a keyboard, its arrows lead from here into the results.
    if (document.activeElement === document.body && window.matchMedia("(hover: hover)").matches) this.input.focus({ preventScroll: true });
    await this.ask();
    // The next query may have signs, and there may be no network then.
    Promise.all([this.loadLunr(), import("./extract.js")]).catch(console.warn);
  }

  /** In one column the filters stand folded above the results, in the order of the keyboard too. */
  putFiltersFirst() {
    this.fold.open = false;
    this.results.prepend(this.filters);
  }

  async open() {
    this.index = await ShardIndex.open(this.loadLunr, new Files(fromNetwork(this.folder)));
    this.showHelp().catch(console.warn);
  }

  /** Shows the examples of the help panel, once it is open. */
  async showHelp() {
    if (!this.index || !this.help.open) return;
    const [{ helpRows }, examples] = await Promise.all([import("./help.js"), this.index.examples()]);
    one("#search-examples").replaceChildren(...helpRows(examples, this.strings));
  }

  fillForm() {
    this.input.value = this.state.q;
    this.sort.value = this.state.sort;
  }

  listen() {
    this.input.addEventListener("input", () => {
      clearTimeout(this.typing);
      this.typing = window.setTimeout(() => this.type(), TYPING_PAUSE);
    });
    this.input.addEventListener("change", () => {
      this.isTyping = false;
    });
    one("#search-form").addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(this.typing);
      this.change({ q: this.input.value, shown: PAGE_SIZE }, this.isTyping);
      this.isTyping = false;
    });
    this.sort.addEventListener("change", () => this.change({ sort: /** @type {any} */ (this.sort.value) }));
    this.filters.addEventListener("change", () => this.change({ ...readFilters(this.filters), shown: PAGE_SIZE }));
    this.fold.addEventListener("toggle", () => this.showFilters());
    this.help.addEventListener("toggle", () => this.showHelp());
    one("#search-clear").addEventListener("click", () => this.change(CLEARED));
    one("#search-more").addEventListener("click", () => this.showMore());
    one("#search-save").addEventListener("click", (event) => this.save(/** @type {HTMLElement} */ (event.target)));
    this.page.addEventListener("click", (event) => this.follow(event));
    document.addEventListener("keydown", (event) => followKeys(event, this.input, this.list), { capture: true });
    window.addEventListener("popstate", () => this.restore());
  }

  /** Letter by letter a query changes in place; the one before it, which was done with, stays in the history. */
  type() {
    const inPlace = this.isTyping || !this.state.q;
    this.isTyping = true;
    return this.change({ q: this.input.value, shown: PAGE_SIZE }, inPlace);
  }

  /**
   * Changes what is asked for, and the address with it.
   * @param {Partial<State>} change
   * @param {boolean} [inPlace] whether what was asked before is not worth going back to
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
    this.asked += 1;
    const mine = this.asked;
    clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => this.showWaiting(), PATIENCE);
    try {
      const found = await this.answer();
      if (mine === this.asked) await this.show(found, mine);
      if (mine === this.asked) document.body.dataset.answered = location.search;
    } catch (error) {
      if (mine === this.asked) this.fail(error);
    }
    if (mine === this.asked) this.stopWaiting();
  }

  /** Says that an answer takes its time. */
  showWaiting() {
    if (!this.state.q && !isFiltered(this.state)) return;
    this.results.hidden = false;
    this.results.setAttribute("aria-busy", "true");
    one("#search-found").textContent = this.strings.get("results.loading");
  }

  stopWaiting() {
    clearTimeout(this.waiting);
    this.results.removeAttribute("aria-busy");
  }

  /** The answer; when a file is missing, from the index as it is by now, for the site may have been built anew. */
  async answer() {
    const ask = () => answer(this.index, this.loadLunr, this.state, (summary) => this.texts.read(summary.url));
    try {
      if (this.index) return await ask();
    } catch (error) {
      console.warn(error);
    }
    await this.open();
    return ask();
  }

  /**
   * @param {import("./answer.js").Answer | null} found
   * @param {number} mine
   */
  async show(found, mine) {
    if (!this.index) return;
    const summaries = found
      ? await this.index.summaries([...found.numbers, ...found.fill].slice(0, this.state.shown))
      : [];
    if (mine !== this.asked) return;
    this.stopWaiting();
    this.found = found;
    this.results.hidden = !found;
    document.title = [this.state.q, document.title.replace(/^.* · /, "")].filter(Boolean).join(" · ");
    const unreadable = !found && this.state.q.trim() ? this.strings.get("results.unreadable") : "";
    one("#search-failure").replaceChildren(unreadable);
    if (!found) {
      this.announce("");
      return;
    }
    if (this.introducing) this.help.open = this.introducing = false;
    this.showAnswer(found, summaries);
    await this.showFilters();
  }

  /**
   * @param {import("./answer.js").Answer} found
   * @param {RecordSummary[]} summaries
   */
  showAnswer(found, summaries) {
    const text = statusText(found, this.strings);
    const all = found.numbers.length + found.fill.length;
    showResults(this.list, found, summaries, this.strings, this.texts);
    one("#search-found").textContent = text;
    one("#search-notes").replaceChildren(...notes(found, this.state, this.strings, this.root));
    one("#search-more").hidden = all <= this.state.shown && !found.unchecked;
    one("#search-save").hidden = all === 0;
    const chosen = countFilters(this.state);
    one("#search-clear").hidden = !chosen;
    one("#search-chosen").textContent = chosen ? `(${this.strings.format(chosen)})` : "";
    one("label", one(".search-bar")).hidden = all === 0;
    const noted = [...one("#search-notes").children].map((note) => note.textContent);
    this.announce([text, ...noted].map(sentence).join(" "));
  }

  /** Shows the filters with their counts, once they can be seen: what they need is a good part of the index. */
  async showFilters() {
    const { found } = this;
    if (!found || !this.fold.open) return;
    const [choices, { showChoices }] = await Promise.all([found.choices(), import("./facets.js")]);
    if (found === this.found) showChoices(this.filters, choices, this.state, this.strings);
  }

  async showMore() {
    const before = this.list.querySelectorAll("h3 a").length;
    await this.change({ shown: this.state.shown + PAGE_SIZE }, true);
    /** @type {HTMLElement | undefined} */ (this.list.querySelectorAll("h3 a")[before])?.focus();
  }

  /**
   * Says what was found once typing has paused, so that a screen reader is not interrupted at each letter.
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
    const { format } = button.dataset;
    if (!format || !this.found || !this.index) return;
    const { download, SAVED_MAX } = await import("./save.js");
    const numbers = [...this.found.numbers, ...this.found.fill].slice(0, SAVED_MAX);
    const home = new URL(this.root, location.href);
    download(await this.index.summaries(numbers), home, format, this.strings.get("saved.name"));
  }

  /** @param {unknown} error */
  fail(error) {
    console.warn(error);
    const link = element("a", { href: `${this.root}articles/` }, this.strings.get("error.browse"));
    this.results.hidden = true;
    one("#search-failure").replaceChildren(this.strings.get(navigator.onLine ? "error.index" : "error.offline"), " ", link);
  }
}

/**
 * What a screen reader shall not run into the next thing it says.
 * @param {string} text
 */
function sentence(text) {
  return /\p{Sentence_Terminal}$/u.test(text) ? text : `${text}.`;
}

const CLEARED = { source: [], language: [], type: [], year: [], from: "", to: "", shown: PAGE_SIZE };

new SearchPage(loadLunr, one("#search")).start();
