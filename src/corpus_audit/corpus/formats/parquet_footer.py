"""What the footer of a Parquet file accounts for, read from its Thrift (compact protocol, parquet.thrift).

Not by pyarrow: it ends the whole process where a hostile footer lacks sizes, and it does not say where indexes are.
"""

from collections.abc import Iterator
from typing import Any

from corpus_audit.corpus.unread_bytes import Span

_MAGIC = b"PAR1"
_TAIL = 8
_MAX_DEPTH = 32

_ROW_GROUPS, _COLUMNS = 4, 1
_ELSEWHERE, _METADATA = 1, 3
_INDEXES = ((4, 5), (6, 7))
"""Fields of a column chunk: offset and length of its offset index and its column index."""

_SIZE = 7
_PAGES = (9, 11)
"""Fields of a chunk's metadata: offsets of its data pages and of its dictionary."""

_BLOOM, _BLOOM_LENGTH = 14, 15
_LONGEST_BLOOM = 128 * 2**20
"""What a filter may be long whose length is not stated, as by early writers."""


def parquet_spans(file: Any) -> tuple[list[Span], int] | None:
    """Return what a Parquet file's footer says is in it, and where the footer begins; None if it is encrypted.

    Raises ValueError or IndexError for a footer that is none.
    """
    size = file.size()
    file.seek(size - _TAIL)
    tail = file.read(_TAIL)
    if tail[4:] != _MAGIC:
        return None
    start = size - _TAIL - int.from_bytes(tail[:4], "little")
    file.seek(start)
    footer = _Compact(file.read(size - _TAIL - start)).struct()
    chunks = [chunk for group in footer.get(_ROW_GROUPS, ()) for chunk in group.get(_COLUMNS, ())]
    if any(_METADATA not in chunk for chunk in chunks):
        return None
    return [(0, len(_MAGIC)), *(span for chunk in chunks if _ELSEWHERE not in chunk for span in _spans(chunk))], start


def _spans(chunk: dict[int, Any]) -> Iterator[Span]:
    metadata = chunk[_METADATA]
    start = min((metadata[field] for field in _PAGES if metadata.get(field)), default=0)
    yield start, start + metadata.get(_SIZE, 0)
    for offset, length in _INDEXES:
        if offset in chunk:
            yield chunk[offset], chunk[offset] + chunk.get(length, 0)
    if _BLOOM in metadata:
        yield metadata[_BLOOM], metadata[_BLOOM] + metadata.get(_BLOOM_LENGTH, _LONGEST_BLOOM)


class _Compact:
    """Reads structs of Thrift's compact protocol as mappings from field number to value."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def struct(self, depth: int = 0) -> dict[int, Any]:
        """Return the fields of the struct that begins here; raises ValueError for one nested too deeply."""
        if depth > _MAX_DEPTH:
            message = "nested too deeply"
            raise ValueError(message)
        fields: dict[int, Any] = {}
        number = 0
        while head := self._byte():
            number = number + (head >> 4) if head >> 4 else self._integer()
            kind = head & 15
            fields[number] = kind == 1 if kind in (1, 2) else self._value(kind, depth)
        return fields

    def _value(self, kind: int, depth: int) -> Any:
        match kind:
            case 1 | 2 | 3:
                return self._byte()
            case 4 | 5 | 6:
                return self._integer()
            case 7:
                return self._skip(8)
            case 8:
                return self._skip(self._varint())
            case 9 | 10:
                return self._list(depth)
            case 12:
                return self.struct(depth + 1)
        message = f"no field of a footer has type {kind}"
        raise ValueError(message)

    def _list(self, depth: int) -> list[Any]:
        head = self._byte()
        count = head >> 4 if head >> 4 < 15 else self._varint()
        if count > len(self._data):
            message = "a list is longer than the footer"
            raise ValueError(message)
        return [self._value(head & 15, depth + 1) for _ in range(count)]

    def _byte(self) -> int:
        self._at += 1
        return self._data[self._at - 1]

    def _skip(self, count: int) -> None:
        self._at += count

    def _integer(self) -> int:
        value = self._varint()
        return (value >> 1) ^ -(value & 1)

    def _varint(self) -> int:
        value = shift = 0
        while (byte := self._byte()) & 0x80:
            value |= (byte & 0x7F) << shift
            shift += 7
        return value | byte << shift
