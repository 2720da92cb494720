"""Records come out of every format; damage is a defect with its place and the rest is still read."""

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus_audit.corpus.coverage import PartCoverage
from corpus_audit.corpus.entry import Defect, make_file_id
from corpus_audit.corpus.escapes import EscapingStream, restore_bytes
from corpus_audit.corpus.formats import text as text_format
from corpus_audit.corpus.locations.local import LocalFolder
from corpus_audit.corpus.parts import cutter_for
from corpus_audit.corpus.recognition import Recognition
from corpus_audit.corpus.records import RECORD_TEXTS, read_corpus, read_record_texts, read_records
from corpus_audit.schemas import FILES
from corpus_audit.vocabulary import DefectCode, FileFormat, FileState


def plan(root: Path, *files: tuple[str, FileFormat], **fields: str) -> pa.Table:
    rows = [
        {
            "file_id": make_file_id("s", name),
            "source_id": "s",
            "file": name,
            "format": kind,
            "observed_size_bytes": (root / name).stat().st_size,
            "state": FileState.VERIFIED,
            "text_fields": [] if kind is FileFormat.TEXT else ["text"],
            **fields,
        }
        for name, kind in files
    ]
    return pa.Table.from_pylist(rows, schema=FILES.schema)


def read(root: Path, files: pa.Table, batch_bytes: int = 1 << 20) -> tuple[list[dict[str, Any]], list[Defect]]:
    pieces = list(read_records(LocalFolder(root), files, batch_bytes))
    batches = [piece for piece in pieces if not isinstance(piece, Defect)]
    assert all(batch.schema == RECORD_TEXTS for batch in batches)
    return [row for batch in batches for row in batch.to_pylist()], [p for p in pieces if isinstance(p, Defect)]


@pytest.mark.parametrize("batch_bytes", [1, 500, 1 << 20])
def test_texts_of_files_share_batches_in_the_order_of_the_files(tmp_path: Path, batch_bytes: int) -> None:
    """A batch ends with the record that makes it as large as that, be it of a file or of many rows."""
    (tmp_path / "a.txt").write_text("Möwen über See")
    (tmp_path / "b.json").write_text('{"name": "tides", "license": "MIT"}')
    (tmp_path / "c.jsonl").write_text('{"text": "one"}\n{"text": "two"}\n')
    (tmp_path / "d.txt").write_text("x" * 400)
    (tmp_path / "e.txt").write_text(" \n")
    (tmp_path / "f.txt").write_text("The last.")
    kinds = {"c.jsonl": FileFormat.JSONL}
    files = plan(tmp_path, *((path.name, kinds.get(path.name, FileFormat.TEXT)) for path in sorted(tmp_path.iterdir())))
    pieces = list(read_corpus(LocalFolder(tmp_path), files, batch_bytes))
    batches = [piece for piece in pieces if isinstance(piece, pa.RecordBatch)]
    records = [row for batch in batches for row in batch.to_pylist()]
    assert [record["file"] for record in records] == ["a.txt", "b.json", "c.jsonl", "c.jsonl", "d.txt", "f.txt"]
    assert [record["record_id"] for record in records] == [
        f"{make_file_id('s', record['file'])}:{record['row']}" for record in records
    ]
    assert [record["text"] for record in records][:4] == [
        "Möwen über See",
        '{"name": "tides", "license": "MIT"}',
        "one",
        "two",
    ]
    assert [record["declared_license"] for record in records] == [None, "MIT", None, None, None, None]
    assert len(batches) == {1: 6, 500: 3, 1 << 20: 1}[batch_bytes]
    assert all(batch.validate(full=True) is None and batch.schema == RECORD_TEXTS for batch in batches)


def rows_and_texts(records: list[dict[str, Any]]) -> list[tuple[int, str]]:
    return [(record["row"], record["text"]) for record in records]


def jsonl(*rows: Any) -> bytes:
    return b"".join(row if isinstance(row, bytes) else json.dumps(row).encode() + b"\n" for row in rows)


