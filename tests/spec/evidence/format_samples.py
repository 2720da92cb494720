"""One small dataset in every format and in several states, each written by a library that others use too."""

import csv
import gzip
import hashlib
import io
import json
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from corpus_audit.vocabulary import FileFormat

TEXTS = tuple(f"Sentence number {number}, written for a test in plain words." for number in range(40))
ADDRESS = "jane.q{}@contoso.com"


@dataclass(frozen=True)
class Sample:
    """A file: what it is called, its bytes, the rows in it, which of TEXTS can be read, and what the manifest says."""

    name: str
    content: bytes
    rows: int
    texts: tuple[str, ...] = TEXTS
    claims: Mapping[str, object] = field(default_factory=dict)


def rows(text_field: str = "text", texts: tuple[str | None, ...] = TEXTS) -> list[dict[str, object]]:
    return [
        {"id": number, text_field: text, "author": {"email": ADDRESS.format(number)}, "tags": ["a", f"b{number}"]}
        for number, text in enumerate(texts)
    ]


def flat_rows(text_field: str = "text") -> list[dict[str, object]]:
    return [{"id": n, text_field: text, "email": ADDRESS.format(n)} for n, text in enumerate(TEXTS)]


def as_labels(records: list[dict[str, object]]) -> list[dict[str, object]]:
    """Return rows without a text: a hash and a label stand in its place."""
    return [
        {
            "id": row["id"],
            "sha256": hashlib.sha256(str(row["text"]).encode()).hexdigest(),
            "label": f"class{row['id'] % 2}",
        }
        | {name: value for name, value in row.items() if name not in ("id", "text")}
        for row in records
    ]


HALF = TEXTS[::2]
HALF_NULL = tuple(text if number % 2 == 0 else None for number, text in enumerate(TEXTS))
TEXT_FIELD = {"text_fields": ["text"]}
GONE = {"text_fields": ["gone"]}
JSONL, JSON, CSV = ({"format": kind} for kind in (FileFormat.JSONL, FileFormat.JSON, FileFormat.CSV))
LFS_POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 132\n"


# --- how each format is written ---------------------------------------------------------------------------------------


def as_jsonl(records: list[dict[str, object]], encoding: str = "utf-8") -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in records).encode(encoding)


def as_json(records: list[object], encoding: str = "utf-8") -> bytes:
    return json.dumps(records, ensure_ascii=False).encode(encoding)


