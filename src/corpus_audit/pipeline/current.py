"""What an audit says now: its conclusion and report, made again where a decision, a date or the ledger changed.

Everything that reports, exports, signs or shows goes through here, so an expired waiver is never shown late.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from corpus_audit.errors import DecisionError, Refusal, StoreError
from corpus_audit.pipeline.checkpoints import write_checkpoint
from corpus_audit.pipeline.conclusion import conclude_now
from corpus_audit.pipeline.context import RunContext
from corpus_audit.pipeline.report import Summary, report, report_digest, summarise
from corpus_audit.pipeline.signing import read_signing_key, require_signing_key
from corpus_audit.pipeline.verification import DELIVERED, require_intact
from corpus_audit.schemas.marking import _
from corpus_audit.store import AuditFolder
from corpus_audit.store.identity import read_identity
from corpus_audit.vocabulary import DecisionAction, Verdict

if TYPE_CHECKING:
    from corpus_audit.ledger import Approval, DecisionRequest, Entry, Ledger


_CHECKPOINTED = frozenset({DecisionAction.APPROVE, DecisionAction.REJECT, DecisionAction.REVEAL})

_DESPITE = _(
    "The verdict of this audit is '{verdict}': say why it is approved despite that, in a reason of its own. "
    "Nothing was written."
)


@dataclass(frozen=True)
class Recorded:
    """What one decision became: its entries, and why the verdict does not follow yet; '' when it does."""

    entries: tuple["Entry", ...]
    problem: str = ""


def bring_up_to_date(audit: AuditFolder, *, context: RunContext | None = None) -> None:
    """Conclude and report an evaluated audit on what the ledger holds now, if its verdict or report are not of now.

    Raises StoreError when a file of the audit is not as its stage left it.
    """
    conclude_now(audit, context=context)
    report(audit, context=context)
    require_intact(audit, DELIVERED)


def current_summary(audit: AuditFolder, *, context: RunContext | None = None) -> Summary:
    """Return the headline of an audit as it is now, brought up to date."""
    bring_up_to_date(audit, context=context)
    return summarise(audit)


def is_reported(audit: AuditFolder) -> bool:
    """True if the stored report is of the stored conclusion."""
    marker = audit.marker("report")
    return marker is not None and marker.inputs.get("conclude") == audit.outputs_digest("conclude")


def record_decision(
    ledger: "Ledger",
    audit: AuditFolder,
    judgement: "DecisionRequest",
    findings: Sequence[str] = (),
    sources: Sequence[str] = (),
    *,
    signing_key: Path | None = None,
    context: RunContext | None = None,
    environ: Mapping[str, str] = os.environ,
) -> Recorded:
    """Write one decision into the ledger, and conclude and report the audit on it.

    What bundles are signed with, *signing_key*, signs a checkpoint of the ledger after approvals, rejections and
    reveals. Raises DecisionError and StoreError when nothing was written, BundleError for an approval that no key could
    sign. A decision that was written stands: where the verdict could not follow, the result says why.
    """
    if judgement.action is DecisionAction.APPROVE:
        require_signing_key(signing_key, environ)
    signs_with = signing_key if judgement.action in _CHECKPOINTED else None
    key = read_signing_key(signs_with, environ) if signs_with is not None else None
    recorded = _recorded(ledger, audit, judgement, findings, sources, context)
    if key is not None:
        write_checkpoint(audit.store, ledger, key, environ)
    return recorded


def _recorded(
    ledger: "Ledger",
    audit: AuditFolder,
    judgement: "DecisionRequest",
    findings: Sequence[str],
    sources: Sequence[str],
    context: RunContext | None,
) -> Recorded:
    from corpus_audit.ledger import decide
    from corpus_audit.ledger.attachment import attachment_of, read_attachment
    from corpus_audit.ledger.decision import NOTED

    if judgement.action in NOTED:
        message = f"'{judgement.action}' is recorded by what does it, not as a decision. Nothing was written."
        raise DecisionError(message)
    if attached := attachment_of(judgement.evidence_link):
        read_attachment(audit.store, attached)
    require_intact(audit, DELIVERED)
    if judgement.action not in (DecisionAction.APPROVE, DecisionAction.REJECT):
        written = decide(ledger, audit, judgement, findings, sources)
        return _followed(audit, written, context) if _counts(judgement) else Recorded(tuple(written))
    bring_up_to_date(audit, context=context)
    approved, digest = _checked(audit, judgement), report_digest(audit)
    return Recorded(tuple(decide(ledger, audit, approved, findings, sources, digest)))


def _counts(judgement: "DecisionRequest") -> bool:
    from corpus_audit.ledger.approval import NO_PART_OF_A_VERDICT

    return judgement.action not in NO_PART_OF_A_VERDICT


def _followed(audit: AuditFolder, written: "Sequence[Entry]", context: RunContext | None) -> Recorded:
    try:
        bring_up_to_date(audit, context=context)
    except StoreError as error:
        return Recorded(tuple(written), str(error))
    return Recorded(tuple(written))


def _checked(audit: AuditFolder, judgement: "DecisionRequest") -> "DecisionRequest":
    """Return what is written of an approval or rejection; raises DecisionError when it is of another report."""
    if _is_of_another_report(audit, judgement):
        raise DecisionError(_("The report changed since you read it: nothing was written. Read it again, then decide."))
    verdict = summarise(audit).verdict
    if judgement.action is not DecisionAction.APPROVE or verdict in (Verdict.PASS, Verdict.PASS_WITH_WAIVERS):
        return judgement
    if not judgement.despite.strip():
        raise DecisionError(Refusal(_DESPITE, {"verdict": verdict}, "despite"))
    reasons = f"{judgement.reason.strip()}\nDespite the verdict '{verdict}': {judgement.despite}"
    return replace(judgement, reason=reasons if judgement.reason.strip() else "")


def _is_of_another_report(audit: AuditFolder, judgement: "DecisionRequest") -> bool:
    if judgement.report_sha256 and judgement.report_sha256 != report_digest(audit):
        return True
    from corpus_audit.ledger import format_time

    made = audit.marker("report")
    return judgement.read_at is not None and made is not None and made.finished_at > format_time(judgement.read_at)


def approval_now(
    audit: AuditFolder, entries: "Sequence[Entry] | None" = None, *, context: RunContext | None = None
) -> "Approval":
    """Return how far the stored report of an audit is approved; *entries* are the ledger's about its dataset."""
    from corpus_audit.ledger import approval_of, entries_about, format_time

    context = context or RunContext()
    known = entries_about(audit.store, read_identity(audit).dataset_id) if entries is None else entries
    digest = report_digest(audit) if is_reported(audit) else ""
    moment = format_time(context.clock())
    return approval_of(audit.audit_id, digest, known, moment, approvers=context.settings.approvers)
