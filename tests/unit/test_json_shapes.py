"""Where in JSON the rows are, and keys that stand twice in one of its objects."""

import gzip
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from corpus_audit.corpus import json_stream
from corpus_audit.corpus.locations.local import LocalFolder
from corpus_audit.corpus.recognise import recognise_file
from corpus_audit.corpus.records import read_corpus
from corpus_audit.corpus.resolve import resolve_files
from corpus_audit.schemas import CLAIMED_FILES, CLAIMED_FOLDERS, FILES
from corpus_audit.vocabulary import DefectCode, FileFormat, FileState
from unit.record_reading import read, texts

ROWS = [{"instruction": f"do {number}", "input": "", "output": f"done {number}"} for number in range(200)]
TEXTS = {number: f"do {number}\ndone {number}" for number in range(200)}
FIELDS = ["instruction", "output"]
FRAME = pd.DataFrame(ROWS)

SHAPES = {
    "list": json.dumps(ROWS),
    "indented list": json.dumps(ROWS, indent=2),
    "list under a key": json.dumps({"version": "1.0", "data": ROWS}),
    "list under a key, first": json.dumps({"records": ROWS, "info": {"by": "someone"}}),
    "splits": json.dumps({"train": ROWS[:150], "test": ROWS[150:]}),
    "one object after another": "\n".join(json.dumps(row, indent=1) for row in ROWS),
    "lines": FRAME.to_json(orient="records", lines=True),
    "columns by index": FRAME.to_json(),
    "rows by index": FRAME.to_json(orient="index"),
    "apart from the names": FRAME.to_json(orient="split"),
    "table schema": FRAME.to_json(orient="table"),
    "columns of lists": json.dumps(FRAME.to_dict(orient="list")),
    "rows by id": json.dumps({f"a{number}": row for number, row in enumerate(ROWS)}),
    "splits under a key": json.dumps({"data": {"train": ROWS[:150], "test": ROWS[150:]}, "version": 2}),
    "lists behind each other": json.dumps(ROWS[:150]) + "\n" + json.dumps(ROWS[150:]),
    "a list behind many other values": json.dumps({"about": ["x" * 70_000], "Data": ROWS}),
    "a list behind a list of nulls": json.dumps({"data": [None, None], "rows": ROWS}),
}


def ingested(path: Path) -> dict[str, Any]:
    claims = pa.Table.from_pylist([{"source_id": "s", "file": path.name}], schema=CLAIMED_FILES.schema)
    found = resolve_files(
        LocalFolder(path.parent), claims, CLAIMED_FOLDERS.empty(), part_bytes=1 << 30, threads=1, advance=lambda _: None
    )
    (row,) = found.files.to_pylist()
    return row


def format_of(path: Path) -> FileFormat:
    return recognise_file(LocalFolder(path.parent).find(path.name)).format


@pytest.mark.parametrize("batch_bytes", [512, 1 << 20])
@pytest.mark.parametrize("name", ["a.json", "a.json.gz"])
@pytest.mark.parametrize("shape", SHAPES)
def test_rows_are_found_in_every_shape(shape: str, name: str, batch_bytes: int, tmp_path: Path) -> None:
    content = SHAPES[shape].encode()
    (tmp_path / name).write_bytes(gzip.compress(content) if name.endswith("gz") else content)
    kind = format_of(tmp_path / name)
    assert kind is (FileFormat.JSONL if shape == "lines" else FileFormat.JSON)
    records, defects = read(tmp_path / name, kind, batch_bytes, text_fields=FIELDS)
    assert (texts(records), defects) == (TEXTS, [])


