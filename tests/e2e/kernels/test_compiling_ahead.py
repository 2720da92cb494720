"""What is compiled ahead, and beside an audit that takes long enough, is all that a small dataset's audit compiles.

Before anything is compiled, that audit compiles a part of it, and finds the same.
"""

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import platformdirs
import pytest

EXAMPLE = Path(__file__).parents[3] / "examples" / "small-corpus" / "manifest.yaml"
ON_ONE_CORE = """
import os, runpy, sys
os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])
runpy.run_module(sys.argv.pop(1), run_name="__main__", alter_sys=True)
"""
"""Runs a module where no other process compiles beside the first audit."""


@dataclass(frozen=True)
class Machine:
    """A machine on which nothing was compiled, for a fixed processor."""

    folder: Path
    processor: dict[str, str]
    lifeline: int

    @property
    def kept(self) -> Counter[str]:
        """The compiled functions that it keeps, by their files."""
        return Counter(path.name for path in (self.folder / "numba").rglob("*.nbc"))

    def run(self, *command: str) -> Counter[str]:
        """Run Python; return what is kept then."""
        variables = {"NUMBA_CACHE_DIR": str(self.folder / "numba"), "XDG_CACHE_HOME": str(self.folder / "user")}
        ended = subprocess.run(
            [sys.executable, *command],
            env=os.environ | self.processor | variables,
            capture_output=True,
            check=False,
            pass_fds=[self.lifeline],
        )
        assert ended.returncode in (0, 1, 3), ended.stderr
        return self.kept


@pytest.fixture
def machines(tmp_path: Path, processor: dict[str, str]) -> Iterator[tuple[Machine, Machine]]:
    lifeline, held = os.pipe()
    folders = tmp_path / "one", tmp_path / "other"
    for folder in folders:
        # Only functions are looked at: patterns that were compiled before are found.
        (folder / "user" / "corpus-audit").mkdir(parents=True)
        patterns = platformdirs.user_cache_path("corpus-audit/patterns")
        (folder / "user" / "corpus-audit" / "patterns").symlink_to(patterns)
    one, other = (Machine(folder, processor, lifeline) for folder in folders)
    yield one, other
    os.close(held)
    os.close(lifeline)


def tables_of(store: Path) -> dict[str, bytes]:
    """Return the tables of a store with one audit, by their names."""
    (audit,) = (store / "audits").iterdir()
    return {str(path.relative_to(audit)): path.read_bytes() for path in audit.rglob("*.parquet")}


@pytest.mark.slow
def test_an_audit_compiles_nothing_after_it(kernels: Path, machines: tuple[Machine, Machine]) -> None:
    untouched, machine = machines
    first, later = (each.folder / "store" for each in machines)
    at_first = untouched.run("-c", ON_ONE_CORE, "corpus_audit.cli", "audit", str(EXAMPLE), "--store", str(first))
    assert not [name for name in at_first if name.startswith(("prose_kernel.", "kernel."))]

    beside = machine.run("-m", "corpus_audit.pipeline.compiling_beside", str(machine.lifeline))
    kept = machine.run("-m", "corpus_audit.pipeline.compiling_ahead")
    assert 5 < len(at_first) < len(beside)
    assert at_first < beside == kept
    # Compiled for other arguments than audits have, a function would be kept a second time.
    assert all(name.endswith(".1.nbc") for name in kept)
    later.mkdir()
    shutil.copy(first / "key", later)
    assert machine.run("-m", "corpus_audit.cli", "audit", str(EXAMPLE), "--store", str(later)) == kept
    assert tables_of(first) == tables_of(later)
    (machine.folder / "numba").rename(kernels)
