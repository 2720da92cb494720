"""The ledger, its head, and the triggers that allow only appending to both."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_TEXTS = (
    "decided_at", "author", "role", "action", "scope", "dataset_id", "audit_id", "finding_id", "source_id",
    "evidence_sha256", "reason", "expires_at", "evidence_link",
)  # fmt: skip

_SQLITE = (
    """CREATE TRIGGER corpus_audit_ledger_no_update BEFORE UPDATE ON corpus_audit_ledger
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
    """CREATE TRIGGER corpus_audit_ledger_no_delete BEFORE DELETE ON corpus_audit_ledger
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
)

_POSTGRESQL = (
    """CREATE FUNCTION corpus_audit_ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$""",
    """CREATE TRIGGER corpus_audit_ledger_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON corpus_audit_ledger
    FOR EACH STATEMENT EXECUTE FUNCTION corpus_audit_ledger_refuse()""",
)


def upgrade() -> None:
    """Make the tables. That two entries follow the same one is refused by the database itself."""
    op.create_table(
        "corpus_audit_ledger",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in _TEXTS),
        sa.Column("previous_sha256", sa.Text, nullable=False, unique=True),
        sa.Column("sha256", sa.Text, nullable=False, unique=True),
    )
    op.create_index("corpus_audit_ledger_dataset", "corpus_audit_ledger", ["dataset_id", "sequence"])
    op.create_index("corpus_audit_ledger_audit", "corpus_audit_ledger", ["audit_id", "sequence"])
    head = op.create_table(
        "corpus_audit_ledger_head",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
    )
    op.bulk_insert(head, [{"id": 1, "sequence": 0, "sha256": "0" * 64}])
    for statement in _SQLITE if op.get_context().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    """Refuse: what people decided is never dropped."""
    message = "A ledger is never taken back to nothing."
    raise NotImplementedError(message)