@pytest.mark.parametrize("shape", SHAPES)
def test_the_text_of_rows_is_found_in_every_shape(shape: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(SHAPES[shape])
    row = ingested(tmp_path / "a.json")
    records, defects = read(tmp_path / "a.json", FileFormat(row["format"]), text_fields=row["text_fields"])
    assert {number: text.replace("\n\n", "\n") for number, text in texts(records).items()} == TEXTS
    assert defects == []


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_strings_are_texts_of_records(name: str, tmp_path: Path) -> None:
    lines = [json.dumps(f'He said "{number}" and left the harbour.') for number in range(20)]
    (tmp_path / name).write_text("\n".join(lines) if name == "a.jsonl" else f"[{','.join(lines)}]")
    row = ingested(tmp_path / name)
    records, defects = read(tmp_path / name, FileFormat(row["format"]), text_fields=row["text_fields"])
    assert (list(texts(records).values()), defects) == ([json.loads(line) for line in lines], [])


def test_all_questions_of_an_article_are_read_with_it(tmp_path: Path) -> None:
    """The files of SQuAD: a record is an article with all its passages, questions and answers."""
    asked = [{"id": "q1", "question": "Who came?", "answers": [{"text": "The pilot", "answer_start": 0}]}]
    passages = [{"context": "The pilot came at noon.", "qas": asked}, {"context": "Nobody else did.", "qas": []}]
    value = {"version": "1.1", "data": [{"title": "Harbours", "paragraphs": passages}] * 2}
    (tmp_path / "a.json").write_text(json.dumps(value))
    row = ingested(tmp_path / "a.json")
    records, defects = read(tmp_path / "a.json", FileFormat(row["format"]), text_fields=row["text_fields"])
    assert (len(records), defects) == (2, [])
    for text in ("The pilot came at noon.", "Nobody else did.", "Who came?", "The pilot"):
        assert text in records[0]["text"]


@pytest.mark.parametrize(
    "value",
    [
        {"name": "a package", "version": "1.0", "files": ["a", "b"], "author": {"name": "x"}},
        {"a": {"b": 1}, "c": {"d": 2}},
        {"a": {"title": "The harbour at night"}, "b": {"body": "It is open all year round."}},
        {"text": "one document"},
        {"data": {"train": {"text": "one document"}}},
        [1, 2, 3],
        {"data": ["a", "b"]},
        {},
    ],
)
def test_a_document_is_one_text(value: Any, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(value))
    assert ingested(tmp_path / "a.json")["format"] == FileFormat.TEXT


@pytest.mark.parametrize("key", ["data", "train"])
def test_a_long_list_under_a_key_is_never_held(key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "MAX_HELD_BYTES", 3 << 20)
    rows = [{"text": f"{number} " + "x" * 1000} for number in range(10_000)]
    (tmp_path / "a.json").write_text(json.dumps({"about": "these rows", key: rows}))
    records, defects = read(tmp_path / "a.json", FileFormat.JSON, text_fields=["text"])
    assert (len(records), defects) == (10_000, [])


def test_what_stands_beside_a_list_is_scanned(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"info": {"contact": "a@example.org"}, "data": [{"text": "t"}]}))
    row = {
        "file_id": "f", "source_id": "s", "file": "a.json", "format": FileFormat.JSON, "text_fields": ["text"],
        "observed_size_bytes": (tmp_path / "a.json").stat().st_size, "state": FileState.VERIFIED,
    }  # fmt: skip
    pieces = list(read_corpus(LocalFolder(tmp_path), pa.Table.from_pylist([row], schema=FILES.schema), 1 << 20))
    assert [piece.found.texts.to_pylist() for piece in pieces if hasattr(piece, "found")] == [["a@example.org"]]


# --- keys that stand twice --------------------------------------------------------------------------------------------

TWICE = '{"text": "one", "text": "two"}'
ESCAPED = '{"te\\u0078t": "one", "text": "two"}'
GOOD = '{"text": "good"}'


@pytest.mark.parametrize("batch_bytes", [16, 1 << 20])
@pytest.mark.parametrize("twice", [TWICE, ESCAPED])
def test_a_line_whose_text_stands_twice_is_refused(twice: str, batch_bytes: int, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("\n".join([GOOD, twice, GOOD]))
    records, (defect,) = read(tmp_path / "a.jsonl", FileFormat.JSONL, batch_bytes, text_fields=["text"])
    assert texts(records) == {0: "good", 2: "good"}
    assert (defect.code, defect.place, defect.rows_lost) == (DefectCode.DUPLICATE_KEY, "row 1", 1)
    assert "two" not in defect.detail


def test_an_entry_whose_text_stands_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(f"[{GOOD}, {TWICE}, {GOOD}]")
    records, (defect,) = read(tmp_path / "a.json", FileFormat.JSON, text_fields=["text"])
    assert texts(records) == {0: "good", 2: "good"}
    assert (defect.code, defect.rows_lost) == (DefectCode.DUPLICATE_KEY, 1)


@pytest.mark.parametrize("suffix", ["jsonl", "json"])
def test_a_key_that_stands_twice_within_a_turn_refuses_its_row(suffix: str, tmp_path: Path) -> None:
    row = '{"messages": [{"content": "a"}, {"content": "b", "content": "c"}]}'
    (tmp_path / "a").write_text(row if suffix == "jsonl" else f"[{row}]")
    records, (defect,) = read(tmp_path / "a", FileFormat(suffix), text_fields=["/messages/*/content"])
    assert (records, defect.code) == ([], DefectCode.DUPLICATE_KEY)


@pytest.mark.parametrize("batch_bytes", [16, 1 << 20])
@pytest.mark.parametrize("row", ['{"text": "t", "n": 1, "n": 2}', '{"text": "t", "m": {"a": "x", "a": "y"}}'])
def test_a_key_that_stands_twice_elsewhere_is_reported_where_all_is_scanned(
    row: str, batch_bytes: int, tmp_path: Path
) -> None:
    (tmp_path / "a.jsonl").write_text("\n".join([row.replace('"n": 2', '"o": 2').replace('"a": "y"', '"b": "y"'), row]))
    file = {
        "file_id": "f", "source_id": "s", "file": "a.jsonl", "format": FileFormat.JSONL, "text_fields": ["text"],
        "observed_size_bytes": (tmp_path / "a.jsonl").stat().st_size, "state": FileState.VERIFIED,
    }  # fmt: skip
    files = pa.Table.from_pylist([file], schema=FILES.schema)
    pieces = list(read_corpus(LocalFolder(tmp_path), files, batch_bytes))
    assert sum(piece.num_rows for piece in pieces if isinstance(piece, pa.RecordBatch)) == 2
    codes = [(piece.code, piece.place, piece.rows_lost) for piece in pieces if hasattr(piece, "code")]
    assert codes == [(DefectCode.DUPLICATE_KEY, "row 1", 0)]
