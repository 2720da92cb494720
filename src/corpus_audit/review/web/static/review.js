"use strict";
(() => {
  const boxes = (name) => [...document.querySelectorAll(`input[type=checkbox][name="${name}"]`)];

  const count = (name) => {
    const ticked = boxes(name).filter((box) => box.checked).length;
    for (const output of document.querySelectorAll(`[data-count="${name}"]`)) {
      output.textContent = ticked ? `(${ticked})` : "";
    }
  };

  /* One tick for all on the page; without this script each is ticked by hand. */
  for (const all of document.querySelectorAll("[data-ticks]")) {
    const name = all.dataset.ticks;
    all.hidden = false;
    all.addEventListener("change", () => {
      for (const box of boxes(name)) box.checked = all.checked;
      count(name);
    });
    for (const box of boxes(name)) box.addEventListener("change", () => count(name));
    count(name);
  }

  /* Sentences to begin a reason with: a click writes one into the field, where it can be changed. */
  for (const list of document.querySelectorAll("[data-templates]")) {
    const field = document.getElementById(list.dataset.templates);
    list.hidden = false;
    for (const button of list.querySelectorAll("button")) {
      button.addEventListener("click", () => {
        field.value = [field.value.trim(), button.dataset.reason].filter(Boolean).join(" ");
        field.focus();
      });
    }
  }

  /* Keys: a link says which one follows it; on a list, j and k go from row to row. */
  const rows = [...document.querySelectorAll("[data-row]")];
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    const link = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (link) {
      link.click();
    } else if (rows.length && (event.key === "j" || event.key === "k")) {
      const place = rows.indexOf(document.activeElement) + (event.key === "j" ? 1 : -1);
      rows[Math.min(Math.max(place, 0), rows.length - 1)].focus();
    }
  });
})();
