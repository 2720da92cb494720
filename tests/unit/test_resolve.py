"""Ingest sets every declared file beside the disk, and names the files nobody declared."""

import bz2
import hashlib
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus_audit.corpus.locations.local import LocalFolder
from corpus_audit.corpus.recognition import RECOGNISED
from corpus_audit.corpus.resolve import Resolution, resolve_files
from corpus_audit.schemas import CLAIMED_FILES, CLAIMED_FOLDERS
from corpus_audit.vocabulary import DefectCode, FileFormat, FileState

CONTENT = b"one line of text\n"


def resolve(root: Path, files: list[dict[str, Any]], folders: list[dict[str, Any]] | None = None) -> Resolution:
    claims = pa.Table.from_pylist([{"source_id": "s", **file} for file in files], schema=CLAIMED_FILES.schema)
    places = pa.Table.from_pylist([{"source_id": "s", **f} for f in folders or []], schema=CLAIMED_FOLDERS.schema)
    return resolve_files(LocalFolder(root), claims, places, part_bytes=1 << 30, threads=2, advance=lambda _: None)


def states(resolution: Resolution) -> dict[str, str]:
    return dict(zip(resolution.files["file"].to_pylist(), resolution.files["state"].to_pylist(), strict=True))


@pytest.mark.parametrize(
    ("declared", "state"),
    [
        ({"size_bytes": len(CONTENT), "sha256": hashlib.sha256(CONTENT).hexdigest()}, FileState.VERIFIED),
        ({"sha256": hashlib.sha256(CONTENT).hexdigest()}, FileState.VERIFIED),
        ({"size_bytes": len(CONTENT)}, FileState.NO_CHECKSUM),
        ({}, FileState.NO_CHECKSUM),
        ({"size_bytes": 1, "sha256": hashlib.sha256(CONTENT).hexdigest()}, FileState.SIZE_MISMATCH),
        ({"size_bytes": len(CONTENT), "sha256": "0" * 64}, FileState.CHECKSUM_MISMATCH),
    ],
)
def test_a_file_is_compared_with_its_declaration(tmp_path: Path, declared: dict[str, Any], state: FileState) -> None:
    (tmp_path / "a.txt").write_bytes(CONTENT)
    assert states(resolve(tmp_path, [{"file": "a.txt", **declared}])) == {"a.txt": state}


def test_missing_refused_and_unreadable_files_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "cut.csv.gz").write_bytes(b"\x1f\x8b\x08")
    (tmp_path / "out").symlink_to("/etc/hostname")
    resolution = resolve(tmp_path, [{"file": f} for f in ("gone.txt", "out", "folder", "cut.csv.gz")])
    assert states(resolution) == {
        "cut.csv.gz": FileState.UNREADABLE,
        "folder": FileState.UNREADABLE,
        "gone.txt": FileState.MISSING,
        "out": FileState.REFUSED,
    }
    assert resolution.defects["code"].to_pylist() == [
        DefectCode.FILE_UNREADABLE,
        DefectCode.FILE_UNREADABLE,
        DefectCode.PATH_REFUSED,
    ]


