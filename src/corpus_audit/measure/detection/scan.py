"""Finds every span that the detectors confirm in a batch of texts.

Work is linear in the text: hyperscan reads it once, and once more the stretches that are dense in digits; every hit
then looks at a bounded stretch around it.
"""

import hmac
from collections.abc import Iterator, Sequence

import pyarrow as pa

from corpus_audit.measure.detection.anchors import ANCHOR_BITS, AnchorMatcher
from corpus_audit.measure.detection.conflicts import resolve_conflicts
from corpus_audit.measure.detection.detector import Candidate, Detector, Match
from corpus_audit.measure.detection.detectors import DETECTORS
from corpus_audit.measure.detection.disguises import plain_copies
from corpus_audit.measure.detection.labelled import LabelRoute, labelled_candidates
from corpus_audit.measure.detection.spans import KEYED_HASH_BYTES, Span, pack_spans
from corpus_audit.measure.detection.validation import decide, decide_beside_label, find_candidate, status_of
from corpus_audit.measure.text_windows import TextWindow, cut_pieces, utf8_bytes, whole_piece
from corpus_audit.vocabulary import SpanKind

_ANCHOR_MASK = (1 << ANCHOR_BITS) - 1
_VALUES = (SpanKind.PERSONAL_INFORMATION, SpanKind.SECRET)


class Scanner:
    """Scans batches of texts with one set of detectors; belongs to one thread at a time."""

    def __init__(self, key: bytes, detectors: Sequence[Detector] = DETECTORS) -> None:
        self._key = key
        values = tuple(detector for detector in detectors if detector.kind in _VALUES)
        self._matcher = AnchorMatcher(detectors, with_disguises=bool(values))
        self._plain_matcher = AnchorMatcher(values, with_disguises=False)

    def scan(self, texts: pa.Array) -> pa.Table:
        """Return the spans of a batch of texts, sorted by index, start, end and entity type.

        *texts* is a string or large_string array; nulls and empty texts have no spans. The columns are those of
        schema SPANS, with the position of the record in the batch (``index``) in place of its identifiers.
        """
        return pack_spans(resolve_conflicts(self._spans(texts)))

    def _spans(self, texts: pa.Array) -> Iterator[Span]:
        pieces = cut_pieces(texts)
        data = utf8_bytes(texts)
        for group in pieces.groups():
            for piece, hits in self._matcher.hits(data, group):
                record = data[piece.start : piece.end]
                spans = {*self._confirmed(self._matcher, record, piece.position, hits)}
                spans |= {*self._behind_disguises(record, piece, hits)}
                yield from sorted(span for span in spans if piece.low <= piece.start + span.start < piece.high)

    def _behind_disguises(self, record: memoryview, piece: TextWindow, hits: list[int]) -> Iterator[Span]:
        """Yield what the detectors confirm in plain copies of the stretches where a value may hide."""
        kinds = range(self._matcher.disguise, self._matcher.label)
        disguises = [hit >> ANCHOR_BITS for hit in hits if hit & _ANCHOR_MASK in kinds]
        for plain in plain_copies(record, disguises):
            text = memoryview(plain.text)
            for _, found in self._plain_matcher.hits(text, whole_piece(len(text))):
                for span in self._confirmed(self._plain_matcher, text, piece.position, found):
                    start, end = plain.original(span.start, span.end)
                    if plain.low <= start < plain.high:
                        yield span._replace(start=start, end=end)

    def _confirmed(self, matcher: AnchorMatcher, record: memoryview, position: int, hits: list[int]) -> Iterator[Span]:
        """Yield what the detectors confirm at the hits, which come sorted by where they end."""
        seen_until: dict[int, int] = {}
        for hit in hits:
            end = hit >> ANCHOR_BITS
            anchor = hit & _ANCHOR_MASK
            if anchor >= matcher.label:
                yield from self._labelled(matcher.label_routes[anchor - matcher.label], record, position, end)
            if anchor >= matcher.disguise:
                continue
            for number, proposal, detectors in matcher.routes[anchor]:
                seen = seen_until.get(number, 0)
                candidate = find_candidate(record, end, proposal, seen) if end > seen else None
                if candidate is None:
                    continue
                seen_until[number] = candidate.end
                for detector in detectors:
                    confirmed = decide(candidate, detector, needs_context=proposal.is_common)
                    if confirmed is not None:
                        yield self._span(position, candidate, confirmed, detector)

    def _labelled(self, route: LabelRoute, record: memoryview, position: int, end: int) -> Iterator[Span]:
        """Yield what stands beside a label that ends at *end*."""
        for candidate, group, detector in labelled_candidates(record, end, route):
            match = decide_beside_label(candidate, group, detector)
            if match is not None:
                yield self._span(position, candidate, match, detector)

    def _span(self, position: int, candidate: Candidate, confirmed: Match, detector: Detector) -> Span:
        end = len(candidate.value) if confirmed.end is None else confirmed.end
        return Span(
            position=position,
            start=candidate.start + confirmed.start,
            end=candidate.start + end,
            entity_type=detector.entity_type,
            kind=detector.kind.value,
            score=confirmed.score,
            status=status_of(confirmed).value,
            validator=confirmed.validator,
            masked=detector.mask(candidate.value[confirmed.start : end]),
            keyed_hash=hmac.digest(self._key, confirmed.normalised, "sha256")[:KEYED_HASH_BYTES],
        )
