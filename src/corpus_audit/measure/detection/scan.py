"""Finds every span that the detectors confirm in a batch of texts.

Work is linear in the text: hyperscan reads it once, and once more the stretches that are dense in digits; every hit
then looks at a bounded stretch around it.
"""

import threading
from collections.abc import Iterator, Sequence
from functools import cached_property

import pyarrow as pa

from corpus_audit.measure.detection.anchors import AnchorMatcher, Hits
from corpus_audit.measure.detection.confirming import Confirmer, Describer
from corpus_audit.measure.detection.conflicts import resolve_conflicts
from corpus_audit.measure.detection.detector import Detector
from corpus_audit.measure.detection.detectors import DETECTORS
from corpus_audit.measure.detection.disguises import PlainCopy, plain_copies
from corpus_audit.measure.detection.spans import Span, pack_spans
from corpus_audit.measure.text_windows import Pieces, cut_pieces, utf8_bytes, whole_pieces
from corpus_audit.vocabulary import SpanKind

_VALUES = (SpanKind.PERSONAL_INFORMATION, SpanKind.SECRET)


class Scanner:
    """Scans batches of texts with one set of detectors; belongs to one thread at a time."""

    def __init__(self, key: bytes, detectors: Sequence[Detector] = DETECTORS) -> None:
        values = tuple(detector for detector in detectors if detector.kind in _VALUES)
        self._values, self._describer = values, Describer(key)
        self._confirmer = Confirmer(AnchorMatcher(detectors, with_disguises=bool(values)), self._describer)

    @cached_property
    def _plain_confirmer(self) -> Confirmer:
        """What looks at plain copies; most small corpora have nothing that it is needed for."""
        return Confirmer(AnchorMatcher(self._values, with_disguises=False), self._describer)

    def scan(self, texts: pa.Array) -> pa.Table:
        """Return the spans of a batch of texts, sorted by index, start, end and entity type.

        *texts* is a string or large_string array; nulls and empty texts have no spans. The columns are those of
        schema SPANS, with the position of the record in the batch (``index``) in place of its identifiers.
        """
        return pack_spans(resolve_conflicts(self._spans(texts)))

    def _spans(self, texts: pa.Array) -> Iterator[Span]:
        """Yield what is confirmed, sorted, one run of pieces after the other."""
        pieces = cut_pieces(texts)
        data = utf8_bytes(texts)
        for group in pieces.groups():
            hits = self._confirmer.matcher.hits(data, group)
            found = {*self._confirmer.confirm(data, group, hits), *self._behind_disguises(data, group, hits)}
            yield from _own(found, group)

    def _behind_disguises(self, data: memoryview, group: Pieces, hits: Hits) -> Iterator[Span]:
        """Yield what the detectors confirm in plain copies of the stretches where a value may hide."""
        matcher = self._confirmer.matcher
        hidden = hits.take((hits.anchor >= matcher.disguise) & (hits.anchor < matcher.label))
        copies = list(_copies(data, group, hidden))
        if not copies:
            return
        text = memoryview(b"".join(plain.text for _, plain in copies))
        pieces = whole_pieces([len(plain.text) for _, plain in copies])
        found = self._plain_confirmer.matcher.hits(text, pieces)
        for span in self._plain_confirmer.confirm(text, pieces, found):
            number, plain = copies[span.position]
            start, end = plain.original(span.start, span.end)
            if plain.low <= start < plain.high:
                yield Span(number, start, end, span.details)


class _Kept(threading.local):
    scanner: tuple[bytes, tuple[Detector, ...], Scanner] | None = None


_KEPT = _Kept()


def kept_scanner(key: bytes, detectors: tuple[Detector, ...]) -> Scanner:
    """Return this thread's scanner, a new one where the key or the detectors changed: making one takes 10 ms."""
    if _KEPT.scanner is None or _KEPT.scanner[:2] != (key, detectors):
        _KEPT.scanner = (key, detectors, Scanner(key, detectors))
    return _KEPT.scanner[2]


def _copies(data: memoryview, pieces: Pieces, hidden: Hits) -> Iterator[tuple[int, PlainCopy]]:
    """Yield the plain copies of every piece, each with the number of its piece."""
    for number, some in hidden.by_piece():
        start, end = int(pieces.start[number]), int(pieces.end[number])
        for plain in plain_copies(data[start:end], (hidden.end[some] - start).tolist()):
            yield number, plain


def _own(found: set[Span], pieces: Pieces) -> Iterator[Span]:
    """Yield, sorted, the spans that begin in the part of their piece that is its own, with the record's position."""
    low, high = (pieces.low - pieces.start).tolist(), (pieces.high - pieces.start).tolist()
    position = pieces.position.tolist()
    for span in sorted(found):
        number = span.position
        if low[number] <= span.start < high[number]:
            yield Span(position[number], span.start, span.end, span.details)
