"""Whatever bytes a file holds, reading it ends with records and defects, never with an exception."""

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus_audit.corpus.entry import Defect
from corpus_audit.corpus.locations.local import LocalFolder
from corpus_audit.corpus.records import RECORD_TEXTS, read_records
from corpus_audit.schemas import FILES
from corpus_audit.vocabulary import FileFormat, FileState

ROWS = [{"text": f"text {number}", "meta": {"url": "u"}, "who": ["a"]} for number in range(20)]
LINES = "\n".join(map(json.dumps, ROWS)).encode()
TABLE = pa.Table.from_pylist(ROWS)
PAGE = b"<!doctype html><meta charset=gbk><title>T</title><p>\xba\xa3\xb8\xdb<script>1</script>"
CRAWL = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://e.org/\r\nContent-Type: application/http\r\n"
    b"Content-Length: 59\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nhello there\r\n\r\n\r\n"
)


def _arrow() -> bytes:
    stream = io.BytesIO()
    with pa.ipc.new_file(stream, TABLE.schema) as writer:
        writer.write_table(TABLE)
    return stream.getvalue()


def _parquet() -> bytes:
    stream = io.BytesIO()
    pq.write_table(TABLE, stream, row_group_size=7)
    return stream.getvalue()


def _tar() -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, content in MEMBERS.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return stream.getvalue()


def _zip() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in MEMBERS.items():
            archive.writestr(name, content)
    return stream.getvalue()


MEMBERS = {
    "a.json": b'{"text": "a", "meta": {"url": "u"}}',
    "a.txt": b"a",
    "b.jsonl.gz": gzip.compress(LINES, mtime=0),
    "c.html": PAGE,
}
FILES_BY_NAME: Mapping[str, tuple[FileFormat, bytes]] = {
    "a.txt": (FileFormat.TEXT, b"prose\n" * 20),
    "a.jsonl": (FileFormat.JSONL, LINES),
    "a.jsonl.gz": (FileFormat.JSONL, gzip.compress(LINES, mtime=0)),
    "a.jsonl.bz2": (FileFormat.JSONL, bz2.compress(LINES)),
    "a.jsonl.xz": (FileFormat.JSONL, lzma.compress(LINES)),
    "a.jsonl.zst": (FileFormat.JSONL, pa.compress(LINES, "zstd", asbytes=True)),
    "a.json": (FileFormat.JSON, json.dumps(ROWS).encode()),
    "a.csv": (FileFormat.CSV, b'text,n\n"one\nline",1\ntwo,2\n'),
    "a.parquet": (FileFormat.PARQUET, _parquet()),
    "a.arrow": (FileFormat.ARROW, _arrow()),
    "a.html": (FileFormat.HTML, PAGE),
    "a.warc": (FileFormat.WARC, CRAWL * 3),
    "a.warc.gz": (FileFormat.WARC, gzip.compress(CRAWL, mtime=0) * 3),
    "a.tar": (FileFormat.TAR, _tar()),
    "a.tar.gz": (FileFormat.TAR, gzip.compress(_tar(), mtime=0)),
    "a.zip": (FileFormat.ZIP, _zip()),
}

DAMAGE = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from(["set", "cut", "insert", "repeat"]), st.binary(min_size=1, max_size=8)),
    max_size=4,
)


def damaged(content: bytes, damage: list[tuple[float, str, bytes]]) -> bytes:
    for place, kind, new in damage:
        at = int(place * len(content))
        match kind:
            case "set":
                content = content[:at] + new + content[at + len(new) :]
            case "cut":
                content = content[:at]
            case "insert":
                content = content[:at] + new + content[at:]
            case "repeat":
                content = content[:at] + content[at : at + 512] + content[at:]
    return content


@pytest.mark.parametrize("name", FILES_BY_NAME)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damage=DAMAGE, has_fields=st.booleans())
def test_reading_damage_ends_with_records_and_defects(
    name: str, damage: list[tuple[float, str, bytes]], has_fields: bool, tmp_path: Path
) -> None:
    kind, content = FILES_BY_NAME[name]
    path = tmp_path / name
    path.write_bytes(damaged(content, damage))
    is_archive = kind in (FileFormat.TAR, FileFormat.ZIP)
    row = {
        "file_id": "f", "source_id": "s", "file": name, "format": kind, "state": FileState.VERIFIED,
        "observed_size_bytes": path.stat().st_size, "text_fields": ["text"] if has_fields or not is_archive else [],
        "url_field": "meta.url", "subject_ids_field": "who",
    }  # fmt: skip
    rows = []
    for piece in read_records(LocalFolder(tmp_path), pa.Table.from_pylist([row], schema=FILES.schema), 1000):
        if not isinstance(piece, Defect):
            piece.validate(full=True)
            assert piece.schema == RECORD_TEXTS
            rows += piece["row"].to_pylist()
    assert rows == sorted(set(rows))
    if not damage:
        assert rows
