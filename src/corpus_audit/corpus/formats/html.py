"""HTML: one file is one record, with the text that a browser would show."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import detect_encoding, map_encoding_to_html5
from resiliparse.parse.html import HTMLTree

from corpus_audit.corpus.entry import FileEntry, ReadResult
from corpus_audit.corpus.field_roles.names import is_license_name
from corpus_audit.corpus.inputs import Input, read_whole
from corpus_audit.corpus.license_columns import LicenseColumns
from corpus_audit.corpus.own_statements import ROBOTS_WORDS, LicenseLink, OwnTerms, read_terms
from corpus_audit.corpus.page_extras import page_extras, scan_extras
from corpus_audit.corpus.panics import panics_as_errors
from corpus_audit.corpus.texts import REPLACED, text_batch
from corpus_audit.vocabulary import DefectCode, StatementPlace

MAX_PAGE_BYTES = 64 * 2**20
"""The largest page that is parsed; its tree takes many times as much memory."""

PAGE_ENCODING = "of the encoding of the page"
"""What is said of a page's encoding, which its own words may state."""

_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_PRESCANNED_BYTES = 4096

_MAY_STATE = re.compile(
    rb"(?i)n\0?o\0?(?:a\0?i|m\0?l|i\0?m\0?a\0?g\0?e)|t\0?d\0?m\0?-|content-(?:usage|signal)|license|dc[.]rights|terms[.]rights"
)
"""Most pages state nothing: the tree of such a one is not searched."""
_LICENSE_LINKS = "link[rel][href], a[rel][href], area[rel][href]"


@dataclass(frozen=True)
class Page:
    """What a page shows, and what it states about its own use."""

    text: str
    terms: OwnTerms
    has_replaced: bool = False
    """True where bytes that the page's encoding does not know were read as U+FFFD."""
    extras: Mapping[str, str] = field(default_factory=dict)
    """Texts that it does not show, by what they are; empty where they are not wanted."""


def read_html(source: Input, entry: FileEntry, batch_bytes: int) -> Iterator[ReadResult]:  # noqa: ARG001 - a page is its own batch
    """Yield the page's title and text as one record, with what it states about its own use."""
    with source.stream() as stream:
        page = read_page(read_whole(stream, MAX_PAGE_BYTES), scans=entry.scans)
    if page.has_replaced:
        yield entry.defect(DefectCode.NOT_UTF8, REPLACED.format(encoding=PAGE_ENCODING))
    if page.text:
        said = {"declared_license": [page.terms.declared_license], "opt_outs": [page.terms.written]}
        yield text_batch([0], [page.text], **said)
    else:
        yield entry.defect(DefectCode.NULL_TEXT, "the page shows no text")
    yield from scan_extras(entry, 0, page.extras)


def read_page(content: bytes, charset: str | None = None, address: str | None = None, *, scans: bool = False) -> Page:
    """Return a page's title and text, blocks on lines of their own, and its terms.

    *charset* is what its server said, *address* is where it came from; with *scans*, what it does not show is wanted.
    """
    with panics_as_errors():
        encoding = _encoding_of(content, charset)
        tree = HTMLTree.parse_from_bytes(content, encoding, errors="replace")
        title = (tree.title or "").strip()
        text: str = extract_plain_text(tree, main_content=False, alt_texts=True, links=False, preserve_formatting=True)
        terms = _terms(tree, address) if _MAY_STATE.search(content) else OwnTerms()
        extras = page_extras(tree, content, encoding) if scans and tree.document is not None else {}
    shown = "\n\n".join(part for part in (title, text.strip()) if part)
    return Page(shown, terms, "\ufffd" in shown and b"\xef\xbf\xbd" not in content, extras)


def _terms(tree: HTMLTree, address: str | None) -> OwnTerms:
    """Return what the meta tags and license links of a page state; a tag may name one crawler in the place of all."""
    fields = list(_meta_fields(tree))
    links = [*_described_licenses(tree, fields)]
    links += [
        LicenseLink(element.getattr("href") or "", element.getattr("type") or "")
        for element in _selected(tree, _LICENSE_LINKS)
        if "license" in (element.getattr("rel") or "").lower().split()
    ]
    return read_terms(StatementPlace.PAGE, fields, links, address)


def _described_licenses(tree: HTMLTree, fields: Iterable[tuple[str, str]]) -> Iterator[LicenseLink]:
    """Yield the licenses that a page's metadata states: Dublin Core, schema.org in attributes, and JSON-LD."""
    for name, content in fields:
        if is_license_name(name):
            yield LicenseLink(content)
    for element in _selected(tree, "[itemprop='license']"):
        yield LicenseLink(element.getattr("href") or element.getattr("content") or element.text or "")
    for element in _selected(tree, "script[type='application/ld+json']"):
        with suppress(ValueError, RecursionError):
            for words in LicenseColumns().words_in(json.loads(element.text or "")):
                yield LicenseLink(words)


def _selected(tree: HTMLTree, selector: str) -> Iterator[Any]:
    if tree.document is not None:
        yield from tree.document.query_selector_all(selector)


def _meta_fields(tree: HTMLTree) -> Iterator[tuple[str, str]]:
    for element in _selected(tree, "meta[content]"):
        name = (element.getattr("name") or element.getattr("http-equiv") or "").strip().lower()
        content = element.getattr("content") or ""
        words = {word.strip() for word in content.lower().split(",")}
        if name and name != "robots" and words & ROBOTS_WORDS:
            yield "robots", f"{name}: {content}"
        else:
            yield name, content


def _encoding_of(content: bytes, charset: str | None) -> str:
    """Return a page's encoding as browsers find it: by its mark, its server, its own words, or its bytes."""
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return encoding
    declared = _DECLARED.search(content, 0, _PRESCANNED_BYTES)
    named = charset or (declared[1].decode("ascii") if declared else None)
    known: str | None = map_encoding_to_html5(named, fallback_utf8=False) if named else None
    return known or str(detect_encoding(content))
