"""The comparison of candidates on their texts: exact Jaccard similarity and containment of their shingle sets."""

import mmap
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus_audit.dedup.pairing import Pairs
from corpus_audit.dedup.shingle_file import ShingleFile
from corpus_audit.measure.compiling import compiled, inlined
from corpus_audit.measure.vectors import WORDS, count_equal_words

Integers = NDArray[np.int64]

BLOCK_HASHES = 1 << 26
"""Shingle hashes of which a larger file is let go of again: 512 MiB of them are in memory at most."""
BLOCKS_A_WORKER = 4
"""Blocks at least, so that none waits long for the other's last one."""
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

    pairs: Pairs
    jaccard: NDArray[np.float64]
    containment_a: NDArray[np.float64]
    containment_b: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.pairs)


def no_pairs() -> VerifiedPairs:
    """Return no pairs: what few contents come to, without a function that would have to be compiled for them."""
    none = np.empty(0, np.float64)
    return VerifiedPairs(np.empty((0, 2), np.int64), none, none, none)


def join_pairs(*parts: VerifiedPairs) -> VerifiedPairs:
    """Return the pairs of all parts, ascending."""
    filled = [part for part in parts if len(part)]
    if len(filled) <= 1:
        return filled[0] if filled else parts[0]
    pairs = np.concatenate([part.pairs for part in filled])
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    measures = (
        np.concatenate([getattr(part, name) for part in filled])[order]
        for name in ("jaccard", "containment_a", "containment_b")
    )
    return VerifiedPairs(pairs[order], *measures)


def verify_pairs(candidates: Pairs, stored: ShingleFile, jaccard_threshold: float, workers: int) -> VerifiedPairs:
    """Return the candidates whose texts reach the similarity threshold."""
    counted = count_common(stored, candidates, jaccard_threshold, workers)
    alike = np.flatnonzero(counted)
    pairs, common = candidates[alike], counted[alike].astype(np.int64)
    size_a, size_b = stored.counts[pairs[:, 0]], stored.counts[pairs[:, 1]]
    jaccard = common / (size_a + size_b - common)
    kept = jaccard >= jaccard_threshold
    return VerifiedPairs(pairs[kept], jaccard[kept], (common / size_a)[kept], (common / size_b)[kept])


def count_common(stored: ShingleFile, pairs: Pairs, jaccard_threshold: float, workers: int) -> NDArray[np.int32]:
    """Return how many shingles the two contents of each pair share; 0 for those given up below the threshold.

    There may be ten times as many pairs as records, so what is kept of each is kept small.
    """
    common = np.zeros(len(pairs), np.int32)
    if not len(pairs) or not stored.path.stat().st_size:
        return common
    # The pairs in an order in which those follow each other whose hashes lie in the same two tiles of the file.
    order = np.argsort(_place_keys(stored.starts, pairs))
    with stored.path.open("rb") as file:
        # Left to the garbage collector: it cannot be closed while an array looks into it.
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        hashes = np.frombuffer(mapped, np.uint64)

    def count(rows: slice) -> None:
        _count_each(hashes, stored.starts, stored.counts, pairs, order[rows], jaccard_threshold, common)
        if hashes.size > BLOCK_HASHES:
            mapped.madvise(mmap.MADV_DONTNEED)

    bounds = _block_bounds(stored.counts, pairs, order, BLOCK_HASHES, workers)
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(count, map(slice, bounds[:-1], bounds[1:])))
    return common


def count_common_in(
    hashes: NDArray[np.uint64], starts: Integers, counts: Integers, pairs: Pairs, jaccard_threshold: float
) -> Integers:
    """Return how many hashes each pair of stretches shares, all in memory; 0 for those given up below the threshold."""
    common = np.zeros(len(pairs), np.int32)
    order = np.argsort(_place_keys(starts, pairs))
    _count_each(hashes, starts, counts, pairs, order, jaccard_threshold, common)
    return common.astype(np.int64)


@compiled
def _place_keys(starts: Integers, pairs: Pairs) -> Integers:
    """Return for each pair the tiles that the hashes of its contents begin in, the smaller in the high half."""
    keys = np.empty(pairs.shape[0], np.int64)
    for p in range(pairs.shape[0]):
        one, other = starts[pairs[p, 0]] // TILE_HASHES, starts[pairs[p, 1]] // TILE_HASHES
        keys[p] = min(one, other) << 32 | max(one, other)
    return keys


@compiled
def _block_bounds(counts: Integers, pairs: Pairs, order: Integers, most: int, workers: int) -> Integers:
    """Return where blocks of neighbouring pairs end that have *most* hashes together, or less: some for each worker."""
    total = 0
    for p in order:
        total += counts[pairs[p, 0]] + counts[pairs[p, 1]]
    block = min(most, total // (BLOCKS_A_WORKER * workers) + 1)
    bounds = np.zeros(order.size + 1, np.int64)
    found, hashes = 0, 0
    for place in range(order.size):
        hashes += counts[pairs[order[place], 0]] + counts[pairs[order[place], 1]]
        if hashes >= block or place == order.size - 1:
            found += 1
            bounds[found] = place + 1
            hashes = 0
    return bounds[: found + 1].copy()


@compiled
def _count_each(
    hashes: NDArray[np.uint64],
    starts: Integers,
    counts: Integers,
    pairs: Pairs,
    chosen: Integers,
    threshold: float,
    common: NDArray[np.int32],
) -> None:
    for p in chosen:
        a, b = pairs[p, 0], pairs[p, 1]
        common[p] = intersect(hashes, starts[a], starts[a] + counts[a], starts[b], starts[b] + counts[b], threshold)


@inlined
def intersect(hashes: NDArray[np.uint64], i: int, end_i: int, j: int, end_j: int, threshold: float) -> int:
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
