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


@dataclass(frozen=True)
class VerifiedPairs:
    """Pairs of contents at or above the threshold, ascending; every figure was computed from the two texts."""

    pairs: Integers
    jaccard: NDArray[np.float64]
    containment_a: NDArray[np.float64]
    containment_b: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.pairs)


def verify_pairs(candidates: Integers, stored: ShingleFile, jaccard_threshold: float, workers: int) -> VerifiedPairs:
    """Return the candidates whose texts really are as similar as the threshold asks."""
    pairs = candidates[stored.counts[candidates].all(axis=1)]
    common = count_common(stored, pairs, workers)
    size_a, size_b = stored.counts[pairs[:, 0]], stored.counts[pairs[:, 1]]
    jaccard = common / np.maximum(size_a + size_b - common, 1)
    kept = jaccard >= jaccard_threshold
    return VerifiedPairs(pairs[kept], jaccard[kept], common[kept] / size_a[kept], common[kept] / size_b[kept])


def count_common(stored: ShingleFile, pairs: Integers, workers: int) -> Integers:
    """Return how many shingles the two contents of each pair share."""
    common = np.zeros(len(pairs), np.int64)
    if not len(pairs):
        return common
    with stored.path.open("rb") as file:
        # Left to the garbage collector: it cannot be closed while an array looks into it.
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        hashes = np.frombuffer(mapped, np.uint64)

    def count(rows: slice) -> None:
        _count_each(hashes, stored.starts, stored.counts, pairs[rows], common[rows])
        if hashes.size > BLOCK_HASHES:
            mapped.madvise(mmap.MADV_DONTNEED)

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(count, _blocks(stored.counts[pairs].sum(axis=1), workers)))
    return common


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
    hashes: NDArray[np.uint64], starts: Integers, counts: Integers, pairs: Integers, common: Integers
) -> None:
    for p in range(pairs.shape[0]):
        one, other = pairs[p, 0], pairs[p, 1]
        common[p] = _intersect(
            hashes, starts[one], starts[one] + counts[one], starts[other], starts[other] + counts[other]
        )


@inlined
def _intersect(hashes: NDArray[np.uint64], i: int, end_i: int, j: int, end_j: int) -> int:
    """Return how many hashes two sorted stretches share, eight against eight and the rest one by one."""
    common = 0
    while i + WORDS <= end_i and j + WORDS <= end_j:
        common += count_equal_words(hashes, i, hashes, j)
        last_i, last_j = hashes[i + WORDS - 1], hashes[j + WORDS - 1]
        i += WORDS * (last_i <= last_j)
        j += WORDS * (last_j <= last_i)
    while i < end_i and j < end_j:
        one, other = hashes[i], hashes[j]
        common += one == other
        i += one <= other
        j += other <= one
    return common
