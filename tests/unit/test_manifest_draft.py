"""A draft says what can be seen, and nothing that only a person can know."""

import gzip
import hashlib
import lzma
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus_audit.errors import ManifestError
from corpus_audit.manifest.draft import draft_manifest
from corpus_audit.manifest.dump import dump_manifest
from corpus_audit.manifest.model import DataFile, Manifest
from corpus_audit.manifest.native import parse_manifest
from corpus_audit.vocabulary import FileFormat


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def shape(manifest: Manifest) -> dict[str, tuple[tuple[str, ...], list[str]]]:
    return {s.id: (s.folders, [file.path for file in s.files]) for s in manifest.sources}


def only_file(path: Path) -> DataFile:
    ((file,),) = ([source.files for source in draft_manifest(path).sources],)
    return file[0]


def test_each_sub_folder_is_a_source(tmp_path: Path) -> None:
    write(tmp_path, {"b/2.txt": "2", "b/1.txt": "1", "a/deep/er/x.md": "x", "README.md": "r", "empty/.keep": ""})
    assert shape(draft_manifest(tmp_path)) == {
        "a": (("a",), ["a/deep/er/x.md"]),
        "b": (("b",), ["b/1.txt", "b/2.txt"]),
        tmp_path.name: ((), ["README.md"]),
    }


def test_a_flat_folder_is_one_source(tmp_path: Path) -> None:
    write(tmp_path, {"1.txt": "1", "2.txt": "2", "manifest.yaml": "an earlier draft"})
    manifest = draft_manifest(tmp_path)
    assert shape(manifest) == {tmp_path.name: ((".",), ["1.txt", "2.txt"])}
    assert "manifest.yaml" in manifest.sources[0].ignore


def test_a_file_is_one_source_beside_which_nothing_counts(tmp_path: Path) -> None:
    write(tmp_path, {"data.jsonl": '{"text": "a"}\n', "other.txt": ""})
    assert shape(draft_manifest(tmp_path / "data.jsonl")) == {"data": ((), ["data.jsonl"])}


def test_files_have_their_size_and_checksum(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "hello"})
    file = only_file(tmp_path)
    assert (file.size_bytes, file.sha256) == (5, hashlib.sha256(b"hello").hexdigest())


def test_nothing_is_guessed_that_a_person_must_say(tmp_path: Path) -> None:
    write(tmp_path, {"web/LICENSE": "MIT License", "web/a.txt": "a"})
    text = dump_manifest(draft_manifest(tmp_path), "yaml")
    gaps = (
        "issuer",
        "intended_uses",
        "release",
        "kind",
        "collector",
        "expression",
        "present",
        "checked",
        "generated",
        "from",
    )
    assert all(f"{gap}: not-recorded" in text for gap in gaps)
    assert parse_manifest(text.encode()) == draft_manifest(tmp_path)


def test_license_files_are_noticed(tmp_path: Path) -> None:
    names = ("LICENSE", "LICENCE.md", "COPYING", "licenses.csv", "deep/license-mit.txt", "copying.txt.bak")
    write(tmp_path, {f"web/{name}": name for name in names})
    evidence = draft_manifest(tmp_path).sources[0].license.evidence
    assert [e.file for e in evidence] == [
        f"web/{name}" for name in ("COPYING", "LICENCE.md", "LICENSE", "copying.txt.bak", "deep/license-mit.txt")
    ]
    assert evidence[0].sha256 == hashlib.sha256(b"COPYING").hexdigest()


def test_hidden_files_links_and_pipes_are_left_out(tmp_path: Path) -> None:
    write(
        tmp_path, {"web/a.txt": "a", ".git/config": "", "web/.cache/x": "", "web/.env": "", "web/__pycache__/a.pyc": ""}
    )
    (tmp_path / "web" / "link.txt").symlink_to("/etc/hostname")
    (tmp_path / "web" / "loop").symlink_to(tmp_path)
    (tmp_path / "linked").symlink_to("/etc")
    os.mkfifo(tmp_path / "web" / "pipe")
    assert shape(draft_manifest(tmp_path)) == {"web": (("web",), ["web/a.txt"])}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.txt", FileFormat.TEXT),
        ("a.PY", FileFormat.TEXT),
        ("a.json", FileFormat.JSON),
        ("a.jsonl.gz", FileFormat.JSONL),
        ("a.ndjson.zst", FileFormat.JSONL),
        ("a.tsv", FileFormat.CSV),
        ("a.parquet", FileFormat.PARQUET),
        ("a.png", FileFormat.IMAGE),
        ("a.tar.gz", FileFormat.TAR),
        ("a.txz", FileFormat.TAR),
        ("a.7z", FileFormat.BINARY),
        ("Makefile", None),
        ("a.unheard", None),
    ],
)
def test_the_format_is_told_by_the_name(tmp_path: Path, name: str, expected: FileFormat | None) -> None:
    write(tmp_path, {name: b""})
    assert only_file(tmp_path / name).format is expected


