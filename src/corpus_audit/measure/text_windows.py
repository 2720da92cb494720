"""Division of a batch of texts into windows of bounded size, each a whole record if possible."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

PIECE_BYTES = 4 * 2**20
OVERLAP_BYTES = 4096
_PIECES_A_GROUP = 2
"""As much as a batch of measuring: looking at a group costs something whatever its size, and its spans are held."""

Offsets = NDArray[np.int64]
Fill = Callable[[int, NDArray[np.uint8], Offsets, Offsets, Offsets, Offsets, Offsets], None]
"""Writes where windows begin and end, and counts them for each piece.

It is given how many bytes the pieces have, the data that they lie in, and where they begin and end.
"""


def find_windows(
    fill: Fill, data: memoryview, first: Offsets, last: Offsets, apart: int
) -> tuple[Offsets, Offsets, Offsets]:
    """Return where windows start and end, and for each piece (and one more) the number of its first window.

    A window of *fill* goes on for at least *apart* bytes, so a piece has no more than fit into it, and one.
    """
    sizes = last - first
    capacity = int((sizes // apart + 1).sum())
    starts, ends = np.empty(capacity, np.int64), np.empty(capacity, np.int64)
    counts = np.zeros(first.size + 1, np.int64)
    fill(int(sizes.sum()), np.frombuffer(data, np.uint8), first, last, starts, ends, counts)
    return starts[: counts[-1]], ends[: counts[-1]], counts


class TextWindow(NamedTuple):
    """One piece. All but ``position``, which is the record's in the batch, are bytes into the batch's data.

    The record lies from ``start`` to ``end``. What begins from ``low`` up to ``high`` is this piece's own; it is read
    from ``first`` to ``last``, so that what crosses a cut is seen whole.
    """

    position: int
    start: int
    end: int
    low: int
    high: int
    first: int
    last: int


@dataclass(frozen=True)
class Pieces:
    """Some pieces of one batch, in order, as the columns of TextWindow."""

    position: Offsets
    start: Offsets
    end: Offsets
    low: Offsets
    high: Offsets

    @property
    def first(self) -> Offsets:
        """Where reading starts."""
        return np.maximum(self.start, self.low - OVERLAP_BYTES)

    @property
    def last(self) -> Offsets:
        """Where reading ends."""
        return np.minimum(self.end, self.high + OVERLAP_BYTES)

    def __iter__(self) -> Iterator[TextWindow]:
        columns = (self.position, self.start, self.end, self.low, self.high, self.first, self.last)
        return map(TextWindow._make, zip(*(column.tolist() for column in columns), strict=True))

    def groups(self) -> Iterator["Pieces"]:
        """Yield runs of pieces that together hold about as much as a few pieces may."""
        total, size = np.cumsum(self.high - self.low), _PIECES_A_GROUP * PIECE_BYTES
        cuts = np.searchsorted(total, np.arange(size, total[-1], size)).tolist() if total.size else []
        for first, last in zip([0, *cuts], [*cuts, total.size], strict=True):
            if first < last:
                columns = (self.position, self.start, self.end, self.low, self.high)
                yield Pieces(*(column[first:last] for column in columns))


def whole_pieces(sizes_bytes: Sequence[int]) -> Pieces:
    """Return the pieces of texts of such sizes, one behind the other, that are no longer than a piece may be."""
    end = np.cumsum(np.array(sizes_bytes, np.int64))
    start = end - sizes_bytes
    return Pieces(np.arange(end.size), start, end, start, end)


def utf8_bytes(texts: pa.Array) -> memoryview:
    """Return the data buffer of a string or large_string array, uncopied.

    It cannot be written to, whatever made it: numba compiles a function once more for arrays that can.
    """
    data = texts.buffers()[2]
    return memoryview(data if data is not None else b"").toreadonly()


def cut_pieces(texts: pa.Array) -> Pieces:
    """Return the pieces of every text that is neither null nor empty; raises TypeError for an array of no strings."""
    bounds = _bounds(texts)
    present = (np.diff(bounds) > 0) & texts.is_valid().to_numpy(zero_copy_only=False)
    position = np.flatnonzero(present)
    start, end = bounds[position], bounds[position + 1]
    counts = -((start - end) // PIECE_BYTES)
    place = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    position, start, end = (np.repeat(column, counts) for column in (position, start, end))
    low = start + place * PIECE_BYTES
    return Pieces(position, start, end, low, np.minimum(low + PIECE_BYTES, end))


def _bounds(texts: pa.Array) -> Offsets:
    """Return where each text begins, and where the last one ends."""
    widths: dict[Any, str] = {pa.string(): "i4", pa.large_string(): "i8"}
    if texts.type not in widths:
        message = f"texts must be string or large_string, not {texts.type}"
        raise TypeError(message)
    dtype = np.dtype(widths[texts.type])
    offsets = texts.buffers()[1]
    if offsets is None or not len(texts):
        return np.zeros(len(texts) + 1, np.int64)
    return np.frombuffer(offsets, dtype, len(texts) + 1, texts.offset * dtype.itemsize).astype(np.int64, copy=False)
