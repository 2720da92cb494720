"""What an audit says now: its conclusion and report, made again where a decision, a date or the ledger changed.

Everything that reports, exports, signs or shows goes through here, so an expired waiver is never shown late.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus_audit.errors import StoreError
from corpus_audit.pipeline.conclude import conclude, is_concluded, require_derived
from corpus_audit.pipeline.context import RunContext
from corpus_audit.pipeline.report import Summary, report, summarise
from corpus_audit.pipeline.verification import DELIVERED, require_intact
from corpus_audit.store import AuditFolder
from corpus_audit.vocabulary import DecisionAction

if TYPE_CHECKING:
    from corpus_audit.ledger import DecisionRequest, Entry, Ledger

DECIDES_NOTHING = frozenset({DecisionAction.COMMENT, DecisionAction.REVEAL})
"""Actions that no verdict depends on."""


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


def conclude_now(audit: AuditFolder, *, context: RunContext | None = None) -> None:
    """Conclude an evaluated audit on what the ledger holds now; raises StoreError as ``bring_up_to_date`` does."""
    require_intact(audit, DELIVERED)
    if not is_concluded(audit, context=context):
        conclude(audit, context=context)
    require_derived(audit, context=context)


def record_decision(
    ledger: "Ledger",
    audit: AuditFolder,
    judgement: "DecisionRequest",
    findings: Sequence[str] = (),
    sources: Sequence[str] = (),
    *,
    context: RunContext | None = None,
) -> Recorded:
    """Write one decision into the ledger, and conclude and report the audit on it.

    Raises DecisionError and StoreError when nothing was written. A decision that was written stands: where the verdict
    could not follow, the result says why.
    """
    from corpus_audit.ledger import decide

    require_intact(audit, DELIVERED)
    written = tuple(decide(ledger, audit, judgement, findings, sources))
    if judgement.action in DECIDES_NOTHING:
        return Recorded(written)
    try:
        bring_up_to_date(audit, context=context)
    except StoreError as error:
        return Recorded(written, str(error))
    return Recorded(written)
