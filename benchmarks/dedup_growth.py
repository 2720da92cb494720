"""Processor time, memory and disk of the stage deduplicate as the number of records grows: short records, by a seed.

Records have about 80 words whose frequencies follow Zipf's law. 2 % are exact copies and 5 % near copies of one of
2,000 texts, so that groups of copies grow with the corpus; with --group they are as large at every size. Making and
measuring a corpus is done once, in a process apart, and is not counted.

    .venv/bin/python benchmarks/dedup_growth.py --folder /tmp/growth --millions 1 3
    .venv/bin/python benchmarks/dedup_growth.py --folder /tmp/growth --millions 1 3 --group 35
    .venv/bin/python benchmarks/dedup_growth.py --folder /tmp/growth --millions 60 --words 30
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from dedup_pipeline import measure
from numpy.typing import NDArray

from corpus_audit.config import Parameters
from corpus_audit.dedup import deduplicate
from corpus_audit.dedup.run import STEPS
from corpus_audit.engine.duckdb import DuckDBEngine
from corpus_audit.schemas import RECORDS
from corpus_audit.store import TableWriter

SEED = 16
WORDS = 50_000
LENGTH = 80
"""Words of a record, as a rule."""
TEMPLATES = 2_000
"""How many texts have copies, unless groups are to be as large at every size."""
EXACT, NEAR = 0.02, 0.05
FILE_ROWS = 50_000
FILES_A_SHARD = 5
SOURCES = 20
STEP_NAMES = (*STEPS, "tables")
_PAGE = 4096
_BLOCK = 512


def write_corpus(folder: Path, records: int, length: int = LENGTH, templates: int = TEMPLATES) -> None:
    """Write texts of *length* words as a rule, in a file for every FILE_ROWS records, and what is measured of them."""
    folder.mkdir(parents=True)
    vocabulary = pa.array([_word(number) for number in range(WORDS)])
    files = [(number, min(FILE_ROWS, records - first)) for number, first in enumerate(range(0, records, FILE_ROWS))]
    with ThreadPoolExecutor(2) as pool:
        for shard in range(0, len(files), FILES_A_SHARD):
            path = folder / f"records-{shard // FILES_A_SHARD:05d}.parquet"
            with TableWriter(path, RECORDS, Parameters().signature_settings()) as writer:
                for number, rows in files[shard : shard + FILES_A_SHARD]:
                    table = _texts(number, rows, vocabulary, length, templates)
                    pq.write_table(table, folder / f"{file_id(number)}.texts", compression="zstd")
                    for measured in pool.map(lambda batch: measure(batch, Parameters()), table.to_batches(10_000)):
                        writer.write(measured)


def _word(number: int) -> str:
    letters = "etaoinshrdlucmfw"
    return "".join(letters[(number >> shift) & 15] for shift in (0, 4, 8, 12))[: 2 + number.bit_length() // 4]


def file_id(number: int) -> str:
    """Return the id of one of the files."""
    return f"{(number * 0x9E3779B97F4A7C15) % 2**64:016x}"


def _texts(number: int, rows: int, vocabulary: pa.Array, length: int = LENGTH, templates: int = TEMPLATES) -> pa.Table:
    """Return the records of one file: each is new, an exact copy of a template, or one changed in a few words."""
    chance, words, kind, copies, copied = _drawn(number, rows, length, templates)
    words[copies] = _template_words(length, templates)[copied]
    changed, cut = np.flatnonzero(kind < NEAR / 2), np.flatnonzero((kind >= NEAR / 2) & (kind < NEAR))
    words[changed, chance.integers(0, length, len(changed))] = chance.integers(WORDS // 2, WORDS, len(changed))
    lengths = np.full(rows, length)
    words[cut, 0] = chance.integers(WORDS // 2, WORDS, len(cut))
    lengths[cut] -= chance.integers(1, 7, len(cut))
    fresh = kind >= EXACT + NEAR
    lengths[fresh] = chance.integers(length * 3 // 4, length + 1, int(fresh.sum()))
    flat = words[np.arange(length) < lengths[:, None]]
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    lists = pa.ListArray.from_arrays(pa.array(offsets), vocabulary.take(pa.array(flat)))
    ids = [f"{file_id(number)}:{row}" for row in range(rows)]
    sources = [f"source-{number % SOURCES:02d}"] * rows
    return pa.table(
        {"record_id": ids, "source_id": sources, "text": pc.binary_join(lists, " ").cast(pa.large_string())}
    )


def copies_in(number: int, rows: int, length: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return which rows of a file are copies, changed or not, and of which of TEMPLATES each is."""
    _chance, _words, _kind, copies, copied = _drawn(number, rows, length, TEMPLATES)
    return copies, copied


