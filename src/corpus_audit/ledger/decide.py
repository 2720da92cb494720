"""Decisions on an existing audit: the findings and sources they name are looked up before writing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit import schemas
from corpus_audit.errors import DecisionError, Refusal
from corpus_audit.evidence import tables
from corpus_audit.ledger.assignment import assigned
from corpus_audit.ledger.chain import Entry
from corpus_audit.ledger.decision import Decision
from corpus_audit.ledger.status import evidence_digest
from corpus_audit.schemas.marking import _
from corpus_audit.store import AuditFolder
from corpus_audit.store.identity import read_identity
from corpus_audit.vocabulary import DecisionAction, DecisionScope, Role

if TYPE_CHECKING:
    from corpus_audit.ledger.ledger import Ledger

_ASSIGNED_OTHERWISE = _("Only what is to be mended is assigned to a person. Nothing was written.")
_UNKNOWN = {
    "finding": _(
        "There is no finding {named} in the audit '{audit}': it may have gone since you looked. Nothing was written; "
        "open the audit again."
    ),
    "source": _(
        "There is no source {named} in the audit '{audit}': it may have gone since you looked. Nothing was written; "
        "open the audit again."
    ),
}


@dataclass(frozen=True)
class DecisionRequest:
    """A decision before its subject is known."""

    action: DecisionAction
    reason: str
    author: str
    role: Role
    expires_on: date | None = None
    evidence_link: str = ""
    report_sha256: str = ""
    """The report that an approval is about, as the steward had it; '' for the one that is there."""
    read_at: datetime | None = None
    """When the steward answered, where that is known instead of the digest: a report made later is another."""
    despite: str = ""
    """Why an audit is approved although its verdict is no pass."""
    assignee: str = ""
    """Who mends what is to be mended."""


@dataclass(frozen=True)
class _Subject:
    scope: DecisionScope
    finding_id: str = ""
    source_id: str = ""
    evidence_sha256: str = ""


def decide(
    ledger: "Ledger",
    audit: AuditFolder,
    judgement: DecisionRequest,
    findings: Sequence[str] = (),
    sources: Sequence[str] = (),
    report_sha256: str = "",
) -> list[Entry]:
    """Return the entries of one judgement about findings and sources of an audit, or about the audit if none is named.

    *report_sha256* is kept with what is about the audit as a whole: the report that it was decided on.

    Raises DecisionError when one of them is not in the audit or the judgement may not be taken; then nothing is
    written. Raises StoreError when the audit has not been evaluated.
    """
    return ledger.append(prepare(audit, judgement, findings, sources, report_sha256))


def prepare(
    audit: AuditFolder,
    judgement: DecisionRequest,
    findings: Sequence[str] = (),
    sources: Sequence[str] = (),
    report_sha256: str = "",
) -> list[Decision]:
    """Return what ``decide`` would write; raises DecisionError when a finding or source is not in the audit."""
    if judgement.assignee.strip() and judgement.action is not DecisionAction.REMEDIATE:
        raise DecisionError(Refusal(_ASSIGNED_OTHERWISE, field_name="assignee"))
    subjects = [*_findings(audit, findings), *_sources(audit, sources)] or [
        _Subject(DecisionScope.AUDIT, evidence_sha256=report_sha256)
    ]
    dataset_id = read_identity(audit).dataset_id
    return [_decision(audit.audit_id, dataset_id, judgement, subject) for subject in subjects]


def _decision(audit_id: str, dataset_id: str, judgement: DecisionRequest, subject: _Subject) -> Decision:
    return Decision(
        action=judgement.action,
        reason=assigned(judgement.assignee, judgement.reason),
        author=judgement.author,
        role=judgement.role,
        expires_at=_end_of(judgement.expires_on) if judgement.expires_on else None,
        evidence_link=judgement.evidence_link,
        audit_id=audit_id,
        dataset_id=dataset_id,
        **vars(subject),
    )


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), UTC)


def _findings(audit: AuditFolder, finding_ids: Sequence[str]) -> Iterator[_Subject]:
    table = audit.read("evaluate", schemas.FINDINGS)
    chosen = table.filter(pc.is_in(table["finding_id"], pa.array(finding_ids, pa.string()))).to_pylist()
    rows = {row["finding_id"]: row for row in chosen}
    _refuse_unknown("finding", [name for name in finding_ids if name not in rows], audit)
    for row in rows.values():
        digest = evidence_digest(row["evidence"])
        yield _Subject(DecisionScope.FINDING, row["finding_id"], row["source_id"] or "", digest)


def _sources(audit: AuditFolder, source_ids: Sequence[str]) -> Iterator[_Subject]:
    if not source_ids:
        return
    known = set(audit.read("gather", tables.SOURCES)["source_id"].to_pylist())
    _refuse_unknown("source", [name for name in source_ids if name not in known], audit)
    for source_id in dict.fromkeys(source_ids):
        yield _Subject(DecisionScope.SOURCE, source_id=source_id)


def _refuse_unknown(what: str, unknown: Sequence[str], audit: AuditFolder) -> None:
    if unknown:
        named = ", ".join(repr(name) for name in unknown[:5])
        raise DecisionError(Refusal(_UNKNOWN[what], {"named": named, "audit": audit.audit_id}))