def test_records_carry_ids_sources_and_fields(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(jsonl({"text": "one", "rights": "MIT", "lang": "en"}, {"text": "two"}))
    files = plan(tmp_path, ("a.jsonl", FileFormat.JSONL), license_field="rights", language_field="lang")
    records, defects = read(tmp_path, files)
    file_id = make_file_id("s", "a.jsonl")
    assert not defects
    assert records == [
        {"record_id": f"{file_id}:0", "source_id": "s", "file": "a.jsonl", "row": 0, "text": "one",
         "declared_license": "MIT", "language": "en", "url": None, "date": None, "subject_ids": None,
         **dict.fromkeys(("member", "modality", "content", "aigc_label", "opt_outs"))},
        {"record_id": f"{file_id}:1", "source_id": "s", "file": "a.jsonl", "row": 1, "text": "two",
         "declared_license": None, "language": None, "url": None, "date": None, "subject_ids": None,
         **dict.fromkeys(("member", "modality", "content", "aigc_label", "opt_outs"))},
    ]  # fmt: skip


@pytest.mark.parametrize("batch_bytes", [1, 30, 1 << 20])
def test_bad_json_rows_are_defects_and_the_others_are_read(tmp_path: Path, batch_bytes: int) -> None:
    good = {"text": "good"}
    (tmp_path / "a.jsonl").write_bytes(
        jsonl(good, b"{broken\n", {"text": 7}, b"\n", {"other": 1}, b"[1]\n", b'{"text":"\xff"}\n', {"text": "last"})
    )
    records, defects = read(tmp_path, plan(tmp_path, ("a.jsonl", FileFormat.JSONL)), batch_bytes)
    assert rows_and_texts(records) == [(0, "good"), (6, "�"), (7, "last")]
    assert {(d.code, d.place) for d in defects} == {
        (DefectCode.BAD_ROW, "row 1"),
        (DefectCode.BAD_ROW, "row 2"),
        (DefectCode.NULL_TEXT, "row 4"),
        (DefectCode.BAD_ROW, "row 5"),
        (DefectCode.NOT_UTF8, "row 6, byte 0"),
    }


def test_a_truncated_gzip_yields_what_came_before(tmp_path: Path) -> None:
    rows = jsonl(*({"text": f"{i} {hash(i * 7919)}"} for i in range(20_000)))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(rows)[:-2000])
    records, defects = read(tmp_path, plan(tmp_path, ("a.jsonl.gz", FileFormat.JSONL)), 10_000)
    assert len(records) > 1000
    assert [d.code for d in defects] == [DefectCode.TRUNCATED]
    assert defects[0].place == f"after {len(records)} rows"


@pytest.mark.parametrize("codec", ["gzip", "zstd", "bz2"])
def test_compressed_json_lines_are_read(tmp_path: Path, codec: str) -> None:
    path = tmp_path / {"gzip": "a.jsonl.gz", "zstd": "a.jsonl.zst", "bz2": "a.jsonl.bz2"}[codec]
    with pa.CompressedOutputStream(str(path), codec) as stream:
        stream.write(jsonl({"text": "甲"}, {"text": "乙"}))
    records, defects = read(tmp_path, plan(tmp_path, (path.name, FileFormat.JSONL)))
    assert (rows_and_texts(records), defects) == ([(0, "甲"), (1, "乙")], [])


def test_a_line_that_never_ends_is_left_out_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus_audit.corpus.formats.jsonl.MAX_LINE_BYTES", 1000)
    (tmp_path / "a.jsonl").write_bytes(jsonl({"text": "a"}, {"text": "x" * 5000}, {"text": "b"}))
    records, defects = read(tmp_path, plan(tmp_path, ("a.jsonl", FileFormat.JSONL)), 100)
    assert rows_and_texts(records) == [(0, "a"), (2, "b")]
    assert [(d.code, d.place) for d in defects] == [(DefectCode.BAD_ROW, "row 1")]