def test_undeclared_files_in_a_sources_folder_are_named_unless_ignored(tmp_path: Path) -> None:
    for name in ("d/declared.txt", "d/other.txt", "d/__pycache__/x.pyc", "d/deep/__pycache__/y.pyc", "elsewhere.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(CONTENT)
    folders = [{"folder": "d", "ignore": ["**/__pycache__/**"]}]
    resolution = resolve(tmp_path, [{"file": "d/declared.txt"}], folders)
    assert states(resolution) == {"d/declared.txt": FileState.NO_CHECKSUM, "d/other.txt": FileState.UNDECLARED}


@pytest.mark.parametrize(
    ("name", "content", "text_field", "expected"),
    [
        ("a.txt", b"text", None, FileFormat.TEXT),
        ("a.bin", b"\0\1\2", None, FileFormat.BINARY),
        ("a.txt", "text".encode("utf-16"), None, FileFormat.TEXT),
        ("a.jsonl", b'{"text": "a"}\n', None, FileFormat.JSONL),
        ("a.jsonl", b'{"body": "a"}\n', "body", FileFormat.JSONL),
        ("a.jsonl", b'{"body": "a"}\n', None, FileFormat.JSONL),
        ("a.jsonl", b'{"id": 1, "label": 0}\n', None, FileFormat.JSONL),
        ("a.jsonl", b"not json\n", None, FileFormat.TEXT),
        ("a.jsonl", b'{"body": "\xe9"}\n', None, FileFormat.JSONL),
        ("a.json", b'[{"instruction": "a", "output": "b"}]', None, FileFormat.JSON),
        ("a.json", b'{"data": [{"question": "a", "answer": "b"}]}', None, FileFormat.JSON),
        ("a.json", b'{"name": "a package", "description": "of code"}', None, FileFormat.TEXT),
        ("a.csv", b"id,text\n1,a\n", None, FileFormat.CSV),
        ("a.csv", b"id,other\n1,a\n", None, FileFormat.TEXT),
        ("a.tsv", b"id\ttext\n1\ta\n", None, FileFormat.CSV),
        ("a.parquet", b"PAR1", None, FileFormat.PARQUET),
        ("empty.txt", b"", None, FileFormat.TEXT),
    ],
)
def test_an_undeclared_format_is_recognised(
    tmp_path: Path, name: str, content: bytes, text_field: str | None, expected: FileFormat
) -> None:
    (tmp_path / name).write_bytes(content)
    resolution = resolve(tmp_path, [{"file": name, "text_fields": [text_field] if text_field else []}])
    assert resolution.files["format"].to_pylist() == [expected]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("packed.pickle.bz2", bz2.compress(CONTENT)),
        ("not-packed.csv.gz", CONTENT),
        ("rows.jsonl", b'{"text": "a"}\n'),
        ("empty.xz", b""),
        ("pointer.bin.gz", b"version https://git-lfs.github.com/spec/v1\n"),
        ("picture.png", b"GIF89a"),
        ("text.txt", "\xe9".encode("latin-1")),
    ],
)
def test_nothing_is_said_of_the_bytes_of_a_file_that_is_declared_as_binary(
    tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    resolution = resolve(tmp_path, [{"file": name, "format": FileFormat.BINARY}])
    assert resolution.defects.num_rows == 0
    (row,) = resolution.files.to_pylist()
    assert (row["format"], row["observed_sha256"]) == (FileFormat.BINARY, hashlib.sha256(content).hexdigest())
    assert {row[column] for column in RECOGNISED} == {None}


def test_many_files_looked_at_by_any_number_of_workers_are_the_same(tmp_path: Path) -> None:
    names = [f"{number:03}.txt" for number in range(600)]
    for name in names[::2]:
        (tmp_path / name).write_text(name)
    (tmp_path / "damaged.csv.gz").write_bytes(b"\x1f\x8b\x08")
    rows = [{"source_id": "s", "file": name} for name in (*names, "../out", "damaged.csv.gz")]
    claims = pa.Table.from_pylist(rows, schema=CLAIMED_FILES.schema)
    told: list[int] = []
    found = [
        resolve_files(
            LocalFolder(tmp_path),
            claims,
            CLAIMED_FOLDERS.empty(),
            part_bytes=1 << 20,
            threads=threads,
            advance=told.append,
        )
        for threads in (1, 2)
    ]
    assert found[0] == found[1]
    assert found[1].defects["code"].to_pylist() == [DefectCode.PATH_REFUSED, DefectCode.FILE_UNREADABLE]
    assert sum(told) == 2 * (300 * len("000.txt") + 3)
    assert len(told) > 16


def test_fields_that_a_manifest_does_not_name_are_those_that_the_rule_finds(tmp_path: Path) -> None:
    row = {"id": "a1", "prompt": "why", "completion": "because", "license": "MIT", "lang": "en", "url": "https://a.org"}
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + "\n")
    (found,) = resolve(tmp_path, [{"file": "a.jsonl", "text_fields": []}]).files.to_pylist()
    named = ("text_fields", "license_field", "language_field", "url_field", "date_field")
    assert [found[name] for name in named] == [["prompt", "completion"], "license", "lang", "url", None]
    (found,) = resolve(tmp_path, [{"file": "a.jsonl", "text_fields": [], "license_field": "id"}]).files.to_pylist()
    assert (found["text_fields"], found["license_field"]) == (["prompt", "completion"], "id")
    (found,) = resolve(tmp_path, [{"file": "a.jsonl", "text_fields": ["prompt"]}]).files.to_pylist()
    assert [found[name] for name in named] == [["prompt"], "license", None, "url", None]


def test_what_can_forbid_a_use_is_looked_for_where_a_manifest_names_only_the_text(tmp_path: Path) -> None:
    row = {"text": "why", "meta": {"license": "MIT"}, "url": "https://a.org", "subject_ids": ["p1"], "lang": "en"}
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + "\n")
    claim = {"file": "a.jsonl", "text_fields": ["text"]}
    named = ("license_field", "url_field", "subject_ids_field", "language_field")
    (found,) = resolve(tmp_path, [claim]).files.to_pylist()
    assert [found[name] for name in named] == ["/meta/license", "url", "subject_ids", None]
    (found,) = resolve(tmp_path, [claim | {"license_field": "lang"}]).files.to_pylist()
    assert [found[name] for name in named] == ["lang", "url", "subject_ids", None]


def test_values_that_are_no_text_do_not_hide_the_columns(tmp_path: Path) -> None:
    bad = pa.array([b"\xff\xfe"], pa.binary()).view(pa.string())
    pq.write_table(pa.table({"id": ["a"], "content": bad}), tmp_path / "a.parquet")
    (found,) = resolve(tmp_path, [{"file": "a.parquet", "text_fields": []}]).files.to_pylist()
    assert found["text_fields"] == ["content"]
