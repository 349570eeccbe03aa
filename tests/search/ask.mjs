// Queries in; for each, the numbers of the articles that the page would show first.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { answer } from "../../static/js/search/answer.js";
import { Files } from "../../static/js/search/files.js";
import { ShardIndex } from "../../static/js/search/index.js";
import { readState } from "../../static/js/search/state.js";
import { fromFolder } from "./folder.mjs";

const { lunr: path, folder, queries } = JSON.parse(readFileSync(0, "utf8"));
const loadLunr = async () => createRequire(import.meta.url)(path);
const index = await ShardIndex.open(loadLunr, new Files(fromFolder(folder)));
const answers = [];
for (const q of queries) answers.push((await answer(index, loadLunr, { ...readState(""), q }, async () => [])).numbers);
process.stdout.write(JSON.stringify(answers));
