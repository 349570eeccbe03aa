// The measurements that need no browser.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fromFolder } from "./folder.mjs";
import { measureCold, measureKnown } from "./bench.mjs";

const { lunr: path, folder, words, known } = JSON.parse(readFileSync(0, "utf8"));
const lunr = createRequire(import.meta.url)(path);
const load = fromFolder(folder);
const outcome = { cold: await measureCold(lunr, load, words), known: {} };
for (const [kind, queries] of Object.entries(known)) outcome.known[kind] = await measureKnown(lunr, load, queries);
process.stdout.write(JSON.stringify(outcome));
