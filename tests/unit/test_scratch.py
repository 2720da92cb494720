"""Temporary folders: gone when they are closed, and removed by the next process when theirs was killed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from corpus_audit.engine.duckdb import DuckDBEngine
from corpus_audit.store import ScratchFolder

ENGINE = """
from corpus_audit.engine.duckdb import DuckDBEngine
engine = DuckDBEngine()
print("ready", flush=True)
input()
"""


def _start(folder: Path) -> "subprocess.Popen[str]":
    """Return a process that has an engine open, with *folder* for temporary files."""
    environment = {**os.environ, "TMPDIR": str(folder)}
    process = subprocess.Popen(
        [sys.executable, "-c", ENGINE], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_next_engine_removes_what_a_killed_process_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    killed, living = _start(tmp_path), _start(tmp_path)
    both = _names(tmp_path)
    assert len(both) == 2
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert _names(tmp_path) == both
    with DuckDBEngine() as engine:
        now = _names(tmp_path)
        assert len(now & both) == 1  # that of the living process
        assert len(now) == 2
        engine.execute("CREATE TABLE t AS SELECT 1 AS n")
    assert _names(tmp_path) == now & both
    living.communicate("")
    assert _names(tmp_path) == set()


def test_folders_of_other_names_and_links_stay(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "file").write_text("kept")
    (tmp_path / "scratch-link").symlink_to("elsewhere")
    (tmp_path / "scratch-file").write_text("kept")
    (tmp_path / "scratch-left" / "in").mkdir(parents=True)
    with ScratchFolder("scratch-", tmp_path) as folder:
        assert _names(tmp_path) == {"elsewhere", "scratch-link", "scratch-file", folder.name}
    assert (tmp_path / "elsewhere" / "file").read_text() == "kept"


def test_two_folders_of_one_process_leave_each_other_alone(tmp_path: Path) -> None:
    with ScratchFolder("scratch-", tmp_path) as one, ScratchFolder("scratch-", tmp_path) as other:
        assert _names(tmp_path) == {one.name, other.name}
    assert _names(tmp_path) == set()
