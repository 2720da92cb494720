"""The passage index of one shard on disk: postings of a shingle hash and a record, to be read where they lie.

The file ``passages.index`` begins and ends with MAGIC. In front of the last is the length of the footer (32 bits) and
the footer, JSON: how the shingles were made, and the segments. All numbers are little-endian.

A segment holds the postings of some neighbouring records, by hash and record. The first bits of a hash name its bucket;
a posting holds the hash bits that follow, and in its low bits the record, counted from the first of the segment. First
comes how many postings lie before every 64th bucket (32 bits each); then the buckets in bits: for each a 1 for every
posting of it and a 0 at its end; then the postings, of as many bits as they need. Bits are taken from the low ones of a
byte on. Hashes are cut off so: what is found is a candidate, until the record's text is read again.

Buckets of one or two postings, told by their number in bits, are the coding of Elias and Fano for sorted numbers.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from corpus_audit.config import Parameters
from corpus_audit.errors import StoreError
from corpus_audit.measure.fingerprints.passage_samples import CHARACTER, WORD

FILE_NAME = "passages.index"
MAGIC = b"CAPASS02"

KEPT_BITS = 33
"""Bits of a hash that name few other records: of 100 tokens in 50 GB of text, about six."""
HASH_BITS = 44
"""Bits of a hash that are sorted by; the record has the others of 64."""
RECORD_BITS = 64 - HASH_BITS
MOST_RECORDS = 1 << RECORD_BITS
MOST_POSTINGS = 1 << 19
"""Postings of a segment, about: four megabytes are held while a shard is measured, however large it is."""
COUNTED_BUCKETS = 64
"""Buckets from one that says how many postings lie before it to the next."""
_ALIGNMENT = 8
_PADDING = 8
"""Zeros behind the postings of a segment, so that any may be read as a whole word."""


@dataclass(frozen=True)
class PostingSegment:
    """Where a segment lies, which records it is about, and how its postings are packed."""

    offset: int
    first_record: int
    postings: int
    bucket_bits: int
    record_bits: int

    @property
    def rest_bits(self) -> int:
        """How many bits of a hash a posting holds."""
        return KEPT_BITS - self.bucket_bits

    @property
    def buckets_begin(self) -> int:
        """Where the bits of the buckets begin."""
        return self.offset + 4 * -(-(1 << self.bucket_bits) // COUNTED_BUCKETS)

    @property
    def postings_begin(self) -> int:
        """Where the postings begin."""
        return self.buckets_begin + _bytes_of((1 << self.bucket_bits) + self.postings)

    @property
    def end(self) -> int:
        """Where the segment ends."""
        return self.postings_begin + _bytes_of((self.rest_bits + self.record_bits) * self.postings) + _PADDING


class Guarantee(NamedTuple):
    """From how many tokens on an unchanged passage is always found: if each is a word, and whatever they are."""

    words: int
    tokens: int


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
    def guaranteed(self) -> "Guarantee":
        """How long an unchanged passage is that is always found."""
        characters = -(-self.window * WORD // CHARACTER)
        return Guarantee(self.window + self.shingle_size - 1, characters + self.shingle_size - 1)


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
            bucket_bits = max(1, keys.size.bit_length() - 1)
            record_bits = max(1, (self._records - self._first - 1).bit_length())
            segment = PostingSegment(
                offset=self._aligned(),
                first_record=self._first,
                postings=keys.size,
                bucket_bits=bucket_bits,
                record_bits=record_bits,
            )
            self._file.write(b"".join(_packed(keys, segment)))
            self._segments.append(segment)
        self._pending, self._held, self._first = [], 0, self._records

    def _aligned(self) -> int:
        """Return where the next segment begins, behind zeros up to a whole word."""
        at = self._file.tell()
        return at + self._file.write(bytes(-at % _ALIGNMENT)) if at % _ALIGNMENT else at


def _bytes_of(bits: int) -> int:
    return (bits + 7) // 8


def _distinct(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return keys sorted, each once: numpy's own ``unique`` hashes them first, and takes sixteen times as long."""
    ordered = np.sort(keys)
    is_first = np.ones(ordered.size, np.bool_)
    is_first[1:] = ordered[1:] != ordered[:-1]
    return ordered[is_first]


def _packed(keys: NDArray[np.uint64], segment: PostingSegment) -> Iterator[bytes]:
    """Yield the bytes of a segment of these keys, sorted: hashes in their high bits, records in the low ones."""
    buckets = (keys >> np.uint64(64 - segment.bucket_bits)).astype(np.int64)
    yield np.searchsorted(buckets, np.arange(0, 1 << segment.bucket_bits, COUNTED_BUCKETS)).astype("<u4").tobytes()
    ends = np.zeros((1 << segment.bucket_bits) + keys.size, np.bool_)
    ends[np.arange(keys.size) + buckets] = True
    yield np.packbits(ends, bitorder="little").tobytes()
    rest = (keys << np.uint64(segment.bucket_bits)) >> np.uint64(64 - segment.rest_bits)
    entries = rest << np.uint64(segment.record_bits) | (keys & np.uint64(MOST_RECORDS - 1))
    bits = np.unpackbits(entries.astype("<u8").view(np.uint8).reshape(-1, 8), axis=1, bitorder="little")
    yield np.packbits(bits[:, : segment.rest_bits + segment.record_bits], bitorder="little").tobytes()
    yield bytes(_PADDING)


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
        if any(segment.end > size for segment in segments):
            raise ValueError(path.name)
        return PassageIndex(
            path, IndexRecipe(**{k: v for k, v in footer.items() if k != "records"}), footer["records"], segments
        )
    except (OSError, ValueError, TypeError, KeyError) as error:
        message = f"{path} is damaged. Run the audit again; it rebuilds what is."
        raise StoreError(message) from error
