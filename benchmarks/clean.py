"""Cleaning on one core, beside a plain copy by Arrow: Parquet and JSON lines, packed with zstd.

    .venv/bin/python benchmarks/clean.py [--megabytes 200]

One row in ten goes, and one in a hundred is masked. MB are of content as it is when unpacked.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from corpus_audit.corpus.entry import FileEntry
from corpus_audit.corpus.inputs import FileInput
from corpus_audit.corpus.locations.local import LocalFile
from corpus_audit.corpus.recognition import PLAIN
from corpus_audit.corpus.rewriting.changes import FileChanges
from corpus_audit.corpus.rewriting.rewrite import rewrite_file
from corpus_audit.vocabulary import FileFormat

WORDS = [
    f"{start}{end}" for start in ("har", "mil", "ter", "gla", "vio", "lan") for end in ("bour", "low", "race", "in")
]
MAIL = "klara.lindqvist@brevhuset-i-norr.se"
CHUNK = 4 << 20


def rows_of(megabytes: int) -> list[dict[str, Any]]:
    """Return rows of about so many megabytes of text."""
    draw = random.Random(1)
    rows: list[dict[str, Any]] = []
    size = 0
    while size < megabytes * 1_000_000:
        text = " ".join(draw.choices(WORDS, k=draw.randint(50, 600)))
        text += f" {MAIL}" if len(rows) % 100 == 51 else ""
        rows.append({"text": text, "url": f"https://example.org/{len(rows)}", "n": len(rows)})
        size += len(text)
    return rows


def entry_of(path: Path, file_format: FileFormat) -> tuple[FileInput, FileEntry]:
    """Return a file as a rewriter takes it."""
    size = path.stat().st_size
    compression = "zstd" if file_format is FileFormat.JSONL else None
    names = ("license_field", "language_field", "url_field", "date_field", "subject_ids_field")
    entry = FileEntry(
        *("f", "s", path.name, file_format, ("text",)),
        **dict.fromkeys(names),  # type: ignore[arg-type]
        size_bytes=size,
        recognition=replace(PLAIN, compression=compression),
    )
    return FileInput(LocalFile(path, path.name, size), size, compression), entry


def copy_parquet(source: Path, target: Path) -> None:
    """Copy a Parquet file by reading and writing its row groups."""
    with pq.ParquetFile(source) as file, pq.ParquetWriter(target, file.schema_arrow, compression="zstd") as out:
        for number in range(file.num_row_groups):
            out.write_table(file.read_row_group(number, use_threads=False))


def copy_packed(source: Path, target: Path) -> None:
    """Copy a packed file by unpacking and packing it."""
    with (
        pa.input_stream(str(source), compression="zstd") as stream,
        pa.output_stream(str(target), compression="zstd") as out,
    ):
        while chunk := stream.read(CHUNK):
            out.write(chunk)


def seconds(work: Callable[[], object]) -> float:
    """Return how long some work takes on the processor, the better of two times."""
    times = []
    for _ in range(2):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def main() -> int:
    """Print throughput and ratio of each format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=200)
    rows = rows_of(parser.parse_args().megabytes)
    pa.set_cpu_count(1)
    going = np.arange(0, len(rows), 10)
    masks = {number: [(MAIL, "[EMAIL_ADDRESS]")] for number in range(51, len(rows), 100)}
    changes = FileChanges(going, masks)
    size = sum(len(json.dumps(row)) for row in rows) / 1e6
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        pq.write_table(pa.Table.from_pylist(rows), place / "a.parquet", compression="zstd", row_group_size=20_000)
        with pa.output_stream(str(place / "a.jsonl.zst"), compression="zstd") as out:
            out.write("".join(json.dumps(row) + "\n" for row in rows).encode())
        for name, file_format, copy in (
            ("a.parquet", FileFormat.PARQUET, copy_parquet),
            ("a.jsonl.zst", FileFormat.JSONL, copy_packed),
        ):
            source, entry = entry_of(place / name, file_format)
            plain = seconds(lambda: copy(place / name, place / "copy"))  # noqa: B023
            cleaned = seconds(lambda: rewrite_file(source, entry, changes, place / "cleaned"))  # noqa: B023
            ratio = f"{plain / cleaned:.2f} of a plain copy's {size / plain:.0f}"
            print(f"{name:<12} {size / cleaned:7.0f} MB/s a core, {ratio}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
