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
from corpus_audit.measure.detection.spans import KEYED_HASH_BYTES, Span, pack_spans
from corpus_audit.measure.detection.validation import decide, find_candidate
from corpus_audit.measure.text_windows import TextWindow, cut_pieces, utf8_bytes

_ANCHOR_MASK = (1 << ANCHOR_BITS) - 1


class Scanner:
    """Scans batches of texts with one set of detectors; belongs to one thread at a time."""

    def __init__(self, key: bytes, detectors: Sequence[Detector] = DETECTORS) -> None:
        self._key = key
        self._matcher = AnchorMatcher(detectors)

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
                spans = self._confirmed(data[piece.start : piece.end], piece, hits)
                yield from sorted(span for span in spans if piece.low <= piece.start + span.start < piece.high)

    def _confirmed(self, record: memoryview, piece: TextWindow, hits: list[int]) -> Iterator[Span]:
        """Yield what the detectors confirm at the hits, which come sorted by where they end."""
        seen_until: dict[int, int] = {}
        for hit in hits:
            end = hit >> ANCHOR_BITS
            for number, proposal, detectors in self._matcher.routes[hit & _ANCHOR_MASK]:
                seen = seen_until.get(number, 0)
                candidate = find_candidate(record, end, proposal, seen) if end > seen else None
                if candidate is None:
                    continue
                seen_until[number] = candidate.end
                for detector in detectors:
                    confirmed = decide(candidate, detector, needs_context=proposal.is_common)
                    if confirmed is not None:
                        yield self._span(piece.position, candidate, confirmed, detector)

    def _span(self, position: int, candidate: Candidate, confirmed: Match, detector: Detector) -> Span:
        end = len(candidate.value) if confirmed.end is None else confirmed.end
        return Span(
            position=position,
            start=candidate.start + confirmed.start,
            end=candidate.start + end,
            entity_type=detector.entity_type,
            kind=detector.kind.value,
            score=confirmed.score,
            validator=confirmed.validator,
            masked=detector.mask(candidate.value[confirmed.start : end]),
            keyed_hash=hmac.digest(self._key, confirmed.normalised, "sha256")[:KEYED_HASH_BYTES],
        )
