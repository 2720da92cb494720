"""The pairs that buckets propose: each once for buckets that are much the same, with the followers of all of them."""

import numpy as np
import pytest

from corpus_audit.dedup.leaders import LEADERS, WHOLE, Members, PairRules, choose_leaders, propose_leaders

WIDTH, ROWS = 16, 4
RULES = PairRules(least_agreement=8, sure_agreement=16, threshold=0.8, band_rows=ROWS)


def members_of(sketches):
    """Return contents 10, 11 and so on, each of 50 shingles and a source of its own."""
    count = len(sketches)
    return Members(
        contents=np.arange(10, 10 + count),
        shingles=np.full(count, 50),
        sides=np.arange(count, dtype=np.int32),
        sketches=sketches,
        words=sketches.view(np.uint64),
        keys=np.ascontiguousarray(sketches.view(np.int32)),
    )


def propose(buckets, runs, members):
    places = np.concatenate([np.asarray(bucket) for bucket in buckets])
    starts = np.cumsum([0, *map(len, buckets)])
    return propose_leaders(starts, np.array(runs), places, members, RULES)


def test_a_pair_of_two_buckets_comes_out_once_with_the_followers_of_both():
    sketches = np.zeros((3, WIDTH), np.uint8)
    sketches[2, :ROWS] = 7  # differs in the first band
    rows = propose([[0, 1], [0, 1, 2]], [0, 2], members_of(sketches))
    found = {(leader, member): (agreement, bands, followers) for member, leader, agreement, _, bands, followers in rows}
    assert found == {(10, 11): (16, 4, 1 + 2), (10, 12): (12, 3, 2), (11, 12): (12, 3, 1)}


def test_runs_know_nothing_of_each_other():
    rows = propose([[0, 1], [0, 1]], [0, 1, 2], members_of(np.zeros((2, WIDTH), np.uint8)))
    assert rows.tolist() == [[11, 10, 16, 0, 4, 1]] * 2


def test_pairs_that_agree_too_little_are_not_proposed_in_any_bucket():
    sketches = np.zeros((2, WIDTH), np.uint8)
    sketches[1, 4:] = 9
    assert propose([[0, 1], [0, 1]], [0, 2], members_of(sketches)).size == 0


def test_a_group_of_thousands_with_all_its_bands_is_weighed_in_proportion_to_its_members():
    chance = np.random.default_rng(5)
    counts = []
    for size in (500, 2000):
        sketches = np.zeros((size, WIDTH), np.uint8)
        sketches[np.arange(size), chance.integers(0, WIDTH, size)] = 1 + chance.integers(0, 200, size)
        everyone = np.arange(size)
        rows = propose([everyone] * 4, [0, 4], members_of(sketches))
        pairs = {tuple(pair) for pair in rows[:, :2].tolist()}
        assert len(pairs) == len(rows)
        counts.append(len(rows) / size)
    assert counts[1] < 1.1 * counts[0] < 25


@pytest.mark.parametrize("seed", range(10))
def test_each_member_of_a_large_bucket_has_the_leaders_that_it_would_choose(seed):
    chance = np.random.default_rng(seed)
    size = 40
    sketches = np.zeros((size, WIDTH), np.uint8)
    sketches[np.arange(size), chance.integers(0, WIDTH, size)] = 1
    members = members_of(sketches)
    alone = [np.sort(chance.choice(size, size - 5, replace=False)) for _ in range(3)]
    rows = propose(alone, [0, 3], members)
    assert np.bincount(rows[:, 0]).max() == LEADERS
    # What is left of a run is chosen of again with nothing lost.
    ordered = rows[np.lexsort((rows[:, 1], rows[:, 0]))]
    assert choose_leaders(ordered).all()


def test_of_small_buckets_every_pair_comes_out():
    everyone = np.arange(WHOLE)
    rows = propose([everyone], [0, 1], members_of(np.zeros((WHOLE, WIDTH), np.uint8)))
    assert len(rows) == WHOLE * (WHOLE - 1) // 2