def as_csv(records: list[dict[str, object]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(records[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(records)
    return text.getvalue().encode(encoding)


def as_parquet(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table, sink, row_group_size=7)
    return sink.getvalue()


def as_arrow(table: pa.Table, open_writer: Callable[..., Any] = pa.ipc.new_file) -> bytes:
    sink = io.BytesIO()
    with open_writer(sink, table.schema) as writer:
        writer.write_table(table, max_chunksize=7)
    return sink.getvalue()


def as_tar(members: Mapping[str, bytes]) -> bytes:
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return sink.getvalue()


def as_zip(members: Mapping[str, bytes]) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return sink.getvalue()


def as_warc(pages: list[tuple[str, bytes]]) -> bytes:
    sink = io.BytesIO()
    for number, (kind, content) in enumerate(pages):
        answer = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n\r\n".encode() + content
        lines = (
            "WARC/1.0", "WARC-Type: response", f"WARC-Target-URI: https://example.org/{number}",
            "WARC-Date: 2026-01-01T00:00:00Z", f"WARC-Record-ID: <urn:uuid:{number}>",
            "Content-Type: application/http; msgtype=response", f"Content-Length: {len(answer)}",
        )  # fmt: skip
        sink.write("\r\n".join((*lines, "", "")).encode() + answer + b"\r\n\r\n")
    return sink.getvalue()


def broken_jsonl() -> bytes:
    lines = as_jsonl(rows()).splitlines(keepends=True)
    return b"".join(line if number % 2 == 0 else b"{broken\n" for number, line in enumerate(lines))


def broken_csv(delimiter: str = ",") -> bytes:
    head, *lines = as_csv(flat_rows(), delimiter).splitlines(keepends=True)
    cut = f"{delimiter}more\r\n".encode()
    return head + b"".join(line if n % 2 == 0 else line.rstrip() + cut for n, line in enumerate(lines))


def members(suffix: str, texts: tuple[str, ...] = TEXTS) -> dict[str, bytes]:
    return {f"{number:03d}{suffix}": text.encode() for number, text in enumerate(texts)}


def pages(kinds: tuple[str, str] = ("text/plain", "text/plain")) -> list[tuple[str, bytes]]:
    return [(kinds[number % 2], text.encode()) for number, text in enumerate(TEXTS)]


_TABLE, _HALF_TABLE = pa.Table.from_pylist(rows()), pa.Table.from_pylist(rows(texts=HALF_NULL))
_OTHER_TABLE, _UNTOLD_TABLE = pa.Table.from_pylist(rows("body")), pa.Table.from_pylist(rows("c7"))
_LABELS_TABLE = pa.Table.from_pylist(as_labels(rows()))
_STREAM = pa.ipc.new_stream
_OPAQUE = b"\0\1\2\3" * 50
_SKIPPED = {"x.npy": _OPAQUE, "y.7z": _OPAQUE}
_ROWS_GZIP = gzip.compress(as_jsonl(rows()), mtime=0)
_OTHER_GZIP = gzip.compress(as_jsonl(rows("body")), mtime=0)
_LABELS_GZIP = gzip.compress(as_jsonl(as_labels(rows())), mtime=0)
_WIDE_GZIP = gzip.compress(as_jsonl(rows(), "utf-16"), mtime=0)
_HALF_OBJECTS: list[object] = [row if number % 2 == 0 else 7 for number, row in enumerate(rows())]

SAMPLES: Mapping[tuple[str, str], Sample] = {
    ("jsonl", "all read"): Sample("a.jsonl", as_jsonl(rows()), 40, claims=TEXT_FIELD),
    ("jsonl", "half broken"): Sample("a.jsonl", broken_jsonl(), 40, HALF, TEXT_FIELD),
    ("jsonl", "field of another name"): Sample("a.jsonl", as_jsonl(rows("body")), 40),
    ("jsonl", "field of no telling name"): Sample("a.jsonl", as_jsonl(rows("c7")), 40),
    ("jsonl", "declared field absent"): Sample("a.jsonl", as_jsonl(rows("body")), 40, (), GONE),
    ("jsonl", "no text field"): Sample("a.jsonl", as_jsonl(as_labels(rows())), 40, (), JSONL),
    ("jsonl", "foreign encoding"): Sample("a.jsonl", as_jsonl(rows(), "utf-16"), 40, claims=TEXT_FIELD),
    ("jsonl", "wrong suffix"): Sample("a.json", as_jsonl(rows()), 40),
    ("jsonl.gz", "all read"): Sample("a.jsonl.gz", _ROWS_GZIP, 40, claims=TEXT_FIELD),
    ("jsonl.gz", "half broken"): Sample("a.jsonl.gz", _ROWS_GZIP[:200], 40, (), TEXT_FIELD),
    ("jsonl.gz", "field of another name"): Sample("a.jsonl.gz", _OTHER_GZIP, 40),
    ("jsonl.gz", "field of no telling name"): Sample("a.jsonl.gz", gzip.compress(as_jsonl(rows("c7")), mtime=0), 40),
    ("jsonl.gz", "declared field absent"): Sample("a.jsonl.gz", _OTHER_GZIP, 40, (), GONE),
    ("jsonl.gz", "no text field"): Sample("a.jsonl.gz", _LABELS_GZIP, 40, (), JSONL),
    ("jsonl.gz", "foreign encoding"): Sample("a.jsonl.gz", _WIDE_GZIP, 40, claims=TEXT_FIELD),
    ("jsonl.gz", "wrong suffix"): Sample("a.jsonl", gzip.compress(as_jsonl(rows()), mtime=0), 40),
    ("json", "all read"): Sample("a.json", as_json(rows()), 40, claims=TEXT_FIELD),
    ("json", "half broken"): Sample("a.json", as_json(_HALF_OBJECTS), 40, HALF, TEXT_FIELD),
    ("json", "field of another name"): Sample("a.json", as_json(rows("body")), 40),
    ("json", "field of no telling name"): Sample("a.json", as_json(rows("c7")), 40),
    ("json", "declared field absent"): Sample("a.json", as_json(rows("body")), 40, (), GONE),
    ("json", "no text field"): Sample("a.json", as_json(as_labels(rows())), 40, (), JSON),
    ("json", "foreign encoding"): Sample("a.json", as_json(rows(), "utf-16"), 40, claims=TEXT_FIELD),
    ("json", "wrong suffix"): Sample("a.jsonl", as_json(rows()), 40),
    ("csv", "all read"): Sample("a.csv", as_csv(flat_rows()), 40, claims=TEXT_FIELD),
    ("csv", "half broken"): Sample("a.csv", broken_csv(), 40, HALF, TEXT_FIELD),
    ("csv", "field of another name"): Sample("a.csv", as_csv(flat_rows("body")), 40),
    ("csv", "field of no telling name"): Sample("a.csv", as_csv(flat_rows("c7")), 40),
    ("csv", "declared field absent"): Sample("a.csv", as_csv(flat_rows("body")), 40, (), GONE),
    ("csv", "no text field"): Sample("a.csv", as_csv(as_labels(flat_rows())), 40, (), CSV),
    ("csv", "foreign encoding"): Sample("a.csv", as_csv(flat_rows(), encoding="utf-16"), 40, claims=TEXT_FIELD),
    ("csv", "wrong suffix"): Sample("a.tsv", as_csv(flat_rows()), 40, claims=TEXT_FIELD),
    ("tsv", "all read"): Sample("a.tsv", as_csv(flat_rows(), "\t"), 40, claims=TEXT_FIELD),
    ("tsv", "half broken"): Sample("a.tsv", broken_csv("\t"), 40, HALF, TEXT_FIELD),
    ("tsv", "field of another name"): Sample("a.tsv", as_csv(flat_rows("body"), "\t"), 40),
    ("tsv", "field of no telling name"): Sample("a.tsv", as_csv(flat_rows("c7"), "\t"), 40),
    ("tsv", "declared field absent"): Sample("a.tsv", as_csv(flat_rows("body"), "\t"), 40, (), GONE),
    ("tsv", "no text field"): Sample("a.tsv", as_csv(as_labels(flat_rows()), "\t"), 40, (), CSV),
    ("tsv", "foreign encoding"): Sample("a.tsv", as_csv(flat_rows(), "\t", "utf-16"), 40, claims=TEXT_FIELD),
    ("tsv", "wrong suffix"): Sample("a.csv", as_csv(flat_rows(), "\t"), 40, claims=TEXT_FIELD),
    ("parquet", "all read"): Sample("a.parquet", as_parquet(_TABLE), 40),
    ("parquet", "half broken"): Sample("a.parquet", as_parquet(_HALF_TABLE), 40, HALF),
    ("parquet", "field of another name"): Sample("a.parquet", as_parquet(_OTHER_TABLE), 40),
    ("parquet", "field of no telling name"): Sample("a.parquet", as_parquet(_UNTOLD_TABLE), 40),
    ("parquet", "declared field absent"): Sample("a.parquet", as_parquet(_OTHER_TABLE), 40, (), GONE),
    ("parquet", "no text field"): Sample("a.parquet", as_parquet(_LABELS_TABLE), 40, ()),
    ("parquet", "foreign encoding"): Sample(
        "a.parquet", as_parquet(pa.table({"text": [text.encode("utf-16") for text in TEXTS]})), 40, ()
    ),
    ("parquet", "wrong suffix"): Sample("a.jsonl", as_parquet(_TABLE), 40),
    ("arrow", "all read"): Sample("a.arrow", as_arrow(_TABLE), 40),
    ("arrow", "half broken"): Sample("a.arrow", as_arrow(_HALF_TABLE), 40, HALF),
    ("arrow", "field of another name"): Sample("a.arrow", as_arrow(_OTHER_TABLE), 40),
    ("arrow", "field of no telling name"): Sample("a.arrow", as_arrow(_UNTOLD_TABLE), 40),
    ("arrow", "declared field absent"): Sample("a.arrow", as_arrow(_OTHER_TABLE), 40, (), GONE),
    ("arrow", "no text field"): Sample("a.arrow", as_arrow(_LABELS_TABLE), 40, ()),
    ("arrow", "foreign encoding"): Sample(
        "a.arrow", as_arrow(pa.table({"text": [text.encode("utf-16") for text in TEXTS]})), 40, ()
    ),
    ("arrow", "wrong suffix"): Sample("a.csv", as_arrow(_TABLE), 40),
    ("arrow stream", "all read"): Sample("a.arrow", as_arrow(_TABLE, _STREAM), 40),
    ("arrow stream", "half broken"): Sample("a.arrow", as_arrow(_HALF_TABLE, _STREAM), 40, HALF),
    ("arrow stream", "field of another name"): Sample("a.arrow", as_arrow(_OTHER_TABLE, _STREAM), 40),
    ("arrow stream", "field of no telling name"): Sample("a.arrow", as_arrow(_UNTOLD_TABLE, _STREAM), 40),
    ("arrow stream", "declared field absent"): Sample("a.arrow", as_arrow(_OTHER_TABLE, _STREAM), 40, (), GONE),
    ("arrow stream", "no text field"): Sample("a.arrow", as_arrow(_LABELS_TABLE, _STREAM), 40, ()),
    ("arrow stream", "wrong suffix"): Sample("a.json", as_arrow(_TABLE, _STREAM), 40),
    ("text", "all read"): Sample("a.txt", TEXTS[0].encode(), 1, TEXTS[:1]),
    ("text", "half broken"): Sample("a.txt.gz", gzip.compress(TEXTS[0].encode(), mtime=0)[:20], 0, ()),
    ("text", "foreign encoding"): Sample("a.txt", TEXTS[0].encode("utf-16"), 1, TEXTS[:1]),
    ("text", "wrong suffix"): Sample("a.jsonl", TEXTS[0].encode(), 1, TEXTS[:1]),
    ("html", "all read"): Sample("a.html", f"<p>{TEXTS[0]}</p>".encode(), 1, TEXTS[:1], {"format": FileFormat.HTML}),
    ("html", "half broken"): Sample("a.html", b"<script>1</script>", 1, (), {"format": FileFormat.HTML}),
    ("html", "wrong suffix"): Sample("a.txt", f"<p>{TEXTS[0]}</p>".encode(), 1, (f"<p>{TEXTS[0]}</p>",)),
    ("warc", "all read"): Sample("a.warc", as_warc(pages()), 40),
    ("warc", "half broken"): Sample("a.warc", as_warc(pages(("text/plain", "application/zip"))), 40, HALF),
    ("warc", "wrong suffix"): Sample("a.tar", as_warc(pages()), 40),
    ("tar", "all read"): Sample("a.tar", as_tar(members(".txt")), 40),
    ("tar", "half broken"): Sample("a.tar", as_tar(members(".txt", HALF) | _SKIPPED), 20, HALF),
    ("tar", "wrong suffix"): Sample("a.zip", as_tar(members(".txt")), 40),
    ("zip", "all read"): Sample("a.zip", as_zip(members(".txt")), 40),
    ("zip", "half broken"): Sample("a.zip", as_zip(members(".txt", HALF) | _SKIPPED), 20, HALF),
    ("zip", "field of another name"): Sample("a.zip", as_zip({"a.jsonl": as_jsonl(rows("body"))}), 40),
    ("zip", "field of no telling name"): Sample("a.zip", as_zip({"a.csv": as_csv(flat_rows("c7"))}), 40),
    ("tar", "field of another name"): Sample("a.tar", as_tar({"a.json": as_json(rows("body"))}), 40),
    ("tar", "field of no telling name"): Sample("a.tar", as_tar({"a.parquet": as_parquet(_UNTOLD_TABLE)}), 40),
    ("zip", "wrong suffix"): Sample("a.jsonl", as_zip(members(".txt")), 40),
    ("csv", "document"): Sample("a.csv", as_csv(as_labels(flat_rows())), 1, ()),
    ("json", "document"): Sample("a.json", as_json(as_labels(rows())), 1, ()),
    ("jsonl", "named as binary"): Sample("a.parquet", as_jsonl(rows()), 0, ()),
    ("json", "named as binary"): Sample("a.arrow", as_json(rows()), 0, ()),
    ("html", "named as binary"): Sample("a.zip", f"<p>{TEXTS[0]}</p>".encode(), 0, ()),
    ("answer", "named as binary"): Sample("a.csv", b"<html><body>404</body></html>", 0, ()),
    ("text", "named as binary"): Sample("a.parquet", TEXTS[0].encode(), 0, ()),
    ("pointer", "named as binary"): Sample("a.parquet", LFS_POINTER, 0, ()),
    ("binary", "all read"): Sample("a.bin", _OPAQUE, 0, ()),
    ("missing", "all read"): Sample("", b"", 0, ()),
}  # fmt: skip
