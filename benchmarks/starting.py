"""Print what it costs to start: audits of the small example beside loading three of the libraries that they use.

Run it with the environment's own Python: .venv/bin/python benchmarks/starting.py. A first audit, with empty caches,
makes what is kept between runs; then the commands take turns, and the least processor time of each counts, with all
their processes.
Great Expectations is loaded as if pyspark were not installed: with pyspark beside it and no Spark Connect, loading it
ends the process without an error, and the half second until then would be taken for the whole.
"""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
MANIFEST = REPOSITORY / "examples" / "small-corpus" / "manifest.yaml"
LIBRARIES = "import sys; sys.modules['pyspark'] = None; import great_expectations, duckdb, pyarrow; print('loaded')"
VERDICTS = (0, 1, 3)
"""Exit codes of a command line whose audit ran to its end."""
TURNS = 3


def main() -> None:
    """Measure all and print the ratios."""
    with tempfile.TemporaryDirectory(prefix="corpus-audit-benchmark-") as caches:
        os.environ |= {"XDG_CACHE_HOME": f"{caches}/user", "NUMBA_CACHE_DIR": f"{caches}/numba"}
        first = audit_seconds()
        turns = [(library_seconds(), audit_seconds(), audit_seconds("--quick")) for _ in range(TURNS)]
    libraries, audit, quick = (min(column) for column in zip(*turns, strict=True))
    print(f"great_expectations, duckdb, pyarrow  {libraries:5.1f} s of processor time")
    for name, seconds in {
        "audit of the small example": audit,
        "the same, --quick": quick,
        "the first audit": first,
    }.items():
        print(f"{name:36} {seconds:5.1f} s of processor time, {seconds / libraries:.1f} times")


def library_seconds() -> float:
    """Return the processor time of loading the libraries."""
    return _processor_seconds([sys.executable, "-c", LIBRARIES], (0,), "loaded")


def audit_seconds(*options: str) -> float:
    """Return the processor time of an audit into an empty store."""
    with tempfile.TemporaryDirectory(prefix="corpus-audit-benchmark-") as store:
        command = [sys.executable, "-m", "corpus_audit.cli", "audit", str(MANIFEST), "--store", store, *options]
        return _processor_seconds(command, VERDICTS, "report.html")


def _processor_seconds(command: list[str], finished: tuple[int, ...], printed: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if ended.returncode not in finished or printed not in ended.stdout:
        sys.exit(f"{command[0]} ended with {ended.returncode}:\n{ended.stdout}{ended.stderr}")
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


if __name__ == "__main__":
    main()
