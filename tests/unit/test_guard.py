"""Workers that parse foreign bytes: their limits, their environment, and how they end."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from corpus_audit import guard
from corpus_audit.errors import GuardError, StoreError
from corpus_audit.guard import Limits, WorkerDiedError, WorkerError, watch
from corpus_audit.guard.death import Cause
from corpus_audit.guard.environment import worker_environment
from corpus_audit.guard.nursery import Nursery
from corpus_audit.pipeline.guarded_measuring import run_guarded
from corpus_audit.store import AuditFolder
from unit.guarded_tasks import (
    count,
    crash,
    environment,
    fail,
    hand_over,
    hand_over_and_crash,
    hold,
    kill,
    kill_first,
    load,
    loaded_by,
    own_pid,
    parent,
    spin,
)

SMALL = Limits(memory_mib=768, file_seconds=100)
SHORT = replace(SMALL, file_seconds=1)
SECRETS = {
    "CORPUS_AUDIT_DATABASE_URL": "postgresql://u:secret@h/d",
    "CORPUS_AUDIT_SIGNING_PASSPHRASE": "secret",
    "AIRFLOW__CORE__FERNET_KEY": "secret",
    "AWS_SECRET_ACCESS_KEY": "secret",
}


def test_a_second_reading_begins_once_more_where_a_signal_ended_it(tmp_path: Path) -> None:
    audit = AuditFolder(tmp_path)
    (tmp_path / "run.json").write_text(json.dumps({"root": str(tmp_path)}))
    assert run_guarded(kill_first, audit, 1, str(tmp_path / "begun")) == 2
    with pytest.raises(GuardError, match="ended from outside"):
        run_guarded(kill_first, audit, 2, str(tmp_path / "again"))
    assert (tmp_path / "again").stat().st_size == 2


@pytest.mark.parametrize(
    ("task", "arguments", "cause", "place"),
    [
        (spin, (), Cause.PROCESSOR_TIME, "spinning"),
        (hold, (1200,), Cause.MEMORY, "large"),
        (hold, (4000,), Cause.MEMORY, "large"),
        (crash, (), Cause.CRASH, "crashing"),
        (kill, (), Cause.KILLED, "killed"),
    ],
)
def test_what_a_file_does_to_its_worker_is_told(
    task: object, arguments: tuple, cause: Cause, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "WALL_FACTOR", 600)  # the machine may be busy
    with pytest.raises(WorkerDiedError) as raised:
        guard.run(task, *arguments, limits=SHORT if cause is Cause.PROCESSOR_TIME else SMALL)
    assert (raised.value.death.cause, raised.value.death.place) == (cause, place)
    assert guard.run(own_pid) != os.getpid()


def test_a_worker_is_reused_and_one_that_was_ended_meanwhile_is_replaced() -> None:
    first = guard.run(own_pid)
    assert guard.run(own_pid) == first
    _kill(first)
    assert guard.run(own_pid) != first


def test_what_is_loaded_once_each_worker_has() -> None:
    first, loaded = guard.run(loaded_by, preload=load)
    _kill(first)
    second, loaded_again = guard.run(loaded_by, preload=load)
    assert first != second
    assert loaded == loaded_again == [guard.run(parent)]


def test_workers_are_forked_anew_though_what_they_are_forked_from_was_ended() -> None:
    ended = guard.run(parent)
    _kill(ended)
    _kill(guard.run(own_pid))
    assert guard.run(parent) != ended


def test_what_was_ended_and_still_looks_alive_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = guard.run(parent)
    _kill(ended)
    _kill(guard.run(own_pid))
    monkeypatch.setattr(Nursery, "is_alive", lambda _self: True)
    assert guard.run(parent) != ended


def test_a_worker_that_retires_while_it_is_asked_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    first = guard.run(own_pid)
    (retiring,) = [worker for worker in guard.pool._POOL._idle if worker.pid == first]
    retiring._requests.close()  # it ends by itself, with code 0
    _await_end(first)
    looks_alive = iter([True])
    monkeypatch.setattr(retiring, "is_alive", lambda: next(looks_alive, False))
    retiring._requests = open_pipe()
    assert guard.run(own_pid) != first


def test_a_worker_has_no_secrets_in_its_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    found = guard.run(environment)
    assert "secret" not in "".join(found.values())
    assert {"PATH"} <= set(found)


def test_a_worker_gets_the_credentials_of_the_place_that_it_reads() -> None:
    given = {**SECRETS, "PATH": "p", "HF_TOKEN": "secret"}
    assert worker_environment(given) == {"PATH": "p"}
    assert set(worker_environment(given, "s3://bucket/folder")) == {"PATH", "AWS_SECRET_ACCESS_KEY"}
    assert set(worker_environment(given, "hf://datasets/a/b")) == {"PATH", "HF_TOKEN"}


def test_errors_of_a_task_arrive_without_quoting_data() -> None:
    with pytest.raises(StoreError, match="the store is not there"):
        guard.run(fail, StoreError("the store is not there"))
    with pytest.raises(OSError, match="No space left") as raised:
        guard.run(fail, OSError(28, "No space left", "/disk/file"))
    assert (raised.value.errno, raised.value.filename) == (28, "/disk/file")
    with pytest.raises(WorkerError, match=r"^ValueError in fail, line [0-9]+$"):
        guard.run(fail, ValueError("a person's address"))


def test_progress_is_told_while_a_task_runs() -> None:
    told: list[int] = []
    assert guard.run(count, 4, advance=told.append) == 4
    assert told == [3, 3, 3, 3]


def test_pieces_of_a_result_arrive_in_their_order() -> None:
    pieces = [b"", b"first", bytes(1 << 20)]
    assert list(guard.stream(hand_over, pieces)) == pieces


def test_what_is_not_wanted_to_its_end_leaves_no_worker_behind() -> None:
    first = next(pieces := guard.stream(hand_over, [b"one", bytes(1 << 20)]))
    pieces.close()
    assert first == b"one"
    assert list(guard.stream(hand_over, [b"two"])) == [b"two"]


def test_a_worker_may_die_between_two_pieces() -> None:
    pieces = guard.stream(hand_over_and_crash)
    assert next(pieces) == b"a piece"
    with pytest.raises(WorkerDiedError) as raised:
        next(pieces)
    assert raised.value.death.place == "crashing"


PARENT = """
import signal, sys, threading, time
sys.path[:] = {path!r}
from corpus_audit import guard
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # the tests may have been started with nohup
from unit.test_guard import spin
for _ in range(2):
    threading.Thread(target=guard.run, args=(spin,), daemon=True).start()
while len(guard.pool._POOL._busy) < 2:
    time.sleep(0.01)
time.sleep(1)
print(*(worker.pid for worker in guard.pool._POOL._busy), flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_workers_end_with_their_parent_though_they_are_busy(number: signal.Signals) -> None:
    command = [sys.executable, "-c", PARENT.format(path=sys.path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(pids) == 2
        assert all(map(_is_running, pids))
        parent.send_signal(number)
    _await_end(*pids)


def open_pipe() -> Connection:
    return Connection(os.pipe()[1], readable=False)


def _kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    _await_end(pid)


def _await_end(*pids: int) -> None:
    deadline = time.monotonic() + 5
    while any(map(_is_running, pids)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not any(map(_is_running, pids))


def _is_running(pid: int) -> bool:
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
