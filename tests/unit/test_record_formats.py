"""Arrow, JSON, HTML, PDF and WARC: what becomes a record, and what damage does."""

import gzip
import io
import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus_audit.corpus import pdf_process
from corpus_audit.corpus.formats.html import read_page
from corpus_audit.corpus.locations.local import LocalFolder
from corpus_audit.corpus.pdf_process import PdfProcess
from corpus_audit.corpus.recognise import recognise_file
from corpus_audit.vocabulary import DefectCode, FileFormat, SkipReason, Unit
from unit.record_reading import read, read_all, texts

# --- Arrow ------------------------------------------------------------------------------------------------------------

ROWS = pa.table({"text": ["one", "two", None, "four"], "lang": ["en", "de", "fr", "it"], "n": [1, 2, 3, 4]})


def write_arrow(path: Path, new: Callable[..., Any], **options: Any) -> None:
    with new(str(path), ROWS.schema, **options) as writer:
        for batch in ROWS.to_batches(max_chunksize=3):
            writer.write_batch(batch)


@pytest.mark.parametrize("batch_bytes", [1, 1 << 20])
@pytest.mark.parametrize(
    ("new", "options"),
    [
        (pa.ipc.new_file, {}),
        (pa.ipc.new_stream, {}),
        (pa.ipc.new_file, {"options": pa.ipc.IpcWriteOptions(compression="zstd")}),
    ],
    ids=["file", "stream", "compressed"],
)
def test_arrow_files_and_streams(new: Callable[..., Any], options: Any, batch_bytes: int, tmp_path: Path) -> None:
    path = tmp_path / "a.arrow"
    write_arrow(path, new, **options)
    records, (defect,) = read(path, FileFormat.ARROW, batch_bytes, text_fields=["text"], language_field="lang")
    assert texts(records) == {0: "one", 1: "two", 3: "four"}
    assert [record["language"] for record in records] == ["en", "de", "it"]
    assert (defect.code, defect.place) == (DefectCode.NULL_TEXT, "row 2")


def test_arrow_without_the_column_is_a_defect(tmp_path: Path) -> None:
    path = tmp_path / "a.arrow"
    write_arrow(path, pa.ipc.new_file)
    records, (defect,) = read(path, FileFormat.ARROW, text_fields=["body"])
    assert (records, defect.code) == ([], DefectCode.NO_TEXT_FIELD)


def test_arrow_with_offsets_that_lead_astray_is_unreadable(tmp_path: Path) -> None:
    offsets = pa.py_buffer(b"".join(value.to_bytes(4, "little") for value in (0, 2_000_000_000, 4)))
    array = pa.Array.from_buffers(pa.string(), 2, [None, offsets, pa.py_buffer(b"abcd")])
    path = tmp_path / "a.arrow"
    with pa.ipc.new_file(str(path), pa.schema({"text": pa.string()})) as writer:
        writer.write_batch(pa.record_batch([array], names=["text"]))
    records, (defect,) = read(path, FileFormat.ARROW, text_fields=["text"])
    assert (records, defect.code) == ([], DefectCode.FILE_UNREADABLE)


# --- JSON -------------------------------------------------------------------------------------------------------------


def read_json(content: str | bytes, tmp_path: Path, *names: str, **fields: Any) -> Any:
    path = tmp_path / "a.json"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read(path, FileFormat.JSON, text_fields=list(names or ["text"]), **fields)


@pytest.mark.parametrize("indent", [None, 1])
def test_the_entries_of_a_list_are_records(indent: int | None, tmp_path: Path) -> None:
    rows = [{"text": f"text {number}"} for number in range(10_000)]
    records, defects = read_json(json.dumps(rows, indent=indent), tmp_path)
    assert (len(records), records[-1]["row"], records[-1]["text"], defects) == (10_000, 9_999, "text 9999", [])


