"""What the guard costs: reading and measuring in this process, beside the same in a worker, in pairs.

    .venv/bin/python benchmarks/guarding.py [--megabytes 20] [--media 60] [--pairs 5]

Each pair runs both ways right after each other; the ratio is the median of the pairs. Times are of the processor: of
this process, and with the guard of the worker too. Reading hands texts back, as comparing copies needs them.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import pyarrow as pa
import yaml
from media import packed_picture, packed_sound
from reading import BATCH_BYTES, FIELDS, MEGABYTE, read_rows, write_files

from corpus_audit import guard, pipeline
from corpus_audit.config import Parameters, Settings
from corpus_audit.corpus.guarded_reading import read_guarded
from corpus_audit.corpus.limits import reading_limits
from corpus_audit.corpus.locations.local import LocalFolder
from corpus_audit.corpus.records import read_records
from corpus_audit.guard import WorkerDiedError
from corpus_audit.pipeline.measured_parts import MeasuringTask, load_all, measure_parts
from corpus_audit.schemas import FILES
from corpus_audit.vocabulary import FileFormat, FileState

LIMITS = reading_limits(Parameters())
SOUNDS = (("wav", "pcm_s16le"), ("flac", "flac"), ("mp3", "mp3"))


@dataclass(frozen=True)
class Case:
    """One kind of work, in this process and in a worker; each returns the seconds of the processor that it took."""

    name: str
    plain: Callable[[], float]
    guarded: Callable[[], float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=20)
    parser.add_argument("--media", type=int, default=60, help="files of each kind")
    parser.add_argument("--pairs", type=int, default=5)
    options = parser.parse_args()
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    load_all()
    with tempfile.TemporaryDirectory(prefix="corpus-audit-benchmark-") as folder:
        print(f"load {os.getloadavg()[0]:.1f}")
        for case in cases(Path(folder), options.megabytes * MEGABYTE, options.media):
            print(line(case, options.pairs), flush=True)
    for line_ in replacement(options.pairs):
        print(line_)
    guard.stop_idle()


def cases(folder: Path, most_bytes: int, media: int) -> Iterator[Case]:
    """Yield what is timed, with the files that it needs."""
    texts, pictures, sounds = (folder / name for name in ("texts", "pictures", "sounds"))
    for path in (texts, pictures, sounds):
        path.mkdir()
    write_files(texts, list(read_rows(Path(os.__file__).parent, most_bytes)))
    for name, kind in (("rows.jsonl", FileFormat.JSONL), ("rows.zstd.parquet", FileFormat.PARQUET)):
        yield reading(texts / name, kind)
    for path in texts.iterdir():
        if path.name != "rows.jsonl":
            path.unlink()
    for number in range(media):
        (pictures / f"{number}.jpg").write_bytes(packed_picture(number, "JPEG"))
        suffix, codec = SOUNDS[number % len(SOUNDS)]
        (sounds / f"{number}.{suffix}").write_bytes(packed_sound(number, suffix, codec))
    yield from (measuring(path) for path in (texts, pictures, sounds))


def reading(path: Path, kind: FileFormat) -> Case:
    """Return the reading of one file."""
    row = {"file_id": "f", "source_id": "s", "file": path.name, "format": kind, "state": FileState.VERIFIED}
    row |= {**FIELDS, "observed_size_bytes": path.stat().st_size}
    read = partial(read_and_time, LocalFolder(path.parent), pa.Table.from_pylist([row], schema=FILES.schema))
    return Case(f"reading {path.name}", partial(read, False), partial(read, True))


def read_and_time(folder: LocalFolder, files: pa.Table, is_guarded: bool) -> float:
    used, began = (guard.run(time.process_time) if is_guarded else 0.0), time.process_time()
    arguments = (folder, files, BATCH_BYTES)
    columns = ("record_id", "text")
    pieces = (
        read_guarded(read_records, *arguments, columns=columns, limits=LIMITS, address="")
        if is_guarded
        else read_records(*arguments)
    )
    for _ in pieces:
        pass
    taken = time.process_time() - began
    return taken + (guard.run(time.process_time) - used if is_guarded else 0.0)


def measuring(folder: Path) -> Case:
    """Return the measuring of the only shard of a folder's files."""
    source = {"id": "s", "folders": ["."], "files": [{"path": path.name} for path in sorted(folder.iterdir())]}
    manifest = folder.parent / f"{folder.name}.yaml"
    manifest.write_text(yaml.safe_dump({"manifest_version": "1", "dataset": {"id": "d"}, "sources": [source]}))
    audit = pipeline.ingest(manifest, folder.parent / f"{folder.name}-store", root=folder)
    measure = partial(measure_and_time, MeasuringTask(audit, 0, Settings(workers=1)))
    return Case(f"measuring {folder.name}", partial(measure, False), partial(measure, True))


def measure_and_time(task: MeasuringTask, is_guarded: bool) -> float:
    with tempfile.TemporaryDirectory() as folder:
        if not is_guarded:
            return timed_measuring(folder, task)
        began = time.process_time()
        taken: float = guard.run(timed_measuring, folder, task, limits=LIMITS, preload=load_all)
        return taken + time.process_time() - began


def timed_measuring(folder: str, task: MeasuringTask) -> float:
    began = time.process_time()
    measure_parts(Path(folder), task)
    return time.process_time() - began


def line(case: Case, pairs: int) -> str:
    """Return the figures of a case; the first pair warms up."""
    taken = [(case.plain(), case.guarded()) for _ in range(pairs + 1)][1:]
    plain, guarded = (median(times) for times in zip(*taken, strict=True))
    ratio = median(after / before for before, after in taken)
    return f"{case.name:<28} {plain:6.2f} s in this process   {guarded:6.2f} s in a worker   ratio {ratio:5.3f}"


def replacement(pairs: int) -> Iterator[str]:
    """Yield how long it takes, by the clock, until another worker that has all loaded answers."""
    answer = partial(guard.run, os.getpid, preload=load_all)
    anew, forked = [], []
    for _ in range(pairs):
        guard.stop_idle()
        anew.append(seconds(answer))
        with suppress(WorkerDiedError):
            guard.run(os.abort, preload=load_all)
        forked.append(seconds(answer))
    yield f"a worker that ended, replaced by one started anew: {median(anew) * 1000:6.0f} ms"
    yield f"a worker that ended, replaced by one forked:       {median(forked) * 1000:6.0f} ms"


def seconds(work: Callable[[], Any]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began


if __name__ == "__main__":
    import guarding  # a worker finds functions by the name of their module, which here is __main__

    guarding.main()
