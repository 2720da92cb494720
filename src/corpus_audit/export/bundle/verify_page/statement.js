/* The signed statement over a bundle's files: its envelope, its signature, and what the files make of it. */

const ENVELOPE = "attestation.dsse.json";
const PUBLIC_KEY = "public-key.pem";
const PAYLOAD_TYPE = "application/vnd.in-toto+json";
const STATEMENT_TYPE = "https://in-toto.io/Statement/v1";
const PREDICATE_TYPE = "@@PREDICATE_TYPE@@";
const SHA256 = /^[0-9a-f]{64}$/;

/** Return what was found when the files of a bundle were held against its statement, a given key and revoked ones. */
async function verifyBundle({ files, hasOtherBytes }, given, revoked = new Map(), onProgress = () => {}) {
  if (!files.has(ENVELOPE)) throw new Refused("no-envelope");
  const signed = parseEnvelope(await files.get(ENVELOPE)());
  const found = new Map();
  for (const name of files.keys()) {
    if (name !== ENVELOPE) found.set(name, await digestOf(files.get(name)));
    onProgress(found.size, files.size - 1);
  }
  const altered = [...found].filter(([name, digest]) => signed.digests.has(name) && digest !== signed.digests.get(name));
  const result = {
    files: found.size,
    altered: [...altered.map(([name]) => name), ...(signed.isCanonical ? [] : [ENVELOPE])].sort(compareTexts),
    added: [...found.keys()].filter((name) => !signed.digests.has(name)).sort(compareTexts),
    missing: [...signed.digests.keys()].filter((name) => !found.has(name)).sort(compareTexts),
    contradicted: await contradictedByMarkers(files, found),
    hasOtherBytes,
    predicate: signed.predicate,
    ...(await checkSignature(files, signed, given)),
  };
  result.revoked = revoked.get(result.keyId) ?? null;
  return { ...result, conclusion: concluded(result, given) };
}

function concluded(result, given) {
  const differs = result.altered.length || result.added.length || result.missing.length || result.contradicted.length;
  if (differs || result.hasOtherBytes) return "not-as-signed";
  if (["invalid", "not-by-given-key"].includes(result.signature)) return "not-as-signed";
  if (result.revoked) return "key-revoked";
  if (result.signature === "unsupported") return "not-checked";
  const concludedOn = String(result.predicate.concludedAt ?? "").slice(0, 10);
  if (given?.validUntil && concludedOn > given.validUntil) return "key-not-valid";
  return result.signature === "by-given-key" ? "verified" : "signer-unknown";
}

function parseEnvelope(bytes) {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const envelope = JSON.parse(text);
    const payload = fromBase64(envelope.payload);
    const document = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(payload));
    const digests = parseStatement(document, envelope.payloadType);
    const [{ keyid, sig }] = envelope.signatures;
    // A second signature, another member, a number written otherwise: none of these is in a canonical envelope.
    const again = { payload: toBase64(payload), payloadType: PAYLOAD_TYPE, signatures: [{ keyid, sig }] };
    const isCanonical =
      `${JSON.stringify(again, null, 1)}\n` === text &&
      SHA256.test(keyid) &&
      toBase64(fromBase64(sig)) === sig &&
      sameBytes(new TextEncoder().encode(statementText(digests, document.predicate)), payload);
    return { digests, predicate: document.predicate, payload, signature: fromBase64(sig), isCanonical };
  } catch {
    throw new Refused("no-statement");
  }
}

function parseStatement(document, payloadType) {
  const kinds = [payloadType, document._type, document.predicateType];
  if (kinds.join() !== [PAYLOAD_TYPE, STATEMENT_TYPE, PREDICATE_TYPE].join()) throw new Error("another kind");
  const digests = new Map();
  for (const { name, digest } of document.subject) {
    if (typeof name !== "string" || digests.has(name) || !SHA256.test(digest.sha256)) throw new Error("a subject");
    digests.set(name, digest.sha256);
  }
  return digests;
}

function statementText(digests, predicate) {
  const names = [...digests.keys()].sort(compareTexts);
  return canonicalText({
    _type: STATEMENT_TYPE,
    subject: names.map((name) => ({ name, digest: { sha256: digests.get(name) } })),
    predicateType: PREDICATE_TYPE,
    predicate,
  });
}

/** Return JSON with sorted keys and no spaces. */
function canonicalText(value) {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const keys = Object.keys(value).sort(compareTexts);
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalText(value[key])}`).join(",")}}`;
}

/** Return what is known of the signature, and the id of the key that it verifies with. */
async function checkSignature(files, signed, given) {
  const pem = files.has(PUBLIC_KEY) ? await files.get(PUBLIC_KEY)() : null;
  try {
    const enclosed = given?.key ?? (pem ? parsePem(new TextDecoder().decode(pem)) : null);
    const isSigned = enclosed !== null && (await isSignedBy(signed, enclosed));
    if (!isSigned) return { signature: given?.key ? "not-by-given-key" : "invalid", keyId: "" };
    const keyId = await keyIdOf(enclosed);
    if (given?.keyId && given.keyId !== keyId) return { signature: "not-by-given-key", keyId };
    return { signature: given ? "by-given-key" : "by-enclosed-key", keyId };
  } catch (error) {
    if (error.name !== "NotSupportedError") throw error;
    return { signature: "unsupported", keyId: pem ? await keyIdOf(given?.key ?? parsePem(new TextDecoder().decode(pem))) : "" };
  }
}

async function isSignedBy(signed, key) {
  const imported = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
  const head = new TextEncoder().encode(`DSSEv1 ${PAYLOAD_TYPE.length} ${PAYLOAD_TYPE} ${signed.payload.length} `);
  const bytes = new Uint8Array(head.length + signed.payload.length);
  bytes.set(head);
  bytes.set(signed.payload, head.length);
  return crypto.subtle.verify({ name: "Ed25519" }, imported, signed.signature, bytes);
}

const SPKI_HEAD = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/** Return the 32 bytes of an Ed25519 key in PEM, null when it is none. */
function parsePem(text) {
  const [, encoded] = /-----BEGIN PUBLIC KEY-----([\sA-Za-z0-9+/=]+)-----END PUBLIC KEY-----/.exec(text) ?? [];
  const der = encoded ? fromBase64(encoded.replace(/\s/g, "")) : new Uint8Array();
  return der.length === 44 && startsWith(der, SPKI_HEAD) ? der.subarray(12) : null;
}

/** Return a public key with its id and the last day on which it signs, '' when its file does not say. */
async function parseKeyFile(text) {
  const key = parsePem(text);
  if (key === null) throw new Refused("no-key");
  const [, validUntil = ""] = /^Valid-Until:\s*(\d{4}-\d{2}-\d{2})\s*$/m.exec(text.split("-----BEGIN")[0]) ?? [];
  return { key, keyId: await keyIdOf(key), validUntil };
}

/** Return the id that the command line prints of a key. */
async function keyIdOf(key) {
  if (key === null) return "";
  const known = { keytype: "ed25519", keyval: { public: toHex(key) }, scheme: "ed25519" };
  return sha256(new TextEncoder().encode(canonicalText(known)));
}

async function digestOf(read) {
  const content = await read();
  return content === null ? null : sha256(content);
}

async function sha256(bytes) {
  return toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

function toHex(bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function fromBase64(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function toBase64(bytes) {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

function sameBytes(one, other) {
  return one.length === other.length && one.every((byte, place) => byte === other[place]);
}
