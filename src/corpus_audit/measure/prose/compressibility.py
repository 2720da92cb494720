"""How well a text compresses: how many bytes LZ4 makes of it, counted without making them.

LZ4 (Collet, 2011; its block format, and the search of version 1.9 at its default speed) looks at each place for the
last one that began with the same bytes, told by a small table of hashes, and goes on faster where it finds none.
Counting its bytes takes the search alone, and gives the same number whatever version of LZ4 is installed.
"""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from corpus_audit.measure.compiling import compiled, inlined
from corpus_audit.measure.little_text import PlainFirst
from corpus_audit.measure.prose.plain_compression import compressed_sizes_plainly
from corpus_audit.measure.text_windows import Offsets, cut_pieces, utf8_bytes
from corpus_audit.measure.vectors import leading_zeros, load_word, trailing_zeros

Bytes = NDArray[np.uint8]
Spots = NDArray[np.uint16] | NDArray[np.uint32]

COMPRESSED_BYTES = 2**20
"""How much of a text is compressed to see how well that goes."""

_MATCH = 4
"""Bytes that a match has at least; how many more it has is written in half a byte, or in more from 15 on."""
_LAST_BYTES = 5
"""Bytes at the end that are in no match."""
_LAST_START = 12
"""How far in front of the end the last match may begin."""
_REACH = 65535
"""How far back a match may lie."""
_SHORT = _REACH + _LAST_START
"""Texts below have places that fit into 16 bits, and a table of twice as many spots."""
_TRIES = 64
"""After so many places without a match each step is one byte longer."""
_TRIES_BITS = 6
_FIRST_FOUR = np.uint64(0xFFFFFFFF)
_SHORT_BITS, _LONG_BITS = 13, 12
_SHORT_FACTOR, _LONG_FACTOR = np.uint64(2654435761), np.uint64(889523592379)


def compressed_shares(texts: pa.Array) -> pa.Array:
    """Return each text's size after LZ4 as a share of its size before (over 1 for a short one), null for no text.

    Of a long text only the first ``COMPRESSED_BYTES`` are compressed.
    """
    pieces = cut_pieces(texts)
    whole = pieces.low == pieces.start
    start = pieces.start[whole]
    end = np.minimum(pieces.end[whole], start + COMPRESSED_BYTES)
    sizes = _sizes(int((end - start).sum()), np.frombuffer(utf8_bytes(texts), np.uint8), start, end)
    shares, is_missing = np.zeros(len(texts)), np.ones(len(texts), np.bool_)
    shares[pieces.position[whole]] = _rounded(sizes / (end - start))
    is_missing[pieces.position[whole]] = False
    return pa.array(shares, pa.float64(), mask=is_missing)


