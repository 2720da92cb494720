"""Fields of nested records, several fields as one text, and packed files that hold more than they should."""

import bz2
import gzip
import json
import lzma
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus_audit.corpus import compression
from corpus_audit.corpus.entry import Defect, make_file_id
from corpus_audit.corpus.fields import paths_of
from corpus_audit.corpus.locations.local import LocalFolder
from corpus_audit.corpus.records import read_records
from corpus_audit.schemas import FILES
from corpus_audit.vocabulary import DefectCode, FileFormat, FileState
from unit.record_reading import texts

ROWS: list[dict[str, Any]] = [
    {
        "talk": [{"who": "a", "words": "one"}, {"who": "b", "words": None}, {"who": "a", "words": "two"}],
        "meta": {"url": "https://example.org/1", "when": "2024", "tags": ["x", "y"], "people": ["p1", "p2"]},
        "a.b": "dotted",
        "title": "T",
    },
    {"talk": [], "meta": {"url": None, "when": None, "tags": None, "people": []}, "a.b": None, "title": None},
    {"talk": None, "meta": None, "a.b": "again", "title": "U"},
]


def write_jsonl(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def write_jsonl_with_a_bad_row(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows) + "{broken\n")


def write_parquet(path: Path, rows: list[dict[str, Any]]) -> None:
    pq.write_table(pa.Table.from_pylist(rows), path)


WRITERS = [
    pytest.param(FileFormat.JSONL, write_jsonl, id="jsonl"),
    pytest.param(FileFormat.JSONL, write_jsonl_with_a_bad_row, id="jsonl-row-by-row"),
    pytest.param(FileFormat.PARQUET, write_parquet, id="parquet"),
]


def read(path: Path, kind: FileFormat, **fields: Any) -> tuple[list[dict[str, Any]], list[Defect]]:
    row = {
        "file_id": make_file_id("s", path.name),
        "source_id": "s",
        "file": path.name,
        "format": kind,
        "observed_size_bytes": path.stat().st_size,
        "state": FileState.VERIFIED,
        **fields,
    }
    pieces = list(read_records(LocalFolder(path.parent), pa.Table.from_pylist([row], schema=FILES.schema), 1 << 20))
    batches = [piece for piece in pieces if not isinstance(piece, Defect)]
    defects = [piece for piece in pieces if isinstance(piece, Defect) and piece.code is not DefectCode.BAD_ROW]
    return [record for batch in batches for record in batch.to_pylist()], defects


@pytest.mark.parametrize(("kind", "write"), WRITERS)
@pytest.mark.parametrize(
    ("names", "texts"),
    [
        (["/talk/*/words"], {0: "one\ntwo"}),
        (["/talk/0/words"], {0: "one"}),
        (["/talk/2/words"], {0: "two"}),
        (["a.b"], {0: "dotted", 2: "again"}),
        (["/a.b"], {0: "dotted", 2: "again"}),
        (["meta.url"], {0: "https://example.org/1"}),
        (["/meta/tags"], {0: "x\ny"}),
        (["/meta/tags/*"], {0: "x\ny"}),
        (["title", "a.b"], {0: "T\ndotted", 2: "U\nagain"}),
        (["title", "/talk/*/words"], {0: "T\none\ntwo", 2: "U"}),
    ],
)
def test_a_text_may_lie_deeper_and_in_several_places(
    kind: FileFormat, write: Callable[..., None], names: list[str], texts: dict[int, str], tmp_path: Path
) -> None:
    path = tmp_path / "records"
    write(path, ROWS)
    records, defects = read(path, kind, text_fields=names)
    assert {record["row"]: record["text"] for record in records} == texts
    assert {defect.code for defect in defects} <= {DefectCode.NULL_TEXT}
    assert {int(defect.place.removeprefix("row ")) for defect in defects} == {0, 1, 2} - texts.keys()


@pytest.mark.parametrize(("kind", "write"), WRITERS)
def test_what_a_record_says_of_itself_may_lie_deeper(
    kind: FileFormat, write: Callable[..., None], tmp_path: Path
) -> None:
    path = tmp_path / "records"
    write(path, ROWS)
    fields = {"url_field": "/meta/url", "date_field": "meta.when", "subject_ids_field": "/meta/people"}
    (record, *_), _ = read(path, kind, text_fields=["a.b"], **fields)
    assert (record["url"], record["date"], record["subject_ids"]) == ("https://example.org/1", "2024", ["p1", "p2"])


def test_a_field_that_is_now_a_text_and_now_a_list_is_read_either_way(tmp_path: Path) -> None:
    path = tmp_path / "records"
    write_jsonl(path, [{"text": "one"}, {"text": ["two", "three"]}, {"text": None}])
    records, _ = read(path, FileFormat.JSONL, text_fields=["text"])
    assert [record["text"] for record in records] == ["one", "two\nthree"]


