"""One detection, and the table of many."""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

import pyarrow as pa

from corpus_audit.schemas import SPANS

SCHEMA = pa.schema(
    [
        pa.field("index", pa.int64(), metadata={"description": "Position of the record in the batch."}),
        *(field for field in SPANS.schema if field.name not in ("record_id", "source_id", "field")),
    ]
)
KEYED_HASH_BYTES = 16
_BLOCK_BYTES, _INNER, _OUTER = 64, 0x36, 0x5C
"""What RFC 2104 fills a key up to, and adds to each of its bytes before a value and before the hash of that."""
_ROWS_PER_CHUNK = 2**16


class SpanDetails(NamedTuple):
    """What a span holds, wherever it lies."""

    entity_type: str
    kind: str
    score: float
    status: str
    validator: str
    masked: str
    keyed_hash: bytes


class Span(NamedTuple):
    """One detection in the record at a position of a batch; sorts as the table of spans does."""

    position: int
    start: int
    end: int
    details: SpanDetails


class KeyedHash:
    """HMAC-SHA256 (RFC 2104), cut short; the key is taken in once and not for each value.

    Python's hmac does the same at twice the time, and every value is hashed.
    """

    def __init__(self, key: bytes) -> None:
        padded = (hashlib.sha256(key).digest() if len(key) > _BLOCK_BYTES else key).ljust(_BLOCK_BYTES, b"\0")
        self._inner = hashlib.sha256(bytes(byte ^ _INNER for byte in padded))
        self._outer = hashlib.sha256(bytes(byte ^ _OUTER for byte in padded))

    def of(self, value: bytes) -> bytes:
        """Return the first KEYED_HASH_BYTES of the hash of a value."""
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(value)
        outer.update(inner.digest())
        return outer.digest()[:KEYED_HASH_BYTES]


def pack_spans(spans: Iterable[Span]) -> pa.Table:
    """Return spans as a table of SCHEMA, packing them every so many rows: Python objects cost ten times as much."""
    packed, pending = [], []
    for span in spans:
        pending.append(span)
        if len(pending) >= _ROWS_PER_CHUNK:
            packed.append(_pack(pending))
            pending.clear()
    if pending:
        packed.append(_pack(pending))
    return pa.Table.from_batches(packed, SCHEMA)


def _pack(spans: list[Span]) -> pa.RecordBatch:
    position, start, end, details = zip(*spans, strict=True)
    columns = {"index": position, "start_byte": start, "end_byte": end}
    columns |= zip(SpanDetails._fields, zip(*details, strict=True), strict=True)
    return pa.RecordBatch.from_arrays([pa.array(columns[f.name], f.type) for f in SCHEMA], schema=SCHEMA)