def _rounded(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return shares to six digits, as Python rounds one; multiplied first, as numpy does, some become a half."""
    millionths = shares * 1e6
    rounded: NDArray[np.float64] = np.rint(millionths) / 1e6
    doubtful = np.flatnonzero(np.abs(millionths - np.floor(millionths) - 0.5) < 1e-6)
    rounded[doubtful] = [round(share, 6) for share in shares[doubtful].tolist()]
    return rounded


@compiled
def compressed_sizes(data: Bytes, starts: Offsets, ends: Offsets) -> Offsets:
    """Return how many bytes LZ4 makes of each text; they lie in the order of *starts*, and none in another."""
    sizes = np.empty(starts.size, np.int64)
    short, long = np.zeros(1 << _SHORT_BITS, np.uint16), np.zeros(1 << _LONG_BITS, np.uint32)
    taken = 0
    for text in range(starts.size):
        start, end = starts[text], ends[text]
        if end - start <= _LAST_START:
            sizes[text] = _literals_size(end - start)
        elif end - start < _SHORT:
            if taken + end - start >= _SHORT:
                short[:] = 0
                taken = 0
            sizes[text] = _compressed_size(data, start, end, short, taken, False)
            taken += end - start
        else:
            long[:] = 0
            sizes[text] = _compressed_size(data, start, end, long, 0, True)
    return sizes


@inlined
def _compressed_size(data: Bytes, start: int, end: int, spots: Spots, first: int, is_long: bool) -> int:
    """Return how many bytes LZ4 makes of a text, whose places are counted from *first* in the table of spots.

    A lower place there is one of an earlier text. Where LZ4 finds nothing it takes the text's beginning, which is told
    only of a long text: in a short one what begins like the text is in the same spot.
    """
    # Without signs: a place that may be negative is looked at twice.
    shift, begin, behind = np.uint64(start - first), np.uint64(start), np.uint64(end)
    last, limit = behind - np.uint64(_LAST_START - 1), behind - np.uint64(_LAST_BYTES)
    one, least = np.uint64(1), np.uint64(_MATCH)
    spots[_spot(load_word(data, begin), is_long)] = first
    size, anchor, place = np.uint64(0), begin, begin + one
    next_spot = _spot(load_word(data, place), is_long)
    while True:
        ahead, tries, match, is_match = place, np.uint64(_TRIES), place, False
        step = one
        while not is_match:
            place, spot = ahead, next_spot
            ahead += step
            step = tries >> np.uint64(_TRIES_BITS)
            tries += one
            if ahead > last:
                return int(size) + _literals_size(int(behind - anchor))
            match = np.uint64(spots[spot]) + shift
            next_spot = _spot(load_word(data, ahead), is_long)
            spots[spot] = place - shift
            is_match = _is_match(data, place, match, begin, is_long)
        back = _common_before(data, place, match, min(place - anchor, match - begin))
        place, match = place - back, match - back
        size += np.uint64(_literals_size(int(place - anchor)))
        while is_match:
            more = _common_behind(data, place + least, match + least, limit)
            size += np.uint64(2) + _further_bytes(more)
            place += least + more
            anchor = place
            if place >= last:
                return int(size) + _literals_size(int(behind - anchor))
            spots[_spot(load_word(data, place - np.uint64(2)), is_long)] = place - np.uint64(2) - shift
            spot = _spot(load_word(data, place), is_long)
            match = np.uint64(spots[spot]) + shift
            spots[spot] = place - shift
            is_match = _is_match(data, place, match, begin, is_long)
            size += np.uint64(is_match)
        place += one
        next_spot = _spot(load_word(data, place), is_long)


@inlined
def _literals_size(count: int) -> int:
    """Return how many bytes so many literals take, with the one that says so and how long the match behind them is."""
    return 1 + count + int(_further_bytes(np.uint64(count)))


@inlined
def _further_bytes(count: np.uint64) -> np.uint64:
    """Return how many bytes a number takes behind the half that holds up to 14."""
    return (count + np.uint64(240)) // np.uint64(255)


@inlined
def _spot(word: np.uint64, is_long: bool) -> np.uint64:
    """Return where the last place is kept that began with the same four bytes, of a long text five, or others."""
    if is_long:
        return (word << np.uint64(24)) * _LONG_FACTOR >> np.uint64(64 - _LONG_BITS)
    return (word * _SHORT_FACTOR & _FIRST_FOUR) >> np.uint64(32 - _SHORT_BITS)


@inlined
def _is_match(data: Bytes, place: np.uint64, match: np.uint64, begin: np.uint64, is_long: bool) -> bool:
    is_same = (load_word(data, place) ^ load_word(data, match)) & _FIRST_FOUR == np.uint64(0)
    return bool(is_same and match >= begin and not (is_long and match + np.uint64(_REACH) < place))


@inlined
def _common_behind(data: Bytes, place: np.uint64, match: np.uint64, limit: np.uint64) -> np.uint64:
    """Return how many bytes at two places are the same, up to a *limit* of the latter one."""
    first = place
    while place + np.uint64(8) <= limit:
        differing = load_word(data, place) ^ load_word(data, match)
        if differing != np.uint64(0):
            return place - first + np.uint64(trailing_zeros(differing) >> 3)
        place, match = place + np.uint64(8), match + np.uint64(8)
    while place < limit and data[place] == data[match]:
        place, match = place + np.uint64(1), match + np.uint64(1)
    return place - first


@inlined
def _common_before(data: Bytes, place: np.uint64, match: np.uint64, most: np.uint64) -> np.uint64:
    """Return how many bytes in front of two places are the same, of *most* at most."""
    found, eight = np.uint64(0), np.uint64(8)
    while match >= found + eight:
        # Without a branch for the first eight: no processor foresees how many there are.
        differing = load_word(data, place - found - eight) ^ load_word(data, match - found - eight)
        found += np.uint64(leading_zeros(differing) >> 3)
        if differing != np.uint64(0) or found >= most:
            return min(most, found)
    while found < most and data[place - found - np.uint64(1)] == data[match - found - np.uint64(1)]:
        found += np.uint64(1)
    return min(most, found)


_sizes = PlainFirst(compressed_sizes, compressed_sizes_plainly)
