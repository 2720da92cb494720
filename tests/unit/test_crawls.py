"""Crawl archives written by FastWARC: what becomes a record, what is counted, and what damage costs."""

import gzip
import random
import zlib
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

import brotli
import pyarrow as pa
import pytest
from fastwarc.warc import WarcRecord, WarcRecordType

from corpus_audit.corpus import crawl_records, gzip_members
from corpus_audit.corpus.entry import Seen, Skipped
from corpus_audit.corpus.formats import READERS
from corpus_audit.corpus.inputs import FileInput
from corpus_audit.corpus.locations.local import LocalFolder
from corpus_audit.corpus.own_statements import read_written
from corpus_audit.corpus.records import RECORD_TEXTS, file_entries
from corpus_audit.measure.own_statements import read_own_statements
from corpus_audit.schemas import FILES
from corpus_audit.vocabulary import DefectCode, FileFormat, FileState, SkipReason, Unit
from unit.record_reading import read

URL = "https://example.org/tides"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 8


def page(words: str, head: str = "") -> bytes:
    return f"<html><head><title>Tides</title>{head}</head><body><p>{words}</p></body></html>".encode()


def response(
    body: bytes,
    *headers: str,
    content_type: str = "text/html",
    url: str = URL,
    kind: WarcRecordType = WarcRecordType.response,
    **more: str,
) -> bytes:
    """Return a record as FastWARC writes it: an HTTP response for a response, else the body alone."""
    record = WarcRecord()
    record.init_headers(record_type=kind)
    record.headers["WARC-Target-URI"] = url
    for name, value in more.items():
        record.headers[name.replace("_", "-")] = value
    if kind is WarcRecordType.response:
        lines = [f"Content-Type: {content_type}", *headers] if content_type else list(headers)
        head = "\r\n".join(["HTTP/1.1 200 OK", *lines, "", ""])
        record.set_bytes_content(head.encode() + body)
        record.headers["Content-Type"] = "application/http; msgtype=response"
    else:
        record.set_bytes_content(body)
        record.headers["Content-Type"] = content_type
    written = BytesIO()
    record.write(written)
    return written.getvalue()


def packed(*records: bytes) -> bytes:
    return b"".join(gzip.compress(record, mtime=0) for record in records)


def crawl(tmp_path: Path, content: bytes, name: str = "a.warc.gz") -> tuple[list[dict[str, Any]], list[Any]]:
    (tmp_path / name).write_bytes(content)
    return read(tmp_path / name, FileFormat.WARC)


def shown(records: list[dict[str, Any]]) -> list[str]:
    return [record["text"].removeprefix("Tides\n\n") for record in records]


def counted(tmp_path: Path, content: bytes, name: str = "a.warc.gz") -> Counter[Any]:
    """Return what a reader tells of what is there and left out."""
    (tmp_path / name).write_bytes(content)
    row = {"file_id": "f", "source_id": "s", "file": name, "format": FileFormat.WARC, "state": FileState.VERIFIED}
    table = pa.Table.from_pylist([row | {"observed_size_bytes": len(content)}], schema=FILES.schema)
    (entry,) = file_entries(table)
    source = FileInput(LocalFolder(tmp_path).find(name), len(content))
    counts: Counter[Any] = Counter()
    for piece in READERS[FileFormat.WARC](source, entry, 1 << 20):
        if isinstance(piece, Seen):
            counts["seen", piece.unit] += piece.count
        elif isinstance(piece, Skipped):
            counts[piece.unit, piece.reason] += piece.count
        elif isinstance(piece, pa.RecordBatch):
            counts["read"] += piece.num_rows
        else:
            counts["lost"] += piece.rows_lost
    return counts


THREE = [response(page(words * 50)) for words in ("first ", "second ", "third ")]


# --- damage -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("at", [0.3, 0.5, 0.8])
def test_records_around_a_damaged_member_are_kept(at: float, tmp_path: Path) -> None:
    members = [gzip.compress(record, mtime=0) for record in THREE]
    broken = bytearray(members[1])
    broken[int(len(broken) * at)] ^= 0xFF
    records, defects = crawl(tmp_path, members[0] + bytes(broken) + members[2])
    assert [text.split()[0] for text in shown(records)] == ["first", "third"]
    assert [(d.code, d.place, d.rows_lost) for d in defects] == [(DefectCode.DAMAGED, f"byte {len(members[0])}", 1)]


