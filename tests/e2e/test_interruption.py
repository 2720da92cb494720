"""Ctrl-C ends an audit in seconds; a second run of the same audit says that it has to wait."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from e2e.small_corpus import write_corpus
from e2e.test_crash_campaign import workers_of
from preloaded import run_command
from spec.test_guarded_files import PARSER

INTERRUPTED = 130
USAGE = 2


def start(manifest: Path, store: Path, parser: Path) -> "subprocess.Popen[str]":
    paths = os.pathsep.join([str(parser), *(path for path in sys.path if path)])
    command = [
        sys.executable,
        "-m",
        "corpus_audit.cli",
        "audit",
        str(manifest),
        "--store",
        str(store),
        "--workers",
        "1",
    ]
    return subprocess.Popen(
        command,
        env=os.environ | {"PYTHONPATH": paths},
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_heed_ctrl_c,  # noqa: PLW1509 - no thread runs here
    )


def _heed_ctrl_c() -> None:
    """A shell starts what runs in the background without Ctrl-C; the tests may run there."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def busy(tmp_path: Path) -> "Iterator[tuple[subprocess.Popen[str], Path, Path]]":
    """An audit whose worker reads a file without end."""
    (tmp_path / "sitecustomize.py").write_text(PARSER)
    manifest = write_corpus(tmp_path / "corpus")
    (tmp_path / "corpus" / "open" / "b.txt").write_text("spin")
    process = start(manifest, tmp_path / "store", tmp_path)
    deadline = time.monotonic() + 120
    while not list((tmp_path / "store").glob("audits/*/.partial-measure-*")) and time.monotonic() < deadline:
        time.sleep(0.1)
    yield process, manifest, tmp_path / "store"
    process.kill()
    process.communicate()


@pytest.mark.slow
def test_an_interrupted_audit_ends_and_its_workers_with_it(
    busy: "tuple[subprocess.Popen[str], Path, Path]", tmp_path: Path
) -> None:
    process, manifest, store = busy
    second = run_command("audit", manifest, "--store", store, "--workers", "1")
    assert second.returncode == USAGE, second.stderr
    assert "Another process is working in" in second.stderr
    workers = workers_of(process.pid)
    assert workers
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=30)[1]
    assert time.monotonic() - began < 5
    assert process.returncode == INTERRUPTED
    assert "interrupted. The same command goes on where it stopped." in said
    assert not [pid for pid in workers if (Path("/proc") / str(pid) / "exe").exists()]