def test_an_entry_longer_than_what_is_read_at_once_is_read(tmp_path: Path) -> None:
    records, _ = read_json(json.dumps([{"text": "a" * 3_000_000}, {"text": "b"}]), tmp_path)
    assert [len(record["text"]) for record in records] == [3_000_000, 1]


def test_bad_entries_are_defects_and_the_others_are_read(tmp_path: Path) -> None:
    content = b'[{"text": "a"}, 7, {"text": ["b", "c"]}, {"text": {"d": 1}}, {"text": "\xff"}, {"text": "e"}]'
    records, defects = read_json(content, tmp_path)
    assert texts(records) == {0: "a", 2: "b\nc", 4: "�", 5: "e"}
    assert {(d.code, d.place) for d in defects} == {
        (DefectCode.BAD_ROW, "row 1"),
        (DefectCode.BAD_ROW, "row 3"),
        (DefectCode.NOT_UTF8, "row 4, byte 0"),
    }


@pytest.mark.parametrize(
    "content",
    ['[{"text": "a"}, {"text": ', '[{"text": "a"} {"text": "b"}]', '{"text": ', "", "nonsense", "[" * 100_000],
    ids=["cut", "no-comma", "object", "empty", "words", "deep"],
)
def test_json_that_breaks_off_is_a_defect(content: str, tmp_path: Path) -> None:
    _, defects = read_json(content, tmp_path)
    assert [defect.code for defect in defects] == [DefectCode.FILE_UNREADABLE]


@pytest.mark.parametrize("content", ["[]", " [ ] "])
def test_an_empty_list_has_no_records(content: str, tmp_path: Path) -> None:
    assert read_json(content, tmp_path) == ([], [])


def test_a_single_object_is_one_record(tmp_path: Path) -> None:
    records, _ = read_json(
        {"a": 1} and json.dumps({"text": "whole", "meta": {"url": "u"}}), tmp_path, url_field="/meta/url"
    )
    assert [(record["row"], record["text"], record["url"]) for record in records] == [(0, "whole", "u")]


def test_a_list_within_an_object_holds_the_records_when_the_paths_say_so(tmp_path: Path) -> None:
    content = {"version": 1, "data": [{"q": "a?", "a": "b.", "id": {"u": 1}}, {"q": "c?", "a": "d.", "lang": "en"}]}
    names = ("/data/*/q", "/data/*/a")
    records, defects = read_json(json.dumps(content), tmp_path, *names, language_field="/data/*/lang")
    assert texts(records) == {0: "a?\nb.", 1: "c?\nd."}
    assert [record["language"] for record in records] == [None, "en"]
    assert defects == []


# --- HTML -------------------------------------------------------------------------------------------------------------

PAGE = """<html><head><title>Tide tables</title><style>p {color: red}</style></head>
<body><script>alert(1)</script><p>High <b>wa</b>ter at <i>six</i>.</p><p>Second</p><img alt="a boat"></body></html>"""


