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
