"""HTML: one file, one record, which is the text that a browser would show."""

import re
from collections.abc import Iterator

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import detect_encoding, map_encoding_to_html5
from resiliparse.parse.html import HTMLTree

from corpus_audit.corpus.entry import FileEntry, ReadResult
from corpus_audit.corpus.inputs import Input, read_whole
from corpus_audit.corpus.panics import panics_as_errors
from corpus_audit.corpus.texts import text_batch
from corpus_audit.vocabulary import DefectCode

MAX_PAGE_BYTES = 64 * 2**20
"""The largest page that is parsed; its tree takes many times as much memory."""

_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_PRESCANNED_BYTES = 4096


def read_html(source: Input, entry: FileEntry, batch_bytes: int) -> Iterator[ReadResult]:  # noqa: ARG001 - a page is its own batch
    """Yield the page's title and text as one record."""
    with source.stream() as stream:
        text = text_of_html(read_whole(stream, MAX_PAGE_BYTES))
    if text:
        yield text_batch([0], [text])
    else:
        yield entry.defect(DefectCode.NULL_TEXT, "the page shows no text")


def text_of_html(content: bytes, charset: str | None = None) -> str:
    """Return the title and the text of a page, blocks on lines of their own; *charset* is what its server said."""
    with panics_as_errors():
        tree = HTMLTree.parse_from_bytes(content, _encoding_of(content, charset), errors="replace")
        title = (tree.title or "").strip()
        text: str = extract_plain_text(tree, main_content=False, alt_texts=True, links=False, preserve_formatting=True)
    return "\n\n".join(part for part in (title, text.strip()) if part)


def _encoding_of(content: bytes, charset: str | None) -> str:
    """Return a page's encoding as browsers find it: by its mark, its server, its own words, or its bytes."""
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return encoding
    declared = _DECLARED.search(content, 0, _PRESCANNED_BYTES)
    named = charset or (declared[1].decode("ascii") if declared else None)
    known: str | None = map_encoding_to_html5(named, fallback_utf8=False) if named else None
    return known or str(detect_encoding(content))
