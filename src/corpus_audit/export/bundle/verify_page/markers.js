/* The markers in a bundle against its files and each other: what was signed must be what the stages left. */

const PLACES = @@PLACES@@;
const WHOLE = @@WHOLE@@;

async function contradictedByMarkers(files, found) {
  const markers = new Map();
  const named = new Set();
  for (const name of files.keys()) {
    const [, stage] = /^markers\/(.+)\.json$/s.exec(name) ?? [];
    if (stage === undefined || found.get(name) === null) continue;
    const marker = parseMarker(await files.get(name)());
    if (marker === null) named.add(name);
    markers.set(stage, marker);
  }
  for (const [stage, marker] of markers) {
    if (marker === null) continue;
    for (const name of filesThatDiffer(stage, marker.outputs, found)) named.add(name);
    for (const [name, digest] of Object.entries(marker.inputs)) {
      if (markers.get(name) && (await outputsDigest(markers.get(name))) !== digest) named.add(`markers/${stage}.json`);
    }
  }
  for (const stage of Object.keys(PLACES)) if (!markers.has(stage)) named.add(`markers/${stage}.json`);
  return [...named].sort(compareTexts);
}

function filesThatDiffer(stage, outputs, found) {
  const place = PLACES[stage];
  if (place === undefined) return [];
  const expected = new Map(Object.entries(outputs).map(([name, digest]) => [`${place}/${name}`, digest]));
  const known = (name) => found.get(name) ?? null;
  const differing = [...expected.keys()].filter((name) =>
    known(name) === null ? WHOLE.includes(stage) : known(name) !== expected.get(name),
  );
  const others = WHOLE.includes(stage) ? [...found.keys()].filter((name) => known(name) !== null) : [];
  return [...differing, ...others.filter((name) => name.startsWith(`${place}/`) && !expected.has(name))];
}

function parseMarker(bytes) {
  try {
    const marker = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    const isMap = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
    return isMap(marker) && isMap(marker.inputs) && isMap(marker.outputs) ? marker : null;
  } catch {
    return null;
  }
}

/** Return the digest that the stages after one name of its outputs: of JSON in ASCII. */
function outputsDigest(marker) {
  const escape = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return sha256(new TextEncoder().encode(canonicalText(marker.outputs).replace(/[\u007f-\uffff]/g, escape)));
}
