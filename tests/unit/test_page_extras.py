"""What a web page does not show: scanned beside its text."""

from pathlib import Path

import pytest

from corpus_audit.corpus.records import OtherTexts
from corpus_audit.vocabulary import FileFormat
from unit.record_reading import read_all

PAGE = """<html><head><meta charset="{charset}"><title>Tides</title></head><body><p>High water at six.</p>
<!-- asked Zoë at zoe@posteo.de --><!-- ---- -->
<a href="mailto:jo%40posteo.de?subject=hi">write</a> <a href="tel:+4930901820">call</a> <a href="/mailto:x">no</a>
<form><input name="phone" value="+49 30 123456"><input type="submit" value="Send"><textarea>my note</textarea></form>
</body></html>"""
EXTRAS = {
    "(contact links)": "mailto:jo@posteo.de?subject=hi\ntel:+4930901820",
    "(comments)": "asked Zoë at zoe@posteo.de",
    "(form fields)": "+49 30 123456\nmy note",
}


def crawled(page: bytes) -> bytes:
    response = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: https://e.org/\r\n"
    lengths = f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(response)}\r\n\r\n"
    return (head + lengths).encode() + response + b"\r\n\r\n"


def scanned(content: bytes, kind: FileFormat, folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Return the texts beside the text by their column, and the role of each column."""
    path = folder / f"a.{kind}"
    path.write_bytes(content)
    pieces, coverage = read_all(path, kind)
    found = [piece.found for piece in pieces if isinstance(piece, OtherTexts)]
    assert {row for texts in found for row in texts.rows.to_pylist()} <= {0}
    roles = {column["column_name"]: column["role"] for column in coverage.columns}
    return {texts.column: texts.texts[0].as_py() for texts in found}, roles


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_what_a_page_does_not_show_is_scanned(charset: str, tmp_path: Path) -> None:
    page = PAGE.format(charset=charset).encode(charset)
    assert scanned(page, FileFormat.HTML, tmp_path) == (EXTRAS, dict.fromkeys(EXTRAS, "scanned"))


def test_so_it_is_in_a_crawl(tmp_path: Path) -> None:
    page = PAGE.format(charset="utf-8").encode()
    assert scanned(crawled(page), FileFormat.WARC, tmp_path)[0] == EXTRAS


def test_a_page_that_hides_nothing_has_no_such_columns(tmp_path: Path) -> None:
    assert scanned(b"<p>High water at six.</p>", FileFormat.HTML, tmp_path) == ({}, {})
