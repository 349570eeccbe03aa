// Asks the shards and lunr.js over the whole index the same, and says where they differ. Runs in node and in browsers.
import { expand, requireAll } from "../../static/js/search/expand.js";
import { OPTIONAL, readQuery, REQUIRED } from "../../static/js/search/query.js";
import { score } from "../../static/js/search/score.js";

const TOLERANCE = 1e-9;
const EVERY = 8;
const FEW = 8;

/** @returns {Promise<{asked: number, found: number, differences: string[], worst: number}>} */
export async function compare(lunr, oracle, index, queries) {
  const outcome = { asked: 0, found: 0, differences: [], worst: 0 };
  const { kept } = index.dictionary;
  for (const [place, query] of queries.entries()) {
    // With few shards kept, the same term comes as different values within one query, as it does in big archives.
    index.dictionary.kept = place < queries.length / EVERY ? FEW : kept;
    await compareLunrsOwn(lunr, oracle, index, query, outcome);
    await compareThePages(lunr, oracle, index, query, outcome);
  }
  return outcome;
}

/** The query as lunr.js itself reads and answers it, against the same terms found in shards. */
async function compareLunrsOwn(lunr, oracle, index, query, outcome) {
  const parsed = new lunr.Query(oracle.fields);
  new lunr.QueryParser(query, parsed).parse();
  const clauses = await Promise.all(
    parsed.clauses.map(async (clause) => ({
      forms: await formsOf(lunr, index.dictionary, clause),
      fields: clause.fields.map((field) => oracle.fields.indexOf(field)),
      presence: clause.presence,
      boost: clause.boost,
    })),
  );
  note(outcome, `lunr: ${query}`, score(clauses, index.root, await index.prepare(clauses)), oracle.search(query));
}

async function formsOf(lunr, dictionary, clause) {
  const candidates = await candidatesOf(dictionary, clause);
  const byText = new Map(candidates.map((form) => [form.text, form]));
  const texts = [...byText.keys()].sort((a, b) => (a < b ? -1 : 1));
  const wanted = lunr.TokenSet.fromClause(clause);
  return lunr.TokenSet.fromArray(texts).intersect(wanted).toArray().map((text) => byText.get(text));
}

async function candidatesOf(dictionary, clause) {
  if (clause.editDistance) return dictionary.near(clause.term, clause.editDistance);
  if (!clause.usePipeline) return dictionary.matching(clause.term);
  const { exact, related } = await dictionary.find(clause.term);
  return [...exact, ...related];
}

/** The query as the page reads it, its terms given to lunr.js. */
async function compareThePages(lunr, oracle, index, query, outcome) {
  const read = await readQuery(query, async () => lunr, index.fields);
  const { words } = await expand(read.clauses, index.dictionary);
  for (const asked of [words, requireAll(words, OPTIONAL, REQUIRED)]) {
    if (!asked.length) continue;
    const clauses = index.clauses(asked);
    note(outcome, `page: ${query}`, await index.search(asked), askLunr(lunr, oracle, clauses));
  }
}

function askLunr(lunr, oracle, clauses) {
  const pipeline = oracle.pipeline;
  oracle.pipeline = { runString: (place) => clauses[Number(place)].forms.map((form) => form.text) };
  try {
    return oracle.query((query) => {
      clauses.forEach(({ forms, fields, presence, boost }, place) => {
        const known = forms.length > 0;
        const names = fields.map((field) => oracle.fields[field]);
        query.clause({ term: known ? String(place) : "", usePipeline: known, fields: names, presence, boost });
      });
    });
  } finally {
    oracle.pipeline = pipeline;
  }
}

function note(outcome, query, ours, theirs) {
  outcome.asked += 1;
  outcome.found += theirs.length > 0;
  const same = ours.numbers.length === theirs.length && theirs.every((hit, n) => Number(hit.ref) === ours.numbers[n]);
  const worst = theirs.reduce((most, hit, n) => Math.max(most, Math.abs(hit.score - ours.scores[n])), 0);
  outcome.worst = Math.max(outcome.worst, same ? worst : 0);
  if (same && worst <= TOLERANCE) return;
  const shown = (numbers) => numbers.slice(0, 8).join(" ");
  outcome.differences.push(
    `${query}: ${ours.numbers.length} (${shown(ours.numbers)}) but lunr ${theirs.length} (${shown(theirs.map((h) => h.ref))})`,
  );
}
