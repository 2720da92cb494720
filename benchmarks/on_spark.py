"""Processor time and memory of measuring and deduplicating on an engine, by the process that used them.

The corpus is that of dedup_growth.py. With Spark the master is local[2]: driver, executor and master are one Java
process; measuring runs in Python processes that Java starts, and in guarded workers that these start. What is left to
the driver's Python is its own time, without that of noting all this, and that of its guarded workers, which read
possible copies again. Of several sizes the exponents of both stages come last.

    .venv/bin/python benchmarks/on_spark.py --folder /tmp/on-spark --millions 1 3 --engine duckdb
"""

import argparse
import json
import os
import shutil
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from dedup_growth import FILE_ROWS, WORDS, _texts, _word

from corpus_audit import pipeline
from corpus_audit.config import Settings
from corpus_audit.pipeline import RunContext
from corpus_audit.pipeline.measure import MEASURE
from corpus_audit.store import AuditFolder

_TICKS, _PAGE = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
_SECONDS = 0.5
_WARM_UP = 0.01
"""Millions of records of a run whose figures are no part of the exponents."""
DRIVER, GUARDED, JAVA, WORKERS = "driver's Python", "its guarded workers", "Java", "Python on Spark"
TOGETHER, SHARED_ONCE = "all processes together", "the same, shared pages counted once"


def write_corpus(folder: Path, records: int) -> Path:
    """Write Parquet files of texts and their manifest, and return that."""
    (folder / "texts").mkdir(parents=True)
    vocabulary = pa.array([_word(number) for number in range(WORDS)])
    files = []
    for number, first in enumerate(range(0, records, FILE_ROWS)):
        files.append({"path": f"texts/{number:05d}.parquet"})
        texts = _texts(number, min(FILE_ROWS, records - first), vocabulary).select(["text"])
        pq.write_table(texts, folder / str(files[-1]["path"]), compression="zstd")
    source = {"id": "texts", "files": files}
    manifest = {"manifest_version": "1", "dataset": {"id": "records", "title": "Records"}, "sources": [source]}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder / "manifest.json"


@dataclass
class Use:
    """Seconds of processors by process, and the largest resident memory, of this program's processes by their kind."""

    seconds: dict[str, dict[tuple[str, str], float]] = field(default_factory=lambda: defaultdict(dict))
    peak_bytes: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    watching: float = 0.0
    """Seconds that noting all this took, which are the driver's."""

    def look(self) -> None:
        """Note what every process has used up to now."""
        resident: dict[str, int] = defaultdict(int)
        shared_once = 0
        for kind, process in _processes(os.getpid(), DRIVER):
            with suppress(OSError):
                fields = (process / "stat").read_text().rpartition(")")[2].split()
                self.seconds[kind][process.name, fields[19]] = (int(fields[11]) + int(fields[12])) / _TICKS
                resident[kind] += int((process / "statm").read_text().split()[1]) * _PAGE
                shared_once += _proportional_bytes(process)
        resident |= {TOGETHER: sum(resident.values()), SHARED_ONCE: shared_once}
        for kind, found in resident.items():
            self.peak_bytes[kind] = max(self.peak_bytes[kind], found)

    def totals(self) -> dict[str, float]:
        """Return the seconds of each kind."""
        totals = {kind: sum(used.values()) for kind, used in self.seconds.items()}
        return totals | {DRIVER: totals.get(DRIVER, 0.0) - self.watching}


def _proportional_bytes(process: Path) -> int:
    """Return the resident memory of a process with its part of what it shares with others, mapped files counted."""
    lines = (process / "smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def _processes(pid: int, kind: str) -> Iterator[tuple[str, Path]]:
    process = Path("/proc", str(pid))
    with suppress(OSError):
        if (process / "comm").read_text() == "java\n":
            kind = JAVA
        yield kind, process
        below = {DRIVER: GUARDED, JAVA: WORKERS}.get(kind, kind)
        for task in (process / "task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _processes(int(child), below)


@contextmanager
def watched(use: Use) -> Iterator[None]:
    """Keep noting what is used while the block runs."""
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(_SECONDS):
            use.look()
            use.watching = time.thread_time()

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        use.look()


def run(manifest: Path, store: Path, settings: Settings, spent: dict[str, list[float]]) -> Iterator[str]:
    """Measure and deduplicate; yield a line a stage with what was used, and one with the largest memory of it.

    The seconds of processors are appended to *spent*, by stage.
    """
    context, use = RunContext(settings, sends_lineage=False), Use()
    audit: AuditFolder = pipeline.ingest(manifest, store, context=context)
    stages = {
        "measure": lambda: pipeline.run_shards(MEASURE, audit, pipeline.shard_sizes(audit), context),
        "deduplicate": lambda: pipeline.deduplicate(audit, context=context),
    }
    with watched(use):
        use.look()
        for name, stage in stages.items():
            before, began = use.totals(), time.perf_counter()
            stage()
            use.look()
            used = {kind: seconds - before.get(kind, 0.0) for kind, seconds in use.totals().items()}
            spent[name].append(sum(used.values()))
            figures = "  ".join(f"{kind} {seconds:.1f}" for kind, seconds in used.items())
            yield f"{name:12} {time.perf_counter() - began:7.1f} s  processors: {sum(used.values()):.1f} s  {figures}"
            yield f"{name:12} largest resident memory in MB: " + ", ".join(
                f"{kind} {peak / 1e6:.0f}" for kind, peak in use.peak_bytes.items()
            )
            use.peak_bytes.clear()


def main() -> None:
    """Print the figures of each size on one engine."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=Path("build/on-spark"))
    parser.add_argument("--millions", type=float, nargs="+", default=[1])
    parser.add_argument("--engine", choices=("duckdb", "spark"), default="spark")
    options = parser.parse_args()
    spent: dict[str, list[float]] = defaultdict(list)
    # The first run compiles, and starts what later ones find running.
    sizes = [_WARM_UP, *options.millions] if len(options.millions) > 1 else options.millions
    for millions in sizes:
        corpus = options.folder / f"corpus-{millions:g}"
        if not corpus.exists():
            write_corpus(corpus, int(millions * 1e6))
        store = options.folder / f"store-{options.engine}-{millions:g}"
        shutil.rmtree(store, ignore_errors=True)
        for line in run(corpus / "manifest.json", store, Settings(workers=2, engine=options.engine), spent):
            print(f"{millions:5g} M  {line}", flush=True)
    if len(options.millions) > 1:
        warm = {name: seconds[1:] for name, seconds in spent.items()}
        print("exponents: " + ", ".join(exponents(options.millions, warm)))


def exponents(millions: Sequence[float], spent: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """Yield the exponent of each stage's processor time against the number of records."""
    for name, seconds in spent.items():
        yield f"{name} {np.polyfit(np.log(millions), np.log(seconds), 1)[0]:.2f}"


if __name__ == "__main__":
    main()