def test_a_member_whose_checksum_is_wrong_is_not_believed(tmp_path: Path) -> None:
    members = [gzip.compress(record, mtime=0) for record in THREE]
    wrong = members[1][:-8] + bytes(4) + members[1][-4:]
    records, defects = crawl(tmp_path, members[0] + wrong + members[2])
    assert [text.split()[0] for text in shown(records)] == ["first", "third"]
    assert [d.code for d in defects] == [DefectCode.DAMAGED]


@pytest.mark.parametrize("cut", [1, 8, 60])
def test_a_cut_costs_the_last_record_only(cut: int, tmp_path: Path) -> None:
    records, defects = crawl(tmp_path, packed(*THREE)[:-cut])
    assert [text.split()[0] for text in shown(records)] == ["first", "second"]
    assert [(d.code, d.breaks_off) for d in defects] == [(DefectCode.TRUNCATED, True)]


def test_records_before_a_cut_are_kept_in_a_file_packed_as_a_whole(tmp_path: Path) -> None:
    records, defects = crawl(tmp_path, gzip.compress(b"".join(THREE), mtime=0)[:-12])
    assert [text.split()[0] for text in shown(records)] == ["first", "second"]
    assert [d.code for d in defects] == [DefectCode.TRUNCATED]


def test_large_members_are_read_as_they_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gzip_members, "MAX_HELD_BYTES", 100)
    monkeypatch.setattr(gzip_members, "_PIECE", 50)
    whole = gzip.compress(b"".join(THREE), mtime=0) + packed(response(page("fourth")))
    records, defects = crawl(tmp_path, whole)
    assert [text.split()[0] for text in shown(records)] == ["first", "second", "third", "fourth"]
    assert defects == []
    records, defects = crawl(tmp_path, whole[:-5])
    assert len(records) == 3
    assert [d.code for d in defects] == [DefectCode.TRUNCATED]


@pytest.mark.parametrize("cut", [1, 5, 40, 200])
def test_a_cut_in_a_plain_crawl_is_one_defect(cut: int, tmp_path: Path) -> None:
    content = b"".join(THREE)
    # Four bytes end a record; what is missing of them costs nothing.
    records, defects = crawl(tmp_path, content[: -4 - cut], "a.warc")
    assert [text.split()[0] for text in shown(records)] == ["first", "second"]
    assert [(d.code, d.place) for d in defects] == [(DefectCode.TRUNCATED, f"byte {len(THREE[0] + THREE[1])}")]


def test_a_cut_within_headers_is_a_defect(tmp_path: Path) -> None:
    records, defects = crawl(tmp_path, THREE[0] + THREE[1][:30], "a.warc")
    assert len(records) == 1
    assert len(defects) == 1


def test_reading_goes_on_behind_what_is_no_record(tmp_path: Path) -> None:
    records, defects = crawl(tmp_path, THREE[0] + b"no record\r\n" * 3 + THREE[2], "a.warc")
    assert [text.split()[0] for text in shown(records)] == ["first", "third"]
    assert [(d.code, d.place) for d in defects] == [(DefectCode.DAMAGED, f"byte {len(THREE[0])}")]


def test_padding_behind_the_last_member_is_no_damage(tmp_path: Path) -> None:
    records, defects = crawl(tmp_path, packed(*THREE) + b"\0" * 100_000)
    assert (len(records), defects) == (3, [])


