"""A JSON document as a text: its strings without their escapes, as a person reads them."""

import json
import re

from corpus_audit.corpus.compression import suffix_without_compression

_SUFFIXES = frozenset({".json", ".jsonl", ".ndjson", ".ipynb", ".geojson", ".jsonld", ".har", ".webmanifest"})
_STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)


def is_json_text(text: bytes, name: str) -> bool:
    """Return whether a text is JSON, by its *name* or because all of it is; without escapes only a name tells."""
    if text.lstrip()[:1] not in (b"{", b"["):
        return False
    if suffix_without_compression(name) in _SUFFIXES or b"\\" not in text:
        return suffix_without_compression(name) in _SUFFIXES
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def without_escapes(text: bytes) -> bytes:
    """Return JSON (UTF-8) with the characters that stand for escapes in its strings; half a surrogate becomes '?'."""
    return _STRING.sub(_unescaped, text) if b"\\" in text else text


def _unescaped(found: "re.Match[bytes]") -> bytes:
    if b"\\" not in found[0]:
        return found[0]
    try:
        value = json.loads(found[0], strict=False)
    except ValueError:
        return found[0]
    return b'"' + str(value).encode(errors="replace") + b'"'
