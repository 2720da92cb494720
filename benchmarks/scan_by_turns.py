"""Print what scanning the same text costs here and in other checkouts, by turns: nanoseconds of processor time a byte.

    git worktree add /tmp/before COMMIT
    .venv/bin/python benchmarks/scan_by_turns.py /tmp/before

Each checkout scans in a process of its own with this environment's libraries, and none at the same time as another, so
that whatever else the machine does falls on all alike. The texts are those of speed.py.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from speed_corpus import write_corpora

THIS = Path(__file__).parents[1]
BATCH_RECORDS = 2000
FOLDERS = ("corpus_audit.measure.detection", "corpus_audit.measure")
"""Where the scanner lies, in this state and in earlier ones."""


def main() -> None:
    """Print a table, or, with --scan, scan the files that are named on standard input."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkouts", type=Path, nargs="*", help="other checkouts of this repository")
    parser.add_argument("--megabytes", type=int, default=6, help="size of the English text; of the others a quarter")
    parser.add_argument("--turns", type=int, default=15)
    parser.add_argument("--work", type=Path, default=Path(".benchmarks"), help="working folder, kept between runs")
    parser.add_argument("--scan", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.scan:
        scan_what_is_named()
        return
    options.work.mkdir(exist_ok=True)
    texts = {name: corpus.parquet for name, corpus in write_corpora(options.work, options.megabytes).items()}
    scanners = [Scanning(checkout.resolve()) for checkout in (*options.checkouts, THIS)]
    print("| text | checkout | least | median |\n|---|---|---|---|")
    for name, path in texts.items():
        for scanning, costs in zip(scanners, by_turns(scanners, path, options.turns), strict=True):
            print(f"| {name} | {scanning.checkout} | {min(costs):.2f} | {statistics.median(costs):.2f} |", flush=True)


class Scanning:
    """A process that scans with the code of one checkout."""

    def __init__(self, checkout: Path) -> None:
        self.checkout = checkout
        self._process = subprocess.Popen(
            [sys.executable, __file__, "--scan"],
            env=os.environ | {"PYTHONPATH": str(checkout / "src")},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def cost(self, path: Path) -> float:
        """Return the nanoseconds a byte of one scan."""
        if self._process.stdin is None or self._process.stdout is None:
            raise AssertionError
        print(path.resolve(), file=self._process.stdin, flush=True)
        return float(self._process.stdout.readline())


def by_turns(scanners: Sequence[Scanning], path: Path, turns: int) -> list[list[float]]:
    """Return what each turn costs, by scanner; the first one, in which much is loaded, does not count."""
    for scanning in scanners:
        scanning.cost(path)
    rounds = [[scanning.cost(path) for scanning in scanners] for _ in range(turns)]
    return [list(costs) for costs in zip(*rounds, strict=True)]


def scan_what_is_named() -> None:
    """Scan each file that is named on standard input, and print what that costs."""
    pa.set_cpu_count(1)
    scan = scanner()
    for line in sys.stdin:
        batches = list(_batches(line.strip()))
        started = time.process_time()
        for batch in batches:
            scan(batch)
        print((time.process_time() - started) / sum(batch.nbytes for batch in batches) * 1e9, flush=True)


def scanner() -> Callable[[pa.Array], pa.Table]:
    """Return what scans a batch of texts with all detectors."""
    for folder in FOLDERS:
        try:
            detectors, scan = import_module(f"{folder}.detectors"), import_module(f"{folder}.scan")
        except ModuleNotFoundError:
            continue
        found: Callable[[pa.Array], pa.Table] = scan.Scanner(b"benchmark", detectors.DETECTORS).scan
        return found
    sys.exit("no scanner is where this benchmark knows one")


def _batches(path: str) -> Iterator[pa.Array]:
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(BATCH_RECORDS):
            yield batch["text"].cast(pa.large_string())


if __name__ == "__main__":
    main()
