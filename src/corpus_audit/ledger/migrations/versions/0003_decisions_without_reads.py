"""An index of what was decided: most entries are notes of who read what, and every page asks for the others."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the index; both databases use it where a query names the condition."""
    op.execute(
        "CREATE INDEX corpus_audit_ledger_decided ON corpus_audit_ledger (dataset_id, sequence) WHERE action <> 'read'"
    )


def downgrade() -> None:
    """Refuse: a ledger is never taken back."""
    message = "A ledger is never taken back."
    raise NotImplementedError(message)
