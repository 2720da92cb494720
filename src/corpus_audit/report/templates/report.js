"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  /* A filter hides rows that do not match, then every part of the page that has no row left. */
  const attach = (form, rows, describe, parts, folds) => {
    let described = null;

    const say = (shown) => {
      const status = form.querySelector("[role=status]");
      const { all: whole, some } = status.dataset;
      const counted = some.replace("{shown}", shown).replace("{all}", rows.length);
      status.textContent = shown === rows.length ? whole : counted;
    };

    const apply = () => {
      described ??= rows.map(describe);
      const data = new FormData(form);
      const text = (data.get("text") || "").trim().toLowerCase();
      const severities = new Set(data.getAll("severity"));
      let shown = 0;
      rows.forEach((row, index) => {
        const { words, severity, source, packs, open } = described[index];
        row.hidden = !(
          words.includes(text) &&
          (severity === undefined || severities.has(severity)) &&
          (!data.get("source") || data.get("source") === source) &&
          (!data.get("pack") || packs.includes(data.get("pack"))) &&
          (!data.get("open") || open)
        );
        shown += row.hidden ? 0 : 1;
      });
      const narrowed = Boolean(text || data.get("source") || data.get("pack") || data.get("open"));
      const isEmpty = (part) => !part.querySelector("tr.row:not([hidden])");
      for (const fold of all(folds)) fold.open = narrowed && !isEmpty(fold);
      for (const part of all(parts)) part.hidden = isEmpty(part);
      say(shown);
    };

    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(apply));
  };

  const findings = document.getElementById("filter-findings");
  if (findings) {
    const describe = (row) => {
      const rule = row.closest(".rule");
      return {
        words: `${row.textContent} ${rule.querySelector("h4").textContent} ${rule.querySelector(".broken").textContent}`.toLowerCase(),
        severity: row.closest(".severity").dataset.severity,
        source: row.dataset.source,
        packs: rule.dataset.packs.split(" "),
      };
    };
    const parts = ".rule > .scroll, .rule > .more, .rule, .severity";
    attach(findings, all("#findings tr.row"), describe, parts, ".rule > .more");
  }

  const sources = document.getElementById("filter-sources");
  if (sources) {
    const describe = (row) => ({ words: row.textContent.toLowerCase(), open: "open" in row.dataset });
    const parts = "#source-table > .scroll, #source-table > .more";
    attach(sources, all("#source-table tr.row"), describe, parts, "#source-table > .more");
  }

  /* On a narrow screen each row of a table is a card: every cell then says which column it is. */
  for (const table of all(".scroll > table")) {
    const heads = all("thead tr", table);
    if (heads.length !== 1) continue;
    const labels = all("th", heads[0]).map((head) => head.textContent.trim());
    for (const row of all("tbody tr", table)) [...row.children].forEach((cell, at) => (cell.dataset.label = labels[at]));
    table.classList.add("cards");
  }

  /* A link may point at a row that is folded away. */
  const openTarget = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const within = target && (target.matches("section") ? target.querySelector("details.part") : null);
    const folds = [within, target && target.closest("details")].filter((fold) => fold && !fold.open);
    for (const fold of folds) fold.open = true;
    if (folds.length) target.scrollIntoView();
  };
  addEventListener("hashchange", openTarget);
  openTarget();

  /* Links to review pages lead somewhere only where the review app serves the report. */
  if (/\/audits\/[^/]+\/report\/[^/]+$/.test(location.pathname) && location.protocol.startsWith("http")) {
    for (const link of all("[data-review]")) {
      link.href = link.dataset.review;
      link.hidden = false;
    }
  }

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("details:not([open])");
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
  });
})();
