"""The sorts of compiled loops order as numpy's do."""

import numpy as np
import pytest

from corpus_audit.dedup.ordering import order_by, sort_ascending


@pytest.mark.parametrize(("count", "largest"), [(0, 0), (1, 0), (2, 1), (7, 3), (500, 16), (3000, 5000)])
def test_sorts_agree_with_stable_sorts_of_numpy(count: int, largest: int) -> None:
    keys = np.random.default_rng(5).integers(0, largest + 1, count)
    assert order_by(keys, largest).tolist() == np.argsort(keys, kind="stable").tolist()
    ascending = keys.copy()
    sort_ascending(ascending)
    assert ascending.tolist() == sorted(keys.tolist())


@pytest.mark.parametrize("numbers", [np.arange(1000), np.arange(1000)[::-1].copy(), np.arange(1000) % 7])
def test_what_is_in_order_already_is_sorted_too(numbers: np.ndarray) -> None:
    expected = sorted(numbers.tolist())
    sort_ascending(numbers)
    assert numbers.tolist() == expected