def _drawn(
    number: int, rows: int, length: int, templates: int
) -> tuple[np.random.Generator, NDArray[np.int64], NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the dice of a file after the words of its rows, their kinds, and the copies with their templates."""
    chance = np.random.default_rng([SEED, number])
    words, kind = _zipf(chance, (rows, length)), chance.random(rows)
    copies = np.flatnonzero(kind < EXACT + NEAR)
    return chance, words, kind, copies, (templates * chance.random(len(copies)) ** 2).astype(np.int64)


@cache
def _template_words(length: int, templates: int) -> NDArray[np.int64]:
    return _zipf(np.random.default_rng(SEED), (templates, length))


def _zipf(chance: np.random.Generator, shape: tuple[int, int]) -> NDArray[np.int64]:
    """Return word numbers with frequencies in proportion to 1 / (number + 10)."""
    ranks = np.exp(chance.random(shape) * np.log((WORDS + 10) / 10)) * 10 - 10
    return np.minimum(ranks.astype(np.int64), WORDS - 1)


def run(folder: Path, work: Path, workers: int, memory_limit: str) -> dict[str, float]:
    """Deduplicate a corpus in this process, write the tables as the stage does, and return figures."""
    records = sorted(folder.glob("records-*.parquet"))

    def read_texts(files: Collection[str]) -> Iterator[pa.RecordBatch]:
        for path in sorted(folder.glob("*.texts")):
            if path.stem in files:
                with pq.ParquetFile(path, pre_buffer=False) as file:
                    yield from file.iter_batches(5_000, columns=["record_id", "text"])

    work.mkdir()
    peak = _Peak(work)
    started, used = time.perf_counter(), [time.process_time()]

    def advance(_done: int) -> None:
        used.append(time.process_time())

    with DuckDBEngine(memory_limit, workers, work) as engine:
        found = deduplicate(engine, records, read_texts, Parameters(), work, workers=workers, advance=advance)
        found.pairs.write(work / "pairs.parquet")
        found.clusters.write(work / "clusters.parquet")
    advance(0)
    return {
        **{f"{name}_seconds": float(spent) for name, spent in zip(STEP_NAMES, np.diff(used), strict=True)},
        "seconds": time.perf_counter() - started,
        "processor_seconds": used[-1] - used[0],
        **peak.stop(),
        "candidates": found.candidates,
        "pairs": pq.read_metadata(work / "pairs.parquet").num_rows,
        "clustered": pq.read_metadata(work / "clusters.parquet").num_rows,
        "overlaps": found.shared.overlaps.num_rows,
    }


class _Peak:
    """The largest resident memory of this process, mapped files counted, and size of a folder, from now on."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._memory = self._disk = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> dict[str, int]:
        self._ended.set()
        self._thread.join()
        return {"peak_bytes": self._memory, "disk_bytes": self._disk}

    def _watch(self) -> None:
        while not self._ended.wait(0.05):
            resident = int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE
            self._memory, self._disk = max(self._memory, resident), max(self._disk, _folder_bytes(self._folder))


def _folder_bytes(folder: Path) -> int:
    """Return the room that the files of a folder take, of those that are still there when they are looked at."""
    total = 0
    for parent, _folders, files in os.walk(folder):
        for name in files:
            with suppress(FileNotFoundError):
                total += (Path(parent) / name).lstat().st_blocks * _BLOCK
    return total


def _apart(*options: str) -> dict[str, float]:
    done = subprocess.run([sys.executable, __file__, *options], check=True, stdout=subprocess.PIPE, text=True)
    result: dict[str, float] = json.loads(done.stdout or "{}")
    return result


def grow(options: argparse.Namespace) -> Iterator[str]:
    """Yield a line for each size, and the exponents against the number of records."""
    points = []
    length, group = options.words, options.group
    for size in options.millions:
        corpus = options.folder / f"corpus-{size:g}-{length}{f'-groups-of-{group}' * bool(group)}"
        if not corpus.exists():
            of_what = ("--millions", f"{size:g}", "--words", str(length), "--group", str(group))
            _apart("--make", str(corpus), *of_what)
        with tempfile.TemporaryDirectory(prefix="work-", dir=options.folder) as work:
            how = ("--workers", str(options.workers), "--memory-limit", options.memory_limit)
            found = _apart("--run", str(corpus), "--work", f"{work}/deduplicate", *how)
        points.append((size, found["processor_seconds"], found["peak_bytes"], found["candidates"]))
        yield (
            f"{size:5g} M  {found['processor_seconds']:7.1f} s of processors  {found['seconds']:7.1f} s  "
            f"{found['peak_bytes'] / 1e9:5.2f} GB  {found['disk_bytes'] / 1e9:5.2f} GB of disk  "
            f"{found['candidates']:>11,} candidates  {found['pairs']:>10,} pairs  "
            f"{found['clustered']:>10,} clustered"
        )
        yield "  microseconds a record: " + ", ".join(
            f"{name} {found[f'{name}_seconds'] / size:.2f}" for name in STEP_NAMES
        )
    if len(points) > 1:
        sizes, *measures = np.log(np.array(points)).T
        exponents = [np.polyfit(sizes, measure, 1)[0] for measure in measures]
        yield "exponents: " + ", ".join(
            f"{name} {value:.2f}"
            for name, value in zip(("processor time", "memory", "candidates"), exponents, strict=True)
        )


def main() -> None:
    """Print the figures of each size; with --make or --run, do one step in this process."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=Path("build/growth"))
    parser.add_argument("--millions", type=float, nargs="+", default=[1, 3])
    parser.add_argument("--words", type=int, default=LENGTH, help="Words of a record.")
    parser.add_argument("--group", type=int, default=0, help="Copies that a text has on average; else they grow.")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--memory-limit", default="512MB", help="Memory for DuckDB.")
    parser.add_argument("--make", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--run", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.make:
        records = int(options.millions[0] * 1e6)
        templates = int(records * (EXACT + NEAR) / options.group) if options.group else TEMPLATES
        write_corpus(options.make, records, options.words, templates)
    elif options.run:
        print(json.dumps(run(options.run, options.work, options.workers, options.memory_limit)))
    else:
        options.folder.mkdir(parents=True, exist_ok=True)
        for line in grow(options):
            print(line, flush=True)


if __name__ == "__main__":
    main()
