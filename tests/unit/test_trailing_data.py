"""Bytes that nothing in a file accounts for: read, or said not to be."""

import io
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus_audit.corpus.records import OtherTexts
from corpus_audit.vocabulary import DefectCode, FileFormat
from unit.record_reading import read_all, texts

MORE = b"Zoe writes from zoe@posteo.de. " * 40


def table(texts: list[str]) -> pa.Table:
    return pa.table({"text": texts})


def parquet(texts: list[str], **options: object) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table(texts), sink, **options)
    return sink.getvalue()


def arrow(new: Callable[..., pa.ipc.RecordBatchStreamWriter], texts: list[str]) -> bytes:
    sink = io.BytesIO()
    with new(sink, table(texts).schema) as writer:
        writer.write_table(table(texts), max_chunksize=2)
    return sink.getvalue()


def arrow_file(texts: list[str]) -> bytes:
    return arrow(pa.ipc.new_file, texts)


def stream(texts: list[str]) -> bytes:
    return arrow(pa.ipc.new_stream, texts)


def tar(texts: list[str]) -> bytes:
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w") as archive:
        for number, text in enumerate(texts):
            info = tarfile.TarInfo(f"{number}.txt")
            info.size = len(text)
            archive.addfile(info, io.BytesIO(text.encode()))
    return sink.getvalue()


