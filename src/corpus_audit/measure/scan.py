"""Finds every span that the detectors confirm in a batch of texts, in one hyperscan pass.

Belongs here: walking records, turning anchors into candidates, and the resulting table. Not here: what counts as what.
Work is linear in the text: a long record is scanned in windows, and every hit looks at a bounded stretch around it.
"""

import hmac
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple
from functools import lru_cache, partial

import hyperscan
import numpy as np
import pyarrow as pa

from corpus_audit.measure.detector import Buffer, Candidate, Confirmed, Detector, Proposal
from corpus_audit.measure.detectors import DETECTORS
from corpus_audit.measure.overlaps import Span, resolve_overlaps
from corpus_audit.schemas import SPANS

SCHEMA = pa.schema(
    [
        pa.field("index", pa.int64(), metadata={"description": "Position of the record in the batch."}),
        *(field for field in SPANS.schema if field.name not in ("record_id", "source_id")),
    ]
)
WINDOW_BYTES = 4 * 2**20
_WINDOW_OVERLAP_BYTES = 4096
_ROWS_PER_CHUNK = 2**16
_KEYED_HASH_BYTES = 16
_ANCHOR_BITS = 16
_SPAN_COLUMNS = ("start_byte", "end_byte", "entity_type", "kind", "score", "validator", "masked", "keyed_hash")

_OnHit = Callable[[int, int, int, int, object], None]


class Scanner:
    """Scans batches of texts with one set of detectors; belongs to one thread at a time."""

    def __init__(self, key: bytes, detectors: Sequence[Detector] = DETECTORS) -> None:
        self._key = key
        anchors = tuple(sorted({proposal.anchor for detector in detectors for proposal in detector.proposals}))
        self._routes = _routes(anchors, detectors)
        database = _compile(anchors)
        # The stub knows only str and bytes; every buffer works, and none is copied.
        self._match: Callable[..., None] = partial(database.scan, scratch=hyperscan.Scratch(database))

    def scan(self, texts: pa.Array) -> pa.Table:
        """Return the spans of a batch of texts, sorted by index, start, end and entity type.

        *texts* is a string or large_string array; nulls and empty texts have no spans.
        """
        rows = _Rows()
        hits: list[int] = []

        def on_hit(anchor: int, _start: int, end: int, _flags: int, _context: object) -> None:
            hits.append(end << _ANCHOR_BITS | anchor)

        for index, record in _records(texts):
            if len(record) > WINDOW_BYTES:
                rows.extend(index, resolve_overlaps(self._spans_of_long_record(record, hits, on_hit)))
                continue
            self._match(record, on_hit)
            if hits:
                rows.extend(index, resolve_overlaps(sorted(self._confirmed(record, sorted(hits)))))
                hits.clear()
        return rows.table()

    def _spans_of_long_record(self, record: memoryview, hits: list[int], on_hit: _OnHit) -> Iterator[Span]:
        """Yield a record's spans window by window, so that the hits of only one window are in memory."""
        for low in range(0, len(record), WINDOW_BYTES):
            high = low + WINDOW_BYTES
            base = max(0, low - _WINDOW_OVERLAP_BYTES)
            self._match(record[base : high + _WINDOW_OVERLAP_BYTES], on_hit)
            shifted = sorted(hit + (base << _ANCHOR_BITS) for hit in hits)
            hits.clear()
            yield from sorted(span for span in self._confirmed(record, shifted) if low <= span.start < high)

    def _confirmed(self, record: memoryview, hits: Iterable[int]) -> Iterator[Span]:
        """Yield what the detectors confirm at the hits, which come sorted by where they end."""
        seen_until: dict[int, int] = {}
        for hit in hits:
            end = hit >> _ANCHOR_BITS
            for route, proposal, detector in self._routes[hit & ((1 << _ANCHOR_BITS) - 1)]:
                if end <= seen_until.get(route, 0):
                    continue
                candidate = find_candidate(record, end, proposal)
                if candidate is None:
                    continue
                seen_until[route] = candidate.end
                confirmed = detector.confirm(candidate)
                if confirmed is not None:
                    yield self._span(candidate, confirmed, detector)

    def _span(self, candidate: Candidate, confirmed: Confirmed, detector: Detector) -> Span:
        end = len(candidate.value) if confirmed.end is None else confirmed.end
        return Span(
            start=candidate.start + confirmed.start,
            end=candidate.start + end,
            entity_type=detector.entity_type,
            kind=detector.kind.value,
            score=confirmed.score,
            validator=confirmed.validator,
            masked=detector.mask(candidate.value[confirmed.start : end]),
            keyed_hash=hmac.digest(self._key, confirmed.normalised, "sha256")[:_KEYED_HASH_BYTES],
        )


