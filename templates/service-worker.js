// Lets what was read once be read again without a network. Pages and what they load are asked for anew each time and
// taken from what is kept only when there is no answer. Files of the index are named by their content: one that is kept
// is as good as a new one. A root belongs to the build that its page is from, and its files go when another root comes.

const SCOPE = self.registration.scope;
const OFFLINE = `${SCOPE}offline.html`;
const SEARCH = `${SCOPE}search/`;
const ROOT = `${SCOPE}search/root.bin`;
const PAGES = `${SCOPE} pages 1`;
const LOOKS = `${SCOPE} looks 1`;
const INDEX = `${SCOPE} index 1 `;
const PAGES_KEPT = 200;
const LOOKS_KEPT = 100;
const SHARDS_KEPT = 500;
const ANEW = { cache: "no-cache" };

self.addEventListener("install", (event) => {
  const needed = [OFFLINE, `${SCOPE}static/css/site.css`].map((address) => new Request(address, { cache: "reload" }));
  event.waitUntil(caches.open(LOOKS).then((cache) => cache.addAll(needed)));
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropCaches((name) => name !== PAGES && name !== LOOKS && !name.startsWith(INDEX)));
  event.waitUntil(self.clients.claim());
});

self.addEventListener("fetch", (event) => {
  const answer = event.request.method === "GET" && answerFor(event.request.url);
  if (answer) event.respondWith(answer(event.request, event));
});

// What was loaded past the worker is read again in the order in which it was, so that the first visit is kept too.
let reading = Promise.resolve();
self.addEventListener("message", (event) => {
  reading = reading.then(() => readAgain(event.data, event));
  event.waitUntil(reading);
});

async function readAgain(addresses, event) {
  for (const address of addresses) {
    // What fails is not kept, and the others are.
    await answerFor(address)?.(new Request(address), event).catch(() => {});
  }
}

function answerFor(url) {
  const address = bare(url);
  if (!address.startsWith(SCOPE)) return null;
  if (address === ROOT) return answerRoot;
  if (address.startsWith(SEARCH) && address.endsWith(".bin")) return answerShard;
  if (address.startsWith(`${SCOPE}static/`)) return answerLooks;
  return address.endsWith("/") ? answerPage : null;
}

function bare(url) {
  return url.split(/[?#]/)[0];
}

async function answerPage(request, event) {
  try {
    const response = await fetch(request, ANEW);
    // What is kept of another build's index is no answer to what this page will ask.
    if (bare(request.url) === SEARCH && response.ok) await dropRoot();
    keep(event, PAGES, request, response, PAGES_KEPT);
    return response;
  } catch (failure) {
    const kept = await caches.match(bare(request.url), { cacheName: PAGES });
    if (kept) return kept;
    if (request.mode !== "navigate") throw failure;
    const page = await caches.match(OFFLINE, { cacheName: LOOKS });
    return new Response(page.body, { status: 503, headers: page.headers });
  }
}

async function answerLooks(request, event) {
  try {
    const response = await fetch(request, ANEW);
    keep(event, LOOKS, request, response, LOOKS_KEPT);
    return response;
  } catch (failure) {
    const kept = await caches.match(bare(request.url), { cacheName: LOOKS });
    if (kept) return kept;
    throw failure;
  }
}

async function answerRoot(request, event) {
  try {
    const response = await fetch(request, ANEW);
    // Waited for, since the page asks for what belongs to the root right after it.
    if (response.ok) await keepRoot(event, request, response);
    return response;
  } catch (failure) {
    const kept = await caches.match(ROOT);
    if (kept) return kept;
    throw failure;
  }
}

async function answerShard(request, event) {
  const kept = await caches.match(bare(request.url));
  if (kept) return kept;
  const response = await fetch(request);
  event.waitUntil(keepShard(event, request, response.clone()));
  return response;
}

/** Keeps a shard beside its root, which on a first visit has to be read again before. */
async function keepShard(event, request, response) {
  await reading;
  const [name] = await indexCaches();
  if (name) keep(event, name, request, response, SHARDS_KEPT);
}

/** Keeps a root in a cache that is named by it, and drops those of other roots. */
async function keepRoot(event, request, response) {
  const hash = await crypto.subtle.digest("SHA-256", await response.clone().arrayBuffer());
  const name = INDEX + new Uint32Array(hash).join("-");
  await dropCaches((other) => other.startsWith(INDEX) && other !== name);
  await caches.open(name);
  keep(event, name, request, response, SHARDS_KEPT);
}

async function dropRoot() {
  for (const name of await indexCaches()) await (await caches.open(name)).delete(ROOT);
}

async function indexCaches() {
  return (await caches.keys()).filter((name) => name.startsWith(INDEX));
}

/** Drops those caches of this site (others may stand on the same host) that pass a test. */
async function dropCaches(test) {
  const own = (await caches.keys()).filter((name) => name.startsWith(`${SCOPE} `));
  await Promise.all(own.filter(test).map((name) => caches.delete(name)));
}

/** Keeps a copy of a whole answer under its address without a query, and at most `limit` of them, the latest. */
function keep(event, name, request, response, limit) {
  if (!response.ok || response.redirected || response.type !== "basic") return;
  event.waitUntil(store(name, bare(request.url), response.clone(), limit));
}

async function store(name, address, response, limit) {
  const cache = await caches.open(name);
  await cache.put(address, response);
  const kept = await cache.keys();
  await Promise.all(kept.slice(0, Math.max(0, kept.length - limit)).map((request) => cache.delete(request)));
}
