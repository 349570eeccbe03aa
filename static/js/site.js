// Puts the cursor into the search field when "/" is pressed outside of fields. Nothing depends on it.

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
