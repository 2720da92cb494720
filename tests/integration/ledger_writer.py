"""One process that writes to the ledger: ``python ledger_writer.py URL AUTHOR APPENDS``."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from corpus_audit.ledger import Decision, Ledger, open_ledger
from corpus_audit.vocabulary import DecisionAction, DecisionScope, Role


def open_at(url: str) -> Ledger:
    """Return the ledger at an address."""
    return open_ledger(Path("unused"), environ={"CORPUS_AUDIT_DATABASE_URL": url})


def decision(author: str, number: int) -> Decision:
    """Return a decision of *author* about the finding *number* of theirs."""
    return Decision(
        action=DecisionAction.ACCEPT_RISK,
        scope=DecisionScope.FINDING,
        dataset_id="dataset",
        audit_id="audit",
        reason=f"reason {number}",
        author=author,
        role=Role.STEWARD,
        finding_id=f"{author}-{number}",
        expires_at=datetime.now(UTC) + timedelta(days=30),
    )


def main(url: str, author: str, appends: int) -> None:
    """Append *appends* times two decisions."""
    ledger = open_at(url)
    for number in range(appends):
        ledger.append([decision(author, 2 * number), decision(author, 2 * number + 1)])


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
