"""The ledger: an append-only, hash-chained list of decisions, in SQLite or PostgreSQL."""

from corpus_audit.ledger.chain import Entry, LedgerCheck
from corpus_audit.ledger.database import database_url, has_ledger
from corpus_audit.ledger.decide import DecisionRequest, decide
from corpus_audit.ledger.decision import Decision
from corpus_audit.ledger.ledger import Ledger, format_time, open_ledger
from corpus_audit.ledger.status import Decided, evidence_digest, statuses

__all__ = [
    "Decided",
    "Decision",
    "DecisionRequest",
    "Entry",
    "Ledger",
    "LedgerCheck",
    "database_url",
    "decide",
    "evidence_digest",
    "format_time",
    "has_ledger",
    "open_ledger",
    "statuses",
]
