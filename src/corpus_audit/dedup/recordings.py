"""Similar recordings: Chromaprint fingerprints that agree where they overlap.

Recordings that share words of 32 bits are candidates; how far apart the shared words stand tells how to lay one over
the other. There the bits that differ are counted: of another encoding of the same sound about one in twenty do, of
different sounds about every second.
"""

import numpy as np
from numpy.typing import NDArray

from corpus_audit.dedup.verify import VerifiedPairs, no_pairs
from corpus_audit.measure.compiling import compiled

MAX_DIFFERENT_BITS = 0.2
"""Share of the bits in which copies differ at most, where they overlap."""
LEAST_OVERLAP = 0.5
"""Share of the shorter recording that has to lie over the longer one."""

_LEAST_WORDS = 8
"""A second: less in common is a jingle or a pause."""
_COMMONEST = 64
"""A word that stands in more places than this, as that of silence does, says nothing of where it is from."""
_LEAST_SHARED = 2

Integers = NDArray[np.int64]
Words = NDArray[np.uint32]


def find_alike_recordings(numbers: Integers, offsets: Integers, words: Words) -> VerifiedPairs:
    """Return which of some contents sound alike.

    *numbers* ascend; the fingerprint of number i is ``words[offsets[i]:offsets[i + 1]]``. A pair's similarity is the
    share of bits that agree where the two overlap, its containments are the shares of each that overlap.
    """
    if len(numbers) < 2:
        return no_pairs()
    lengths = np.diff(offsets)
    owners = np.repeat(np.arange(len(numbers)), lengths)
    order = np.argsort(words, kind="stable")
    shared = _shared_words(words[order], owners[order], order - offsets[owners[order]])
    candidates = _best_shifts(shared)
    measured = np.array([_compare(words, offsets, *row) for row in candidates.tolist()]).reshape(-1, 2)
    similarity, overlap = measured[:, 0], measured[:, 1]
    pairs = candidates[:, :2]
    sizes = lengths[pairs]
    kept = (
        (similarity >= 1 - MAX_DIFFERENT_BITS)
        & (overlap >= _LEAST_WORDS)
        & (overlap >= LEAST_OVERLAP * sizes.min(axis=1, initial=np.iinfo(np.int64).max))
    )
    return VerifiedPairs(
        numbers[pairs[kept]],
        similarity[kept],
        overlap[kept] / sizes[kept, 0],
        overlap[kept] / sizes[kept, 1],
    )


@compiled
def _shared_words(words: Words, owners: Integers, places: Integers) -> Integers:
    """Return (one, other, offset of the word in the one) for each word shared by two recordings."""
    found = []
    first = 0
    while first < words.size:
        last = first + 1
        while last < words.size and words[last] == words[first]:
            last += 1
        if last - first <= _COMMONEST:
            for i in range(first, last):
                for j in range(first, last):
                    if owners[i] < owners[j]:
                        found.append((owners[i], owners[j], places[i] - places[j]))  # noqa: PERF401 - numba
        first = last
    rows = np.empty((len(found), 3), np.int64)
    for row, (one, other, shift) in enumerate(found):
        rows[row, 0], rows[row, 1], rows[row, 2] = one, other, shift
    return rows


def _best_shifts(shared: Integers) -> Integers:
    """Return for each pair of recordings the shift at which they share the most words, if that is more than chance."""
    rows, counts = np.unique(shared, axis=0, return_counts=True)
    rows, counts = rows[counts >= _LEAST_SHARED], counts[counts >= _LEAST_SHARED]
    order = np.lexsort((rows[:, 2], -counts, rows[:, 1], rows[:, 0]))
    rows = rows[order]
    is_first = np.ones(len(rows), np.bool_)
    is_first[1:] = (rows[1:, :2] != rows[:-1, :2]).any(axis=1)
    best: Integers = rows[is_first]
    return best


def _compare(words: Words, offsets: Integers, one: int, other: int, shift: int) -> tuple[float, int]:
    """Return the share of bits that agree where two recordings overlap, and how many words that is."""
    a, b = words[offsets[one] : offsets[one + 1]], words[offsets[other] : offsets[other + 1]]
    a, b = a[max(shift, 0) :], b[max(-shift, 0) :]
    length = min(len(a), len(b))
    different = int(np.bitwise_count(a[:length] ^ b[:length]).sum())
    return 1 - different / (32 * length), length
