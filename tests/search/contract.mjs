// Queries in; for each, where the shards and lunr.js over the whole index differ.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Files } from "../../static/js/search/files.js";
import { fromFolder } from "./folder.mjs";
import { ShardIndex } from "../../static/js/search/index.js";
import { compare } from "./compare.mjs";

const { lunr: lunrPath, folder, whole, queries } = JSON.parse(readFileSync(0, "utf8"));
const lunr = createRequire(import.meta.url)(lunrPath);
const oracle = lunr.Index.load(JSON.parse(readFileSync(whole, "utf8")));
const index = await ShardIndex.open(async () => lunr, new Files(fromFolder(folder)));
process.stdout.write(JSON.stringify(await compare(lunr, oracle, index, queries)));
