"""Few contents come to the same without compiled loops as with them."""

import numpy as np
import pytest

from corpus_audit.dedup.few_buckets import all_are_chosen, are_few, may_have_more, propose_in_few
from corpus_audit.dedup.groups import compare_with_the_middle
from corpus_audit.dedup.leaders import LEADERS, WHOLE, Members, PairRules, choose_leaders, propose_leaders

WIDTH, ROWS = 16, 4
RULES = PairRules(least_agreement=8, sure_agreement=16, threshold=0.8, band_rows=ROWS)


@pytest.mark.parametrize("seed", range(40))
def test_few_buckets_propose_what_the_compiled_loops_propose(seed: int) -> None:
    chance = np.random.default_rng(seed)
    count = 12
    sketches = chance.integers(0, 3, (count, WIDTH)).astype(np.uint8)
    alike = chance.random((count, WIDTH)) < 0.7
    sketches = np.ascontiguousarray(np.where(alike, sketches[0], sketches))
    members = Members(
        contents=np.sort(chance.choice(1000, count, replace=False)),
        shingles=chance.integers(40, 60, count),
        sides=chance.integers(0, 3, count).astype(np.int32),
        sketches=sketches,
        words=sketches.view(np.uint64),
        keys=np.ascontiguousarray(sketches.view(np.int32)),
    )
    buckets = [np.sort(chance.choice(count, chance.integers(2, WHOLE + 1), replace=False)) for _ in range(5)]
    starts = np.cumsum([0, *map(len, buckets)])
    asked = (starts, np.array([0, 2, 2, 5]), np.concatenate(buckets), members, RULES)
    assert are_few(starts)
    assert propose_in_few(*asked).tolist() == propose_leaders(*asked).tolist()


def test_large_buckets_and_many_are_left_to_the_compiled_loops() -> None:
    assert are_few(np.array([0, WHOLE, WHOLE + 2]))
    assert not are_few(np.array([0, WHOLE + 1]))
    assert not are_few(np.arange(0, 2000, 2))


@pytest.mark.parametrize("most", [LEADERS - 1, LEADERS, LEADERS + 1])
def test_all_candidates_are_chosen_of_members_with_few(most: int) -> None:
    members = np.repeat([3, 5, 9], [2, most, 1])
    rows = np.column_stack([members, np.arange(len(members)), *np.ones((4, len(members)), np.int64)])
    assert all_are_chosen(members) == choose_leaders(rows).all() == (most <= LEADERS)


@pytest.mark.parametrize("seed", range(40))
def test_where_all_pairs_of_groups_are_there_the_middle_adds_none(seed: int) -> None:
    chance = np.random.default_rng(seed)
    counts = np.full(8, 50)
    starts = np.cumsum(counts) - counts
    hashes = np.concatenate([np.sort(chance.choice(60, 50, replace=False)) for _ in counts]).astype(np.uint64)
    every = [(one, other) for low in (0, 4) for one in range(low, low + 4) for other in range(one + 1, low + 4)]
    pairs = np.array([pair for pair in every if chance.random() < 0.9 or not seed])
    bounds = np.array([0, int((pairs[:, 0] < 4).sum()), len(pairs)])
    more = compare_with_the_middle(bounds, pairs, chance.random(len(pairs)) < 0.8, hashes, starts, counts, 0.5)
    assert may_have_more(bounds, pairs) == (len(pairs) < len(every))
    assert may_have_more(bounds, pairs) or not len(more)


def test_of_many_pairs_nothing_is_said() -> None:
    pairs = np.column_stack([np.arange(0, 10_000, 2), np.arange(1, 10_001, 2)])
    assert not may_have_more(np.arange(1001), pairs[:1000])
    assert may_have_more(np.arange(len(pairs) + 1), pairs)