def test_csv_rows_with_too_many_columns_are_defects(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b'id,text\n1,"one\nline"\n2,two,extra\n3,three\n4,\xff\n')
    records, defects = read(tmp_path, plan(tmp_path, ("a.csv", FileFormat.CSV)))
    assert [text for _, text in rows_and_texts(records)] == ["one\nline", "three", "�"]
    assert sorted(d.code for d in defects) == [DefectCode.BAD_ROW, DefectCode.NOT_UTF8]


@pytest.mark.parametrize(
    ("name", "kind", "content"),
    [("a.csv", FileFormat.CSV, b"id,body\n1,x\n"), ("a.parquet", FileFormat.PARQUET, None)],
)
def test_an_absent_text_column_is_a_defect(tmp_path: Path, name: str, kind: FileFormat, content: bytes | None) -> None:
    if content is None:
        pq.write_table(pa.table({"body": ["x"]}), tmp_path / name)
    else:
        (tmp_path / name).write_bytes(content)
    records, defects = read(tmp_path, plan(tmp_path, (name, kind)))
    assert (records, [d.code for d in defects]) == ([], [DefectCode.NO_TEXT_FIELD])


@pytest.mark.parametrize(
    "column",
    [
        pa.array(["one", None, "three"]),
        pa.array(["one", None, "three"], pa.large_string()),
        pa.array([b"one", None, b"three"], pa.binary()),
        pa.array(["one", None, "three"]).dictionary_encode(),
    ],
)
def test_parquet_text_of_any_type_is_read(tmp_path: Path, column: pa.Array) -> None:
    pq.write_table(pa.table({"n": [1, 2, 3], "text": column}), tmp_path / "a.parquet")
    records, defects = read(tmp_path, plan(tmp_path, ("a.parquet", FileFormat.PARQUET)))
    assert rows_and_texts(records) == [(0, "one"), (2, "three")]
    assert [(d.code, d.place) for d in defects] == [(DefectCode.NULL_TEXT, "row 1")]


@pytest.mark.parametrize("kind", [FileFormat.PARQUET, FileFormat.CSV])
def test_damage_never_quotes_the_data(tmp_path: Path, kind: FileFormat) -> None:
    (tmp_path / "a").write_bytes(b'id,text\n"canary@example.test')
    records, defects = read(tmp_path, plan(tmp_path, ("a", kind)))
    assert not records
    assert len(defects) == 1
    assert "canary" not in str(defects)


def test_text_that_is_not_utf8_is_repaired_and_reported(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Žluťoučký ".encode() + b"caf\xe9 au lait")
    (tmp_path / "b.txt").write_bytes("wide".encode("utf-16"))
    records, defects = read(tmp_path, plan(tmp_path, ("a.txt", FileFormat.TEXT), ("b.txt", FileFormat.TEXT)))
    assert [record["text"] for record in records] == ["Žluťoučký caf� au lait", "wide"]
    assert [(d.code, d.place) for d in defects] == [(DefectCode.NOT_UTF8, "byte 17")]


def test_a_large_text_is_read_in_parts_that_lose_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_format, "PART_BYTES", 64)
    content = "".join(f"line {i} 汉字\n" for i in range(50)) + "é" * 200
    (tmp_path / "a.txt").write_text(content, encoding="utf-8")
    records, defects = read(tmp_path, plan(tmp_path, ("a.txt", FileFormat.TEXT)))
    assert not defects
    assert "".join(record["text"] for record in records) == content
    assert [record["row"] for record in records] == list(range(len(records)))


def test_batches_span_small_files_and_split_large_ones(tmp_path: Path) -> None:
    for i in range(10):
        (tmp_path / f"{i}.txt").write_text("x" * 100)
    files = plan(tmp_path, *((f"{i}.txt", FileFormat.TEXT) for i in range(10)))
    sizes = [piece.num_rows for piece in read_records(LocalFolder(tmp_path), files, 300)]
    assert sum(sizes) == 10
    assert 1 < len(sizes) < 10


