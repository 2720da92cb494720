/* What became known after a bundle was made: keys that were revoked, and a later bundle of the same audit. */

const OF_REVOKED = ["key_id", "owner", "reason", "revoked_at"];

/** Return the revoked keys in a list by their ids. */
function parseRevoked(text) {
  try {
    const entries = JSON.parse(text).revoked.map((entry) => {
      const isEntry = Object.keys(entry).sort().join() === OF_REVOKED.join();
      if (!isEntry || !OF_REVOKED.every((name) => typeof entry[name] === "string")) throw new Error("an entry");
      return [entry.key_id, entry];
    });
    return new Map(entries);
  } catch {
    throw new Refused("no-revoked");
  }
}

/** Return a result that says so when *later*, as signed by the same key, is of a later report of the audit. */
function supersededBy(found, later) {
  const isOfAudit = later.predicate.auditId === found.predicate.auditId && later.keyId === found.keyId;
  if (!isOfAudit || later.conclusion !== found.conclusion) throw new Refused("newer-unrelated");
  const digest = later.predicate.reportSha256;
  if (digest === found.predicate.reportSha256 || !isLater(later.predicate, found.predicate)) return found;
  const isAsSigned = ["verified", "signer-unknown"].includes(found.conclusion);
  return { ...found, supersededBy: digest, conclusion: isAsSigned ? "superseded" : found.conclusion };
}

function isLater(one, other) {
  const [first, second] = [one, other].map((predicate) => predicate.ledger?.sequence ?? 0);
  return first === second ? String(one.concludedAt ?? "") > String(other.concludedAt ?? "") : first > second;
}
