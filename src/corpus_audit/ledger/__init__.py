"""The ledger: an append-only, hash-chained list of decisions, in SQLite or PostgreSQL."""

from corpus_audit.ledger.approval import Approval, approval_of
from corpus_audit.ledger.chain import Entry, LedgerCheck
from corpus_audit.ledger.database import database_url, has_ledger
from corpus_audit.ledger.decide import DecisionRequest, decide
from corpus_audit.ledger.decision import Decision
from corpus_audit.ledger.ledger import Ledger, Reads, entries_about, format_time, open_ledger
from corpus_audit.ledger.status import Decided, evidence_digest, statuses

__all__ = [
    "Approval",
    "Decided",
    "Decision",
    "DecisionRequest",
    "Entry",
    "Ledger",
    "LedgerCheck",
    "Reads",
    "approval_of",
    "database_url",
    "decide",
    "entries_about",
    "evidence_digest",
    "format_time",
    "has_ledger",
    "open_ledger",
    "statuses",
]
