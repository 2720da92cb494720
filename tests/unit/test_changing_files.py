"""Files that grow, shrink or turn into something else while they are read: reported, and never waited for."""

import hashlib
import os
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from corpus_audit.corpus.entry import Defect
from corpus_audit.corpus.locations.local import LocalFolder
from corpus_audit.corpus.parts import LineCutter
from corpus_audit.corpus.records import read_records
from corpus_audit.corpus.resolve import Resolution, resolve_files
from corpus_audit.schemas import CLAIMED_FILES, CLAIMED_FOLDERS
from corpus_audit.vocabulary import DefectCode, FileFormat, FileState

LINE = b'{"text": "a line"}\n'


def resolve(root: Path, file: str, kind: FileFormat | None = None) -> Resolution:
    claim = {"source_id": "s", "file": file, "format": kind}
    claims = pa.Table.from_pylist([claim], schema=CLAIMED_FILES.schema)
    return resolve_files(
        LocalFolder(root), claims, CLAIMED_FOLDERS.empty(), part_bytes=1 << 30, threads=1, advance=lambda _: None
    )


def codes(found: Resolution) -> list[str]:
    return list(found.defects["code"].to_pylist())


def read(root: Path, found: Resolution) -> tuple[list[str], list[str]]:
    pieces = list(read_records(LocalFolder(root), found.files, 1 << 20, found.parts))
    texts = [text for piece in pieces if not isinstance(piece, Defect) for text in piece["text"].to_pylist()]
    return texts, [piece.code for piece in pieces if isinstance(piece, Defect)]


@pytest.mark.usefixtures("in_this_process")
def test_a_file_that_grows_while_it_is_checked_is_read_as_far_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(LINE * 100_000)
    feed = LineCutter.feed

    def feed_and_grow(self: LineCutter, content: bytearray, length: int) -> None:
        with path.open("ab") as log:
            log.write(LINE * 100_000)
        feed(self, content, length)

    monkeypatch.setattr(LineCutter, "feed", feed_and_grow)
    found = resolve(tmp_path, path.name, FileFormat.JSONL)
    assert codes(found) == [DefectCode.FILE_CHANGED]
    assert found.files["observed_sha256"].to_pylist() == [hashlib.sha256(LINE * 100_000).hexdigest()]
    texts, defects = read(tmp_path, found)
    assert (len(texts), defects) == (100_000, [DefectCode.FILE_CHANGED])


@pytest.mark.parametrize("left", [0, 7, 25])
def test_a_file_that_shrinks_after_it_was_checked_is_a_defect(tmp_path: Path, left: int) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(LINE * 3)
    found = resolve(tmp_path, path.name)
    os.truncate(path, left)
    assert DefectCode.FILE_CHANGED in read(tmp_path, found)[1]


def make_fifo(path: Path) -> None:
    os.mkfifo(path)


def make_link(path: Path) -> None:
    path.symlink_to("/etc/passwd")


@pytest.mark.parametrize(
    ("make", "code"), [(make_fifo, DefectCode.FILE_UNREADABLE), (make_link, DefectCode.PATH_REFUSED)]
)
def test_a_file_that_is_something_else_by_now_is_not_opened(tmp_path: Path, make: Any, code: DefectCode) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"text")
    found = resolve(tmp_path, path.name)
    path.unlink()
    make(path)
    assert read(tmp_path, found) == ([], [code])


@pytest.mark.parametrize("make", [make_fifo, lambda path: path.symlink_to(path)], ids=["pipe", "loop"])
def test_what_never_was_a_file_is_unreadable(tmp_path: Path, make: Any) -> None:
    make(tmp_path / "a.txt")
    found = resolve(tmp_path, "a.txt")
    assert found.files["state"].to_pylist() == [FileState.UNREADABLE]
    assert codes(found) == [DefectCode.FILE_UNREADABLE]
