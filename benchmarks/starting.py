"""Print what it costs to start: audits of the small example beside loading three of the libraries that they use.

Run it with the environment's own Python: .venv/bin/python benchmarks/starting.py. A first audit, with empty caches,
makes what is kept between runs; then the commands take turns, and the least processor time of each counts, with all
their processes: also of workers that end after the command did.
Great Expectations is loaded as if two packages of the development environment were not installed. With pyspark beside
it and no Spark Connect, loading it ends the process without an error, and the half second until then would be taken for
the whole. With rfc3987_syntax it reads a grammar for two seconds that no audit needs.
"""

import ctypes
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
MANIFEST = REPOSITORY / "examples" / "small-corpus" / "manifest.yaml"
NOT_INSTALLED = "import sys; sys.modules |= dict.fromkeys(('pyspark', 'rfc3987_syntax'))"
LIBRARIES = f"{NOT_INSTALLED}; import great_expectations, duckdb, pyarrow; print('loaded')"
VERDICTS = (0, 1, 3)
"""Exit codes of a command line whose audit ran to its end."""
TURNS = 3
_BECOME_PARENT_OF_ORPHANS = 36
"""PR_SET_CHILD_SUBREAPER of Linux: what an ended process leaves behind is waited for, and counted, here."""


def main() -> None:
    """Measure all and print the ratios."""
    ctypes.CDLL(None).prctl(_BECOME_PARENT_OF_ORPHANS, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory(prefix="corpus-audit-benchmark-") as caches:
        os.environ |= {"XDG_CACHE_HOME": f"{caches}/user", "NUMBA_CACHE_DIR": f"{caches}/numba"}
        first = audit_seconds()
        turns = [(library_seconds(), audit_seconds(), audit_seconds("--quick")) for _ in range(TURNS)]
    libraries, audit, quick = (_least(column) for column in zip(*turns, strict=True))
    print(f"{'':36} processor time   wall time")
    for name, used in {
        "great_expectations, duckdb, pyarrow": libraries,
        "audit of the small example": audit,
        "the same, --quick": quick,
        "the first audit": first,
    }.items():
        ratio = used.processor_seconds / libraries.processor_seconds
        print(f"{name:36} {used.processor_seconds:6.1f} s, {ratio:.1f} times {used.wall_seconds:5.1f} s")


@dataclass(frozen=True)
class Used:
    """What a command used, with all processes that it started."""

    processor_seconds: float
    wall_seconds: float


def library_seconds() -> Used:
    """Return what loading the libraries takes."""
    return _use([sys.executable, "-c", LIBRARIES], (0,), "loaded")


def audit_seconds(*options: str) -> Used:
    """Return what an audit into an empty store takes."""
    with tempfile.TemporaryDirectory(prefix="corpus-audit-benchmark-") as store:
        command = [sys.executable, "-m", "corpus_audit.cli", "audit", str(MANIFEST), "--store", store, *options]
        return _use(command, VERDICTS, "report.html")


def _least(turns: Sequence[Used]) -> Used:
    return Used(min(used.processor_seconds for used in turns), min(used.wall_seconds for used in turns))


def _use(command: list[str], finished: tuple[int, ...], printed: str) -> Used:
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    wall_seconds = time.monotonic() - began
    with suppress(ChildProcessError):
        while True:
            os.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if ended.returncode not in finished or printed not in ended.stdout:
        sys.exit(f"{command[0]} ended with {ended.returncode}:\n{ended.stdout}{ended.stderr}")
    return Used((after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime), wall_seconds)


if __name__ == "__main__":
    main()
