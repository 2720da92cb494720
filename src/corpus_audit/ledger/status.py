"""The status of each finding at a given time: the one place that decides which entries still apply."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.ledger.chain import Entry
from corpus_audit.ledger.decision import WAIVERS
from corpus_audit.store import sha256_of_bytes
from corpus_audit.vocabulary import DecisionAction, DecisionScope, FindingStatus

_STANDINGS: Mapping[str, FindingStatus] = {
    DecisionAction.ACCEPT_RISK: FindingStatus.ACCEPTED,
    DecisionAction.FALSE_POSITIVE: FindingStatus.FALSE_POSITIVE,
    DecisionAction.REMEDIATE: FindingStatus.TO_REMEDIATE,
    DecisionAction.REOPEN: FindingStatus.OPEN,
}


@dataclass(frozen=True)
class Decided:
    """A finding with a decision: its status, and the ledger entry behind it."""

    status: FindingStatus
    entry: Entry

    @property
    def is_closed(self) -> bool:
        """True if a decision closes the finding for now."""
        return self.status.is_closed


def evidence_digest(evidence: str) -> str:
    """Return the sha256 that a decision keeps of a finding's evidence (schema FINDINGS)."""
    return sha256_of_bytes(evidence.encode())


def statuses(findings: pa.Table, entries: Iterable[Entry], moment: str) -> dict[str, Decided]:
    """Return the statuses, at *moment* (ISO 8601, UTC), of those *findings* (schema FINDINGS) with a decision.

    *entries* are the dataset's, oldest first: the last decision about a finding is the one that counts. A waiver is
    for the evidence that was seen: it does not cover a finding whose evidence is another now.
    """
    latest = {
        entry.finding_id: entry
        for entry in entries
        if entry.scope == DecisionScope.FINDING and entry.action in _STANDINGS
    }
    if not latest:
        return {}
    rows = findings.select(["finding_id", "evidence"])
    decided_about = rows.filter(pc.is_in(rows["finding_id"], pa.array(latest, pa.string())))
    evidence_of = {row["finding_id"]: row["evidence"] for row in decided_about.to_pylist()}
    return {
        finding_id: Decided(_standing(latest[finding_id], evidence, moment), latest[finding_id])
        for finding_id, evidence in evidence_of.items()
    }


def _standing(entry: Entry, evidence: str, moment: str) -> FindingStatus:
    if entry.action in WAIVERS and not entry.holds_at(moment):
        return FindingStatus.EXPIRED
    if entry.action in WAIVERS and entry.evidence_sha256 != evidence_digest(evidence):
        return FindingStatus.EVIDENCE_CHANGED
    return _STANDINGS[entry.action]
