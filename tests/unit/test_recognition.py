"""Compression, format, encoding and dialect are recognised from the bytes, whatever a file is called."""

import bz2
import codecs
import csv
import gzip
import io
import json
import lzma
import os
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus_audit.corpus.content import Content
from corpus_audit.corpus.dialects import is_table, recognise_dialect
from corpus_audit.corpus.encodings import as_utf8
from corpus_audit.corpus.locations.local import LocalFolder
from corpus_audit.corpus.recognise import recognise_file
from corpus_audit.corpus.recognition import Dialect
from corpus_audit.corpus.resolve import resolve_files
from corpus_audit.schemas import CLAIMED_FILES, CLAIMED_FOLDERS
from corpus_audit.vocabulary import DefectCode, EncodingBasis, FileFormat, FileState
from unit.record_reading import read, texts

ROWS = [{"id": number, "text": f"text number {number}; with, marks"} for number in range(20)]
LINES = "".join(json.dumps(row) + "\n" for row in ROWS).encode()
WRITTEN = {row["id"]: row["text"] for row in ROWS}


def recognise(path: Path, declared: FileFormat | None = None) -> Content:
    return recognise_file(LocalFolder(path.parent).find(path.name), declared)


def ingest(root: Path, *names: str, **claim: Any) -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]:
    claims = pa.Table.from_pylist(
        [{"source_id": "s", "file": name, **claim} for name in names], schema=CLAIMED_FILES.schema
    )
    found = resolve_files(
        LocalFolder(root), claims, CLAIMED_FOLDERS.empty(), part_bytes=1 << 30, threads=1, advance=lambda _: None
    )
    return {row["file"]: row for row in found.files.to_pylist()}, found.defects.to_pylist()


# --- compression ------------------------------------------------------------------------------------------------------


def arrow_codec(codec: str) -> Callable[[bytes], bytes]:
    def pack(content: bytes) -> bytes:
        sink = pa.BufferOutputStream()
        with pa.CompressedOutputStream(sink, codec) as stream:
            stream.write(content)
        return sink.getvalue().to_pybytes()

    return pack


CODECS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "zstd": arrow_codec("zstd"),
    "xz": lzma.compress,
    "bz2": bz2.compress,
    "lz4": arrow_codec("lz4"),
}


@pytest.mark.parametrize("name", ["a.jsonl", "a", "a.jsonl.gz", "a.jsonl.xz", "a.jsonl.unknown"])
@pytest.mark.parametrize("codec", CODECS)
def test_compression_is_recognised_whatever_the_name_says(codec: str, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(CODECS[codec](LINES))
    found = recognise(tmp_path / name)
    assert (found.format, found.recognition.compression) == (FileFormat.JSONL, codec)
    records, defects = read(tmp_path / name, FileFormat.JSONL, text_fields=["text"])
    assert (texts(records), defects) == (WRITTEN, [])


def test_a_frame_that_zstd_skips_may_come_first(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\x50\x2a\x4d\x18\4\0\0\0skip" + CODECS["zstd"](LINES))
    assert recognise(tmp_path / "a").recognition.compression == "zstd"
    assert texts(read(tmp_path / "a", FileFormat.JSONL, text_fields=["text"])[0]) == WRITTEN


@pytest.mark.parametrize("codec", CODECS)
def test_a_compressed_table_is_read(codec: str, tmp_path: Path) -> None:
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(ROWS), sink)
    (tmp_path / "a.parquet.gz").write_bytes(CODECS[codec](sink.getvalue()))
    assert recognise(tmp_path / "a.parquet.gz").format is FileFormat.PARQUET
    assert texts(read(tmp_path / "a.parquet.gz", FileFormat.PARQUET, text_fields=["text"])[0]) == WRITTEN


def test_what_a_name_says_wrongly_of_the_compression_is_a_defect(tmp_path: Path) -> None:
    (tmp_path / "plain.txt.xz").write_bytes(b"no xz at all")
    (tmp_path / "other.jsonl.zst").write_bytes(gzip.compress(LINES))
    files, defects = ingest(tmp_path, "plain.txt.xz", "other.jsonl.zst")
    assert {name: (row["format"], row["compression"]) for name, row in files.items()} == {
        "plain.txt.xz": ("text", "none"),
        "other.jsonl.zst": ("jsonl", "gzip"),
    }
    assert [(d["file"], d["code"]) for d in defects] == [
        ("other.jsonl.zst", DefectCode.MISLABELLED),
        ("plain.txt.xz", DefectCode.MISLABELLED),
    ]


# --- formats ----------------------------------------------------------------------------------------------------------


def parquet() -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(ROWS), sink)
    return sink.getvalue()


