"""What a verdict needs to know of stewards' decisions, and which findings they waive on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from corpus_audit.vocabulary import DecisionAction

WAIVING = frozenset({DecisionAction.ACCEPT_RISK, DecisionAction.FALSE_POSITIVE})
"""Actions that take a finding out of the verdict. A promise to mend data or to leave a source out does not: the next
audit shows whether it was kept. Nor does an approval of a whole audit."""


@dataclass(frozen=True)
class FindingDecision:
    """What a steward decided about one finding, and the last day on which that holds; None: until another follows."""

    finding_id: str
    action: DecisionAction
    expires_on: date | None = None

    def waives_on(self, day: date) -> bool:
        """Does it take its finding out of a verdict of that day?"""
        return self.action in WAIVING and (self.expires_on is None or day <= self.expires_on)


def waived_findings(decisions: Iterable[FindingDecision], day: date) -> frozenset[str]:
    """Return the ids of the findings that *decisions*, oldest first, waive on *day*.

    Only the last decision about a finding counts, so that a steward can take a waiver back and a waiver that ran out
    opens its finding again, whatever was decided before.
    """
    last = {decision.finding_id: decision for decision in decisions}
    return frozenset(finding_id for finding_id, decision in last.items() if decision.waives_on(day))
