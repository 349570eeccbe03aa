// Texts in, their folded and unfolded words out.
import { readFileSync } from "node:fs";
import { fold, nameKey, placedWords, words } from "../../static/js/search/analyzer.js";

const texts = JSON.parse(readFileSync(0, "utf8"));
const analysed = texts.map((text) => ({
  words: words(text),
  folded: words(text).map(fold),
  key: nameKey(text),
  placed: placedWords(text).map(({ word, start, end }) => [word, text.slice(start, end)]),
}));
process.stdout.write(JSON.stringify(analysed));
