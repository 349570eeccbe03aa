// Queries in; for each, the addresses that lunr.js finds in the whole index as it is published.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { lunr: path, index, queries } = JSON.parse(readFileSync(0, "utf8"));
const lunr = createRequire(import.meta.url)(path);
const published = JSON.parse(readFileSync(index, "utf8"));
const whole = lunr.Index.load(published);
const answers = queries.map((query) => whole.search(query).map(({ ref }) => published.documents[ref].url));
process.stdout.write(JSON.stringify(answers));