def arrow(new: Callable[..., Any]) -> bytes:
    sink = io.BytesIO()
    table = pa.Table.from_pylist(ROWS)
    with new(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()


def tar(kind: int) -> bytes:
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w", format=kind) as archive:
        info = tarfile.TarInfo("a.txt")
        info.size = 4
        archive.addfile(info, io.BytesIO(b"text"))
    return sink.getvalue()


def zipped() -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("a.txt", "text")
    return sink.getvalue()


CONTENTS: dict[str, tuple[bytes, FileFormat]] = {
    "parquet": (parquet(), FileFormat.PARQUET),
    "arrow file": (arrow(pa.ipc.new_file), FileFormat.ARROW),
    "arrow stream": (arrow(pa.ipc.new_stream), FileFormat.ARROW),
    "tar": (tar(tarfile.PAX_FORMAT), FileFormat.TAR),
    "gnu tar": (tar(tarfile.GNU_FORMAT), FileFormat.TAR),
    "zip": (zipped(), FileFormat.ZIP),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3", FileFormat.PDF),
    "warc": (b"WARC/1.0\r\nWARC-Type: warcinfo\r\n\r\n", FileFormat.WARC),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", FileFormat.IMAGE),
    "lines": (LINES, FileFormat.JSONL),
    "list": (json.dumps(ROWS).encode(), FileFormat.JSON),
    "table": (pd.DataFrame(ROWS).to_csv(index=False).encode(), FileFormat.CSV),
    "prose": (b"Once, twice; and again.\nThen, no more.\n", FileFormat.TEXT),
    "configuration": (b'{"name": "x", "version": 1}', FileFormat.TEXT),
    "numbers": (bytes(range(256)), FileFormat.BINARY),
}


@pytest.mark.parametrize("name", ["a", "a.unknown", "a.data"])
@pytest.mark.parametrize("kind", CONTENTS)
def test_a_format_is_recognised_without_a_suffix(kind: str, name: str, tmp_path: Path) -> None:
    content, expected = CONTENTS[kind]
    (tmp_path / name).write_bytes(content)
    is_guess = kind == "table" and name.endswith(".unknown")
    assert recognise(tmp_path / name).format is (FileFormat.TEXT if is_guess else expected)


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.txt", "a.json", "a.html"])
@pytest.mark.parametrize("kind", ["parquet", "arrow file", "tar", "zip", "pdf"])
def test_a_signature_is_believed_rather_than_a_suffix(kind: str, name: str, tmp_path: Path) -> None:
    content, expected = CONTENTS[kind]
    (tmp_path / name).write_bytes(content)
    assert recognise(tmp_path / name).format is expected


def test_lists_and_lines_are_told_apart_whatever_they_are_called(tmp_path: Path) -> None:
    (tmp_path / "lines.json").write_bytes(LINES)
    (tmp_path / "list.jsonl").write_bytes(json.dumps(ROWS, indent=1).encode())
    for name, expected in (("lines.json", FileFormat.JSONL), ("list.jsonl", FileFormat.JSON)):
        assert recognise(tmp_path / name).format is expected
        assert texts(read(tmp_path / name, expected, text_fields=["text"])[0]) == WRITTEN


def test_bytes_of_another_format_than_declared_are_a_defect_and_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(parquet())
    files, (defect,) = ingest(tmp_path, "a.jsonl", format=FileFormat.JSONL, text_fields=["text"])
    assert (files["a.jsonl"]["format"], defect["code"]) == ("parquet", DefectCode.MISLABELLED)


# --- encodings --------------------------------------------------------------------------------------------------------

LANGUAGES = {
    "de": "Die Größe der Bäume überrascht uns jährlich; für die Prüfung müssen wir Äpfel zählen.",
    "fr": "L’été dernier, les élèves étaient très heureux d’apprendre le français à l’école.",
    "ru": "Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива по-своему.",
    "el": "Σήμερα ο καιρός είναι πολύ καλός και πάμε βόλτα στο πάρκο με τα παιδιά.",
    "zh": "今天天气很好，我们一起去公园散步。中华人民共和国成立于一九四九年。",
    "ja": "今日は天気がとても良いので、公園へ散歩に行きましょう。カタカナもあります。",
    "ko": "오늘은 날씨가 매우 좋아서 공원에 산책하러 갑니다. 한국어 문장입니다.",
}
ENCODED = [
    *((language, encoding) for language in LANGUAGES for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32")),
    *((language, encoding) for language in LANGUAGES for encoding in ("utf-16-le", "utf-16-be", "utf-32-le")),
    ("de", "cp1252"), ("de", "latin-1"), ("fr", "cp1252"), ("ru", "cp1251"), ("ru", "koi8-r"), ("el", "cp1253"),
    ("zh", "gb18030"), ("zh", "gbk"), ("zh", "big5"), ("ja", "shift_jis"), ("ja", "euc_jp"), ("ko", "euc_kr"),
]  # fmt: skip


def as_csv(text: str) -> str:
    return "id;text\n" + "".join(f'{number};"{text}"\n' for number in range(5))


def as_lines(text: str) -> str:
    return "".join(json.dumps({"id": number, "text": text}, ensure_ascii=False) + "\n" for number in range(5))


def as_note(text: str) -> str:
    return f"{text}\n"


def as_list(text: str) -> str:
    return json.dumps([{"text": text}] * 5, ensure_ascii=False)


@pytest.mark.parametrize(
    ("write", "suffix", "kind", "count"),
    [
        (as_csv, ".csv", FileFormat.CSV, 5),
        (as_lines, ".jsonl", FileFormat.JSONL, 5),
        (as_list, ".json", FileFormat.JSON, 5),
        (as_note, ".txt", FileFormat.TEXT, 1),
    ],
)
@pytest.mark.parametrize(("language", "encoding"), ENCODED)
def test_texts_in_any_encoding_are_read(
    language: str,
    encoding: str,
    write: Callable[[str], str],
    suffix: str,
    kind: FileFormat,
    count: int,
    tmp_path: Path,
) -> None:
    text = LANGUAGES[language]
    if encoding in ("latin-1", "big5", "gbk"):
        text = text.encode(encoding, "ignore").decode(encoding)
    path = tmp_path / f"a{suffix}"
    path.write_bytes(write(text).encode(encoding))
    assert recognise(path).format is kind
    records, defects = read(path, kind, text_fields=["text"] if count > 1 else [])
    assert ([record["text"].strip() for record in records], defects) == ([text] * count, [])


def test_what_is_recognised_is_said_and_by_what(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(gzip.compress(as_csv(LANGUAGES["de"]).encode("utf-16")))
    (tmp_path / "b.csv").write_bytes(as_csv(LANGUAGES["ru"]).encode("cp1251"))
    (tmp_path / "c.txt").write_bytes(b"plain")
    files, defects = ingest(tmp_path, "a.csv", "b.csv", "c.txt")
    names = ("compression", "encoding", "encoding_basis", "csv_delimiter", "csv_quote", "csv_escape")
    assert {name: tuple(row[column] for column in names) for name, row in files.items()} == {
        "a.csv": ("gzip", "utf-16", EncodingBasis.MARK, ";", '"', ""),
        "b.csv": ("none", "cp1251", EncodingBasis.AGREED, ";", '"', ""),
        "c.txt": ("none", "utf-8", EncodingBasis.VALID, None, None, None),
    }
    assert defects == []


def test_an_encoding_that_detectors_disagree_on_is_a_defect(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Příliš žluťoučký kůň úpěl ďábelské ódy, a pak šel domů.".encode("iso8859_2"))
    files, (defect,) = ingest(tmp_path, "a.txt")
    assert files["a.txt"]["encoding_basis"] == EncodingBasis.GUESSED
    assert defect["code"] == DefectCode.ENCODING_GUESSED


@pytest.mark.parametrize("batch_bytes", [16, 1 << 20])
def test_bytes_that_an_encoding_does_not_know_cost_their_row_only(batch_bytes: int, tmp_path: Path) -> None:
    good = LANGUAGES["ja"].encode("shift_jis")
    rows = [b'{"text": "' + good + b'"}\n'] * 9
    rows[4] = b'{"text": "' + good[:10] + b"\x81\xff" + b'"}\n'
    (tmp_path / "a.jsonl").write_bytes(b"".join(rows))
    records, defects = read(tmp_path / "a.jsonl", FileFormat.JSONL, batch_bytes, text_fields=["text"])
    assert len(records) == 9
    assert [record["text"] for record in records if "\ufffd" not in record["text"]] == [LANGUAGES["ja"]] * 8
    assert [(d.code, d.place.split(",")[0]) for d in defects] == [(DefectCode.NOT_UTF8, "row 4")]
    assert "cp932" in defects[0].detail


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1 << 16])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "gb18030", "shift_jis"])
def test_a_stream_is_the_same_by_whatever_it_is_read(encoding: str, size: int) -> None:
    text = LANGUAGES["ja"] * 20
    stream = as_utf8(io.BytesIO(text.encode(encoding)), encoding)
    found = b""
    while chunk := stream.read(size):
        assert len(chunk) <= size
        found += chunk
    assert found == text.encode()


