"""Print how fast records are read, before anything is measured, beside what else reads the same files.

Usage: python benchmarks/reading.py [FOLDER] [--megabytes 200] [--repeat 3]

FOLDER is any folder of text; the default is the installed packages of this environment, whose files become records
with an address, a language and a license each. Every file of the table holds the same records and is in the page cache.
Figures are megabytes of decoded text by second of processor time, of all threads together; the best of the repeats.
What the others do ends with the text as Arrow, as ours does, or as Python strings; none of the others checks rows,
places or UTF-8 one by one, or goes on behind damage.
"""

import argparse
import io
import json
import os
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import csv

from corpus_audit.corpus.entry import Defect
from corpus_audit.corpus.locations.local import LocalFolder
from corpus_audit.corpus.records import read_records
from corpus_audit.schemas import FILES
from corpus_audit.vocabulary import FileFormat, FileState

MEGABYTE = 1_000_000
MOST_OF_A_RECORD = 4_000
BATCH_BYTES = 8 * 2**20
CODECS = {".gz": "gzip", ".zst": "zstd", ".bz2": "bz2"}

FIELDS = {"text_fields": ["text"], "url_field": "url", "language_field": "language", "license_field": "license"}
NESTED = {"text_fields": ["/messages/*/content"], "url_field": "/meta/url"}

