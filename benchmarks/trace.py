"""Looking for a text in the passage indexes of much audited text: seconds, by the number of tokens asked for.

    .venv/bin/python benchmarks/trace.py [--gigabytes 50]

The indexes are made by a seed, not of texts: as many postings as English prose has (5.4 bytes a token), shards as large
as an audit's. Every text that is asked for has a passage in one record. What takes the time is the index; each record
that it names is read again from its file, which is the cost of reading a part of one file.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from corpus_audit import schemas
from corpus_audit.config import Parameters, Settings
from corpus_audit.passages.index_file import FILE_NAME, IndexRecipe, PassageWriter
from corpus_audit.pipeline.tracing.audits import TracedShard
from corpus_audit.pipeline.tracing.candidates import find_candidates

BYTES_A_TOKEN = 5.4
BYTES_A_RECORD = 5_000
ASKED = (50, 100, 200, 1000)
TRIALS = 11
GIGABYTE = 10**9


@dataclass(frozen=True)
class SeededShard(TracedShard):
    """A shard with an index made by a seed; all shards have the records of the first."""

    folder: Path = Path()
    records: Path = Path()

    @property
    def index_path(self) -> Path:
        """Where its passage index lies."""
        return self.folder / FILE_NAME

    def path(self, name: str) -> Path:
        """Return where a file of it lies; no marker says what it should be."""
        return self.index_path if name == FILE_NAME else self.records


def write_index(folder: Path, seed: int, records: int, postings: int) -> None:
    """Write the index of one shard: postings spread evenly over its records."""
    folder.mkdir()
    hashes = np.random.default_rng(seed).integers(1, 2**64, postings, np.uint64)
    with PassageWriter(folder / FILE_NAME, IndexRecipe.of(Parameters())) as writer:
        writer.add(records, np.arange(postings) * records // postings, hashes)


def main() -> int:
    """Print the size of the index and the seconds that a text takes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gigabytes", type=float, default=50)
    size = parser.parse_args().gigabytes * GIGABYTE
    shard_bytes = Settings().shard_bytes
    count, records = max(1, round(size / shard_bytes)), shard_bytes // BYTES_A_RECORD
    postings = round(shard_bytes / BYTES_A_TOKEN / Parameters().passage_window)
    folder = Path(tempfile.mkdtemp(prefix="corpus-audit-benchmark-"))
    try:
        table = pa.table({f.name: pa.nulls(records, f.type) for f in schemas.RECORDS.schema})
        pq.write_table(table, folder / "records.parquet")
        shards = []
        for number in range(count):
            write_index(folder / str(number), number, records, postings)
            shards.append(SeededShard((), True, folder / str(number), folder / "records.parquet"))
        held = sum(shard.index_path.stat().st_size for shard in shards)
        print(f"{count} shards, {size / GIGABYTE:.0f} GB of text, index {held / size:.1%} of it")
        for tokens in ASKED:
            print(f"{tokens:>5} tokens: {_seconds(shards, tokens, postings)}")
    finally:
        shutil.rmtree(folder)
    return 0


def _seconds(shards: list[SeededShard], tokens: int, postings: int) -> str:
    generator = np.random.default_rng(tokens)
    taken, cost, named = [], [], 0
    for trial in range(TRIALS):
        there = int(generator.integers(len(shards)))
        first = int(generator.integers(postings - 4))
        own = np.random.default_rng(there).integers(1, 2**64, postings, np.uint64)[first : first + 3]
        asked = np.unique(np.concatenate([generator.integers(1, 2**64, tokens - 7, np.uint64), own]))
        wall, cpu = time.perf_counter(), time.process_time()
        found = find_candidates(shards, lambda _recipe: asked, 200)  # noqa: B023
        if trial:  # the first one compiles
            taken.append(time.perf_counter() - wall)
            cost.append(time.process_time() - cpu)
        assert any(candidate.shard is shards[there] for candidate in found.found), "a passage is always found"
        named += len(found.found)
    return (
        f"median {statistics.median(taken):.2f} s, longest {max(taken):.2f} s, of one processor "
        f"{statistics.median(cost):.2f} s; {named / TRIALS:.1f} records to read again"
    )


if __name__ == "__main__":
    sys.exit(main())
