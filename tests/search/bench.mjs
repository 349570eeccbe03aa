// What queries cost: bytes and requests of cold ones, time of warm ones, and whether known articles are found.
import { answer } from "../../static/js/search/answer.js";
import { Files } from "../../static/js/search/files.js";
import { ShardIndex } from "../../static/js/search/index.js";
import { expand, requireAll } from "../../static/js/search/expand.js";
import { OPTIONAL, readQuery, REQUIRED } from "../../static/js/search/query.js";
import { readState } from "../../static/js/search/state.js";

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const noText = async () => [];

/** Runs `find` on an index that nothing was read from yet, and says what it read. */
async function cold(lunr, load, find) {
  const read = new Map();
  const counting = async (path) => {
    const bytes = await load(path);
    read.set(path, bytes.length);
    return bytes;
  };
  const index = await ShardIndex.open(async () => lunr, new Files(counting));
  await find(index);
  return { bytes: [...read.values()].reduce((sum, bytes) => sum + bytes, 0), requests: read.size };
}

/** Medians of bytes and requests: to know the hits, and to show the first ten of them. */
export async function measureCold(lunr, load, queries) {
  const hits = [];
  const shown = [];
  for (const q of queries) {
    hits.push(await cold(lunr, load, (index) => search(index, lunr, q)));
    shown.push(await cold(lunr, load, async (index) => {
      const found = await answer(index, async () => lunr, { ...readState(""), q }, noText);
      await index.summaries(found.numbers.slice(0, 10));
    }));
  }
  const medians = (costs) => ({
    bytes: median(costs.map((cost) => cost.bytes)),
    most: Math.max(...costs.map((cost) => cost.bytes)),
    requests: median(costs.map((cost) => cost.requests)),
  });
  return { hits: medians(hits), shown: medians(shown) };
}

async function search(index, lunr, q) {
  const { clauses } = await readQuery(q, async () => lunr, index.fields);
  const { words } = await expand(clauses, index.dictionary);
  return index.search(requireAll(words, OPTIONAL, REQUIRED));
}

/** Median milliseconds of a query whose files are at hand. */
export async function measureWarm(lunr, load, queries) {
  const index = await ShardIndex.open(async () => lunr, new Files(load));
  const times = [];
  for (const q of queries) {
    await answer(index, async () => lunr, { ...readState(""), q }, noText);
    const before = performance.now();
    await answer(index, async () => lunr, { ...readState(""), q }, noText);
    times.push(performance.now() - before);
  }
  return { median: median(times), most: Math.max(...times) };
}

/** Which share of articles comes first, or among the first ten, for a query made from it. */
export async function measureKnown(lunr, load, known) {
  const index = await ShardIndex.open(async () => lunr, new Files(load));
  const places = [];
  for (const { q, number } of known) {
    const found = await answer(index, async () => lunr, { ...readState(""), q }, noText);
    places.push([...found.numbers, ...found.fill].indexOf(number));
  }
  const share = (limit) => places.filter((place) => place >= 0 && place < limit).length / places.length;
  return { first: share(1), ten: share(10) };
}
