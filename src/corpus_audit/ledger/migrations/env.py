"""Alembic's entry point: run the migrations on the ledger's connection."""

from alembic import context

from corpus_audit.ledger.database import VERSION_TABLE
from corpus_audit.ledger.table import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
