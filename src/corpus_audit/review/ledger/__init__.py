"""The ledger: an append-only, hash-chained list of what people decided, in SQLite or PostgreSQL."""

from corpus_audit.review.ledger.chain import Entry, LedgerCheck
from corpus_audit.review.ledger.database import database_url, has_ledger
from corpus_audit.review.ledger.deciding import Judgement, decide
from corpus_audit.review.ledger.decision import Decision
from corpus_audit.review.ledger.ledger import Ledger, format_time, open_ledger
from corpus_audit.review.ledger.standing import Decided, evidence_digest, standings

__all__ = [
    "Decided",
    "Decision",
    "Entry",
    "Judgement",
    "Ledger",
    "LedgerCheck",
    "database_url",
    "decide",
    "evidence_digest",
    "format_time",
    "has_ledger",
    "open_ledger",
    "standings",
]