Peer = Callable[[Path], int]
"""Reads a file and returns how many bytes of text it found."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(sysconfig.get_path("purelib")))
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    with tempfile.TemporaryDirectory(prefix="corpus-audit-benchmark-") as folder:
        rows = list(read_rows(options.folder, options.megabytes * MEGABYTE))
        size = sum(len(row["text"].encode()) for row in rows)
        write_files(Path(folder), rows)
        del rows
        print(f"{size / MEGABYTE:.0f} MB of text, load {os.getloadavg()[0]:.1f}")
        for line in table(Path(folder), size, options.repeat):
            print(line, flush=True)


def read_rows(folder: Path, most_bytes: int) -> Iterator[dict[str, str]]:
    """Yield the text files of a folder as rows of at most MOST_OF_A_RECORD characters, until there are enough bytes."""
    total = 0
    for path in sorted(folder.rglob("*")):
        if total >= most_bytes:
            return
        if path.is_symlink() or not path.is_file() or b"\0" in (content := path.read_bytes()):
            continue
        text = content.decode(errors="replace")
        for start in range(0, len(text), MOST_OF_A_RECORD):
            piece = text[start : start + MOST_OF_A_RECORD]
            total += len(piece)
            address = f"https://example.org/{path.relative_to(folder).as_posix()}#{start}"
            yield {"text": piece, "url": address, "language": "en", "license": "MIT", "unused": path.name * 4}


def write_files(folder: Path, rows: list[dict[str, str]]) -> None:
    lines = b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)
    nested = (
        {"messages": [{"role": "user", "content": row["text"]}], "meta": {"url": row["url"], "n": 1}} for row in rows
    )
    chats = b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in nested)
    columns = pa.Table.from_pylist(rows)
    (folder / "rows.jsonl").write_bytes(lines)
    (folder / "chats.jsonl").write_bytes(chats)
    (folder / "rows.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    for suffix, codec in CODECS.items():
        with pa.CompressedOutputStream(str(folder / f"rows.jsonl{suffix}"), codec) as stream:
            stream.write(lines)
    for codec in ("snappy", "zstd"):
        pq.write_table(columns, folder / f"rows.{codec}.parquet", compression=codec, row_group_size=10_000)
    csv.write_csv(columns, folder / "rows.csv")
    with pa.ipc.new_file(folder / "rows.arrow", columns.schema) as writer:
        writer.write_table(columns, max_chunksize=10_000)


# --- who reads --------------------------------------------------------------------------------------------------------


def ours(kind: FileFormat, fields: Mapping[str, object]) -> Peer:
    def read(path: Path) -> int:
        row = {"file_id": "f", "source_id": "s", "file": path.name, "format": kind, "state": FileState.VERIFIED}
        seen = {**row, **fields, "observed_size_bytes": path.stat().st_size}
        files = pa.Table.from_pylist([seen], schema=FILES.schema)
        total = 0
        for piece in read_records(LocalFolder(path.parent), files, BATCH_BYTES):
            if isinstance(piece, Defect):
                raise SystemExit(f"{path.name}: {piece.detail}")
            total += text_bytes(piece["text"])
        return total

    return read


def text_bytes(column: pa.Array) -> int:
    offsets = column.buffers()[1]
    ends = memoryview(offsets).cast("q")
    return ends[column.offset + len(column)] - ends[column.offset]


def opened(path: Path) -> io.BufferedReader:
    codec = CODECS.get(path.suffix)
    return io.BufferedReader(pa.input_stream(str(path), compression=codec), BATCH_BYTES)


def python_json(path: Path) -> int:
    with opened(path) as stream:
        if path.suffix == ".json":
            return sum(len(row["text"].encode()) for row in json.load(stream))
        rows = map(json.loads, stream)
        return sum(len(row["text"].encode()) for row in rows)


def python_csv(path: Path) -> int:
    import csv as python

    python.field_size_limit(1 << 30)
    with path.open(newline="", encoding="utf-8") as stream:
        return sum(len(row["text"].encode()) for row in python.DictReader(stream))


def pandas_lines(path: Path) -> int:
    with opened(path) as stream:
        return int(sum(map(len, map(str.encode, pd.read_json(stream, lines=True)["text"]))))


def in_duckdb(function: str) -> Peer:
    def read(path: Path) -> int:
        with duckdb.connect(config={"threads": 1}) as connection:
            rows = connection.sql(f"SELECT text, url, language, license FROM {function}('{path}')")
            return sum(batch["text"].nbytes for batch in rows.to_arrow_reader(10_000))

    return read


def arrow_parquet(path: Path) -> int:
    with pq.ParquetFile(path) as file:
        return sum(batch["text"].nbytes for batch in file.iter_batches(columns=["text", "url", "language", "license"]))


LINES: Mapping[str, Peer] = {
    "python json": python_json,
    "pandas": pandas_lines,
    "duckdb": in_duckdb("read_json"),
}
PARQUET: Mapping[str, Peer] = {"pyarrow": arrow_parquet, "duckdb": in_duckdb("read_parquet")}
CASES: Mapping[str, tuple[Peer, Mapping[str, Peer]]] = {
    "rows.jsonl": (ours(FileFormat.JSONL, FIELDS), LINES),
    "rows.jsonl.zst": (ours(FileFormat.JSONL, FIELDS), LINES),
    "rows.jsonl.gz": (ours(FileFormat.JSONL, FIELDS), LINES),
    "rows.jsonl.bz2": (ours(FileFormat.JSONL, FIELDS), {"python json": python_json}),
    "chats.jsonl": (ours(FileFormat.JSONL, NESTED), {}),
    "rows.json": (ours(FileFormat.JSON, FIELDS), {"python json": python_json, "duckdb": in_duckdb("read_json")}),
    "rows.snappy.parquet": (ours(FileFormat.PARQUET, FIELDS), PARQUET),
    "rows.zstd.parquet": (ours(FileFormat.PARQUET, FIELDS), PARQUET),
    "rows.csv": (ours(FileFormat.CSV, FIELDS), {"python csv": python_csv, "duckdb": in_duckdb("read_csv")}),
    "rows.arrow": (ours(FileFormat.ARROW, FIELDS), {}),
}


def table(folder: Path, size: int, repeat: int) -> Iterator[str]:
    """Yield a line for each file: how fast this program reads it, and how much faster than others that is."""
    for name, (reader, peers) in CASES.items():
        speed = speed_of(reader, folder / name, size, repeat)
        others = {other: speed_of(peer, folder / name, size, repeat) for other, peer in peers.items()}
        beside = "   ".join(f"{other} {found:5.0f} ({speed / found:4.1f} x)" for other, found in others.items())
        yield f"{name:<20} {speed:6.0f} MB/s   {beside}"


def speed_of(reader: Peer, path: Path, size: int, repeat: int) -> float:
    best = float("inf")
    for _ in range(repeat):
        started = time.process_time()
        found = reader(path)
        best = min(best, time.process_time() - started)
        if found < size:
            raise SystemExit(f"{path.name}: {found} of {size} bytes were read")
    return size / best / MEGABYTE


if __name__ == "__main__":
    main()
