"""What leaders.py and groups.py say of few contents, without compiled loops: those take seconds to compile."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from corpus_audit.dedup.leaders import COLUMNS, LEADERS, WHOLE, Members, PairRules

Integers = NDArray[np.int64]
_Row = list[int]

_FEW_PLACES = 1024
"""Members of buckets: going through so many here takes a fifth of a second, compiling six."""
_FEW_PAIRS = 1024
"""Pairs in groups: the same."""


def are_few(starts: Integers) -> bool:
    """Return whether there are few buckets, all of whose pairs are compared; *starts* says where each begins."""
    return int(starts[-1]) <= _FEW_PLACES and int(np.diff(starts).max(initial=0)) <= WHOLE


def propose_in_few(starts: Integers, runs: Integers, places: Integers, members: Members, rules: PairRules) -> Integers:
    """Return what ``propose_leaders`` returns of the same few buckets."""
    rows: list[_Row] = []
    for first, last in pairwise(runs):
        found: dict[tuple[int, int], _Row | None] = {}
        for bucket in range(first, last):
            ordered = _most_central_first(places[starts[bucket] : starts[bucket + 1]], members)
            for place, leader in enumerate(ordered):
                plausible = list(_plausible(leader, ordered[place + 1 :], members, rules, found))
                for row in plausible:
                    row[-1] += len(plausible)
        rows += filter(None, found.values())
    return np.array(rows, np.int64).reshape(-1, COLUMNS)


def all_are_chosen(members: Integers) -> bool:
    """Return whether no member has more candidates than ``choose_leaders`` keeps; *members* ascend."""
    return not np.any(members[LEADERS:] == members[:-LEADERS])


def may_have_more(bounds: Integers, pairs: Integers) -> bool:
    """Return whether ``compare_with_the_middle`` might compare contents of any group that are no pair of it already.

    Group i is the pairs from ``bounds[i]`` to ``bounds[i + 1]``. Of many pairs nothing is said but that it might.
    """
    if len(pairs) > _FEW_PAIRS:
        return True
    groups = (np.unique(pairs[low:high], axis=0) for low, high in pairwise(bounds))
    return any(2 * len(once) < (count := len(np.unique(once))) * (count - 1) for once in groups)


def _plausible(
    leader: int, others: list[int], members: Members, rules: PairRules, found: dict[tuple[int, int], _Row | None]
) -> Iterator[_Row]:
    for other in others:
        if (leader, other) not in found:
            found[leader, other] = _row(leader, other, members, rules)
        row = found[leader, other]
        if row is not None:
            yield row


def _row(leader: int, other: int, members: Members, rules: PairRules) -> _Row | None:
    """Return the row of a pair without followers; None if it is not plausible."""
    sizes = members.shingles[[leader, other]]
    if sizes.min() / sizes.max() < rules.threshold:
        return None
    is_equal = members.sketches[leader] == members.sketches[other]
    agreement = int(is_equal.sum())
    if agreement < rules.least_agreement:
        return None
    bands = members.keys.shape[1]
    is_same = is_equal[: bands * rules.band_rows].reshape(bands, rules.band_rows).all(axis=1)
    shared = int((is_same & (members.keys[leader] == members.keys[other])).sum())
    return [
        int(members.contents[other]),
        int(members.contents[leader]),
        agreement,
        int(members.sides[leader]),
        shared,
        0,
    ]


def _most_central_first(group: Integers, members: Members) -> list[int]:
    """Return a bucket's members by how many bytes of their sketches are what most members have there."""
    sketches = members.sketches[group]
    usual, votes = np.zeros(sketches.shape[1], np.uint8), np.zeros(sketches.shape[1], np.int64)
    for sketch in sketches:
        is_usual, is_open = sketch == usual, votes == 0
        votes += np.where(is_usual | is_open, 1, -1)
        usual = np.where(~is_usual & is_open, sketch, usual)
    order = np.argsort((sketches != usual).sum(axis=1), kind="stable")
    ordered: list[int] = group[order].tolist()
    return ordered
