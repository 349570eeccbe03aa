// The network of entities, explored: who is tied to one of them, and which kinds are drawn. Without it the drawing and
// its table say the same.

const sheet = document.getElementById("network-sheet");
const nodes = [...sheet.querySelectorAll("[data-node]")];
const edges = [...sheet.querySelectorAll("[data-ends]")];
const rows = [...document.querySelectorAll("#ties tr[data-ends]")];
const told = document.getElementById("network-told");
const tools = document.getElementById("network-tools");
const chooser = document.getElementById("network-name");
const kinds = [...tools.querySelectorAll("input[name=kind]")];

const ends = (element) => element.dataset.ends.split(" ");
const neighbours = new Map(nodes.map((node) => [node.dataset.node, new Set()]));
for (const edge of edges) {
  const [one, other] = ends(edge);
  neighbours.get(one).add(other);
  neighbours.get(other).add(one);
}
const names = new Map(nodes.map((node) => [node.dataset.node, node.dataset.name]));

// What is not tied to the chosen one steps back.
function choose(key) {
  sheet.classList.toggle("chosen", key !== null);
  const near = key === null ? new Set() : neighbours.get(key);
  for (const node of nodes) {
    node.classList.toggle("near", near.has(node.dataset.node) || node.dataset.node === key);
    node.classList.toggle("focus", node.dataset.node === key);
  }
  for (const edge of edges) edge.classList.toggle("near", key !== null && ends(edge).includes(key));
  told.textContent = key === null ? "" : `${names.get(key)}: ${[...near].filter(isShown).map((each) => names.get(each)).join(", ")}`;
  if (chooser.value !== (key ?? "")) chooser.value = key ?? "";
}

const isShown = (key) => !nodes.find((node) => node.dataset.node === key).classList.contains("hidden");

function filter() {
  const wanted = new Set(kinds.filter((box) => box.checked).map((box) => box.value));
  for (const node of nodes) node.classList.toggle("hidden", !wanted.has(node.dataset.kind));
  const isHidden = (element) => !ends(element).every(isShown);
  for (const edge of edges) edge.classList.toggle("hidden", isHidden(edge));
  for (const row of rows) row.hidden = isHidden(row);
}

for (const node of nodes) {
  const key = node.dataset.node;
  node.addEventListener("pointerenter", () => choose(key));
  node.addEventListener("pointerleave", () => choose(chosen()));
  node.addEventListener("focus", () => choose(key));
}

// Where the cursor of the keyboard is, or what was picked by its name.
const chosen = () => document.activeElement?.dataset?.node ?? null;

sheet.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    document.activeElement.blur();
    choose(null);
    return;
  }
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  const key = chosen();
  if (!step || key === null) return;
  event.preventDefault();
  const shown = nodes.filter((node) => !node.classList.contains("hidden"));
  const at = shown.findIndex((node) => node.dataset.node === key);
  shown[(at + step + shown.length) % shown.length].focus();
});

chooser.addEventListener("change", () => {
  choose(chooser.value || null);
  const node = nodes.find((each) => each.dataset.node === chooser.value);
  node?.scrollIntoView({ block: "nearest", inline: "center" });
});
for (const box of kinds) box.addEventListener("change", filter);
tools.classList.add("ready");
document.getElementById("network-legend").classList.add("done");
filter();
