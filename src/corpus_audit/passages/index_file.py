"""The passage index of one shard on disk: postings of a shingle hash and a record, to be read where they lie.

The file ``passages.index`` begins and ends with MAGIC. In front of the last is the length of the footer (32 bits) and
the footer, JSON: how the shingles were made, and the segments. All numbers are little-endian.

A segment holds the postings of some neighbouring records: first where each bucket begins (32 bits each, and the end of
the last), then the postings by hash and record, four or five bytes each. The first bits of a hash name its bucket; a
posting holds the hash bits that follow, and in its low bits the record, counted from the first of the segment. Hashes
are cut off so: what is found is a candidate, until the record's text is read again.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from corpus_audit.config import Parameters
from corpus_audit.errors import StoreError

FILE_NAME = "passages.index"
MAGIC = b"CAPASS01"

POSTING_BYTES = (4, 5)
"""Bytes of a posting: four where enough bits of the hash are left beside the record's, as in segments of long texts."""
_ENOUGH_BITS = 33
"""Bits of a hash that name few other records: of 100 tokens in 50 GB of text, about six."""
HASH_BITS = 44
"""Bits of a hash that are sorted by; the record has the others of 64."""
RECORD_BITS = 64 - HASH_BITS
MOST_RECORDS = 1 << RECORD_BITS
MOST_POSTINGS = 1 << 19
"""Postings of a segment, about: four megabytes are held while a shard is measured, however large it is."""
_MOST_REST = 28
_ALIGNMENT = 8


@dataclass(frozen=True)
class PostingSegment:
    """Where a segment lies, which records it is about, and how its postings are packed."""

    offset: int
    first_record: int
    postings: int
    bucket_bits: int
    record_bits: int
    posting_bytes: int = POSTING_BYTES[-1]

    @property
    def rest_bits(self) -> int:
        """How many bits of a hash a posting holds."""
        return min(8 * self.posting_bytes - self.record_bits, _MOST_REST)

    @property
    def bounds_bytes(self) -> int:
        """The length of what says where the buckets begin."""
        return 4 * ((1 << self.bucket_bits) + 1)

    @property
    def end(self) -> int:
        """Where the segment ends."""
        return self.offset + self.bounds_bytes + self.posting_bytes * self.postings


@dataclass(frozen=True)
class IndexRecipe:
    """How the shingles of an index were made: only those of a text made in the same way can be looked for in it."""

    tokenizer: str
    shingle_size: int
    window: int

    @classmethod
    def of(cls, parameters: Parameters) -> "IndexRecipe":
        """Return the recipe of an audit's parameters."""
        return cls(parameters.tokenizer, parameters.shingle_size, parameters.passage_window)

    @property
    def guaranteed_tokens(self) -> int:
        """The tokens from which an unchanged passage is always found."""
        return self.window + self.shingle_size - 1


class PassageWriter:
    """Writes the index of one shard as its records are measured; use it as a context manager."""

    def __init__(self, path: Path, recipe: IndexRecipe) -> None:
        self._path = path
        self._recipe = recipe
        self._segments: list[PostingSegment] = []
        self._pending: list[NDArray[np.uint64]] = []
        self._first = self._records = self._held = 0

    def __enter__(self) -> Self:
        """Open the file."""
        self._file = self._path.open("wb")
        self._file.write(MAGIC)
        return self

    def __exit__(self, kind: type[BaseException] | None, _error: object, _traceback: TracebackType | None) -> None:
        """Write what is still held and the footer, unless the work broke off, and close the file."""
        with self._file:
            if kind is None:
                self._end_segment()
                footer = {
                    **asdict(self._recipe),
                    "records": self._records,
                    "segments": [asdict(segment) for segment in self._segments],
                }
                content = json.dumps(footer, separators=(",", ":")).encode()
                self._file.write(content + len(content).to_bytes(4, "little") + MAGIC)

    def add(self, records: int, positions: NDArray[np.int64], hashes: NDArray[np.uint64]) -> None:
        """Add the postings of the next *records* records: which of them, from 0, and a hash."""
        done = 0
        while done < records:
            room = MOST_RECORDS - (self._records - self._first)
            end = min(records, done + room)
            chosen = (positions >= done) & (positions < end)
            place = (self._records - self._first + positions[chosen] - done).astype(np.uint64)
            shift = np.uint64(RECORD_BITS)
            self._pending.append((hashes[chosen] >> shift) << shift | place)
            self._held += place.size
            self._records += end - done
            done = end
            if self._held >= MOST_POSTINGS or self._records - self._first == MOST_RECORDS:
                self._end_segment()

    def _end_segment(self) -> None:
        keys = _distinct(np.concatenate([np.zeros(0, np.uint64), *self._pending]))
        if keys.size:
            bucket_bits = min(16, max(0, (keys.size >> 4).bit_length() - 1))
            record_bits = max(1, (self._records - self._first - 1).bit_length())
            segment = PostingSegment(
                offset=self._aligned(),
                first_record=self._first,
                postings=keys.size,
                bucket_bits=bucket_bits,
                record_bits=record_bits,
                posting_bytes=_posting_bytes(bucket_bits, record_bits),
            )
            self._file.write(b"".join(_packed(keys, segment)))
            self._segments.append(segment)
        self._pending, self._held, self._first = [], 0, self._records

    def _aligned(self) -> int:
        """Return where the next segment begins, behind zeros up to a whole word."""
        at = self._file.tell()
        return at + self._file.write(bytes(-at % _ALIGNMENT)) if at % _ALIGNMENT else at


