// Asks what question.json says, and writes the outcome into the page.
import { compare } from "./compare.mjs";
import { Files, fromNetwork } from "../../static/js/search/files.js";
import { ShardIndex } from "../../static/js/search/index.js";

const { queries } = await (await fetch("question.json")).json();
const oracle = lunr.Index.load(await (await fetch("whole.json")).json());
const index = await ShardIndex.open(async () => lunr, new Files(fromNetwork("search/")));
document.body.textContent = JSON.stringify(await compare(lunr, oracle, index, queries));
