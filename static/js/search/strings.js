// @ts-check
/** The page's words in the interface's language, as the template gives them. */

export class Strings {
  /**
   * @param {HTMLTemplateElement} template holds elements with data-key
   * @param {string} language
   */
  constructor(template, language) {
    const entries = [...template.content.querySelectorAll("[data-key]")];
    /** @type {Map<string, string>} */
    this.texts = new Map(
      entries.map((entry) => [/** @type {HTMLElement} */ (entry).dataset.key ?? "", entry.textContent ?? ""]),
    );
    this.plurals = new Intl.PluralRules(language);
    this.numbers = new Intl.NumberFormat(language);
    this.language = language;
  }

  /**
   * The text for a key, with {name} replaced. A key with a count takes the form that the language wants.
   * @param {string} key
   * @param {Record<string, string | number>} [values]
   */
  get(key, values = {}) {
    const count = values.count;
    const form = typeof count === "number" ? `${key}.${this.plurals.select(count)}` : key;
    const text = this.texts.get(form) ?? this.texts.get(`${key}.other`) ?? this.texts.get(key) ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, name) => this.format(values[name] ?? whole));
  }

  /** @param {string | number} value */
  format(value) {
    return typeof value === "number" ? this.numbers.format(value) : value;
  }

  /**
   * "2024-03-20", "2024-03" or "2024" in words, no more than is known.
   * @param {string} date
   */
  date(date) {
    const [year, month, day] = date.split("-").map(Number);
    if (!month) return date;
    /** @type {Intl.DateTimeFormatOptions} */
    const parts = { year: "numeric", month: "long", timeZone: "UTC", ...(day ? { day: "numeric" } : {}) };
    return new Intl.DateTimeFormat(this.language, parts).format(Date.UTC(year, month - 1, day || 1));
  }
}