HEAD = "".join(json.dumps({"text": f"Plain line {number}."}) + "\n" for number in range(4000)).encode()
GERMAN, RUSSIAN, CHINESE = LANGUAGES["de"], LANGUAGES["ru"], LANGUAGES["zh"]


def line_of(text: str, encoding: str) -> bytes:
    return json.dumps({"text": text}, ensure_ascii=False).encode(encoding) + b"\n"


@pytest.mark.parametrize("encoding", ["cp1252", "shift_jis", "gb18030", "koi8-r"])
def test_bytes_behind_the_head_in_another_encoding_are_defects_with_their_row(encoding: str, tmp_path: Path) -> None:
    text = {"cp1252": GERMAN, "shift_jis": LANGUAGES["ja"], "gb18030": CHINESE, "koi8-r": RUSSIAN}[encoding]
    assert len(HEAD) > 64 * 1024
    (tmp_path / "a.jsonl").write_bytes(HEAD + line_of(text, encoding) + b'{"text": "The end."}\n')
    _, defects = read(tmp_path / "a.jsonl", FileFormat.JSONL, text_fields=["text"])
    assert {(d.code, d.place.split(",")[0]) for d in defects} == {(DefectCode.NOT_UTF8, "row 4000")}


@pytest.mark.parametrize(
    ("text", "encoding"), [(GERMAN, "cp1252"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (CHINESE, "gb18030")]
)
@pytest.mark.parametrize(
    ("suffix", "kind"), [("jsonl", FileFormat.JSONL), ("json", FileFormat.JSON), ("txt", FileFormat.TEXT)]
)
def test_utf_8_behind_another_encoding_is_a_defect_with_its_place(
    text: str, encoding: str, suffix: str, kind: FileFormat, tmp_path: Path
) -> None:
    old, new = line_of(text, encoding) * 3000, line_of(text, "utf-8") * 3
    (tmp_path / f"a.{suffix}").write_bytes(old + new)
    assert recognise(tmp_path / f"a.{suffix}").recognition.encoding not in ("utf-8", None)
    _, defects = read(tmp_path / f"a.{suffix}", kind, text_fields=["text"] if kind is not FileFormat.TEXT else [])
    assert (DefectCode.ENCODING_GUESSED, f"byte {len(old)}") in [(d.code, d.place) for d in defects]


@pytest.mark.parametrize(
    ("text", "encoding"), [(GERMAN, "cp1252"), (CHINESE, "gb18030"), (LANGUAGES["ja"], "shift_jis")]
)
def test_a_text_in_one_encoding_is_in_no_other(text: str, encoding: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes((text + "\n").encode(encoding) * 3000)
    assert read(tmp_path / "a.txt", FileFormat.TEXT)[1] == []


def test_lines_with_a_byte_order_mark_lose_none(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(codecs.BOM_UTF8 + LINES)
    records, defects = read(tmp_path / "a.jsonl", FileFormat.JSONL, text_fields=["text"])
    assert (texts(records), defects) == (WRITTEN, [])


# --- dialects ---------------------------------------------------------------------------------------------------------

TABLE = pd.DataFrame(
    {
        "id": range(30),
        "text": [f'He said "{number}, {number}"; twice | more\nand on' for number in range(30)],
        "price": [f"{number},50" for number in range(30)],
    }
)


@pytest.mark.parametrize("quoting", [0, 1, 2])
@pytest.mark.parametrize("quote", ['"', "'"])
@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".txt"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_dialects_are_recognised(delimiter: str, suffix: str, quote: str, quoting: int, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    TABLE.to_csv(path, sep=delimiter, quotechar=quote, index=False, quoting=quoting)
    found = recognise(path, FileFormat.CSV).recognition.dialect
    assert found == Dialect(delimiter, quote)
    records, defects = read(path, FileFormat.CSV, text_fields=["text"])
    assert ([record["text"] for record in records], defects) == (TABLE["text"].tolist(), [])


def test_escaped_quotes_are_recognised(tmp_path: Path) -> None:
    TABLE.to_csv(tmp_path / "a.csv", sep=";", index=False, doublequote=False, escapechar="\\", quoting=1)
    assert recognise(tmp_path / "a.csv").recognition.dialect == Dialect(";", '"', "\\")
    records, _ = read(tmp_path / "a.csv", FileFormat.CSV, text_fields=["text"])
    assert [record["text"] for record in records] == TABLE["text"].tolist()


@pytest.mark.parametrize(
    "text",
    ["text\nhello, world\nagain; and\n", "text\n", "", "text\n'tis\n'twas; so\n", 'text\n"a;b"\n"c;d"\n'],
)
def test_one_column_stays_one_column(text: str) -> None:
    assert recognise_dialect(text, ".csv", is_whole=True) == Dialect()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_duckdb_sees_the_same_dialect(delimiter: str, tmp_path: Path) -> None:
    TABLE.to_csv(tmp_path / "a.csv", sep=delimiter, index=False)
    with duckdb.connect() as connection:
        (theirs,) = connection.execute("SELECT Delimiter FROM sniff_csv(?)", [str(tmp_path / "a.csv")]).fetchone() or (
            "",
        )
    ours = recognise(tmp_path / "a.csv").recognition.dialect
    assert ours is not None
    assert ours.delimiter == theirs == delimiter


def test_long_values_are_read_whatever_was_read_before() -> None:
    text = "id;text\n" + "".join(f'{number};"{"long text, " * 20_000}"\n' for number in range(3))
    csv.field_size_limit(2**17)  # as Python begins
    assert is_table(text, Dialect(";"), is_whole=True)


# --- what is not there, or cannot be looked at ------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.json", "a.parquet", "a.arrow", "a.pdf", "a.zip", "a.jpg"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_file_without_a_byte_is_a_defect(name: str, pack: Callable[[bytes], bytes], tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(pack(b""))
    _, defects = ingest(tmp_path, name)
    assert [defect["code"] for defect in defects] == [DefectCode.EMPTY]


def test_a_text_without_a_byte_is_an_empty_text(tmp_path: Path) -> None:
    (tmp_path / "__init__.py").write_bytes(b"")
    files, defects = ingest(tmp_path, "__init__.py")
    assert (files["__init__.py"]["format"], defects) == ("text", [])


def packed_with_dictionary(size_code: int) -> bytes:
    """Return an xz file whose header asks for another dictionary than it needs (XZ file format 1.2.1, 5.3.1)."""
    content = bytearray(lzma.compress(b"text\n" * 20, check=lzma.CHECK_NONE))
    block, end = 12, 12 + (content[12] + 1) * 4
    content[block + 4] = size_code
    content[end - 4 : end] = zlib.crc32(bytes(content[block : end - 4])).to_bytes(4, "little")
    return bytes(content)


DAMAGED = {
    "cut.txt.xz": lzma.compress(b"text" * 99)[:30],
    "damaged.jsonl.xz": lzma.compress(b"text" * 99)[:24] + b"\xff" * 40,
    "damaged.txt.zst": b"\x28\xb5\x2f\xfd" + b"\xff" * 30,
    "damaged.csv.gz": b"\x1f\x8b\x08" + b"\xff" * 30,
    "damaged.json.bz2": b"BZh91AY&SY" + b"\xff" * 30,
}


def test_one_file_that_cannot_be_looked_at_does_not_end_an_audit(tmp_path: Path) -> None:
    for name, content in DAMAGED.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "large.txt.xz").write_bytes(packed_with_dictionary(37))  # 1.5 GiB
    (tmp_path / "wide.txt.zst").write_bytes(b"\x28\xb5\x2f\xfd\0" + bytes([21 << 3]) + b"\1\0\0")  # a window of 2 GiB
    (tmp_path / "good.txt").write_bytes(b"good")
    files, defects = ingest(tmp_path, *DAMAGED, "large.txt.xz", "wide.txt.zst", "good.txt")
    assert files["good.txt"]["state"] == FileState.NO_CHECKSUM
    assert {d["file"]: d["code"] for d in defects} == {
        **dict.fromkeys(DAMAGED, DefectCode.FILE_UNREADABLE),
        "large.txt.xz": DefectCode.LIMIT_EXCEEDED,
        "wide.txt.zst": DefectCode.LIMIT_EXCEEDED,
    }


def test_a_name_that_is_not_utf8_is_a_defect(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    Path(os.fsdecode(bytes(tmp_path) + b"/folder/caf\xe9.txt")).write_bytes(b"text")
    folders = pa.Table.from_pylist([{"source_id": "s", "folder": "folder", "ignore": []}], CLAIMED_FOLDERS.schema)
    found = resolve_files(
        LocalFolder(tmp_path), CLAIMED_FILES.empty(), folders, part_bytes=1, threads=1, advance=lambda _: None
    )
    assert found.files.select(["file", "state"]).to_pylist() == [
        {"file": "folder/caf\\xe9.txt", "state": FileState.UNDECLARED}
    ]
    assert found.defects["code"].to_pylist() == [DefectCode.FILE_UNREADABLE]


# --- pointers ---------------------------------------------------------------------------------------------------------

POINTERS = {
    "git-lfs": f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 12345\n",
    "git-annex": f"/annex/objects/SHA256E-s12345--{'0' * 64}.csv\n",
}


@pytest.mark.parametrize("name", ["data.txt", "data.jsonl", "data.csv", "data.parquet", "data"])
@pytest.mark.parametrize("kind", POINTERS)
def test_a_pointer_is_not_taken_for_the_data_that_it_names(tmp_path, kind, name):
    (tmp_path / name).write_text(POINTERS[kind])
    files, defects = ingest(tmp_path, name)
    assert files[name]["format"] == FileFormat.BINARY
    assert [defect["code"] for defect in defects] == [DefectCode.POINTER]