def test_a_file_of_damage_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crawl_records, "MAX_DAMAGES", 5)
    records, defects = crawl(tmp_path, THREE[0] + b"WARC/1.0\r\n\r\n" * 1000, "a.warc")
    assert len(records) == 1
    assert [d.code for d in defects] == [DefectCode.DAMAGED] * 5 + [DefectCode.LIMIT_EXCEEDED]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_no_change_of_bytes_ends_an_audit(name: str, tmp_path: Path) -> None:
    chance = random.Random(20)
    sound = packed(*THREE) if name.endswith(".gz") else b"".join(THREE)
    for _ in range(150):
        changed = bytearray(sound)
        for _ in range(chance.randint(1, 6)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        start, end = sorted(chance.sample(range(len(changed)), 2))
        content = bytes(changed[:start] + changed[end:]) if chance.random() < 0.3 else bytes(changed)
        records, defects = crawl(tmp_path, content, name)
        assert len(records) <= 3
        assert records or defects or counted(tmp_path, content, name)


# --- what a response holds --------------------------------------------------------------------------------------------


def test_brackets_around_an_address_are_taken_off(tmp_path: Path) -> None:
    records, _ = crawl(tmp_path, packed(response(page("a"), url=f"<{URL}>"), response(page("b"), url="")))
    assert [record["url"] for record in records] == [URL, None]


def test_everything_in_a_crawl_is_counted(tmp_path: Path) -> None:
    others = (WarcRecordType.request, WarcRecordType.metadata, WarcRecordType.warcinfo, WarcRecordType.revisit)
    content = packed(
        response(page("one")),
        response(b'{"text": "two"}', content_type="application/json"),
        response(b"%PDF-1.4", content_type="application/pdf"),
        response(page("")[:-1].replace(b"Tides", b"")),
        response(b"", content_type="application/json"),
        response(PNG, content_type="image/png"),
        *(response(b"x", kind=kind, content_type="text/plain") for kind in others),
    )
    assert counted(tmp_path, content) == {
        ("seen", Unit.ROW): 6,
        "read": 2,
        (Unit.ROW, SkipReason.NOT_TEXT): 2,
        (Unit.ROW, SkipReason.NO_CONTENT): 2,
        (Unit.CRAWL_RECORD, SkipReason.NO_RESPONSE): 4,
    }


@pytest.mark.parametrize("kind", [b"continuation", b"zebra"])
def test_records_of_types_that_may_hold_content_are_unread(kind: bytes, tmp_path: Path) -> None:
    other = response(page("two")).replace(b"WARC-Type: response", b"WARC-Type: " + kind)
    content = packed(response(page("one")), other)
    assert counted(tmp_path, content)[Unit.CRAWL_RECORD, SkipReason.NO_RESPONSE] == 0
    records, (defect,) = crawl(tmp_path, content)
    assert (len(records), defect.code, defect.place, defect.rows_lost) == (1, DefectCode.BAD_ROW, "after 1 rows", 1)


@pytest.mark.parametrize("charset", ["; charset=koi8-r", ""])
def test_texts_are_read_in_their_charset(charset: str, tmp_path: Path) -> None:
    text = "Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива по-своему."
    records, defects = crawl(tmp_path, packed(response(text.encode("koi8-r"), content_type=f"text/plain{charset}")))
    assert ([record["text"] for record in records], defects) == ([text], [])


@pytest.mark.parametrize("content_type", ["text/plain; charset=utf-8", "text/html; charset=utf-8"])
def test_bytes_that_a_charset_does_not_know_are_reported(content_type: str, tmp_path: Path) -> None:
    content = b"<html><body>Valid words, then \x81\xff and on.</body></html>"
    records, (defect,) = crawl(tmp_path, packed(response(content, content_type=content_type)))
    assert (len(records), defect.code, defect.place.split(",")[0]) == (1, DefectCode.NOT_UTF8, "row 0")


@pytest.mark.parametrize(
    ("content_type", "content", "modality"),
    [
        ("image/png", PNG, "image"),
        ("", PNG, "image"),
        ("application/octet-stream", PNG, "image"),
        ("audio/mpeg", PNG, "image"),
        ("audio/mpeg", b"ID3" + b"\0" * 80, "audio"),
    ],
)
def test_media_in_responses_are_records(content_type: str, content: bytes, modality: str, tmp_path: Path) -> None:
    records, defects = crawl(tmp_path, packed(response(content, "X-Robots-Tag: noimageai", content_type=content_type)))
    (record,) = records
    assert (record["modality"], record["content"], record["text"]) == (modality, content, None)
    assert (record["url"], defects) == (URL, [])
    assert [said.statement for said in read_written(record["opt_outs"])] == ["noimageai"]


def test_a_picture_that_is_none_is_said(tmp_path: Path) -> None:
    records, defects = crawl(tmp_path, packed(response(b"no picture", content_type="image/png")))
    assert [record["modality"] for record in records] == ["image"]
    assert [(d.code, d.place) for d in defects] == [(DefectCode.MISLABELLED, "row 0")]


@pytest.mark.parametrize("content_type", ["", "application/octet-stream"])
def test_a_page_without_a_type_is_a_page(content_type: str, tmp_path: Path) -> None:
    records, _ = crawl(tmp_path, packed(response(page("untyped"), content_type=content_type)))
    assert shown(records) == ["untyped"]


BODY = page("packed " * 500)


def _chunked(content: bytes) -> bytes:
    parts = (content[at : at + 100] for at in range(0, len(content), 100))
    return b"".join(b"%x;x=1\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def _bare(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


ENCODED = {
    "gzip": (gzip.compress(BODY, mtime=0), ["Content-Encoding: gzip"]),
    "x-gzip": (gzip.compress(BODY, mtime=0), ["Content-Encoding: x-gzip"]),
    "deflate": (zlib.compress(BODY), ["Content-Encoding: deflate"]),
    "bare deflate": (_bare(BODY), ["Content-Encoding: deflate"]),
    "br": (brotli.compress(BODY), ["Content-Encoding: br"]),
    "zstd": (pa.compress(BODY, "zstd", asbytes=True), ["Content-Encoding: zstd"]),
    "two": (brotli.compress(gzip.compress(BODY, mtime=0)), ["Content-Encoding: gzip, br"]),
    "chunked": (_chunked(BODY), ["Transfer-Encoding: chunked"]),
    "chunked gzip": (_chunked(gzip.compress(BODY, mtime=0)), ["Transfer-Encoding: chunked", "Content-Encoding: gzip"]),
    "joined gzip": (gzip.compress(BODY, mtime=0), ["Transfer-Encoding: chunked", "Content-Encoding: gzip"]),
    "taken off": (BODY, ["Transfer-Encoding: chunked", "Content-Encoding: br"]),
}


@pytest.mark.parametrize(("body", "headers"), ENCODED.values(), ids=list(ENCODED))
def test_encodings_are_taken_off(body: bytes, headers: list[str], tmp_path: Path) -> None:
    records, defects = crawl(tmp_path, packed(response(body, *headers)))
    assert shown(records) == [("packed " * 500).strip()]
    assert defects == []


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (gzip.compress(BODY, mtime=0)[:-9], "gzip"),
        (brotli.compress(BODY)[:-3], "br"),
        (b"\0\1\2", "deflate"),
        (b"\0\1\2", "zstd"),
        (b"\0\1\2", "compress"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_unpacked_is_counted(body: bytes, encoding: str, tmp_path: Path) -> None:
    content = packed(response(body, f"Content-Encoding: {encoding}"), THREE[0])
    records, defects = crawl(tmp_path, content)
    assert len(records) == 1
    assert [(d.code, d.place, d.rows_lost) for d in defects] == [(DefectCode.BAD_ROW, "row 0", 1)]
    assert counted(tmp_path, content)["seen", Unit.ROW] == 2


def test_a_small_response_that_becomes_large_is_refused(tmp_path: Path) -> None:
    bomb = brotli.compress(bytes(65 * 2**20), quality=1)
    records, defects = crawl(tmp_path, packed(response(bomb, "Content-Encoding: br"), THREE[0]))
    assert len(records) == 1
    assert [(d.code, d.rows_lost) for d in defects] == [(DefectCode.LIMIT_EXCEEDED, 1)]


def test_what_the_crawler_cut_short_is_said(tmp_path: Path) -> None:
    records, defects = crawl(tmp_path, packed(response(page("short"), WARC_Truncated="length")))
    assert shown(records) == ["short"]
    assert [(d.code, d.detail) for d in defects] == [
        (DefectCode.DAMAGED, "the crawler kept only its beginning: length")
    ]


# --- ARC --------------------------------------------------------------------------------------------------------------


def arc(body: bytes, url: str = URL, version: int = 1) -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Robots-Tag: noai\r\n\r\n" + body
    more = " 200 - - 0 a.arc" if version == 2 else ""
    return f"{url} 192.0.2.1 20080102030405 text/html{more} {len(block)}\n".encode() + block + b"\n"


def _arc_file(version: int) -> list[bytes]:
    lines = b"1 0 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n"
    first = f"filedesc://a.arc 0.0.0.0 20080102030405 text/plain {len(lines)}\n".encode() + lines + b"\n"
    return [first, *(arc(page(word), version=version) for word in ("first", "second"))]


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("name", ["a.arc", "a.arc.gz"])
def test_arc_files_are_read(name: str, version: int, tmp_path: Path) -> None:
    records_of = _arc_file(version)
    content = packed(*records_of) if name.endswith(".gz") else b"".join(records_of)
    records, defects = crawl(tmp_path, content, name)
    assert shown(records) == ["first", "second"]
    assert {(record["url"], record["date"]) for record in records} == {(URL, "2008-01-02T03:04:05Z")}
    assert [said.statement for said in read_written(records[0]["opt_outs"])] == ["noai"]
    assert defects == []


def test_a_cut_arc_keeps_what_is_before(tmp_path: Path) -> None:
    records, defects = crawl(tmp_path, b"".join(_arc_file(1))[:-20], "a.arc")
    assert shown(records) == ["first"]
    assert [d.code for d in defects] == [DefectCode.TRUNCATED]


# --- what responses and pages state -----------------------------------------------------------------------------------


def stated(record: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(said.place, said.protocol, said.statement) for said in read_written(record["opt_outs"] or "[]")]


def test_headers_and_meta_tags_are_kept_in_the_words_of_their_vocabularies(tmp_path: Path) -> None:
    headers = [
        "X-Robots-Tag: noindex, noai",
        "X-Robots-Tag: OtherBot: noimageai, noml",
        "TDM-Reservation: 1",
        "TDM-Policy: https://jane:secret@example.org/policy.json?who=jane",
        "Content-Usage: train-ai=n, search=y",
        "Content-Signal: ai-train=no",
        'Link: <https://example.org/rsl.xml>; rel="license"; type="application/rsl+xml"',
    ]
    head = '<meta name="robots" content="NoAI, my own words"><meta name="tdm-reservation" content="0">'
    records, _ = crawl(tmp_path, packed(response(page("a", head), *headers)))
    assert stated(records[0]) == [
        ("header", "content-signal", "ai-train=no"),
        ("header", "content-usage", "search=y, train-ai=n"),
        ("header", "robots-tag", "noai"),
        ("header", "robots-tag", "otherbot: noimageai, noml"),
        ("header", "rsl", "license https://example.org/rsl.xml"),
        ("header", "tdmrep", "tdm-policy: https://example.org/policy.json"),
        ("header", "tdmrep", "tdm-reservation: 1"),
        ("page", "robots-tag", "noai"),
        ("page", "tdmrep", "tdm-reservation: 0"),
    ]


@pytest.mark.parametrize(
    ("head", "licenses"),
    [
        ('<link rel="license" href="https://creativecommons.org/licenses/by-nc/4.0/">', "by-nc/4.0/"),
        ('</head><a rel="nofollow license" href="https://creativecommons.org/licenses/by/4.0/">x</a>', "by/4.0/"),
        ('<link rel="license" type="application/rsl+xml" href="/rsl.xml">', None),
        ('<meta name="dcterms.license" content="https://creativecommons.org/licenses/by-nc/4.0/">', "by-nc/4.0/"),
        (
            '<script type="application/ld+json">{"@graph": [{"license": {"@id": "https://creativecommons.org/licenses/by-nc/4.0/"}}]}</script>',
            "by-nc/4.0/",
        ),
        ('<script type="application/ld+json">{"license": "CC</script>', None),
        ('<link rel="licensed" href="https://creativecommons.org/licenses/by/4.0/">', None),
    ],
)
def test_license_links_are_the_license_of_the_record(head: str, licenses: str | None, tmp_path: Path) -> None:
    records, _ = crawl(tmp_path, packed(response(page("a", head))))
    assert records[0]["declared_license"] == (licenses and f"https://creativecommons.org/licenses/{licenses}")


@pytest.mark.parametrize(
    "head",
    [
        '<span itemprop="license">CC-BY-NC-4.0</span>',
        '<script type="application/ld+json">{"license": "CC-BY-NC-4.0"}</script>',
    ],
)
def test_names_of_licenses_in_the_metadata_of_a_page_are_licenses(head: str, tmp_path: Path) -> None:
    records, _ = crawl(tmp_path, packed(response(page("a", head))))
    assert records[0]["declared_license"] == "CC-BY-NC-4.0"


def test_several_licenses_hold_together(tmp_path: Path) -> None:
    head = '<link rel="license" href="https://creativecommons.org/licenses/by/4.0/"><link rel="license" href="/terms">'
    header = 'Link: <https://creativecommons.org/licenses/by/4.0/>; rel="license"'
    records, _ = crawl(tmp_path, packed(response(page("a", head), header)))
    assert (
        records[0]["declared_license"] == "https://creativecommons.org/licenses/by/4.0/ AND https://example.org/terms"
    )


def test_a_page_of_its_own_states_its_terms_too(tmp_path: Path) -> None:
    head = '<meta name="robots" content="noml"><link rel="license" href="https://creativecommons.org/licenses/by/4.0/">'
    (tmp_path / "a.html").write_bytes(page("a", head))
    records, _ = read(tmp_path / "a.html", FileFormat.HTML)
    assert stated(records[0]) == [("page", "robots-tag", "noml")]
    assert records[0]["declared_license"] == "https://creativecommons.org/licenses/by/4.0/"


def test_statements_become_rows_beside_their_records(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(packed(response(page("a"), "X-Robots-Tag: noai"), response(page("b"))))
    records, _ = read(tmp_path / "a.warc.gz", FileFormat.WARC)
    rows = read_own_statements(pa.RecordBatch.from_pylist(records, RECORD_TEXTS)).to_pylist()
    assert rows == [
        {
            "record_id": records[0]["record_id"],
            "source_id": "s",
            "place": "header",
            "protocol": "robots-tag",
            "statement": "noai",
        }
    ]