def test_a_file_that_changed_since_it_was_checked_is_a_defect(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("short")
    files = plan(tmp_path, ("a.txt", FileFormat.TEXT))
    (tmp_path / "a.txt").write_text("longer than before")
    assert [d.code for d in read(tmp_path, files)[1]] == [DefectCode.FILE_CHANGED]


def test_only_wanted_files_are_read_again(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(name)
    files = plan(tmp_path, ("a.txt", FileFormat.TEXT), ("b.txt", FileFormat.TEXT))
    batches = list(read_record_texts(LocalFolder(tmp_path), files, {make_file_id("s", "b.txt")}, 1 << 20))
    assert [batch["text"].to_pylist() for batch in batches] == [["b.txt"]]


def test_a_csv_row_that_is_bad_in_two_ways_costs_itself_only(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("text,n\nčeštině,1\n".encode() + b"b\xbe,2,3\nc\xbe\xed\xa0\x80,4\nd,5\n")
    records, defects = read(tmp_path, plan(tmp_path, ("a.csv", FileFormat.CSV)))
    assert [text for _, text in rows_and_texts(records)] == ["češtině", "c\ufffd\ufffd\ufffd\ufffd", "d"]
    assert sorted((d.code, d.place) for d in defects) == [
        (DefectCode.BAD_ROW, "line 3"),
        (DefectCode.NOT_UTF8, "row 1, byte 1"),
    ]


def test_a_csv_of_characters_that_stand_for_bad_bytes_is_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text\n\U0010ffbe\n", encoding="utf-8")
    assert rows_and_texts(read(tmp_path, plan(tmp_path, ("a.csv", FileFormat.CSV)))[0]) == [(0, "\U0010ffbe")]


def test_a_parquet_footer_without_sizes_of_columns_does_not_end_the_process(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": ["a", "b"]}), tmp_path / "a.parquet", compression="none", write_statistics=False)
    whole = (tmp_path / "a.parquet").read_bytes()
    footer = len(whole) - 8 - int.from_bytes(whole[-8:-4], "little")
    for at in range(footer, len(whole) - 8):
        (tmp_path / "a.parquet").write_bytes(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :])
        files = plan(tmp_path, ("a.parquet", FileFormat.PARQUET))
        cutter_for(FileFormat.PARQUET, Recognition(), 1).parts(LocalFolder(tmp_path).find("a.parquet"))
        assert read(tmp_path, files)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 100])
def test_a_stream_is_escaped_and_restored_whatever_it_is_read_by(size: int) -> None:
    content = "é 汉字 \U0001f600 ".encode() + b"\xbe \xed\xa0\x80 \xe6\xb1" + b"z \xf0\x9f\x98"
    stream = EscapingStream(io.BytesIO(content))
    escaped = b"".join(iter(lambda: stream.read(size), b""))
    assert escaped.decode()
    assert stream.has_escapes
    assert restore_bytes(pa.array([escaped], pa.large_binary())).to_pylist() == [content]


def test_csv_without_one_of_the_fields_is_read_for_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"text,lang\none,en\ntwo,\n")
    files = plan(tmp_path, ("a.csv", FileFormat.CSV), license_field="rights", language_field="lang")
    records, (defect,) = read(tmp_path, files)
    assert [(record["text"], record["language"]) for record in records] == [("one", "en"), ("two", "")]
    assert (defect.code, defect.place) == (DefectCode.NO_TEXT_FIELD, "declared_license")
    assert "rights" in defect.detail


# --- rows that hold nothing -------------------------------------------------------------------------------------------

BLANK = ("", "  \n", "\u3000\t", "\ufeff\u200b")


def counted(root: Path, files: pa.Table) -> dict[str, Any]:
    pieces = read_corpus(LocalFolder(root), files, 1 << 20)
    (counts,) = [piece.counts for piece in pieces if isinstance(piece, PartCoverage)]
    return counts