def test_a_page_is_the_text_that_it_shows(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    (record,), defects = read(tmp_path / "a.html", FileFormat.HTML)
    title, *lines = record["text"].split("\n")
    assert (title, defects) == ("Tide tables", [])
    assert "High water at six." in lines
    assert "Second" in lines
    assert "alert" not in record["text"]
    assert "color" not in record["text"]


@pytest.mark.parametrize(
    "content",
    [
        "<meta charset=gbk><p>海港的潮汐表".encode("gbk"),
        '<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><p>海港的潮汐表'.encode("gb2312"),
        "\ufeff<p>海港的潮汐表".encode("utf-16-le"),
        "<p>海港的潮汐表".encode(),
    ],
    ids=["meta", "http-equiv", "mark", "utf-8"],
)
def test_a_page_is_read_in_its_own_encoding(content: bytes) -> None:
    assert read_page(content).text == "海港的潮汐表"


def test_what_the_server_said_comes_before_what_the_page_says() -> None:
    assert read_page("<meta charset=utf-8><p>海港".encode("gbk"), "gbk").text == "海港"


def test_a_page_without_text_is_a_defect(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<script>alert(1)</script>")
    records, (defect,) = read(tmp_path / "a.html", FileFormat.HTML)
    assert (records, defect.code) == ([], DefectCode.NULL_TEXT)


# --- PDF --------------------------------------------------------------------------------------------------------------


def pdf(*pages: str) -> bytes:
    """Return a PDF whose pages show a line each."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for number, words in enumerate(pages):
        content = f"BT /F1 24 Tf 72 720 Td ({words}) Tj ET"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    body, places = b"%PDF-1.4\n", []
    for number, words in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{words}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode() + trailer.encode()


def test_a_document_is_the_text_of_its_pages(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf("High water at six", "Low water at noon"))
    (record,), defects = read(tmp_path / "a.pdf", FileFormat.PDF)
    assert record["text"].split() == ["High", "water", "at", "six", "Low", "water", "at", "noon"]
    assert defects == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"no pdf at all", DefectCode.FILE_UNREADABLE),
        (b"", DefectCode.FILE_UNREADABLE),
        (pdf("words")[:200], DefectCode.FILE_UNREADABLE),
        (pdf(""), DefectCode.NULL_TEXT),
    ],
    ids=["other", "empty", "cut", "no-text"],
)
def test_a_document_that_shows_nothing_is_a_defect(content: bytes, code: DefectCode, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(content)
    records, (defect,) = read(tmp_path / "a.pdf", FileFormat.PDF)
    assert (records, defect.code) == ([], code)


def test_a_parser_that_dies_costs_its_document_only() -> None:
    process = PdfProcess()
    try:
        assert process.text_of(pdf("one")).text.strip() == "one"
        assert process._process is not None
        os.kill(process._process.pid, signal.SIGSTOP)
        assert "longer" in process.text_of(pdf("two"), seconds=0.2).problem
        assert process.text_of(pdf("three")).text.strip() == "three"
    finally:
        process.stop()


def test_the_parser_has_no_more_memory_than_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = {}
    monkeypatch.setattr(resource, "setrlimit", lambda kind, value: limits.update({kind: value}))
    monkeypatch.setattr(sys, "stdin", type("Closed", (), {"buffer": io.BytesIO()}))
    pdf_process._serve()
    assert limits[resource.RLIMIT_AS][0] <= 2 << 30
    assert limits[resource.RLIMIT_FSIZE] == (0, 0)


# --- WARC -------------------------------------------------------------------------------------------------------------


def warc(kind: str, url: str, content_type: str, body: bytes, **more: str) -> bytes:
    headers = {
        "WARC-Type": kind,
        "WARC-Target-URI": url,
        "WARC-Date": "2024-01-02T03:04:05Z",
        "WARC-Record-ID": "<urn:uuid:0>",
        "Content-Type": content_type,
        "Content-Length": str(len(body)),
        **{name.replace("_", "-"): value for name, value in more.items()},
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"WARC/1.0\r\n{lines}\r\n".encode() + body + b"\r\n\r\n"


def http(content_type: str, body: bytes, *more: str) -> bytes:
    headers = "\r\n".join(["HTTP/1.1 200 OK", f"Content-Type: {content_type}", *more])
    return f"{headers}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 8

CRAWL = [
    warc("warcinfo", "", "application/warc-fields", b"software: x\r\n"),
    warc("request", "http://e.org/", "application/http", b"GET / HTTP/1.1\r\n\r\n"),
    warc("response", "http://e.org/", "application/http", http("text/html", PAGE.encode())),
    warc("response", "http://e.org/p", "application/http", http("image/png", PNG)),
    warc(
        "response",
        "http://e.org/z",
        "application/http",
        http("text/plain; charset=utf-8", gzip.compress(b"packed", mtime=0), "Content-Encoding: gzip"),
    ),
    warc("conversion", "http://e.org/w", "text/plain", b"wet", WARC_Identified_Content_Language="deu"),
]


@pytest.mark.parametrize("batch_bytes", [1, 1 << 20])
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.warc", b"".join(CRAWL)),
        ("a.warc.gz", b"".join(gzip.compress(record, mtime=0) for record in CRAWL)),
        ("a.warc.wet.gz", gzip.compress(b"".join(CRAWL), mtime=0)),
    ],
    ids=["plain", "packed-records", "packed-whole"],
)
def test_a_crawl_is_its_texts_with_their_addresses(name: str, content: bytes, batch_bytes: int, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    records, defects = read(tmp_path / name, FileFormat.WARC, batch_bytes)
    assert [(r["row"], r["url"], r["language"]) for r in records] == [
        (0, "http://e.org/", None),
        (1, "http://e.org/p", None),
        (2, "http://e.org/z", None),
        (3, "http://e.org/w", "deu"),
    ]
    assert records[0]["text"].startswith("Tide tables")
    assert [record["text"] for record in records[1:]] == [None, "packed", "wet"]
    assert (records[1]["modality"], records[1]["content"]) == ("image", PNG)
    assert {record["date"] for record in records} == {"2024-01-02T03:04:05Z"}
    assert defects == []


@pytest.mark.parametrize("content", [b"garbage" * 100, b"".join(CRAWL)[:40] + b"\0" * 100], ids=["other", "damaged"])
def test_what_is_no_crawl_is_a_defect(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(content)
    records, defects = read(tmp_path / "a.warc", FileFormat.WARC)
    assert records == []
    assert [defect.code for defect in defects] == [DefectCode.FILE_UNREADABLE]


# --- recognised -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.json", b'[{"text": 1}]', FileFormat.JSON),
        ("a.json", b' \n[ {"text": "' + b"a" * 90_000 + b'"}]', FileFormat.JSON),
        ("a.json", b'{"text": 1}', FileFormat.JSON),
        ("a.json", b'[{"other": 1}]', FileFormat.JSON),
        ("a.json", b"[[[", FileFormat.JSON),
        ("a.html", b"<p>", FileFormat.TEXT),
        ("a.pdf", b"%PDF", FileFormat.PDF),
        ("a.warc.gz", b"", FileFormat.WARC),
        ("a.wet", b"", FileFormat.WARC),
        ("a.tgz", b"", FileFormat.TAR),
        ("a.tar.xz", b"", FileFormat.TAR),
        ("a.ZIP", b"", FileFormat.ZIP),
        ("a.feather", b"", FileFormat.ARROW),
    ],
)
def test_formats_are_recognised(name: str, content: bytes, expected: FileFormat, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    assert recognise_file(LocalFolder(tmp_path).find(name)).format is expected


@pytest.mark.parametrize("batch_bytes", [64, 1 << 20])
@pytest.mark.parametrize("kind", [FileFormat.JSONL, FileFormat.JSON, FileFormat.PARQUET, FileFormat.CSV])
def test_a_blank_text_beside_another_text_is_unread(kind: FileFormat, batch_bytes: int, tmp_path: Path) -> None:
    rows = [{"text": "some words", "body": ""}, {"text": " ", "body": "more words"}, {"text": "", "body": " "}]
    path = tmp_path / "a"
    if kind is FileFormat.PARQUET:
        pq.write_table(pa.Table.from_pylist(rows), path)
    elif kind is FileFormat.CSV:
        path.write_text("text,body\n" + "".join(f'"{row["text"]}","{row["body"]}"\n' for row in rows))
    else:
        lines = map(json.dumps, rows)
        path.write_text("\n".join(lines) if kind is FileFormat.JSONL else f"[{','.join(lines)}]")
    _, coverage = read_all(path, kind, batch_bytes, text_fields=["text"])
    counts = coverage.counts
    assert (counts["rows"], counts["rows_read"], counts["rows_empty"]) == (3, 1, 1)
    assert [(row["reason"], row["count"]) for row in coverage.unread if row["unit"] == Unit.ROW] == [
        (SkipReason.NO_TEXT_FIELD, 1)
    ]
