// Reloads a previewed page when the site was built anew, and says why when it could not be.
{
  // Says to the page's own script that nothing of this is to be kept; what another site at this address kept goes.
  document.documentElement.dataset.preview = "";
  navigator.serviceWorker?.getRegistrations().then((kept) => kept.forEach((worker) => worker.unregister()));

  const script = document.currentScript;
  const shown = new URL(script.src).searchParams.get("build");
  const events = new EventSource(new URL("events", script.src));
  const banner = document.createElement("pre");
  banner.setAttribute("role", "alert");
  Object.assign(banner.style, {
    position: "fixed",
    insetInline: "0",
    insetBlockEnd: "0",
    maxBlockSize: "50vh",
    margin: "0",
    padding: "1rem",
    overflow: "auto",
    whiteSpace: "pre-wrap",
    color: "#fff",
    background: "#8b0000",
    font: "0.875rem/1.5 ui-monospace, monospace",
    zIndex: "1000",
  });

  events.addEventListener("state", (event) => {
    const { build, failure } = JSON.parse(event.data);
    if (build !== shown) {
      events.close();
      location.reload();
      return;
    }
    banner.textContent = failure;
    if (failure) document.body.append(banner);
    else banner.remove();
  });
}