@pytest.mark.parametrize("kind", [FileFormat.JSONL, FileFormat.JSON, FileFormat.PARQUET, FileFormat.CSV])
def test_rows_whose_text_is_blank_are_empty_and_no_records(kind: FileFormat, tmp_path: Path) -> None:
    path = tmp_path / f"a.{kind}"
    values = [*BLANK, "A text."]
    if kind is FileFormat.PARQUET:
        pq.write_table(pa.table({"text": values}), path)
    elif kind is FileFormat.CSV:
        path.write_text("id,text\n" + "".join(f'{number},"{value}"\n' for number, value in enumerate(values)))
    else:
        rows = [json.dumps({"text": value}) for value in values]
        path.write_text("\n".join(rows) if kind is FileFormat.JSONL else f"[{','.join(rows)}]")
    files = plan(tmp_path, (path.name, kind))
    records, defects = read(tmp_path, files)
    assert (rows_and_texts(records), defects) == ([(4, "A text.")], [])
    counts = counted(tmp_path, files)
    assert (counts["rows"], counts["rows_read"], counts["rows_empty"]) == (5, 1, 4)


@pytest.mark.parametrize("content", ["", " \n\n"])
def test_a_blank_text_is_empty(content: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(content)
    files = plan(tmp_path, ("a.txt", FileFormat.TEXT))
    assert read(tmp_path, files) == ([], [])
    assert counted(tmp_path, files)["rows_empty"] == 1


def test_a_row_with_a_picture_and_a_blank_text_is_read(tmp_path: Path) -> None:
    picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
    table = pa.table(
        {"text": ["A caption.", " ", " "], "image": [{"bytes": one, "path": "a"} for one in (picture, picture, None)]}
    )
    pq.write_table(table, tmp_path / "a.parquet")
    counts = counted(tmp_path, plan(tmp_path, ("a.parquet", FileFormat.PARQUET)))
    assert (counts["rows"], counts["rows_read"], counts["rows_empty"]) == (3, 2, 1)


# --- rows that are large ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [FileFormat.JSONL, FileFormat.JSON, FileFormat.PARQUET, FileFormat.CSV])
def test_a_batch_holds_few_large_rows(kind: FileFormat, tmp_path: Path) -> None:
    path = tmp_path / f"a.{kind}"
    values = ["small"] * 100 + [f"{number} " + "x" * 5_000 for number in range(60)]
    if kind is FileFormat.PARQUET:
        pq.write_table(pa.table({"text": values}), path)
    elif kind is FileFormat.CSV:
        path.write_text("id,text\n" + "".join(f"{number},{value}\n" for number, value in enumerate(values)))
    else:
        rows = [json.dumps({"text": value}) for value in values]
        path.write_text("\n".join(rows) if kind is FileFormat.JSONL else f"[{','.join(rows)}]")
    batch_bytes = 20_000
    pieces = list(read_records(LocalFolder(tmp_path), plan(tmp_path, (path.name, kind)), batch_bytes))
    assert max(piece["text"].nbytes for piece in pieces) <= 3 * batch_bytes
    assert [text for piece in pieces for text in piece["text"].to_pylist()] == values


# --- documents of JSON ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.json", "a.ipynb", "a"])
def test_the_strings_of_a_json_document_are_read_without_escapes(name: str, tmp_path: Path) -> None:
    value = {"by": "jane.q@contoso.com", "cells": ['token = "abc"\nprint(1)', "Straße \\ 12"]}
    written = json.dumps(value).replace("@", "\\u0040")
    (tmp_path / name).write_text(written)
    records, defects = read(tmp_path, plan(tmp_path, (name, FileFormat.TEXT)))
    (record,) = records
    for text in ("jane.q@contoso.com", 'token = "abc"\nprint(1)', "Straße \\ 12"):
        assert text in record["text"]
    assert ('"by": ' in record["text"], defects) == (True, [])


@pytest.mark.parametrize("content", ["[Note] A path: C:\\u0041", '{\\bf "bold\\" text}', r"{'a': \"b\"}"])
def test_a_text_that_is_no_json_keeps_its_backslashes(content: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(content)
    assert read(tmp_path, plan(tmp_path, ("a.txt", FileFormat.TEXT)))[0][0]["text"] == content
