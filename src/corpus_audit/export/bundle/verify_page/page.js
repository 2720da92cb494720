/* The page: what a person chooses, and what is shown of the result. */

const WORDS = JSON.parse(document.getElementById("words").textContent);
const KINDS = ["altered", "added", "missing", "contradicted"];
const FACTS = ["auditId", "datasetId", "verdict", "concludedAt", "toolVersion"];
const NAMES_SHOWN = 200;
const part = (id) => document.getElementById(id);
let language = navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
let shown = null;
let latest = 0;

function word(key, values = {}) {
  return WORDS[language][key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

function speak(chosen) {
  language = chosen;
  document.documentElement.lang = chosen === "zh" ? "zh-Hans" : "en";
  document.title = word("title");
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === chosen));
  }
  if (shown) show(shown);
}

/** Return the key that was given, by its file or its id; null when none was. */
async function givenKey() {
  const [file] = part("key-file").files;
  if (file) return parseKeyFile(await file.text());
  const keyId = part("key-id").value.replace(/\s/g, "").toLowerCase();
  if (keyId && !SHA256.test(keyId)) throw new Refused("no-key-id");
  return keyId ? { keyId } : null;
}

async function chosenBundle() {
  const [file] = part("bundle").files;
  if (file) return openArchive(file);
  return part("folder").files.length ? openFolder(part("folder").files) : null;
}

async function revokedKeys() {
  const [file] = part("revoked-file").files;
  const text = file ? await file.text() : part("revoked-text").value.trim();
  return text ? parseRevoked(text) : new Map();
}

async function check() {
  latest += 1;
  const run = latest;
  try {
    if (!globalThis.crypto?.subtle) throw new Refused("no-crypto");
    const [bundle, given, revoked] = [await chosenBundle(), await givenKey(), await revokedKeys()];
    if (bundle === null) return;
    const tell = (done, all) => {
      if (run === latest) part("progress").textContent = word("progress", { done, all });
    };
    const found = await verifyBundle(bundle, given, revoked, tell);
    const [newer] = part("newer").files;
    const later = newer ? await verifyBundle(await openArchive(newer), given, revoked, tell) : null;
    const result = later ? supersededBy(found, later) : found;
    if (run === latest) show(result);
  } catch (error) {
    const refused = error instanceof Refused ? error : new Refused("unreadable");
    if (run === latest) show({ conclusion: "refused", refused });
  }
}

function show(result) {
  shown = result;
  part("progress").textContent = "";
  part("result").hidden = false;
  part("result").dataset.conclusion = result.conclusion;
  part("conclusion").textContent = word(`conclusion.${result.conclusion}`);
  const why = result.refused ? `refused.${result.refused.word}` : `meaning.${result.conclusion}`;
  part("meaning").textContent = word(why, { name: result.refused?.name });
  part("facts").replaceChildren(...(result.refused ? [] : factsOf(result)));
  part("differences").replaceChildren(...(result.refused ? [] : differencesOf(result)));
}

function factsOf(result) {
  const rows = [["signature", word(`signature.${result.signature}`)]];
  if (result.keyId) rows.push(["key-id", inGroups(result.keyId)]);
  if (result.revoked) rows.push(["revoked", `${result.revoked.revoked_at.slice(0, 10)}: ${result.revoked.reason}`]);
  if (result.supersededBy) rows.push(["later-report", String(result.supersededBy)]);
  for (const name of FACTS) {
    if (typeof result.predicate[name] === "string" && result.predicate[name]) rows.push([name, result.predicate[name]]);
  }
  rows.push(["files", String(result.files)]);
  return rows.flatMap(([label, value]) => [made("dt", word(`fact.${label}`)), made("dd", printable(value))]);
}

function differencesOf(result) {
  const lists = KINDS.filter((kind) => result[kind].length).flatMap((kind) => {
    const names = result[kind].slice(0, NAMES_SHOWN).map((name) => made("li", printable(name)));
    const left = result[kind].length - names.length;
    if (left) names.push(made("li", word("more", { count: left })));
    const list = made("ul", "");
    list.dataset.kind = kind;
    list.append(...names);
    return [made("h3", word(`files.${kind}`, { count: result[kind].length })), list];
  });
  return result.hasOtherBytes ? [...lists, made("p", word("other-bytes"))] : lists;
}

/** Return a key's id in groups that an eye can compare. */
function inGroups(keyId) {
  return keyId.match(/.{4}/g).join(" ");
}

/** Return a text without characters that move the cursor or turn a line: the bundle's author chose it. */
function printable(text) {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}]/gu, "\ufffd");
}

function made(kind, text) {
  const element = document.createElement(kind);
  element.textContent = text;
  return element;
}

for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => speak(button.dataset.language));
}
const EITHER = [
  ["bundle", "folder"],
  ["key-file", "key-id"],
  ["revoked-file", "revoked-text"],
];
for (const [one, other] of [...EITHER, ...EITHER.map((pair) => pair.toReversed())]) {
  part(one).addEventListener("change", () => {
    part(other).value = "";
    check();
  });
}
part("newer").addEventListener("change", check);
speak(language);
