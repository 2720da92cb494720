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
})();