@pytest.mark.parametrize(
    ("name", "content", "text_field"),
    [
        ("a.jsonl", b'{"id": 1, "content": "x", "license": "MIT"}\n{"text": "y"}\n', ("text", "content")),
        ("a.jsonl.gz", gzip.compress(b'{"Text": "x"}\n', mtime=0), "Text"),
        ("a.jsonl.zst", pa.compress(b'{"body": "x"}\n', codec="zstd", asbytes=True), "body"),
        ("a.csv", b'\xef\xbb\xbftext,"other, field"\r\n1,2\r\n', "text"),
        ("a.tsv", b"id\tbody\n1\tx\n", "body"),
        ("a.jsonl.xz", lzma.compress(b'{"meta": {"text": "x"}}\n'), "/meta/text"),
        (
            "a.jsonl",
            b'{"id": 1, "messages": [{"role": "user", "content": "x"}]}\n',
            ("/messages/*/role", "/messages/*/content"),
        ),
        ("a.json", b'[{"content": "x"}, {"content": "y"}]', "content"),
        ("a.json", b'{"content": "x"}', None),
        ("a.json", b"[", None),
        ("a.jsonl", b'{"prompt": "x"}\n', "prompt"),
        ("a.jsonl", b'{"id": "x", "label": "y"}\n', None),
        ("a.jsonl", b"not json", None),
        ("a.jsonl", b"[" * 100_000, None),
        ("a.jsonl", b"[1, 2]", None),
        ("a.jsonl", b"\xff\xfe", None),
        ("a.jsonl.gz", b"not gzip", None),
        ("a.csv", b"", None),
        ("a.parquet", b"PAR1 but not really PAR1", None),
    ],
)
def test_an_obvious_text_field_is_named(
    tmp_path: Path, name: str, content: bytes, text_field: str | tuple[str, ...] | None
) -> None:
    write(tmp_path, {name: content})
    named = text_field if isinstance(text_field, tuple) else (text_field,) if text_field else ()
    assert only_file(tmp_path / name).fields.text == named


def test_parquet_fields_are_named(tmp_path: Path) -> None:
    pq.write_table(
        pa.table({"url": ["u"], "content": ["c"], "lang": ["en"], "License": ["MIT"]}), tmp_path / "a.parquet"
    )
    fields = only_file(tmp_path).fields
    assert (fields.text, fields.language, fields.license, fields.url) == (("content",), "lang", "License", "url")


@pytest.mark.parametrize("new", [pa.ipc.new_file, pa.ipc.new_stream])
def test_arrow_fields_are_named(tmp_path: Path, new: Callable[..., Any]) -> None:
    table = pa.table({"turns": [[{"value": "x"}]], "meta": [{"url": "u", "date": "2024"}]})
    with new(str(tmp_path / "a.arrow"), table.schema) as writer:
        writer.write_table(table)
    fields = only_file(tmp_path).fields
    assert (fields.text, fields.url, fields.date) == (("/turns/*/value",), "/meta/url", "/meta/date")


def test_names_that_a_manifest_cannot_hold_are_left_to_the_audit(tmp_path: Path) -> None:
    write(tmp_path, {"web/a.txt": "a", "web/back\\slash.txt": "b", "web/new\nline.txt": "c"})
    assert shape(draft_manifest(tmp_path))["web"][1] == ["web/a.txt"]


def test_names_become_identifiers_that_differ(tmp_path: Path) -> None:
    write(tmp_path, {"歌词/a": "1", "评论/a": "2", "my data/a": "3", "my-data/a": "4"})
    sources = draft_manifest(tmp_path).sources
    assert [(source.id, source.title) for source in sources] == [
        ("my-data", "my data"),
        ("my-data-2", "my-data"),
        ("unnamed", "歌词"),
        ("unnamed-2", "评论"),
    ]


@pytest.mark.parametrize("name", ["missing", "empty", "only-hidden"])
def test_nothing_to_describe_is_an_error_that_says_what_to_do(tmp_path: Path, name: str) -> None:
    write(tmp_path, {"only-hidden/.x": ""})
    (tmp_path / "empty").mkdir()
    with pytest.raises(ManifestError, match="give a folder with data, or a data file"):
        draft_manifest(tmp_path / name)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ManifestError, match="give a folder with data, or a data file"):
        draft_manifest(tmp_path / "pipe")
