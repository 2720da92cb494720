"""The table of what is no personal number."""

from importlib import import_module

import pytest

from corpus_audit.measure.detection.negatives import NEGATIVES

NEAR = [negative for negative in NEGATIVES if negative.before is not None and negative.reach < 64]


@pytest.mark.parametrize("negative", NEAR, ids=[negative.name for negative in NEAR])
def test_what_stands_near_a_value_is_looked_for_as_far_as_it_may_reach(negative):
    _, most = import_module("re._parser").parse(negative.before.pattern).getwidth()
    assert most <= negative.reach


def test_some_are_looked_for_near_a_value_only():
    assert len(NEAR) > 3
