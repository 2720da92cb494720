"""The compiled loop over groups of candidates: more comparisons, where what was verified shows who is in the middle.

A content's leaders were chosen by signatures. In each group the contents with most verified copies are compared with
those that have no copy among them yet, at most LEADERS times, so that one group becomes one cluster where it can.
"""

import numpy as np
from numpy.typing import NDArray

from corpus_audit.dedup.leaders import LEADERS
from corpus_audit.dedup.ordering import order_by, sort_ascending
from corpus_audit.dedup.verify import intersect
from corpus_audit.measure.compiling import called, compiled

Integers = NDArray[np.int64]


@compiled
def compare_with_the_middle(
    bounds: Integers,
    pairs: Integers,
    is_verified: NDArray[np.bool_],
    hashes: NDArray[np.uint64],
    starts: Integers,
    counts: Integers,
    threshold: float,
) -> Integers:
    """Return a row for each further pair at the threshold: the two contents, and the shingles that they share.

    Group i is the pairs from ``bounds[i]`` to ``bounds[i + 1]``. Contents are numbered in their order, and so are
    *starts* and *counts*, which say where each one's *hashes* are.
    """
    found, count = np.empty((1024, 3), np.int64), np.int64(0)  # not 0, which numba compiles for on its own
    degrees, compared = np.zeros(counts.size, np.int64), np.full(counts.size, -1, np.int64)
    for group in range(bounds.size - 1):
        rows = np.arange(bounds[group], bounds[group + 1])
        waiting = _by_degree(rows, pairs, is_verified, degrees)
        for _ in range(LEADERS):
            if waiting.size < 2:
                break
            _mark_compared(waiting[0], rows, pairs, is_verified, compared)
            if count + waiting.size > found.shape[0]:
                found = np.concatenate((found, np.empty((waiting.size + count, 3), np.int64)))
            waiting, count = _compare_waiting(waiting, compared, hashes, starts, counts, threshold, found, count)
        for row in rows:
            for side in range(2):
                degrees[pairs[row, side]] = 0
                compared[pairs[row, side]] = -1
    return found[:count]


@called
def _compare_waiting(
    waiting: Integers,
    compared: Integers,
    hashes: NDArray[np.uint64],
    starts: Integers,
    counts: Integers,
    threshold: float,
    found: Integers,
    count: np.int64,
) -> tuple[Integers, np.int64]:
    """Compare the first of those that wait with the others; return the others that are no copies of it."""
    leader, left = waiting[0], 0
    for other in waiting[1:]:
        if compared[other] == 2 * leader + 1:
            continue
        common = 0
        if compared[other] != 2 * leader:
            common = _common(leader, other, hashes, starts, counts, threshold)
        if common:
            found[count, 0], found[count, 1], found[count, 2] = min(leader, other), max(leader, other), common
            count += 1
        else:
            waiting[left] = other
            left += 1
    return waiting[:left], count


@called
def _by_degree(rows: Integers, pairs: Integers, is_verified: NDArray[np.bool_], degrees: Integers) -> Integers:
    """Return the contents of a group that have a verified copy in it, those with most of them first."""
    members, size = np.empty(2 * rows.size, np.int64), 0
    for row in rows:
        if is_verified[row]:
            for side in range(2):
                content = pairs[row, side]
                if degrees[content] == 0:
                    members[size] = content
                    size += 1
                degrees[content] += 1
    members = members[:size]
    sort_ascending(members)
    ordered: Integers = members[order_by(rows.size - degrees[members], rows.size)]
    return ordered


@called
def _mark_compared(
    leader: int, rows: Integers, pairs: Integers, is_verified: NDArray[np.bool_], compared: Integers
) -> None:
    """Mark those that were compared with a leader, with an odd number where they are copies."""
    for row in rows:
        for side in range(2):
            if pairs[row, side] == leader:
                compared[pairs[row, 1 - side]] = 2 * leader + is_verified[row]


@called
def _common(
    one: int, other: int, hashes: NDArray[np.uint64], starts: Integers, counts: Integers, threshold: float
) -> int:
    """Return how many shingles two contents share; 0 below the threshold."""
    smaller, larger = min(counts[one], counts[other]), max(counts[one], counts[other])
    if smaller / larger < threshold:
        return 0
    common = intersect(
        hashes, starts[one], starts[one] + counts[one], starts[other], starts[other] + counts[other], threshold
    )
    return common if common / (counts[one] + counts[other] - common) >= threshold else 0
