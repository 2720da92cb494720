"""The compiled loops over buckets: which two members are worth verifying, each pair once over all bands."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import compiled, inlined
from corpus_audit.measure.shingles import enlarge_table, find_slot

Integers = NDArray[np.int64]
Codes = NDArray[np.uint64]

ALL_PAIRS = 128
"""The largest bucket whose members are all compared with one another."""
LEADERS = 16
"""Members of a larger bucket that the others are compared with, once for sources and once for clusters."""

# An odd factor and its inverse modulo 2**64: neighbouring pairs are spread over the table, and can be read back.
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_GATHER = np.uint64(pow(0x9E3779B97F4A7C15, -1, 1 << 64))


class PairRules(NamedTuple):
    """What two contents must show to be proposed: numbers of equal bytes in their sketches, and sizes."""

    least_agreement: int
    sure_agreement: int
    threshold: float


@compiled
def propose_pairs(
    starts: Integers,
    members: Integers,
    sketches: NDArray[np.uint8],
    shingles: Integers,
    sources: NDArray[np.int32],
    rules: PairRules,
    pairs: Codes,
    count: int,
) -> tuple[Codes, int]:
    """Add the plausible pairs of whole buckets to the set *pairs*; return the set and how many it holds.

    Bucket i is ``members[starts[i]:starts[i + 1]]``, ascending. The set is a table of slots as in ``shingles.py``.
    """
    for bucket in range(starts.size - 1):
        group = members[starts[bucket] : starts[bucket + 1]]
        if group.size <= ALL_PAIRS:
            for i in range(group.size):
                for j in range(i + 1, group.size):
                    if _agreement(group[i], group[j], sketches, shingles, rules) >= rules.least_agreement:
                        pairs, count = _add(pairs, count, group[i], group[j])
        else:
            pairs, count = _propose_by_sources(group, sketches, shingles, sources, rules, pairs, count)
            pairs, count = _propose_by_leaders(group, sketches, shingles, rules, pairs, count)
    return pairs, count


@compiled
def _propose_by_sources(
    group: Integers,
    sketches: NDArray[np.uint8],
    shingles: Integers,
    sources: NDArray[np.int32],
    rules: PairRules,
    pairs: Codes,
    count: int,
) -> tuple[Codes, int]:
    """Compare all members with the first of each of LEADERS sources: this finds which sources share copies."""
    seen = np.empty(LEADERS, np.int32)
    found = 0
    for first in group:
        if found == LEADERS:
            break
        if (seen[:found] == sources[first]).any():
            continue
        seen[found] = sources[first]
        found += 1
        for member in group:
            if _agreement(first, member, sketches, shingles, rules) >= rules.least_agreement:
                pairs, count = _add(pairs, count, first, member)
    return pairs, count


@compiled
def _propose_by_leaders(
    group: Integers,
    sketches: NDArray[np.uint8],
    shingles: Integers,
    rules: PairRules,
    pairs: Codes,
    count: int,
) -> tuple[Codes, int]:
    """Compare all members with a leader, then those without a sure match with a leader among them, LEADERS times."""
    waiting = group.copy()
    for _ in range(LEADERS):
        if waiting.size < 2:
            break
        leader = waiting[0]
        left = 0
        for member in waiting[1:]:
            agreement = _agreement(leader, member, sketches, shingles, rules)
            if agreement >= rules.least_agreement:
                pairs, count = _add(pairs, count, leader, member)
            if agreement < rules.sure_agreement:
                waiting[left] = member
                left += 1
        waiting = waiting[:left]
    return pairs, count


@inlined
def _agreement(one: int, other: int, sketches: NDArray[np.uint8], shingles: Integers, rules: PairRules) -> int:
    """Return how many bytes of two sketches are equal; -1 when the sizes alone rule the threshold out."""
    smaller, larger = min(shingles[one], shingles[other]), max(shingles[one], shingles[other])
    equal = -1
    # One way out only: numba counts references to the arrays where a function may return early.
    if one != other and smaller / larger >= rules.threshold:
        equal = 0
        for k in range(sketches.shape[1]):
            equal += sketches[one, k] == sketches[other, k]
    return equal


@inlined
def _add(pairs: Codes, count: int, one: int, other: int) -> tuple[Codes, int]:
    """Add a pair to the set, as one number of 32 bits each."""
    if 2 * (count + 1) > pairs.size:
        pairs = enlarge_table(pairs, 0, count + 1)
    value = ((np.uint64(min(one, other)) << np.uint64(32)) | np.uint64(max(one, other))) * _SPREAD
    slot = find_slot(pairs, value, 0)
    count += pairs[slot] == 0
    pairs[slot] = value
    return pairs, count


def take_pairs(pairs: Codes) -> Integers:
    """Return a set's pairs as rows of two numbers, in ascending order."""
    codes = np.sort(pairs[pairs != 0] * _GATHER)
    return np.stack([codes >> np.uint64(32), codes & np.uint64(0xFFFFFFFF)], axis=1).astype(np.int64)