def zipped(texts: list[str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", method) as archive:
        for number, text in enumerate(texts):
            archive.writestr(f"{number}.txt", text)
    return sink.getvalue()


class _Unseekable(io.RawIOBase):
    """A pipe: a zip written to it has descriptors behind its members."""

    def __init__(self) -> None:
        self.held = b""

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.held += bytes(data)
        return len(data)


def streamed_zip(texts: list[str]) -> bytes:
    sink = _Unseekable()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        for number, text in enumerate(texts):
            archive.writestr(f"{number}.txt", text)
    return sink.held


def check(content: bytes, kind: FileFormat, folder: Path) -> tuple[list[str], list[DefectCode], int]:
    """Return the texts, the codes of the defects, and how often coverage says that reading broke off."""
    path = folder / f"a.{kind}"
    path.write_bytes(content)
    pieces, coverage = read_all(path, kind, text_fields=None if kind in (FileFormat.TAR, FileFormat.ZIP) else ["text"])
    records = [record for piece in pieces if isinstance(piece, pa.RecordBatch) for record in piece.to_pylist()]
    codes = [piece.code for piece in pieces if hasattr(piece, "code")]
    return list(texts(records).values()), codes, coverage.counts["breaks"]


def commented_zip() -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.comment = b"by zoe@posteo.de"
        info = zipfile.ZipInfo("a.txt")
        info.comment = b"checked by max@posteo.de"
        archive.writestr(info, "one")
    return sink.getvalue()


def commented_tar() -> bytes:
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w", format=tarfile.PAX_FORMAT) as archive:
        info = tarfile.TarInfo("a.txt")
        info.size, info.pax_headers = 3, {"comment": "by zoe@posteo.de", "SCHILY.xattr.user.author": "Max"}
        archive.addfile(info, io.BytesIO(b"one"))
    return sink.getvalue()


@pytest.mark.parametrize(
    ("content", "kind", "said"),
    [
        (commented_zip(), FileFormat.ZIP, "by zoe@posteo.de\nchecked by max@posteo.de"),
        (commented_tar(), FileFormat.TAR, "Max\nby zoe@posteo.de"),
    ],
    ids=["zip", "tar"],
)
def test_comments_and_attributes_in_an_archive_are_scanned(
    content: bytes, kind: FileFormat, said: str, tmp_path: Path
) -> None:
    path = tmp_path / f"a.{kind}"
    path.write_bytes(content)
    pieces, coverage = read_all(path, kind)
    (scanned,) = (piece.found for piece in pieces if isinstance(piece, OtherTexts))
    assert (scanned.column, scanned.rows.to_pylist(), scanned.texts.to_pylist()) == ("(attributes)", [0], [said])
    assert [(column["column_name"], column["role"]) for column in coverage.columns] == [("(attributes)", "scanned")]


ONE, TWO = ["one", "two", "three"], ["four", "five"]
WHOLE = {
    "parquet": (parquet(ONE), FileFormat.PARQUET),
    "parquet with indexes": (parquet(ONE * 3000, write_page_index=True, row_group_size=1000), FileFormat.PARQUET),
    "parquet without rows": (parquet([]), FileFormat.PARQUET),
    "arrow file": (arrow_file(ONE), FileFormat.ARROW),
    "arrow file without rows": (arrow_file([]), FileFormat.ARROW),
    "stream": (stream(ONE), FileFormat.ARROW),
    "tar": (tar(ONE), FileFormat.TAR),
    "zip": (zipped(ONE), FileFormat.ZIP),
    "zip of a pipe": (streamed_zip(ONE), FileFormat.ZIP),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_that_accounts_for_its_bytes_has_no_defect(name: str, tmp_path: Path) -> None:
    content, kind = WHOLE[name]
    _, codes, breaks = check(content, kind, tmp_path)
    assert (codes, breaks) == ([], 0)


@pytest.mark.parametrize(("pack", "kind"), [(stream, FileFormat.ARROW), (tar, FileFormat.TAR)])
def test_what_follows_the_first_is_read(pack: Callable[[list[str]], bytes], kind: FileFormat, tmp_path: Path) -> None:
    assert check(pack(ONE) + pack(TWO), kind, tmp_path) == ([*ONE, *TWO], [], 0)


LEFT_OVER = {
    "two parquet files": (parquet(ONE * 20) + parquet(TWO * 20), FileFormat.PARQUET),
    "parquet with bytes before its footer": (
        parquet(ONE)[:4] + MORE + parquet(ONE)[4:],
        FileFormat.PARQUET,
    ),
    "two arrow files": (arrow_file(ONE * 20) + arrow_file(TWO * 20), FileFormat.ARROW),
    "stream and text": (stream(ONE) + MORE, FileFormat.ARROW),
    "tar and text": (tar(ONE) + MORE, FileFormat.TAR),
    "tar and zip": (tar(ONE) + zipped([text * 600 for text in TWO], zipfile.ZIP_STORED), FileFormat.TAR),
    "two zips": (zipped(ONE) + zipped(TWO), FileFormat.ZIP),
    "text before a zip": (MORE + zipped(ONE), FileFormat.ZIP),
    "text behind a zip": (zipped(ONE) + MORE, FileFormat.ZIP),
    "text in place of the end of a tar": (tar(ONE)[: 6 * 512] + MORE, FileFormat.TAR),
}


@pytest.mark.parametrize("name", LEFT_OVER)
def test_bytes_that_nothing_accounts_for_break_a_file_off(name: str, tmp_path: Path) -> None:
    content, kind = LEFT_OVER[name]
    _, codes, breaks = check(content, kind, tmp_path)
    assert breaks == 1
    assert codes[-1] in (DefectCode.TRAILING_DATA, DefectCode.FILE_UNREADABLE)


def test_the_place_of_trailing_data_is_told(tmp_path: Path) -> None:
    first = zipped(ONE)
    (tmp_path / "a.zip").write_bytes(first + MORE)
    pieces, _ = read_all(tmp_path / "a.zip", FileFormat.ZIP)
    assert [(p.code, p.place) for p in pieces if hasattr(p, "code")] == [
        (DefectCode.TRAILING_DATA, f"byte {len(first)}")
    ]


@pytest.mark.parametrize(
    ("content", "kind"),
    [(stream(ONE)[:-8], FileFormat.ARROW), (tar(ONE)[: 6 * 512], FileFormat.TAR)],
    ids=["stream", "tar"],
)
def test_a_missing_end_mark_breaks_a_file_off(content: bytes, kind: FileFormat, tmp_path: Path) -> None:
    assert check(content, kind, tmp_path) == (ONE, [DefectCode.TRUNCATED], 1)


def test_the_first_of_two_parquet_files_is_trailing_data(tmp_path: Path) -> None:
    content = parquet(ONE * 50) + parquet(TWO * 50)
    assert check(content, FileFormat.PARQUET, tmp_path)[1:] == ([DefectCode.TRAILING_DATA], 1)
