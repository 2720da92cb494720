"""Time and memory of the whole deduplication as the corpus grows: real text, made new again and again.

Each variant of the base text swaps its letters by another alphabet: the same lengths, the same copies among its own
records, none with another variant's. Every size runs in a process of its own, so that its memory can be told.
"""

import argparse
import json
import random
import resource
import string
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
from dedup_corpus import SEED, texts
from dedup_pipeline import count_rows, run

from corpus_audit.config import Parameters

BASE_BYTES = 100_000_000
RECORD_BYTES = 2_000
ROWS_PER_BATCH = 4_000


def grow(shards: Sequence[Path], gigabytes: Sequence[float]) -> Iterator[str]:
    """Yield a line for each size, and the exponent of time against size."""
    points = []
    for size in gigabytes:
        result = _run_apart(shards, "--gigabytes", str(size))
        points.append((result["bytes"], result["processor_seconds"]))
        yield _line(result)
    if len(points) > 1:
        sizes, seconds = np.log(np.array(points)).T
        yield f"processor time grows with size to the power of {np.polyfit(sizes, seconds, 1)[0]:.2f}"


def fill_bucket(shards: Sequence[Path], records: int) -> Iterator[str]:
    """Yield a line for a corpus that is one single bucket of near-identical records."""
    yield "one bucket: " + _line(_run_apart(shards, "--bucket", str(records)))


def _line(result: dict[str, float]) -> str:
    return (
        f"{result['bytes'] / 1e9:6.2f} GB  {result['records']:>10,} records  {result['seconds']:7.1f} s  "
        f"{result['processor_seconds']:7.1f} s of processors  {result['peak_bytes'] / 1e9:5.2f} GB of memory  "
        f"{result['pairs']:>10,} pairs"
    )


def _run_apart(shards: Sequence[Path], *options: str) -> dict[str, float]:
    command = [sys.executable, __file__, *options, *map(str, shards)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result


class Variants:
    """A corpus of many variants of one base text, cut into records, the same each time it is gone through."""

    def __init__(self, shards: Sequence[Path], size: float) -> None:
        self.base = _cut(shards)
        self.size = int(size)
        self.passed = self.records = 0

    def __call__(self) -> Iterator[pa.RecordBatch]:
        """Yield the corpus from its beginning."""
        self.passed = self.records = 0
        variant = 0
        while self.passed < self.size:
            swap = _alphabet(variant)
            for first in range(0, len(self.base), ROWS_PER_BATCH):
                rows = [text.translate(swap) for text in self.base[first : first + ROWS_PER_BATCH]]
                ids = [f"{variant:08x}{first + row:08x}:0" for row in range(len(rows))]
                self.passed += sum(map(len, rows))
                self.records += len(rows)
                yield _batch(ids, f"variant-{variant % 50}", rows)
                if self.passed >= self.size:
                    break
            variant += 1


class Bucket:
    """A corpus of records that differ in their last words only."""

    def __init__(self, records: int) -> None:
        self.records = records
        self.passed = 0

    def __call__(self) -> Iterator[pa.RecordBatch]:
        """Yield the corpus from its beginning."""
        self.passed = 0
        stem = b" ".join(f"word{i}".encode() for i in range(100))
        for first in range(0, self.records, ROWS_PER_BATCH):
            numbers = range(first, min(first + ROWS_PER_BATCH, self.records))
            rows = [stem + f" number {number}".encode() for number in numbers]
            self.passed += sum(map(len, rows))
            yield _batch([f"{number:016x}:0" for number in numbers], f"source-{first % 7}", rows)


def _batch(ids: list[str], source: str, rows: list[bytes]) -> pa.RecordBatch:
    contents = pa.array(rows, pa.large_binary()).view(pa.large_string())
    return pa.record_batch({"record_id": ids, "source_id": [source] * len(ids), "text": contents})


def _cut(shards: Sequence[Path]) -> list[bytes]:
    """Return the base text in records of about RECORD_BYTES, cut at line ends."""
    records: list[bytes] = []
    size = 0
    for text in texts(shards):
        content = text.encode()
        start = 0
        while start < len(content):
            end = content.find(b"\n", start + RECORD_BYTES)
            end = end if end >= 0 else len(content)
            records.append(content[start:end])
            start = end
        size += len(content)
        if size >= BASE_BYTES:
            break
    return records


def _alphabet(variant: int) -> bytes:
    letters = list(string.ascii_lowercase)
    random.Random(SEED + variant).shuffle(letters)
    swapped = "".join(letters)
    return bytes.maketrans(string.ascii_letters.encode(), (swapped + swapped.upper()).encode())


def main() -> None:
    """Run one size in this process and print its result as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gigabytes", type=float)
    parser.add_argument("--bucket", type=int)
    parser.add_argument("shards", type=Path, nargs="+")
    options = parser.parse_args()
    corpus = Bucket(options.bucket) if options.bucket else Variants(options.shards, options.gigabytes * 1e9)
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="corpus-audit-scaling-") as folder:
        timed = run(corpus, Path(folder), Parameters(), workers=2)
        print(
            json.dumps(
                {
                    "bytes": corpus.passed,
                    "records": corpus.records,
                    "seconds": time.perf_counter() - started,
                    "processor_seconds": timed.processor_seconds,
                    "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
                    "pairs": count_rows(timed.pairs),
                    "clustered": count_rows(timed.clusters),
                }
            )
        )


if __name__ == "__main__":
    main()
