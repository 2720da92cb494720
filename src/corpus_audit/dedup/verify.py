"""The comparison of candidates on their texts: exact Jaccard similarity and containment of their shingle sets."""

import mmap
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus_audit.dedup.shingle_file import ShingleFile
from corpus_audit.measure.compiling import compiled, inlined
from corpus_audit.measure.vectors import WORDS, count_equal_words

Integers = NDArray[np.int64]

BLOCK_HASHES = 1 << 26
"""Shingle hashes of which a larger file is let go of again: 512 MiB of them are in memory at most."""
TILE_HASHES = 1 << 18
"""Shingle hashes that two tiles of the second-level cache hold: comparing tile by tile is twice as fast."""
FIRST_LOOK = 128
"""Hashes after which a comparison is first given up if it is hopeless; then after twice as many, and so on."""
SURELY_BELOW = 3.5
"""Standard deviations: of the pairs just at the threshold, one in 4,000 looks so bad at a given moment."""


@dataclass(frozen=True)
class VerifiedPairs:
    """Pairs of contents at or above the threshold, ascending; every figure was computed from the two.

    Of pictures and recordings it is the similarity of their fingerprints that stands for the Jaccard similarity.
    """

    pairs: Integers
    jaccard: NDArray[np.float64]
    containment_a: NDArray[np.float64]
    containment_b: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.pairs)


def join_pairs(*parts: VerifiedPairs) -> VerifiedPairs:
    """Return the pairs of all parts, ascending."""
    pairs = np.concatenate([part.pairs for part in parts])
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    measures = (
        np.concatenate([getattr(part, name) for part in parts])[order]
        for name in ("jaccard", "containment_a", "containment_b")
    )
    return VerifiedPairs(pairs[order], *measures)


def verify_pairs(candidates: Integers, stored: ShingleFile, jaccard_threshold: float, workers: int) -> VerifiedPairs:
    """Return the candidates whose texts really are as similar as the threshold asks."""
    pairs = candidates[stored.counts[candidates].all(axis=1)]
    common = count_common(stored, pairs, jaccard_threshold, workers)
    size_a, size_b = stored.counts[pairs[:, 0]], stored.counts[pairs[:, 1]]
    jaccard = common / np.maximum(size_a + size_b - common, 1)
    kept = jaccard >= jaccard_threshold
    return VerifiedPairs(pairs[kept], jaccard[kept], common[kept] / size_a[kept], common[kept] / size_b[kept])


def count_common(stored: ShingleFile, pairs: Integers, jaccard_threshold: float, workers: int) -> Integers:
    """Return how many shingles the two contents of each pair share; 0 for those given up below the threshold."""
    counted = np.zeros(len(pairs), np.int64)
    if not len(pairs):
        return counted
    order = _order_by_place(stored, pairs)
    ordered = pairs[order]
    with stored.path.open("rb") as file:
        # Left to the garbage collector: it cannot be closed while an array looks into it.
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        hashes = np.frombuffer(mapped, np.uint64)

    def count(rows: slice) -> None:
        _count_each(hashes, stored.starts, stored.counts, ordered[rows], jaccard_threshold, counted[rows])
        if hashes.size > BLOCK_HASHES:
            mapped.madvise(mmap.MADV_DONTNEED)

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(count, _blocks(stored.counts[ordered].sum(axis=1), workers)))
    common = np.empty_like(counted)
    common[order] = counted
    return common


def _order_by_place(stored: ShingleFile, pairs: Integers) -> Integers:
    """Return an order in which pairs follow each other whose hashes lie in the same two tiles of the file."""
    tiles = np.sort(stored.starts[pairs] // TILE_HASHES, axis=1)
    return np.argsort(tiles[:, 0] << 32 | tiles[:, 1], kind="stable")


def _blocks(sizes: Integers, workers: int) -> Iterator[slice]:
    """Yield neighbouring pairs whose hashes together are about BLOCK_HASHES, or an even share for each worker."""
    done = np.cumsum(sizes)
    block = min(BLOCK_HASHES, int(done[-1]) // workers + 1)
    first = 0
    while first < len(sizes):
        before = done[first - 1] if first else 0
        last = max(first + 1, int(np.searchsorted(done, before + block, side="right")))
        yield slice(first, last)
        first = last


@compiled
def _count_each(
    hashes: NDArray[np.uint64],
    starts: Integers,
    counts: Integers,
    pairs: Integers,
    threshold: float,
    common: Integers,
) -> None:
    for p in range(pairs.shape[0]):
        a, b = pairs[p, 0], pairs[p, 1]
        common[p] = _intersect(hashes, starts[a], starts[a] + counts[a], starts[b], starts[b] + counts[b], threshold)


@inlined
def _intersect(hashes: NDArray[np.uint64], i: int, end_i: int, j: int, end_j: int, threshold: float) -> int:
    """Return how many hashes two sorted stretches share, eight against eight and the rest one by one.

    Hashes are random numbers in ascending order, so what has been seen is a random sample of both sets. Returns 0 as
    soon as that sample lies SURELY_BELOW the threshold.
    """
    common, left = 0, end_i - i + end_j - j
    look = left - FIRST_LOOK
    while i + WORDS <= end_i and j + WORDS <= end_j:
        common += count_equal_words(hashes, i, hashes, j)
        last_i, last_j = hashes[i + WORDS - 1], hashes[j + WORDS - 1]
        i += WORDS * (last_i <= last_j)
        j += WORDS * (last_j <= last_i)
        if end_i - i + end_j - j <= look:
            seen = left - (end_i - i + end_j - j)
            look = left - 2 * seen
            union = seen - common
            if common < threshold * union - SURELY_BELOW * np.sqrt(threshold * (1 - threshold) * union):
                common, i, j = 0, end_i, end_j
    while i < end_i and j < end_j:
        one, other = hashes[i], hashes[j]
        common += one == other
        i += one <= other
        j += other <= one
    return common
