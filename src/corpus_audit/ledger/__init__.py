"""The ledger: an append-only, hash-chained list of decisions, in SQLite or PostgreSQL."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from corpus_audit.ledger.approval import Approval, approval_of
from corpus_audit.ledger.chain import Entry, LedgerCheck, altered, format_time
from corpus_audit.ledger.decide import DecisionRequest, decide
from corpus_audit.ledger.decision import Decision
from corpus_audit.ledger.entries import entries_about, has_ledger, lacking_entries
from corpus_audit.ledger.status import Decided, evidence_digest, statuses

if TYPE_CHECKING:
    from corpus_audit.ledger.database import database_url
    from corpus_audit.ledger.ledger import Ledger, Reads, open_ledger

__all__ = [
    "Approval",
    "Decided",
    "Decision",
    "DecisionRequest",
    "Entry",
    "Ledger",
    "LedgerCheck",
    "Reads",
    "altered",
    "approval_of",
    "database_url",
    "decide",
    "entries_about",
    "evidence_digest",
    "format_time",
    "has_ledger",
    "lacking_entries",
    "open_ledger",
    "statuses",
]

_IN_A_DATABASE = {"Ledger": "ledger", "Reads": "ledger", "database_url": "database", "open_ledger": "ledger"}


def __getattr__(name: str) -> Any:
    # Loaded on first use: an audit in a store without a ledger needs no SQLAlchemy.
    if name in _IN_A_DATABASE:
        return getattr(import_module(f"{__name__}.{_IN_A_DATABASE[name]}"), name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
