"""The approval of an audit: of the exact bytes of one report, and void as soon as the report is another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus_audit.ledger.chain import Entry
from corpus_audit.ledger.decision import WAIVERS
from corpus_audit.vocabulary import ApprovalState, DecisionAction, VoidCause

_APPROVALS = frozenset({DecisionAction.APPROVE, DecisionAction.REJECT})
NO_PART_OF_A_VERDICT = _APPROVALS | {
    DecisionAction.COMMENT,
    DecisionAction.REVEAL,
    DecisionAction.DELETE,
    DecisionAction.TRACE,
    DecisionAction.READ,
    DecisionAction.TRAIN,
    DecisionAction.SUPPLEMENT,
}
"""Actions that no verdict depends on; what a supplement states, the next audit takes in."""


@dataclass(frozen=True)
class Change:
    """What changed since: the cause, when (ISO 8601, UTC; '' when unknown), and the ledger entry, 0 if none."""

    cause: VoidCause
    at: str = ""
    sequence: int = 0


@dataclass(frozen=True)
class Approval:
    """How far an audit is approved: its state, the entries that say so, and what made an approval void."""

    state: ApprovalState = ApprovalState.NONE
    entries: tuple[Entry, ...] = ()
    void_by: Change | None = None

    @property
    def is_valid(self) -> bool:
        """True if as many stewards as are asked for approved the report that is there."""
        return self.state is ApprovalState.APPROVED

    @property
    def last(self) -> Entry | None:
        """The last entry that counts."""
        return self.entries[-1] if self.entries else None


def approval_of(
    audit_id: str, report_sha256: str, entries: Sequence[Entry], moment: str, *, approvers: int = 1
) -> Approval:
    """Return how far an audit is approved whose report has this digest, by what the ledger holds about its dataset.

    *entries* are oldest first, *moment* is now (ISO 8601, UTC), *approvers* how many different stewards must approve.
    """
    said = _said_of(audit_id, entries)
    if not said:
        return Approval()
    if said[-1].action == DecisionAction.REJECT:
        return Approval(ApprovalState.REJECTED, (said[-1],))
    approving = tuple(_of_report(said, report_sha256))
    if not approving or said[-1].evidence_sha256 != report_sha256:
        change = change_since(said[-1].sequence, said[-1].decided_at, entries, moment)
        return Approval(ApprovalState.VOID, (said[-1],), change)
    is_enough = len({entry.author for entry in approving}) >= approvers
    return Approval(ApprovalState.APPROVED if is_enough else ApprovalState.WAITING, approving)


def _said_of(audit_id: str, entries: Iterable[Entry]) -> list[Entry]:
    """Return the approvals and rejections of an audit since it was last deleted: made again, it is another."""
    said: list[Entry] = []
    for entry in entries:
        if entry.audit_id == audit_id and entry.action == DecisionAction.DELETE:
            said.clear()
        elif entry.audit_id == audit_id and entry.action in _APPROVALS:
            said.append(entry)
    return said


def _of_report(said: Sequence[Entry], report_sha256: str) -> Iterable[Entry]:
    """Return the approvals of a report since it was last rejected, each steward's last."""
    since = max((place for place, entry in enumerate(said) if entry.action == DecisionAction.REJECT), default=-1) + 1
    by_author = {entry.author: entry for entry in said[since:] if entry.evidence_sha256 == report_sha256}
    return sorted(by_author.values(), key=lambda entry: entry.sequence)


def change_since(sequence: int, since: str, entries: Iterable[Entry], moment: str) -> Change:
    """Return why what was concluded at a ledger's *sequence* and a time holds no longer, by the dataset's *entries*."""
    deciding = [entry for entry in entries if entry.action not in NO_PART_OF_A_VERDICT]
    for entry in deciding:
        if entry.sequence > sequence:
            return Change(VoidCause.DECISION, entry.decided_at, entry.sequence)
    ended = [entry for entry in deciding if entry.action in WAIVERS and since <= entry.expires_at < moment]
    if ended:
        first = min(ended, key=lambda entry: entry.expires_at)
        return Change(VoidCause.EXPIRY, first.expires_at, first.sequence)
    return Change(VoidCause.REBUILT)
