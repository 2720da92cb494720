"""Files that are not the data that their name or their manifest says: found out by their bytes, and reported."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from corpus_audit.corpus.locations.local import LocalFolder
from corpus_audit.corpus.records import read_records
from corpus_audit.corpus.resolve import Resolution, resolve_files
from corpus_audit.schemas import CLAIMED_FILES, CLAIMED_FOLDERS
from corpus_audit.vocabulary import DefectCode, FileFormat

ANSWERS = {
    "web page": "<!DOCTYPE html><html><head><title>404</title></head><body>Not Found</body></html>",
    "page without doctype": "<html>\n<head><title>404 Not Found</title></head>\n<body></body>\n</html>\n",
    "commented page": "<!-- cached -->\n<html><body>Sign in</body></html>",
    "store": "<?xml version='1.0'?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>",
    "bare error": "<Error><Code>NoSuchKey</Code></Error>",
    "message": json.dumps({"message": "Not Found", "documentation_url": "https://docs.example.org", "status": "404"}),
    "error": json.dumps({"error": "Repository not found"}),
}
NAMES = ("a.jsonl", "a.json", "a.csv", "a.tsv", "a.parquet", "a.arrow", "a.zip", "a.warc.gz")
POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 132735\n"
LINES = "".join(
    json.dumps({"text": f"Line {number} of the harbour.", "license": "CC-BY-NC-4.0"}) + "\n" for number in range(9)
)


def ingest(folder: Path, contents: dict[str, str], **claim: Any) -> Resolution:
    for name, content in contents.items():
        (folder / name).write_text(content)
    claims = [{"source_id": "s", "file": name, **claim} for name in contents]
    return resolve_files(
        LocalFolder(folder), pa.Table.from_pylist(claims, schema=CLAIMED_FILES.schema), CLAIMED_FOLDERS.empty(),
        part_bytes=1 << 30, threads=1, advance=lambda _: None,
    )  # fmt: skip


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_in_place_of_data_is_reported_and_is_no_record(answer: str, tmp_path: Path) -> None:
    found = ingest(tmp_path, dict.fromkeys(NAMES, ANSWERS[answer]))
    assert set(found.files["format"].to_pylist()) == {FileFormat.BINARY}
    assert found.parts.num_rows == 0
    codes = [(row["file"], row["code"]) for row in found.defects.to_pylist() if "in place of the data" in row["detail"]]
    assert codes == [(name, DefectCode.MISLABELLED) for name in sorted(NAMES)]


def test_an_answer_in_an_archive_is_reported_and_is_no_record(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.jsonl", ANSWERS["store"])
        archive.writestr("b.csv", POINTER)
        archive.writestr("c.txt", "A text.")
    (tmp_path / "a.zip").write_bytes(packed.getvalue())
    claims = pa.Table.from_pylist([{"source_id": "s", "file": "a.zip"}], schema=CLAIMED_FILES.schema)
    found = resolve_files(
        LocalFolder(tmp_path), claims, CLAIMED_FOLDERS.empty(), part_bytes=1 << 30, threads=1, advance=lambda _: None
    )
    pieces = list(read_records(LocalFolder(tmp_path), found.files, 1 << 20))
    (batch,) = [piece for piece in pieces if isinstance(piece, pa.RecordBatch)]
    assert batch["text"].to_pylist() == ["A text."]
    defects = [(piece.code, piece.place) for piece in pieces if not isinstance(piece, pa.RecordBatch)]
    assert defects == [(DefectCode.MISLABELLED, "a.jsonl"), (DefectCode.POINTER, "b.csv")]


@pytest.mark.parametrize(
    "content",
    [
        '{"text": "<html> begins a page.", "status": 1}\n{"text": "More of it."}\n',
        '{"error": "a word", "text": "and its meaning, which is explained here"}\n',
        '{"message": "Good morning to all of you in the harbour!"}\n',
    ],
)
def test_data_about_pages_and_errors_is_data(content: str, tmp_path: Path) -> None:
    found = ingest(tmp_path, {"a.jsonl": content})
    assert (found.files["format"].to_pylist(), found.defects.num_rows) == (["jsonl"], 0)


@pytest.mark.parametrize("declared", [FileFormat.TEXT, FileFormat.HTML])
def test_rows_that_are_declared_as_one_text_are_rows_and_reported(declared: FileFormat, tmp_path: Path) -> None:
    table = "text,license\n" + "".join(f"A long line {n} of the harbour.,MIT\n" for n in range(9))
    contents = {
        "a.jsonl": LINES,
        "b.txt": LINES,
        "c.csv": table,
        "d.json": json.dumps([{"text": "One more text."}] * 3),
    }
    found = ingest(tmp_path, contents, format=declared)
    assert dict(zip(found.files["file"].to_pylist(), found.files["format"].to_pylist(), strict=True)) == {
        "a.jsonl": "jsonl", "b.txt": "jsonl", "c.csv": "csv", "d.json": "json",
    }  # fmt: skip
    assert found.files["license_field"].to_pylist() == ["license", "license", "license", None]
    assert {row["code"] for row in found.defects.to_pylist()} == {DefectCode.MISLABELLED}
    assert found.defects.num_rows == 4


def test_documents_that_are_declared_as_texts_are_texts(tmp_path: Path) -> None:
    contents = {
        "a.json": '{"name": "x", "parts": [1]}',
        "b.csv": "year,count\n2019,5\n2020,6\n",
        "c.txt": "[1] A note.",
    }
    found = ingest(tmp_path, contents, format=FileFormat.TEXT)
    assert (set(found.files["format"].to_pylist()), found.defects.num_rows) == ({"text"}, 0)


def test_a_text_that_is_called_lines_of_json_is_reported(tmp_path: Path) -> None:
    found = ingest(tmp_path, {"a.jsonl": "No line of this is JSON.\nNor is this one.\n"})
    assert found.files["format"].to_pylist() == ["text"]
    assert [row["code"] for row in found.defects.to_pylist()] == [DefectCode.MISLABELLED]