def test_a_column_that_a_parquet_file_does_not_have_is_a_defect_and_the_text_is_read(tmp_path: Path) -> None:
    path = tmp_path / "records"
    write_parquet(path, ROWS)
    records, defects = read(path, FileFormat.PARQUET, text_fields=["a.b"], license_field="/meta/license")
    assert len(records) == 2
    assert (DefectCode.NO_TEXT_FIELD, "declared_license") in {(defect.code, defect.place) for defect in defects}


@pytest.mark.parametrize(
    ("name", "paths"),
    [
        ("text", [("text",)]),
        ("a.b", [("a.b",), ("a", "b")]),
        ("/a~1b/c~0d/*", [("a/b", "c~d", "*")]),
        (".hidden", [(".hidden",)]),
        ("/", [("",)]),
    ],
)
def test_what_a_name_may_mean(name: str, paths: list[tuple[str, ...]]) -> None:
    assert paths_of(name) == paths


# --- packed files -----------------------------------------------------------------------------------------------------

LINES = b'{"text": "a"}\n{"text": "b"}\n'


@pytest.mark.parametrize(
    ("suffix", "content"),
    [
        (".gz", gzip.compress(LINES[:14], mtime=0) + gzip.compress(LINES[14:], mtime=0)),
        (".bz2", bz2.compress(LINES)),
        (".xz", lzma.compress(LINES)),
        (".xz", lzma.compress(LINES[:14]) + lzma.compress(LINES[14:]) + b"\0\0\0\0"),
        (".zst", pa.compress(LINES, "zstd", asbytes=True)),
    ],
    ids=["gzip", "bz2", "xz", "xz-streams", "zstd"],
)
def test_every_compression_is_read(suffix: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(content)
    records, defects = read(path, FileFormat.JSONL, text_fields=["text"])
    assert ([record["text"] for record in records], defects) == (["a", "b"], [])


@pytest.mark.parametrize(
    ("suffix", "pack"),
    [(".gz", gzip.compress), (".xz", lzma.compress), (".bz2", bz2.compress)],
    ids=["gz", "xz", "bz2"],
)
def test_a_packed_file_that_breaks_off_is_a_defect(suffix: str, pack: Callable[[bytes], bytes], tmp_path: Path) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(pack(LINES * 1000)[:-9])
    _, defects = read(path, FileFormat.JSONL, text_fields=["text"])
    assert {defect.code for defect in defects} <= {
        DefectCode.TRUNCATED,
        DefectCode.FILE_UNREADABLE,
        DefectCode.NULL_TEXT,
    }
    assert defects


@pytest.mark.parametrize("suffix", [".gz", ".xz", ".zst", ".bz2"])
@pytest.mark.parametrize("kind", [FileFormat.TEXT, FileFormat.JSONL, FileFormat.CSV])
def test_a_bomb_is_stopped(suffix: str, kind: FileFormat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compression, "FREE_BYTES", 1 << 20)
    monkeypatch.setattr(compression, "MAX_RATIO", 10)
    pack = {".gz": gzip.compress, ".xz": lzma.compress, ".bz2": bz2.compress}.get(suffix)
    content = b"text\n" + b"0" * 79 + b"\n"
    packed = (pack or (lambda data: pa.compress(data, "zstd", asbytes=True)))(content * 20_000)
    path = tmp_path / f"bomb{suffix}"
    path.write_bytes(packed)
    assert len(packed) * 50 < len(content) * 20_000
    fields = {} if kind is FileFormat.TEXT else {"text_fields": ["text"]}
    _, defects = read(path, kind, **fields)
    assert DefectCode.LIMIT_EXCEEDED in {defect.code for defect in defects}


ODD = [{"id": "MIT"}, [{"id": "MIT"}], 4, 1.5, True, ["a", 3], [["a"]], [], {}, None]


@pytest.mark.parametrize("field", ["license", "language", "url", "date", "subject_ids"])
def test_a_field_of_an_odd_type_costs_no_text(field: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"text": f"text {n}", "odd": value}) + "\n" for n, value in enumerate(ODD)))
    records, defects = read(path, FileFormat.JSONL, text_fields=["text"], **{f"{field}_field": "odd"})
    assert texts(records) == {number: f"text {number}" for number in range(len(ODD))}
    assert sum(defect.rows_lost for defect in defects) == 0


def test_what_a_tool_returns_is_a_part_of_its_turn(tmp_path: Path) -> None:
    turns = [{"role": "user", "content": "the tides?"}, {"role": "tool", "content": {"höchst": [4, "m"]}}]
    (tmp_path / "a.jsonl").write_text(json.dumps({"messages": turns}) + "\n")
    fields = ["/messages/*/role", "/messages/*/content"]
    records, defects = read(tmp_path / "a.jsonl", FileFormat.JSONL, text_fields=fields)
    assert (texts(records), defects) == ({0: 'user: the tides?\ntool: {"höchst": [4, "m"]}'}, [])
