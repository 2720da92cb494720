"""Processes compile a function one after another, and wait for none that has ended or, more than once, stopped."""

import fcntl
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from corpus_audit.measure import compiling_alone
from corpus_audit.measure.compiled_sources import hash_sources
from corpus_audit.measure.compiling import compiled
from corpus_audit.measure.compiling_alone import one_at_a_time

THIS = hash_sources()
OTHER = bytes([THIS[0] ^ 1])
_HOLDS_IT = f"""
import sys
from corpus_audit.measure.compiling_alone import one_at_a_time
with one_at_a_time({THIS!r}):
    print("begun", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(compiling_alone, "_waits", True)
    return tmp_path / "corpus-audit" / f"compiling-{THIS[0] % 64}.lock"


def is_free(lock: Path) -> bool:
    handle = os.open(lock, os.O_RDWR)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(handle)
    return True


def test_a_function_compiles_those_that_it_calls(lock: Path) -> None:
    with one_at_a_time(THIS):
        with one_at_a_time(THIS):
            assert not is_free(lock)
        assert not is_free(lock)
    assert is_free(lock)


def test_what_cannot_be_compiled_holds_up_none(lock: Path) -> None:
    with pytest.raises(TypeError), one_at_a_time(THIS):
        raise TypeError
    assert is_free(lock)


def test_another_process_is_waited_for(lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    other = subprocess.Popen([sys.executable, "-c", _HOLDS_IT], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert other.stdout is not None
    assert other.stdout.readline() == b"begun\n"

    def end_it(seconds: float) -> None:
        waits.append(seconds)
        other.kill()
        other.wait()

    monkeypatch.setattr(time, "sleep", end_it)
    with one_at_a_time(THIS):
        assert waits
        assert not is_free(lock)
    other.stdout.close()


def test_a_process_that_compiles_another_one_is_not_waited_for(lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = subprocess.Popen([sys.executable, "-c", _HOLDS_IT], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert other.stdout is not None
    assert other.stdout.readline() == b"begun\n"
    monkeypatch.setattr(time, "sleep", lambda _seconds: pytest.fail("it waits"))
    try:
        with one_at_a_time(OTHER):
            assert not is_free(lock)
    finally:
        other.communicate()


def test_a_process_that_stopped_while_it_compiles_is_waited_for_once(
    lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = subprocess.Popen([sys.executable, "-c", _HOLDS_IT], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert other.stdout is not None
    assert other.stdout.readline() == b"begun\n"
    waits: list[float] = []
    monkeypatch.setattr(compiling_alone, "_MOST_SECONDS", 0.1)
    monkeypatch.setattr(time, "sleep", waits.append)
    try:
        with one_at_a_time(THIS):
            once = len(waits)
        with one_at_a_time(THIS):
            assert 0 < once == len(waits)
        assert not is_free(lock)
    finally:
        other.communicate()


def test_what_is_kept_is_loaded_while_another_process_compiles(lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert compiled(_add_two)(np.int64(4)) == 6
    other = subprocess.Popen([sys.executable, "-c", _HOLDS_IT], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert other.stdout is not None
    assert other.stdout.readline() == b"begun\n"

    def fail(_seconds: float) -> None:
        pytest.fail("it waits")

    monkeypatch.setattr(time, "sleep", fail)
    try:
        assert compiled(_add_two)(np.int64(4)) == 6
        assert not is_free(lock)
    finally:
        other.communicate()


def _add_two(value: int) -> int:
    return value + 2


def test_without_a_folder_for_the_lock_it_compiles_all_the_same(lock: Path) -> None:
    lock.parent.write_text("no folder")
    with one_at_a_time(THIS):
        pass
