"""The compiled loops over buckets: the pairs of members to verify. A pair may occur once per band."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import compiled, inlined

Integers = NDArray[np.int64]
PackedPairs = NDArray[np.uint64]
Pairs = NDArray[np.int32]
"""Rows of two contents, of which one machine has fewer than two billion: there are many more pairs than contents."""

LEADERS = 16
"""Members of a larger bucket that the others are compared with, once for sources and once for clusters."""


class CandidateFeatures(NamedTuple):
    """What is known of each content without its text: some bytes of its signature, its shingles, its first source."""

    sketches: NDArray[np.uint8]
    shingles: Integers
    sources: NDArray[np.int32]


class PairRules(NamedTuple):
    """What two contents must show to be proposed: numbers of equal bytes in their sketches, and sizes.

    Buckets of up to *largest_whole* members have all their pairs compared, larger ones go leader by leader.
    """

    largest_whole: int
    least_agreement: int
    sure_agreement: int
    threshold: float


@compiled
def propose_pairs(starts: Integers, members: Integers, looks: CandidateFeatures, rules: PairRules) -> PackedPairs:
    """Return the plausible pairs of some buckets as codes.

    Bucket i is ``members[starts[i]:starts[i + 1]]``, ascending.
    """
    codes, count = np.empty(1024, np.uint64), 0
    for bucket in range(starts.size - 1):
        group = members[starts[bucket] : starts[bucket + 1]]
        if group.size <= rules.largest_whole:
            for i in range(group.size - 1):
                codes, count = _propose(group[i], group[i + 1 :], looks, rules, codes, count)
        else:
            for leader in _first_of_sources(group, looks):
                codes, count = _propose(leader, group, looks, rules, codes, count)
            codes, count = _propose_by_leaders(group, looks, rules, codes, count)
    return codes[:count]


def decode_pairs(codes: PackedPairs, pairs: Pairs) -> None:
    """Write pairs as rows of two numbers, without an array in between: there may be tens of millions."""
    np.right_shift(codes, np.uint64(32), out=pairs[:, 0], casting="unsafe")
    np.bitwise_and(codes, np.uint64(0xFFFFFFFF), out=pairs[:, 1], casting="unsafe")


@compiled
def _propose(
    one: int, others: Integers, looks: CandidateFeatures, rules: PairRules, codes: PackedPairs, count: int
) -> tuple[PackedPairs, int]:
    """Append the plausible pairs of one content with others."""
    if count + others.size > codes.size:
        codes = _enlarged(codes, count, count + others.size)
    sketches, shingles = looks.sketches, looks.shingles
    for other in others:
        smaller, larger = min(shingles[one], shingles[other]), max(shingles[one], shingles[other])
        # The smaller set cannot be more of the larger than this.
        if one == other or smaller / larger < rules.threshold:
            continue
        if _agreement(sketches[one], sketches[other]) >= rules.least_agreement:
            codes[count] = (np.uint64(min(one, other)) << np.uint64(32)) | np.uint64(max(one, other))
            count += 1
    return codes, count


@compiled
def keep_plausible(
    ones: Integers,
    others: Integers,
    mine: CandidateFeatures,
    theirs: CandidateFeatures,
    least_agreement: int,
    threshold: float,
) -> PackedPairs:
    """Return those pairs of contents of two audits that are plausible, as codes."""
    codes, count = np.empty(ones.size, np.uint64), 0
    for i in range(ones.size):
        one, other = ones[i], others[i]
        smaller = min(mine.shingles[one], theirs.shingles[other])
        larger = max(mine.shingles[one], theirs.shingles[other])
        if smaller / larger < threshold:
            continue
        if _agreement(mine.sketches[one], theirs.sketches[other]) >= least_agreement:
            codes[count] = (np.uint64(one) << np.uint64(32)) | np.uint64(other)
            count += 1
    return codes[:count]


@compiled
def _first_of_sources(group: Integers, looks: CandidateFeatures) -> Integers:
    """Return the first member of each of LEADERS sources: comparing with them finds which sources share copies."""
    firsts = np.empty(LEADERS, np.int64)
    found = 0
    for member in group:
        is_new = True
        for first in firsts[:found]:
            is_new = is_new and looks.sources[first] != looks.sources[member]
        if is_new and found < LEADERS:
            firsts[found] = member
            found += 1
    return firsts[:found]


@compiled
def _propose_by_leaders(
    group: Integers, looks: CandidateFeatures, rules: PairRules, codes: PackedPairs, count: int
) -> tuple[PackedPairs, int]:
    """Compare all members with a leader, then those without a sure match with a leader among them, LEADERS times."""
    waiting = group.copy()
    for _ in range(LEADERS):
        if waiting.size < 2:
            break
        leader, others = waiting[0], waiting[1:]
        codes, count = _propose(leader, others, looks, rules, codes, count)
        left = 0
        for other in others:
            if _agreement(looks.sketches[leader], looks.sketches[other]) < rules.sure_agreement:
                waiting[left] = other
                left += 1
        waiting = waiting[:left]
    return codes, count


@inlined
def _agreement(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> int:
    """Return how many bytes of two sketches are equal."""
    equal = 0
    for k in range(one.size):
        equal += one[k] == other[k]
    return equal


@compiled
def _enlarged(codes: PackedPairs, count: int, needed: int) -> PackedPairs:
    larger = np.empty(2 * needed, np.uint64)
    for i in range(count):
        larger[i] = codes[i]
    return larger
