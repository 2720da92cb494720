"use strict";
(() => {
  const form = document.getElementById("filter");
  const rows = [...document.querySelectorAll("tr.finding")];

  const chosen = () => {
    const data = new FormData(form);
    return {
      severities: new Set(data.getAll("severity")),
      source: data.get("source"),
      text: data.get("text").trim().toLowerCase(),
    };
  };

  const severities = new Map();
  const haystacks = new Map();
  const prepare = () => {
    for (const row of rows) {
      const rule = row.closest(".rule");
      severities.set(row, row.closest(".severity").dataset.severity);
      haystacks.set(row, `${row.textContent} ${rule.querySelector("h4").textContent} ${rule.id}`.toLowerCase());
    }
  };

  const matches = (row, wanted) =>
    wanted.severities.has(severities.get(row)) &&
    (!wanted.source || row.dataset.source === wanted.source) &&
    haystacks.get(row).includes(wanted.text);

  const hideEmpty = (selector) => {
    for (const part of document.querySelectorAll(selector)) {
      part.hidden = !part.querySelector("tr.finding:not([hidden])");
    }
  };

  const say = (shown) => {
    const status = form.querySelector("[role=status]");
    const { all, some } = status.dataset;
    status.textContent = shown === rows.length ? all : some.replace("{shown}", shown).replace("{all}", rows.length);
  };

  const apply = () => {
    if (!haystacks.size) prepare();
    const wanted = chosen();
    let shown = 0;
    for (const row of rows) {
      row.hidden = !matches(row, wanted);
      if (!row.hidden) shown += 1;
    }
    const narrowed = Boolean(wanted.source || wanted.text);
    for (const fold of document.querySelectorAll("#findings details.more")) {
      fold.open = narrowed && Boolean(fold.querySelector("tr.finding:not([hidden])"));
    }
    hideEmpty("#findings .rule > .scroll, #findings .rule > .more");
    hideEmpty("#findings .rule");
    hideEmpty("#findings .severity");
    say(shown);
  };

  if (form && rows.length) {
    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(apply));
  }

  const openTarget = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = target && target.closest("details");
    if (fold && !fold.open) {
      fold.open = true;
      target.scrollIntoView();
    }
  };
  addEventListener("hashchange", openTarget);
  openTarget();

  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const fold of folded) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of folded) fold.open = false;
  });
})();
