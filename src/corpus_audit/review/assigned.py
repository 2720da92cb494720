"""What a person is to mend: decisions that name them and that no later one about the same finding replaced."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial

from corpus_audit.ledger import Entry, Ledger
from corpus_audit.ledger.approval import NO_PART_OF_A_VERDICT
from corpus_audit.ledger.assignment import Assignment, assignment_of
from corpus_audit.review.index import AuditIndex
from corpus_audit.vocabulary import DecisionAction, DecisionScope

_NEVER = "9999"


@dataclass(frozen=True)
class AssignedWork:
    """One decision that a person is to carry out: where it was taken, and what it says."""

    entry: Entry
    assignment: Assignment


def assigned_to(ledger: Ledger, index: AuditIndex, name: str, limit: int) -> tuple[AssignedWork, ...]:
    """Return what a person is to mend in finished audits of the store, the soonest due first.

    A decision about findings of several packs is named once.
    """
    finished = index.finished_ids()
    work = {
        (one.entry.dataset_id, one.entry.decided_at, one.entry.reason): one
        for one in _open_work(ledger, name)
        if one.entry.audit_id in finished
    }
    return tuple(sorted(work.values(), key=lambda one: (one.assignment.due_on or _NEVER, one.entry.sequence))[:limit])


def _open_work(ledger: Ledger, name: str) -> Iterator[AssignedWork]:
    last_of = cache(partial(_last_decisions, ledger))
    for entry in reversed(ledger.entries(action=DecisionAction.REMEDIATE, scope=DecisionScope.FINDING)):
        assignment = assignment_of(entry)
        if assignment is None or assignment.assignee.casefold() != name.casefold():
            continue
        if last_of(entry.dataset_id)[entry.finding_id] == entry.sequence:
            yield AssignedWork(entry, assignment)


def _last_decisions(ledger: Ledger, dataset_id: str) -> dict[str, int]:
    """Return the number of the last entry that decides about each finding of a dataset."""
    about = ledger.entries(dataset_id=dataset_id, scope=DecisionScope.FINDING)
    return {one.finding_id: one.sequence for one in about if one.action not in NO_PART_OF_A_VERDICT}
