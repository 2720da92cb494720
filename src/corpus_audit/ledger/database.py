"""The ledger's database: its connections and its migrations."""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from corpus_audit.config.privacy import make_private, private_files
from corpus_audit.errors import LedgerError
from corpus_audit.ledger.place import FILE_NAME, given_address

VERSION_TABLE = "corpus_audit_ledger_version"
REVISION = "0003"
"""The migration that this version of the program works with."""

_POSTGRESQL = ("postgresql", "postgres", "postgresql+psycopg")
_MIGRATION_LOCK = 0x636F7270
_WRITING_LOCK = 0x636F7271
_ROLE = re.compile(r"[a-z_][a-z0-9_]{0,62}")


def database_url(store: Path, environ: Mapping[str, str] = os.environ) -> URL:
    """Return where the ledger of a store is: ``CORPUS_AUDIT_DATABASE_URL``, or a SQLite file in the store.

    Raises LedgerError when the address is not one of SQLite or PostgreSQL, StoreError when it is none of PostgreSQL and
    the store is in a bucket.
    """
    given = given_address(store, environ)
    if given is None:
        return URL.create("sqlite", database=str(store / FILE_NAME))
    try:
        url = make_url(given)
    except (ArgumentError, ValueError):  # the latter for a port that is no number
        url = URL.create("unreadable")
    if url.drivername in _POSTGRESQL:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite":
        return url
    message = "CORPUS_AUDIT_DATABASE_URL is no address of a database: give postgresql://… or sqlite:///…."
    raise LedgerError(message)


def is_there(url: URL) -> bool:
    """True if a database may be there; a SQLite file is not created by this check."""
    return url.get_backend_name() != "sqlite" or Path(url.database or "").is_file()


@cache
def open_engine(url: URL) -> Engine:
    """Return an engine for a database with the ledger's tables; one per process and address.

    Raises LedgerError when the database cannot be reached or is of a later version.
    """
    engine = _sqlite_engine(url) if url.get_backend_name() == "sqlite" else create_engine(url, pool_pre_ping=True)
    with reporting(url):
        _migrate(engine)
    return engine


@contextmanager
def reporting(url: URL) -> Iterator[None]:
    """Turn what goes wrong with the database into a LedgerError that names it and holds no values."""
    try:
        yield
    except SQLAlchemyError as error:
        cause = getattr(error, "orig", None) or error
        where = url.render_as_string(hide_password=True)
        message = f"The ledger {where} cannot be used ({type(cause).__name__}): check that it is there and writable."
        raise LedgerError(message) from error


def _sqlite_engine(url: URL) -> Engine:
    if url.database:
        with private_files():
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        make_private(Path(url.database))
    engine = create_engine(url, connect_args={"timeout": 60})

    # The driver would begin transactions late and only for some statements; the chain needs them where they stand.
    @event.listens_for(engine, "connect")
    def _no_implicit_transactions(connection: Any, _record: object) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def writing(engine: Engine) -> Engine:
    """Return the engine for transactions that write: in SQLite they must wait for each other from their first line."""
    return engine.execution_options(writes=True)


def reading(engine: Engine) -> Engine:
    """Return the engine for transactions that read: each sees the ledger as it was when it began."""
    return engine if engine.dialect.name == "sqlite" else engine.execution_options(isolation_level="REPEATABLE READ")


def lock_for_writing(connection: Connection) -> None:
    """Wait until no other process writes; in SQLite the transaction itself does."""
    if connection.engine.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITING_LOCK})


def grant_writing(url: URL, role: str) -> None:
    """Let a role of PostgreSQL insert into the ledger and read it, and nothing else; raises LedgerError.

    The tables are made by the role in *url*, which owns them.
    """
    if url.get_backend_name() != "postgresql" or not _ROLE.fullmatch(role):
        message = f"{role!r} is not a role that can be given access: name one of PostgreSQL, in small letters."
        raise LedgerError(message)
    engine = open_engine(url)
    tables = "corpus_audit_ledger", "corpus_audit_ledger_head", VERSION_TABLE
    with reporting(url), writing(engine).begin() as connection:
        for table in tables:
            connection.execute(text(f"REVOKE ALL ON {table} FROM {role}, PUBLIC"))
            connection.execute(text(f"GRANT SELECT ON {table} TO {role}"))
        connection.execute(text(f"GRANT INSERT ON corpus_audit_ledger TO {role}"))


def _migrate(engine: Engine) -> None:
    if _revision(engine) == REVISION:
        return
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "corpus_audit.ledger:migrations")
    with writing(engine).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    if _revision(engine) != REVISION:
        message = "The ledger was written by a later version of corpus-audit: use that version."
        raise LedgerError(message)


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table(VERSION_TABLE):
            return None
        return connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608 - a constant
