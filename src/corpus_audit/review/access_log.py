"""Who read what: texts of records, reports and bundles, noted in the ledger before they are sent."""

from collections import OrderedDict
from dataclasses import dataclass, field

from corpus_audit.ledger import Decision, Ledger
from corpus_audit.review.access import Person
from corpus_audit.review.index import ListedAudit
from corpus_audit.vocabulary import DecisionAction, DecisionScope

_HOUR = len("2026-11-29T12")
_REMEMBERED = 10_000


@dataclass(frozen=True)
class AccessLog:
    """The ledger as a log of reading. What a person reads again within the same hour is noted once by each process."""

    ledger: Ledger
    _lately: "OrderedDict[tuple[str, ...], None]" = field(default_factory=OrderedDict)

    def note(self, person: Person, listed: ListedAudit, what: str, digest: str = "") -> None:
        """Note that a person reads something of an audit; *what* names it, *digest* its exact bytes.

        Raises LedgerError when that cannot be written: then nothing is shown.
        """
        hour = self.ledger.clock().isoformat()[:_HOUR]
        read = (person.name, person.role, listed.audit_id, what, digest, hour)
        if read in self._lately:
            return
        self.ledger.append(
            [
                Decision(
                    action=DecisionAction.READ,
                    scope=DecisionScope.AUDIT,
                    dataset_id=listed.dataset_id,
                    audit_id=listed.audit_id,
                    reason=what,
                    author=person.name,
                    role=person.role,
                    evidence_sha256=digest,
                )
            ]
        )
        self._lately[read] = None
        while len(self._lately) > _REMEMBERED:
            self._lately.popitem(last=False)
