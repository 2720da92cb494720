"""What the database itself refuses: a head that is set back, an entry that takes the place of another, time going back.

The head follows each entry by a trigger, so that a role which may only insert and read can write to the ledger.
"""

from alembic import op

revision = "0002"
down_revision = "0001"

_LAST = "(SELECT {column} FROM corpus_audit_ledger ORDER BY sequence DESC LIMIT 1)"
_FOLLOWS = f"""new.sequence = coalesce({_LAST.format(column="sequence")}, 0) + 1
    AND new.previous_sha256 = coalesce({_LAST.format(column="sha256")}, '{"0" * 64}')
    AND new.decided_at >= coalesce({_LAST.format(column="decided_at")}, '')"""
_IS_LAST = (
    f"new.id = 1 AND new.sequence = {_LAST.format(column='sequence')} AND new.sha256 = {_LAST.format(column='sha256')}"
)

_SQLITE = (
    f"""CREATE TRIGGER corpus_audit_ledger_follows BEFORE INSERT ON corpus_audit_ledger WHEN NOT ({_FOLLOWS})
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
    """CREATE TRIGGER corpus_audit_ledger_moves_head AFTER INSERT ON corpus_audit_ledger
    BEGIN UPDATE corpus_audit_ledger_head SET sequence = new.sequence, sha256 = new.sha256; END""",
    f"""CREATE TRIGGER corpus_audit_ledger_head_moves BEFORE UPDATE ON corpus_audit_ledger_head
    WHEN NOT ({_IS_LAST} AND new.sequence > old.sequence)
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
    """CREATE TRIGGER corpus_audit_ledger_head_stays BEFORE DELETE ON corpus_audit_ledger_head
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
    """CREATE TRIGGER corpus_audit_ledger_head_is_one BEFORE INSERT ON corpus_audit_ledger_head
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
)

_POSTGRESQL = (
    """CREATE FUNCTION corpus_audit_ledger_check() RETURNS trigger LANGUAGE plpgsql
    SET search_path = {schema}, pg_temp AS
    $$ BEGIN IF NOT ({follows}) THEN RAISE EXCEPTION 'the ledger is append-only'; END IF; RETURN new; END $$""",
    """CREATE TRIGGER corpus_audit_ledger_follows BEFORE INSERT ON corpus_audit_ledger
    FOR EACH ROW EXECUTE FUNCTION corpus_audit_ledger_check()""",
    """CREATE FUNCTION corpus_audit_ledger_move_head() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = {schema}, pg_temp AS
    $$ BEGIN EXECUTE format('UPDATE %I.corpus_audit_ledger_head SET sequence = $1, sha256 = $2', TG_TABLE_SCHEMA)
    USING new.sequence, new.sha256; RETURN NULL; END $$""",
    """CREATE TRIGGER corpus_audit_ledger_moves_head AFTER INSERT ON corpus_audit_ledger
    FOR EACH ROW EXECUTE FUNCTION corpus_audit_ledger_move_head()""",
    """CREATE FUNCTION corpus_audit_ledger_head_check() RETURNS trigger LANGUAGE plpgsql
    SET search_path = {schema}, pg_temp AS
    $$ BEGIN IF new.id <> 1 OR new.sequence <= old.sequence
    OR NOT EXISTS (SELECT 1 FROM corpus_audit_ledger l WHERE l.sequence = new.sequence AND l.sha256 = new.sha256)
    THEN RAISE EXCEPTION 'the ledger is append-only'; END IF; RETURN new; END $$""",
    """CREATE TRIGGER corpus_audit_ledger_head_moves BEFORE UPDATE ON corpus_audit_ledger_head
    FOR EACH ROW EXECUTE FUNCTION corpus_audit_ledger_head_check()""",
    """CREATE TRIGGER corpus_audit_ledger_head_stays BEFORE INSERT OR DELETE OR TRUNCATE ON corpus_audit_ledger_head
    FOR EACH STATEMENT EXECUTE FUNCTION corpus_audit_ledger_refuse()""",
)


def upgrade() -> None:
    """Make the triggers."""
    if op.get_context().dialect.name == "sqlite":
        statements: tuple[str, ...] = _SQLITE
    else:
        # A schema of their own, so that no temporary table of a writer takes the place of the ledger in a check.
        schema = op.get_bind().exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
        statements = tuple(_filled(statement, schema) for statement in _POSTGRESQL)
    for statement in statements:
        op.execute(statement)


def _filled(statement: str, schema: str) -> str:
    return statement.replace("{schema}", schema).replace("{follows}", _FOLLOWS)


def downgrade() -> None:
    """Refuse: a protection that was made is never taken away."""
    message = "A ledger's protection is never taken away."
    raise NotImplementedError(message)
