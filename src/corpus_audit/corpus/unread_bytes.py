"""Bytes of a file that its directory accounts for, and those that it does not."""

from collections.abc import Iterable
from typing import Any

from corpus_audit.corpus.inputs import TrailingDataError

Span = tuple[int, int]
"""The first byte of something in a file, and the one behind its last."""

_SLACK = 128
"""Holes up to this many bytes are alignment, marks and descriptors."""

_CHUNK = 1 << 20


def check_spans(file: Any, spans: Iterable[Span], end: int) -> None:
    """Raise TrailingDataError where bytes before *end* lie in none of *spans* and are no padding."""
    at = 0
    for start, stop in [*sorted(spans), (end, end)]:
        if start - at > _SLACK and not _is_padding(file, at, start):
            raise TrailingDataError(at)
        at = max(at, stop)


def _is_padding(file: Any, first: int, end: int) -> bool:
    file.seek(first)
    while first < end:
        found = file.read(min(_CHUNK, end - first))
        if found.strip(b"\0"):
            return False
        if not found:
            break
        first += len(found)
    return True