def find_candidate(record: Buffer, anchor_end: int, proposal: Proposal) -> Candidate | None:
    """Return the candidate that holds an anchor's end, or None when what surrounds the anchor does not fit."""
    low = max(0, anchor_end - proposal.before)
    for match in proposal.extent.finditer(record, low, anchor_end + proposal.after):
        if match.start() >= anchor_end:
            return None
        if match.end() >= anchor_end:
            return Candidate(record, match.start(), match.end(), match[0])
    return None


def _routes(
    anchors: Sequence[str], detectors: Sequence[Detector]
) -> tuple[tuple[tuple[int, Proposal, Detector], ...], ...]:
    """Return, for each anchor, a number, proposal and detector for everyone who asked for it."""
    asked = [(proposal, detector) for detector in detectors for proposal in detector.proposals]
    numbered = [(number, proposal, detector) for number, (proposal, detector) in enumerate(asked)]
    return tuple(tuple(entry for entry in numbered if entry[1].anchor == anchor) for anchor in anchors)


@lru_cache
def _compile(anchors: tuple[str, ...]) -> hyperscan.Database:
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(expressions=[a.encode() for a in anchors], ids=list(range(len(anchors))), elements=len(anchors))
    return database


def _records(texts: pa.Array) -> Iterator[tuple[int, memoryview]]:
    """Yield the position and the bytes, uncopied, of every text that is neither null nor empty."""
    wide = pa.types.is_large_string(texts.type)
    if not wide and not pa.types.is_string(texts.type):
        message = f"texts must be string or large_string, not {texts.type}"
        raise TypeError(message)
    _, offsets, data = texts.buffers()
    if data is None or not len(texts):
        return
    dtype = np.dtype(np.int64 if wide else np.int32)
    bounds = np.frombuffer(offsets, dtype, len(texts) + 1, texts.offset * dtype.itemsize)
    present = (np.diff(bounds) > 0) & texts.is_valid().to_numpy(zero_copy_only=False)
    view = memoryview(data)
    chosen = np.flatnonzero(present)
    for index, start, end in zip(chosen.tolist(), bounds[chosen].tolist(), bounds[chosen + 1].tolist(), strict=True):
        yield index, view[start:end]


class _Rows:
    """Collects spans and packs them into Arrow every so many rows: Python objects cost ten times as much."""

    def __init__(self) -> None:
        self._pending: list[tuple[object, ...]] = []
        self._packed: list[pa.RecordBatch] = []

    def extend(self, index: int, spans: Iterable[Span]) -> None:
        for span in spans:
            self._pending.append((index, *astuple(span)))
            if len(self._pending) >= _ROWS_PER_CHUNK:
                self._pack()

    def table(self) -> pa.Table:
        self._pack()
        return pa.Table.from_batches(self._packed, SCHEMA)

    def _pack(self) -> None:
        if not self._pending:
            return
        columns = dict(zip(("index", *_SPAN_COLUMNS), zip(*self._pending, strict=True), strict=True))
        arrays = [pa.array(columns[field.name], field.type) for field in SCHEMA]
        self._packed.append(pa.RecordBatch.from_arrays(arrays, schema=SCHEMA))
        self._pending.clear()
