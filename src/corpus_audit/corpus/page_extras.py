"""What a web page holds beside the text that it shows: contact links, comments, and values of form fields."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

import pyarrow as pa

from corpus_audit.corpus.columns import column_texts
from corpus_audit.corpus.entry import ColumnSeen, FileEntry, ReadResult
from corpus_audit.vocabulary import ColumnReason, ColumnRole

CONTACT_LINKS, COMMENTS, FORM_FIELDS = "(contact links)", "(comments)", "(form fields)"

_MAY_HOLD = {
    CONTACT_LINKS: re.compile(rb"(?i)(?:mailto|tel|sms):"),
    FORM_FIELDS: re.compile(rb"(?i)<(?:input|textarea)\b"),
}
"""A page without them is not searched: most pages have none."""

_COMMENT = re.compile(rb"<!--(.*?)-->", re.DOTALL)
_WORDLESS = re.compile(rb"[\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]*")
_CONTACT = "a[href^='mailto:'], a[href^='tel:'], a[href^='sms:'], area[href^='mailto:']"
_FIELDS = "input[value], textarea"
_NOT_TYPED = frozenset({"submit", "button", "reset", "hidden", "checkbox", "radio", "image"})


def page_extras(tree: Any, content: bytes, encoding: str) -> dict[str, str]:
    """Return the texts that a page does not show, an entry a line, by what they are; *content* is in *encoding*."""
    found = {
        CONTACT_LINKS: _contacts(tree) if _MAY_HOLD[CONTACT_LINKS].search(content) else iter(()),
        COMMENTS: _comments(content, encoding),
        FORM_FIELDS: _typed(tree) if _MAY_HOLD[FORM_FIELDS].search(content) else iter(()),
    }
    return {name: joined for name, texts in found.items() if (joined := "\n".join(filter(None, texts)))}


def scan_extras(entry: FileEntry, row: int, extras: Mapping[str, str]) -> Iterator[ReadResult]:
    """Yield the texts beside a page's own as columns of its row."""
    for column, text in extras.items():
        yield ColumnSeen(column, ColumnRole.SCANNED, ColumnReason.HOLDS_TEXT, "text")
        texts = pa.array([text.encode(errors="replace")], pa.large_binary())
        yield from column_texts(entry, column, pa.array([row], pa.int64()), texts)


def _contacts(tree: Any) -> Iterator[str]:
    for element in tree.document.query_selector_all(_CONTACT):
        yield unquote(element.getattr("href") or "")


def _comments(content: bytes, encoding: str) -> Iterator[str]:
    for found in _COMMENT.finditer(content):
        if not _WORDLESS.fullmatch(found[1]):
            yield found[1].decode(encoding, errors="replace").strip()


def _typed(tree: Any) -> Iterator[str]:
    for element in tree.document.query_selector_all(_FIELDS):
        if (element.getattr("type") or "").lower() not in _NOT_TYPED:
            yield element.getattr("value") or element.text or ""
