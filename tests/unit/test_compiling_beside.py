"""A second process compiles beside the first audit of all, and beside no later one."""

import os
import subprocess
import sys
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest

from corpus_audit.pipeline.compiling_beside import compiling_beside
from corpus_audit.pipeline.progress import NullObserver


class _Started:
    ended = False

    def __init__(self, lifeline: int) -> None:
        self._lifeline = os.dup(lifeline)

    def wait(self) -> None:
        self.ended = not os.read(self._lifeline, 1)
        os.close(self._lifeline)


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[_Started]:
    processes: list[_Started] = []

    def start(_command: object, *, pass_fds: list[int], **_options: object) -> _Started:
        processes.append(_Started(*pass_fds))
        return processes[-1]

    monkeypatch.setattr(subprocess, "Popen", start)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0, 1})
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "user"))
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "numba"))
    return processes


def test_the_first_audit_starts_one_and_ends_it(started: list[_Started]) -> None:
    for _ in range(2):
        with compiling_beside():
            pass
    assert [process.ended for process in started] == [True]


def test_an_audit_that_fails_ends_it_and_leaves_it_to_the_next(started: list[_Started]) -> None:
    for _ in range(2):
        with pytest.raises(KeyError), compiling_beside():
            raise KeyError
    assert [process.ended for process in started] == [True, True]


def test_where_kernels_cannot_be_kept_beside_the_code_the_users_cache_holds_the_note(
    started: list[_Started], tmp_path: Path
) -> None:
    (tmp_path / "numba").write_text("no folder")
    for _ in range(2):
        with compiling_beside():
            pass
    assert len(started) == 1


class _Told(NullObserver):
    def __init__(self) -> None:
        self.notes: list[str] = []

    def note(self, sentence: str) -> None:
        self.notes.append(sentence)


@pytest.mark.parametrize("cores", [{0}, {0, 1}])
def test_the_first_audit_says_why_it_takes_longer_and_later_ones_say_nothing(
    started: list[_Started], monkeypatch: pytest.MonkeyPatch, cores: set[int]
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: cores)
    told = _Told()
    for _ in range(2):
        with compiling_beside(told):
            pass
    (note,) = told.notes
    assert "first audit on this machine" in note


def test_one_core_compiles_alone(started: list[_Started], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0})
    with compiling_beside():
        pass
    assert not started


def test_a_killed_audit_leaves_none_behind(tmp_path: Path) -> None:
    code = (
        "from corpus_audit.pipeline.compiling_beside import compiling_beside\nwith compiling_beside(): print(); input()"
    )
    environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path), "NUMBA_CACHE_DIR": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", code], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as audit:
        assert audit.stdout
        audit.stdout.read(1)
        (beside,) = psutil.Process(audit.pid).children()
        audit.kill()
    assert not psutil.wait_procs([beside], timeout=30)[1]
