"""The ledger on a real PostgreSQL server, with as many writers as a busy day has."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import make_url
from typer.testing import CliRunner

from corpus_audit.cli import app
from corpus_audit.errors import LedgerError
from corpus_audit.ledger import Ledger, database_url
from corpus_audit.ledger.database import grant_writing
from e2e.topology import make_databases
from integration import ledger_writer
from integration.ledger_writer import decision, open_at
from tampering import REFUSED_BY_DATABASE, TAMPERINGS

WRITERS, APPENDS = 8, 25


@pytest.fixture
def database(postgresql: str) -> Iterator[str]:
    """The address of a new database: nothing of what other tests write to the server's own is in it."""
    name = f"own_{uuid4().hex}"
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield make_url(postgresql).set(database=name).render_as_string(hide_password=False)
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_eight_processes_that_start_at_once_never_fork_the_chain(database: str) -> None:
    program = [sys.executable, ledger_writer.__file__, database]
    writers = [subprocess.Popen([*program, f"writer-{number}", str(APPENDS)]) for number in range(WRITERS)]
    assert [writer.wait(120) for writer in writers] == [0] * WRITERS
    ledger = open_at(database)
    check = ledger.verify()
    assert (check.entries, check.problems) == (2 * WRITERS * APPENDS, ())
    entries = ledger.entries()
    assert len({entry.previous_sha256 for entry in entries}) == len(entries)
    for number in range(WRITERS):
        own = [entry.finding_id for entry in entries if entry.author == f"writer-{number}"]
        assert own == [f"writer-{number}-{place}" for place in range(2 * APPENDS)]
    ledger.engine.dispose()


@pytest.mark.parametrize("statement", ["UPDATE {} SET reason = ''", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_database_itself_refuses_all_but_appending(database: str, statement: str) -> None:
    open_at(database).append([decision("steward", 0)])
    with psycopg.connect(database) as connection, pytest.raises(psycopg.Error, match="append-only"):
        connection.execute(statement.format("corpus_audit_ledger"))


def test_a_change_behind_the_triggers_is_found(database: str) -> None:
    ledger = open_at(database)
    last = ledger.append([decision("steward", 0), decision("steward", 1)])[-1]
    with psycopg.connect(database) as connection:
        connection.execute("SET session_replication_role = replica")  # as a superuser can: triggers do not fire
        connection.execute("UPDATE corpus_audit_ledger SET author = 'x' WHERE sequence = %s", [last.sequence])
    assert ledger.verify().problems == (f"Entry {last.sequence} was changed: its content no longer gives its sha256.",)


def test_an_unreachable_server_is_named_without_its_password() -> None:
    with pytest.raises(LedgerError) as refused:
        open_at("postgresql://steward:s3cret@127.0.0.1:1/ledger")
    assert "127.0.0.1:1/ledger" in str(refused.value)
    assert "s3cret" not in str(refused.value)


@pytest.fixture
def four(database: str) -> Iterator[tuple[str, Ledger, dict[int, str]]]:
    """A database with a ledger of four entries: its address, the ledger, and the sha256 of the entries."""
    ledger = open_at(database)
    entries = ledger.append([decision("steward", number) for number in range(4)])
    yield database, ledger, {entry.sequence: entry.sha256 for entry in entries}
    ledger.engine.dispose()


@pytest.mark.parametrize("statement", TAMPERINGS)
def test_whatever_was_altered_is_found(four: tuple[str, Ledger, dict[int, str]], statement: str) -> None:
    address, ledger, noted = four
    with psycopg.connect(address) as connection:
        connection.execute("SET session_replication_role = replica")
        for part in statement.split(";"):
            connection.execute(part)
    assert TAMPERINGS[statement] in " ".join(ledger.verify(noted).problems)


def test_the_database_refuses_to_tamper(four: tuple[str, Ledger, dict[int, str]]) -> None:
    address, ledger, _noted = four
    for statement in REFUSED_BY_DATABASE:
        with psycopg.connect(address) as connection, pytest.raises(psycopg.Error, match="append-only"):
            connection.execute(statement)
    assert ledger.verify().problems == ()


def test_a_writer_may_insert_and_read_and_nothing_else(four: tuple[str, Ledger, dict[int, str]]) -> None:
    address, ledger, _noted = four
    role = f"writer_{uuid4().hex}"
    with psycopg.connect(address) as connection:
        connection.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'w'")
    grant_writing(database_url(Path("unused"), {"CORPUS_AUDIT_DATABASE_URL": address}), role)
    as_writer = make_url(address).set(username=role, password="w").render_as_string(hide_password=False)
    _check_writer(as_writer, ledger)


def test_the_roles_of_the_deployment_keep_airflow_from_the_ledger(
    postgresql: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    variables = dict.fromkeys(("AIRFLOW_DATABASE_PASSWORD", "LEDGER_OWNER_PASSWORD", "LEDGER_WRITER_PASSWORD"), "p")
    make_databases(postgresql, variables)

    def address(role: str) -> str:
        return make_url(postgresql).set(username=role, database="ledger").render_as_string(hide_password=False)

    monkeypatch.setenv("CORPUS_AUDIT_DATABASE_URL", address("ledger_owner"))
    for _ in range(2):  # at each start of the deployment
        prepared = CliRunner().invoke(app, ["ledger", "prepare", "--writer", "ledger_writer"])
        assert prepared.exit_code == 0, prepared.output
    owner = open_at(address("ledger_owner"))
    owner.append([decision("steward", number) for number in range(4)])
    _check_writer(address("ledger_writer"), owner)
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(address("airflow"))
    with psycopg.connect(postgresql) as connection:
        told = connection.execute("SELECT rolname FROM pg_roles WHERE rolsuper").fetchall()
    assert {name for (name,) in told} == {make_url(postgresql).username or "postgres"}
    owner.engine.dispose()


def _check_writer(as_writer: str, ledger: Ledger) -> None:
    """Check that a role may append to a ledger of four entries, and change nothing of it or of its tables."""
    writer = open_at(as_writer)
    (entry,) = writer.append([decision("steward", 5)])
    assert (entry.sequence, ledger.head(), writer.verify().problems) == (5, (5, entry.sha256), ())
    statements = (
        *REFUSED_BY_DATABASE[:6],
        "TRUNCATE corpus_audit_ledger",
        "DROP TABLE corpus_audit_ledger",
        "ALTER TABLE corpus_audit_ledger DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
    )
    for statement in statements:
        with psycopg.connect(as_writer) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)
    with psycopg.connect(as_writer) as connection:
        if connection.execute("SELECT has_database_privilege(current_database(), 'TEMP')").fetchone() == (True,):
            connection.execute("CREATE TEMP TABLE corpus_audit_ledger (LIKE public.corpus_audit_ledger)")
        skipping = REFUSED_BY_DATABASE[6].replace("corpus_audit_ledger", "public.corpus_audit_ledger")
        with pytest.raises(psycopg.Error, match="append-only"):
            connection.execute(skipping.replace("sequence = 4", "sequence = 5"))
    writer.engine.dispose()
