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
})();