def _posting_bytes(bucket_bits: int, record_bits: int) -> int:
    fewest, most = POSTING_BYTES
    return fewest if bucket_bits + 8 * fewest - record_bits >= _ENOUGH_BITS else most


def _distinct(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return keys sorted, each once: numpy's own ``unique`` hashes them first, and takes sixteen times as long."""
    ordered = np.sort(keys)
    is_first = np.ones(ordered.size, np.bool_)
    is_first[1:] = ordered[1:] != ordered[:-1]
    return ordered[is_first]


def _packed(keys: NDArray[np.uint64], segment: PostingSegment) -> Iterator[bytes]:
    """Yield the bytes of a segment of these keys, sorted: hashes in their high bits, records in the low ones."""
    buckets = keys >> np.uint64(64 - segment.bucket_bits) if segment.bucket_bits else np.zeros_like(keys)
    yield np.searchsorted(buckets, np.arange((1 << segment.bucket_bits) + 1, dtype=np.uint64)).astype("<u4").tobytes()
    rest = (keys << np.uint64(segment.bucket_bits)) >> np.uint64(64 - segment.rest_bits)
    entries = rest << np.uint64(segment.record_bits) | (keys & np.uint64(MOST_RECORDS - 1))
    yield entries.astype("<u8").view(np.uint8).reshape(-1, 8)[:, : segment.posting_bytes].tobytes()


@dataclass(frozen=True)
class PassageIndex:
    """The index of one shard, mapped into memory."""

    path: Path
    recipe: IndexRecipe
    records: int
    segments: tuple[PostingSegment, ...]

    @cached_property
    def content(self) -> NDArray[np.uint8]:
        """The bytes of the file, read where they are looked at."""
        return np.memmap(self.path, np.uint8, "r")

    @property
    def postings(self) -> int:
        """How many postings there are."""
        return sum(segment.postings for segment in self.segments)


def open_index(path: Path) -> PassageIndex | None:
    """Return the index in a file, None where there is no such file; raises StoreError when it is damaged."""
    if not path.is_file():
        return None
    try:
        with path.open("rb") as file:
            size = path.stat().st_size
            file.seek(size - len(MAGIC) - 4)
            length = int.from_bytes(file.read(4), "little")
            if file.read() != MAGIC:
                raise ValueError(path.name)
            file.seek(size - len(MAGIC) - 4 - length)
            footer: dict[str, Any] = json.loads(file.read(length))
        segments = tuple(PostingSegment(**segment) for segment in footer.pop("segments"))
        if any(segment.end > size or segment.posting_bytes not in POSTING_BYTES for segment in segments):
            raise ValueError(path.name)
        return PassageIndex(
            path, IndexRecipe(**{k: v for k, v in footer.items() if k != "records"}), footer["records"], segments
        )
    except (OSError, ValueError, TypeError, KeyError) as error:
        message = f"{path} is damaged. Run the audit again; it rebuilds what is."
        raise StoreError(message) from error
