"""Who mends what is to be mended: a name in front of the reason of a decision, as people read it in every export."""

import re
from dataclasses import dataclass

from corpus_audit.ledger.chain import Entry
from corpus_audit.vocabulary import DecisionAction

_ASSIGNED = re.compile(r"Assigned to ([^:\n]{1,200}): ")


@dataclass(frozen=True)
class Assignment:
    """A name, the day by which it is due ('' for none), and the reason without both."""

    assignee: str
    due_on: str
    reason: str


def assigned(assignee: str, reason: str) -> str:
    """Return the reason of a decision that assigns its subject to a person; an empty reason stays empty."""
    name = " ".join(assignee.replace(":", " ").split())
    return f"Assigned to {name}: {reason}" if name and reason.strip() else reason


def assignment_of(entry: Entry) -> Assignment | None:
    """Return who is to mend the subject of an entry, None where it names no person."""
    found = _ASSIGNED.match(entry.reason)
    if entry.action != DecisionAction.REMEDIATE or found is None:
        return None
    return Assignment(found[1], entry.expires_at[:10], entry.reason[found.end() :])
