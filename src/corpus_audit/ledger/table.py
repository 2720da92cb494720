"""The ledger's tables for SQLAlchemy; the migrations create them."""

from sqlalchemy import Column, Integer, MetaData, Table, Text

from corpus_audit.ledger.chain import COLUMNS

METADATA = MetaData()

LEDGER = Table(
    "corpus_audit_ledger",
    METADATA,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    *(Column(name, Text, nullable=False) for name in COLUMNS if name != "sequence"),
)

HEAD = Table(
    "corpus_audit_ledger_head",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("sequence", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
)
"""One row: the last entry. Writers lock it, so that each sees the entry that the one before it wrote."""
