// The measurements in a browser.
import { fromNetwork } from "../../static/js/search/files.js";
import { measureWarm } from "./bench.mjs";

const { words } = await (await fetch("question.json")).json();
document.body.textContent = JSON.stringify(await measureWarm(lunr, fromNetwork("search/"), words));
