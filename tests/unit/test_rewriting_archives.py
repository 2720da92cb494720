"""Zip and crawl archives written anew: what stays keeps its bytes, and other programs read them."""

import base64
import gzip
import hashlib
import io
import json
import zipfile
import zlib

import pytest

from corpus_audit.corpus.crawl_records import read_crawl
from corpus_audit.corpus.inputs import FileInput
from corpus_audit.corpus.locations.local import LocalFile
from corpus_audit.errors import RewriteError
from corpus_audit.vocabulary import FileFormat
from unit.test_rewriting import rewrite, texts_of

MAIL = ("me@home.org", "[EMAIL_ADDRESS]")


def zip_of(members, comment=b"made here"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.comment = comment
        for name, content, kind in members:
            info = zipfile.ZipInfo(name, (2024, 5, 6, 7, 8, 10))
            info.compress_type, info.external_attr = kind, 0o640 << 16
            archive.writestr(info, content)
    return out.getvalue()


LINES = b"".join(json.dumps({"text": f"row {n}" + " of me@home.org" * (n == 2)}).encode() + b"\n" for n in range(4))
MEMBERS = [
    ("texts/", b"", zipfile.ZIP_STORED),
    ("texts/a.txt", b"first " * 50, zipfile.ZIP_DEFLATED),
    ("texts/b.txt", b"write to me@home.org", zipfile.ZIP_STORED),
    ("rows.jsonl", LINES, zipfile.ZIP_DEFLATED),
    ("rows.jsonl.gz", gzip.compress(LINES, mtime=0), zipfile.ZIP_STORED),
    ("unknown.bin", b"\0\1\2", zipfile.ZIP_BZIP2),
]


def held(path):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {info.filename: (info, archive.read(info)) for info in archive.infolist()}


def test_a_zip_without_a_member_keeps_the_packed_bytes_of_others(tmp_path):
    done, target, entry = rewrite(tmp_path, "a.zip", FileFormat.ZIP, zip_of(MEMBERS), [0])
    before, after = held(tmp_path / "a.zip"), held(target)
    assert list(after) == [name for name in before if name != "texts/a.txt"]
    assert done.dropped == 1
    for name, (info, content) in after.items():
        assert content == before[name][1]
        kept = ("date_time", "compress_type", "external_attr", "compress_size", "CRC")
        assert [getattr(info, part) for part in kept] == [getattr(before[name][0], part) for part in kept]
    assert zipfile.ZipFile(target).comment == b"made here"
    assert texts_of(target, entry) == texts_of(tmp_path / "a.zip", entry)[1:]


def test_rows_of_members_go_and_are_masked(tmp_path):
    masks = {row: [MAIL] for row in (1, 4, 8)}
    done, target, _ = rewrite(tmp_path, "a.zip", FileFormat.ZIP, zip_of(MEMBERS), [2, 9], masks)
    after = held(target)
    assert after["texts/b.txt"][1] == b"write to [EMAIL_ADDRESS]"
    lines = LINES.splitlines(keepends=True)
    assert after["rows.jsonl"][1] == b"".join(lines[1:]).replace(b"me@home.org", b"[EMAIL_ADDRESS]")
    assert gzip.decompress(after["rows.jsonl.gz"][1]) == b"".join(lines[:3]).replace(b"me@home.org", b"[EMAIL_ADDRESS]")
    assert (done.dropped, done.masked, done.unmasked) == (2, 3, 0)


def test_an_archive_with_bytes_that_no_member_accounts_for_is_refused(tmp_path):
    with pytest.raises(RewriteError, match=r"a\.zip is damaged, and not all of it can be kept"):
        rewrite(tmp_path, "a.zip", FileFormat.ZIP, zip_of(MEMBERS, comment=b"") + b"more", [0])


def test_a_member_in_which_a_value_is_not_met_goes(tmp_path):
    done, target, _ = rewrite(tmp_path, "a.zip", FileFormat.ZIP, zip_of(MEMBERS), masks={1: [("gone", "[X]")]})
    assert "texts/b.txt" not in held(target)
    assert (done.dropped, done.masked, done.unmasked) == (0, 0, 1)


def test_members_whose_sizes_stand_behind_them_are_copied(tmp_path):
    class Unseekable(io.BytesIO):
        def seekable(self):
            return False

        def tell(self):
            raise io.UnsupportedOperation

    out = Unseekable()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("a.txt", "b.txt", "c.txt"):
            archive.writestr(name, name * 40)
    _, target, _ = rewrite(tmp_path, "a.zip", FileFormat.ZIP, out.getvalue(), [1])
    assert {name: content for name, (_, content) in held(target).items()} == {
        name: name.encode() * 40 for name in ("a.txt", "c.txt")
    }


# --- crawls -----------------------------------------------------------------------------------------------------------


def record(kind, number, block=b"", **headers):
    lines = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:{kind}:{number}>",
        "WARC-Target-URI": f"https://example.org/{number}",
        "WARC-Date": "2024-05-06T07:08:10Z",
        **{name.replace("_", "-"): value for name, value in headers.items()},
        "Content-Length": str(len(block)),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return b"WARC/1.0\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n"


def response(number, html, extra=""):
    body = html.encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{extra}Content-Length: {len(body)}\r\n\r\n"
    return record(
        "response", number, head.encode() + body, Content_Type="application/http; msgtype=response",
        WARC_Block_Digest="sha1:AAAA", WARC_Payload_Digest="sha1:AAAA",
    )  # fmt: skip


def page(number, more=""):
    return f"<html><body><p>Page {number} tells of harbours.{more}</p></body></html>"


LINK = ' <a href="mailto:me@home.org">me@home.org</a>'
RECORDS = [
    record("warcinfo", 0, b"software: here\r\n", Content_Type="application/warc-fields"),
    *(
        part
        for number in range(4)
        for part in (
            record("request", number, b"GET / HTTP/1.1\r\n\r\n", WARC_Concurrent_To=f"<urn:response:{number}>"),
            response(number, page(number, LINK if number == 2 else "")),
            record("metadata", number, b"fetchTimeMs: 3", WARC_Refers_To=f"<urn:response:{number}>"),
        )
    ),
]
PLAIN_CRAWL = b"".join(RECORDS)
PACKED_CRAWL = b"".join(gzip.compress(one, mtime=0) for one in RECORDS)


def without(*numbers):
    return [one for number, one in enumerate(RECORDS) if not number or (number - 1) // 3 not in numbers]


@pytest.mark.parametrize("dropped", [[0], [3], [1, 2], [0, 1, 2, 3]])
def test_a_crawl_keeps_the_bytes_of_records_that_stay(tmp_path, dropped):
    done, target, entry = rewrite(tmp_path, "a.warc", FileFormat.WARC, PLAIN_CRAWL, dropped)
    assert target.read_bytes() == b"".join(without(*dropped))
    assert done.dropped == len(dropped)
    _, target, _ = rewrite(tmp_path, "a.warc.gz", FileFormat.WARC, PACKED_CRAWL, dropped)
    assert target.read_bytes() == b"".join(gzip.compress(one, mtime=0) for one in without(*dropped))
    kept = texts_of(tmp_path / "a.warc", entry)
    assert texts_of(target, entry) == [text for number, text in enumerate(kept) if number not in dropped]


def test_one_packed_member_of_many_records_is_cut(tmp_path):
    content = gzip.compress(PLAIN_CRAWL, mtime=0)
    _, target, _ = rewrite(tmp_path, "a.warc.gz", FileFormat.WARC, content, [1])
    assert gzip.decompress(target.read_bytes()) == b"".join(without(1))


def sha1(content):
    return "sha1:" + base64.b32encode(hashlib.sha1(content, usedforsecurity=False).digest()).decode()


@pytest.mark.parametrize("content", [PLAIN_CRAWL, PACKED_CRAWL, gzip.compress(PLAIN_CRAWL)])
def test_a_page_is_masked_with_its_lengths_and_digests(tmp_path, content):
    done, target, entry = rewrite(tmp_path, "a.warc", FileFormat.WARC, content, masks={2: [MAIL]})
    assert (done.masked, done.unmasked) == (1, 0)
    assert texts_of(target, entry)[2] == "Page 2 tells of harbours. [EMAIL_ADDRESS]"
    source = FileInput(LocalFile(target, target.name, size := target.stat().st_size), size)
    masked = next(one for one in read_crawl(source) if one.headers["warc-record-id"] == "<urn:response:2>")
    payload = masked.block.partition(b"\r\n\r\n")[2]
    assert (masked.headers["warc-block-digest"], masked.headers["warc-payload-digest"]) == (
        sha1(masked.block),
        sha1(payload),
    )
    assert f"Content-Length: {len(payload)}\r\n".encode() in masked.block
    written = target.read_bytes()
    plain = gzip.decompress(written) if written[:1] == b"\x1f" else written
    assert b"me@home.org" not in plain


def test_a_packed_body_is_masked_and_comes_unpacked(tmp_path):
    body = zlib.compress(page(0, LINK).encode())
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\nContent-Type: text/html\r\nETag: {len(body)}\r\n\r\n"
    one = record("response", 0, head.encode() + body, Content_Type="application/http; msgtype=response")
    _, target, entry = rewrite(tmp_path, "a.warc", FileFormat.WARC, one, masks={0: [MAIL]})
    assert texts_of(target, entry) == ["Page 0 tells of harbours. [EMAIL_ADDRESS]"]
    assert b"Content-Encoding" not in target.read_bytes()


@pytest.mark.parametrize("hidden", ["me&#64;home.org", "me@<b>home</b>.org"])
def test_a_page_that_holds_a_value_in_another_form_too_goes(tmp_path, hidden):
    content = b"".join([response(0, page(0, f" {hidden} or me@home.org")), response(1, page(1))])
    done, target, entry = rewrite(tmp_path, "a.warc", FileFormat.WARC, content, masks={0: [MAIL]})
    assert done.unmasked == 1
    assert texts_of(target, entry) == ["Page 1 tells of harbours."]


def test_a_page_whose_address_holds_the_value_goes(tmp_path):
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page(0, LINK).encode()
    about = {"Content_Type": "application/http", "WARC_Target_URI": "https://example.org/?to=me%40home.org"}
    content = record("response", 0, block, **about) + response(1, page(1))
    done, target, _ = rewrite(tmp_path, "a.warc", FileFormat.WARC, content, masks={0: [MAIL]})
    assert (done.masked, done.unmasked) == (0, 1)
    assert target.read_bytes() == response(1, page(1))


def test_damage_beside_a_record_that_goes_is_an_error(tmp_path):
    content = gzip.compress(PLAIN_CRAWL, mtime=0)
    with pytest.raises(RewriteError, match=r"a\.warc\.gz is damaged beside a record that goes"):
        rewrite(tmp_path, "a.warc.gz", FileFormat.WARC, content[:-20], [0])


def test_an_old_archive_is_cut_and_masked(tmp_path):
    def arc(number, text):
        block = f"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n{text}".encode()
        return (
            f"http://example.org/{number} 127.0.0.1 20240506070810 text/plain {len(block)}\n".encode() + block + b"\n"
        )

    first, second, third = arc(0, "one of harbours"), arc(1, "two to me@home.org"), arc(2, "three of mills")
    masked = arc(1, "two to [EMAIL_ADDRESS]")
    _, target, _ = rewrite(tmp_path, "a.arc", FileFormat.WARC, first + second + third, [0], masks={1: [MAIL]})
    assert target.read_bytes() == masked + third
