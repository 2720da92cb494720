"""Values that are there more than once: found exactly, and by a filter that misses none."""

import numpy as np
import pytest

from corpus_audit.dedup import repeats
from corpus_audit.dedup.repeats import RepeatFilter, is_repeated

VALUES = 20_000


@pytest.fixture
def values():
    """Return random numbers, one in ten of which is there twice or three times."""
    chance = np.random.default_rng(3)
    drawn = chance.integers(-(2**63), 2**63 - 1, VALUES)
    drawn[:1000] = drawn[1000:2000]
    drawn[:100] = drawn[2000:2100] = drawn[1000:1100]
    return chance.permutation(drawn)


def expected(values):
    found, counts = np.unique(values, return_counts=True)
    return np.isin(values, found[counts > 1])


def test_repeated_values_are_found_exactly(values):
    assert is_repeated(values).tolist() == expected(values).tolist()
    assert is_repeated(values[:0]).tolist() == []


@pytest.mark.parametrize("bits", [28, 6])
def test_a_filter_misses_no_repeated_value_however_small_it_is(values, monkeypatch, bits):
    monkeypatch.setattr(repeats, "_MOST_BITS", bits)
    known = RepeatFilter(values.size)
    for first in range(0, values.size, 3000):
        known.add(values[first : first + 3000])
    assert known.may_repeat(values)[expected(values)].all()


def test_a_filter_keeps_back_most_values_that_are_there_once(values):
    known = RepeatFilter(values.size)
    known.add(values)
    passed = known.may_repeat(values) & ~expected(values)
    assert passed.sum() < VALUES / 8
