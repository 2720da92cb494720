"""The addresses and people that a record names come out of every format alike."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as csv
import pyarrow.parquet as pq
import pytest

from corpus_audit.corpus.entry import Defect, make_file_id
from corpus_audit.corpus.locations.local import LocalFolder
from corpus_audit.corpus.records import read_records
from corpus_audit.corpus.subject_ids import id_text
from corpus_audit.schemas import FILES, TEXT
from corpus_audit.schemas.text_lists import split_lists
from corpus_audit.vocabulary import DefectCode, FileFormat, FileState


def read(path: Path, kind: FileFormat) -> tuple[list[tuple[Any, ...]], list[Defect]]:
    """Return (row, url, subject ids) of every record, and the defects."""
    row = {
        "file_id": make_file_id("s", path.name),
        "source_id": "s",
        "file": path.name,
        "format": kind,
        "observed_size_bytes": path.stat().st_size,
        "state": FileState.VERIFIED,
        "text_fields": ["text"],
        "url_field": "address",
        "subject_ids_field": "people",
    }
    pieces = list(read_records(LocalFolder(path.parent), pa.Table.from_pylist([row], schema=FILES.schema), 1 << 20))
    batches = [piece for piece in pieces if not isinstance(piece, Defect)]
    rows = [(r["row"], r["url"], r["subject_ids"]) for batch in batches for r in batch.to_pylist()]
    return rows, [piece for piece in pieces if isinstance(piece, Defect)]


def write_jsonl(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def write_parquet(path: Path, rows: list[dict[str, Any]]) -> None:
    pq.write_table(pa.Table.from_pylist(rows), path)


def write_csv(path: Path, rows: list[dict[str, Any]]) -> None:
    csv.write_csv(pa.Table.from_pylist(rows), path)


TEXTS = [
    {"text": "one", "address": "https://example.org/1", "people": "p1;p2"},
    {"text": "two", "address": "https://example.org/2", "people": " p3 , p1|p4"},
    {"text": "three", "address": "https://example.org/3", "people": ""},
]
LISTS = [
    {"text": "one", "address": "https://example.org/1", "people": ["p1", "p2"]},
    {"text": "two", "address": "https://example.org/2", "people": ["p3", "p1", "p4"]},
    {"text": "three", "address": "https://example.org/3", "people": []},
]
EXPECTED = [
    (0, "https://example.org/1", ["p1", "p2"]),
    (1, "https://example.org/2", ["p3", "p1", "p4"]),
    (2, "https://example.org/3", None),
]


@pytest.mark.parametrize(
    ("kind", "write", "rows"),
    [
        pytest.param(FileFormat.JSONL, write_jsonl, TEXTS, id="jsonl-text"),
        pytest.param(FileFormat.JSONL, write_jsonl, LISTS, id="jsonl-list"),
        pytest.param(FileFormat.JSONL, write_jsonl, [LISTS[0], TEXTS[1], LISTS[2]], id="jsonl-mixed"),
        pytest.param(FileFormat.PARQUET, write_parquet, TEXTS, id="parquet-text"),
        pytest.param(FileFormat.PARQUET, write_parquet, LISTS, id="parquet-list"),
        pytest.param(FileFormat.CSV, write_csv, TEXTS, id="csv"),
    ],
)
def test_ids_become_a_list_in_every_format(
    tmp_path: Path, kind: FileFormat, write: Callable[..., None], rows: list[dict[str, Any]]
) -> None:
    path = tmp_path / "records"
    write(path, rows)
    assert read(path, kind) == (EXPECTED, [])


def test_numbers_are_ids_and_gaps_are_none(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    write_jsonl(path, [{"text": "a", "people": 7}, {"text": "b", "people": [1, "2"]}, {"text": "c", "people": None}])
    assert read(path, FileFormat.JSONL) == ([(0, None, ["7"]), (1, None, ["1", "2"]), (2, None, None)], [])


def test_a_parquet_list_may_have_gaps(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    people = pa.array([["p1", None], None, [None]], pa.list_(pa.string()))
    pq.write_table(pa.table({"text": ["a", "b", "c"], "address": ["u", "v", "w"], "people": people}), path)
    assert [ids for _, _, ids in read(path, FileFormat.PARQUET)[0]] == [["p1"], None, None]


@pytest.mark.parametrize("value", [{"id": "p1"}, [{"id": "p1"}], True, 1.5])
def test_what_cannot_be_ids_is_a_defect_that_does_not_repeat_it(tmp_path: Path, value: Any) -> None:
    path = tmp_path / "a.jsonl"
    write_jsonl(path, [{"text": "a", "people": value}, {"text": "b", "people": "p1"}])
    rows, (defect,) = read(path, FileFormat.JSONL)
    assert rows == [(0, None, None), (1, None, ["p1"])]
    assert (defect.code, defect.place) == (DefectCode.BAD_ROW, "row 0")
    assert "p1" not in defect.detail


def test_a_text_of_mappings_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": [{"a": "b"}], "address": ["u"], "people": ["p"]}), path)
    rows, (defect,) = read(path, FileFormat.PARQUET)
    assert (rows, defect.code) == ([], DefectCode.FILE_UNREADABLE)


def test_text_of_ids() -> None:
    assert id_text(None) is None
    assert id_text(["a", 1]) == "a;1"
    assert split_lists(pa.array(["a;1", ";;", None], TEXT)).to_pylist() == [["a", "1"], None, None]
