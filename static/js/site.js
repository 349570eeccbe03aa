// What every page does besides being read. Nothing depends on it.

// "/" puts the cursor into the search field.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const target = event.target;
  if (target instanceof HTMLElement && (target.isContentEditable || target.closest("input, textarea, select"))) return;
  const field = document.querySelector("main input[type=search]") ?? document.getElementById("site-search");
  if (field instanceof HTMLElement) {
    event.preventDefault();
    field.focus();
  }
});

// Who does not want names marked is remembered, where the browser remembers anything.
for (const button of document.querySelectorAll("button[data-switch]")) {
  const name = button.dataset.switch;
  const show = (value) => {
    document.documentElement.dataset[name] = value;
    button.setAttribute("aria-pressed", String(value !== "off"));
  };
  try {
    show(localStorage.getItem(name) ?? "on");
  } catch {
    show("on");
  }
  button.addEventListener("click", () => {
    const value = button.getAttribute("aria-pressed") === "true" ? "off" : "on";
    show(value);
    try {
      localStorage.setItem(name, value);
    } catch {
      // It holds for this page alone.
    }
  });
}

// A citation, or the address of a paragraph, is copied at a click.
{
  const article = document.querySelector("article.article");
  const said = document.createElement("p");
  said.className = "unseen";
  said.setAttribute("role", "status");

  async function copy(text, control) {
    await navigator.clipboard.writeText(text);
    control.dataset.copied = "";
    said.textContent = article.dataset.copied;
    setTimeout(() => {
      delete control.dataset.copied;
      said.textContent = "";
    }, 2000);
  }

  if (article && navigator.clipboard) {
    article.after(said);
    for (const button of document.querySelectorAll("button.copy")) {
      button.addEventListener("click", () => copy(button.parentElement.querySelector(".cite").textContent, button));
    }
    for (const paragraph of article.querySelectorAll(".body > [id^=p]")) {
      const link = document.createElement("a");
      link.className = "anchor";
      link.href = `#${paragraph.id}`;
      link.lang = document.documentElement.lang;
      link.textContent = "¶";
      link.title = article.dataset.linkLabel;
      link.setAttribute("aria-label", `${article.dataset.linkLabel} (${paragraph.id.slice(1)})`);
      link.addEventListener("click", () => copy(link.href, link));
      paragraph.append(link);
    }
  } else {
    for (const button of document.querySelectorAll("button.copy")) button.remove();
  }
}

// What was read can be read again without a network, but in a preview, which changes under its reader.
{
  const address = new URL("../../service-worker.js", document.currentScript.src).href;
  const workers = location.protocol.startsWith("http") && window.isSecureContext && navigator.serviceWorker;

  async function register() {
    if ("preview" in document.documentElement.dataset) return;
    // The one policy that the site allows: whatever it is given, it gives this address.
    const policy = window.trustedTypes?.createPolicy("service-worker", { createScriptURL: () => address });
    await workers.register(policy ? policy.createScriptURL("") : address);
    const { active } = await workers.ready;
    for (const type of ["navigation", "resource"]) {
      const observer = new PerformanceObserver((list) => tell(active, list.getEntries()));
      observer.observe({ type, buffered: true });
    }
  }

  // What did not come through the worker, as on a first visit, it has to be told of.
  function tell(worker, entries) {
    const missed = entries.filter((entry) => !entry.workerStart).map((entry) => entry.name);
    if (missed.length) worker.postMessage(missed);
  }

  // A browser that keeps nothing, as in a private window, loses nothing else.
  if (workers) window.addEventListener("load", () => register().catch(() => {}));
}
