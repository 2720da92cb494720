"""The ledger on a real PostgreSQL server, with as many writers as a busy day has."""

import subprocess
import sys

import psycopg
import pytest

from corpus_audit.errors import LedgerError
from integration import ledger_writer
from integration.ledger_writer import decision, open_at

WRITERS, APPENDS = 8, 25


def test_eight_processes_that_start_at_once_never_fork_the_chain(postgresql: str) -> None:
    program = [sys.executable, ledger_writer.__file__, postgresql]
    writers = [subprocess.Popen([*program, f"writer-{number}", str(APPENDS)]) for number in range(WRITERS)]
    assert [writer.wait(120) for writer in writers] == [0] * WRITERS
    ledger = open_at(postgresql)
    check = ledger.verify()
    assert (check.entries, check.problems) == (2 * WRITERS * APPENDS, ())
    entries = ledger.entries()
    assert len({entry.previous_sha256 for entry in entries}) == len(entries)
    for number in range(WRITERS):
        own = [entry.finding_id for entry in entries if entry.author == f"writer-{number}"]
        assert own == [f"writer-{number}-{place}" for place in range(2 * APPENDS)]


@pytest.mark.parametrize("statement", ["UPDATE {} SET reason = ''", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_database_itself_refuses_all_but_appending(postgresql: str, statement: str) -> None:
    open_at(postgresql).append([decision("steward", 0)])
    with psycopg.connect(postgresql) as connection, pytest.raises(psycopg.Error, match="append-only"):
        connection.execute(statement.format("corpus_audit_ledger"))


def test_a_change_behind_the_triggers_is_found(postgresql: str) -> None:
    ledger = open_at(postgresql)
    last = ledger.append([decision("steward", 0), decision("steward", 1)])[-1]
    with psycopg.connect(postgresql) as connection:
        connection.execute("SET session_replication_role = replica")  # as a superuser can: triggers do not fire
        connection.execute("UPDATE corpus_audit_ledger SET author = 'x' WHERE sequence = %s", [last.sequence])
    assert ledger.verify().problems == (f"Entry {last.sequence} was changed: its content no longer gives its sha256.",)


def test_an_unreachable_server_is_named_without_its_password() -> None:
    with pytest.raises(LedgerError) as refused:
        open_at("postgresql://steward:s3cret@127.0.0.1:1/ledger")
    assert "127.0.0.1:1/ledger" in str(refused.value)
    assert "s3cret" not in str(refused.value)
