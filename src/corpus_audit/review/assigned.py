"""What a person is to mend: decisions that name them and that no later one about the same finding replaced."""

from collections.abc import Iterator
from dataclasses import dataclass

from corpus_audit.ledger import Entry, Ledger
from corpus_audit.ledger.approval import NO_PART_OF_A_VERDICT
from corpus_audit.ledger.assignment import Assignment, assignment_of
from corpus_audit.vocabulary import DecisionAction, DecisionScope

_NEVER = "9999"


@dataclass(frozen=True)
class AssignedWork:
    """One decision that a person is to carry out: where it was taken, and what it says."""

    entry: Entry
    assignment: Assignment


def assigned_to(ledger: Ledger, name: str, limit: int) -> tuple[AssignedWork, ...]:
    """Return what a person is to mend, the soonest due first; a decision about findings of several packs once."""
    work = {(one.entry.dataset_id, one.entry.decided_at, one.entry.reason): one for one in _open_work(ledger, name)}
    return tuple(sorted(work.values(), key=lambda one: (one.assignment.due_on or _NEVER, one.entry.sequence))[:limit])


def _open_work(ledger: Ledger, name: str) -> Iterator[AssignedWork]:
    for entry in reversed(ledger.entries(action=DecisionAction.REMEDIATE, scope=DecisionScope.FINDING)):
        assignment = assignment_of(entry)
        if assignment and assignment.assignee.casefold() == name.casefold() and _is_last(ledger, entry):
            yield AssignedWork(entry, assignment)


def _is_last(ledger: Ledger, entry: Entry) -> bool:
    about = ledger.entries(dataset_id=entry.dataset_id, finding_id=entry.finding_id)
    return max(one.sequence for one in about if one.action not in NO_PART_OF_A_VERDICT) == entry.sequence
