"""The thresholds of the European form, at their edges."""

import pytest

from corpus_audit.export.size_bins import BINS, large_shares, top_count, top_domains
from corpus_audit.vocabulary import Modality


@pytest.mark.parametrize(
    ("modality", "size", "label"),
    [
        (Modality.TEXT, 10**9 - 1, "Less than 1 billion tokens"),
        (Modality.TEXT, 10**9, "1 billion to 10 trillion tokens"),
        (Modality.TEXT, 10**13, "1 billion to 10 trillion tokens"),
        (Modality.TEXT, 10**13 + 1, "More than 10 trillion tokens"),
        (Modality.IMAGE, 999_999, "Less than 1 million images"),
        (Modality.IMAGE, 10**9 + 1, "More than 1 billion images"),
        (Modality.AUDIO, 10_000, "10,000 to 1 million hours"),
    ],
)
def test_a_size_falls_into_its_range(modality, size, label):
    assert BINS[modality].label(size) == label


def test_a_dataset_is_large_above_three_percent_and_not_at_it():
    assert large_shares({"at": 3, "above": 4, "rest": 93}) == {"rest": 0.93, "above": 0.04}
    assert large_shares({"b": 50, "a": 50}) == {"a": 0.5, "b": 0.5}
    assert large_shares({"nothing": 0}) == {}


@pytest.mark.parametrize(
    ("domains", "is_small", "count"),
    [(0, False, 0), (1, False, 1), (11, False, 2), (100, False, 10), (100, True, 5), (30_000, True, 1_000)],
)
def test_so_many_domains_are_named(domains, is_small, count):
    assert top_count(domains, is_small_enterprise=is_small) == count


def test_the_largest_domains_come_first_by_name_where_equal():
    assert top_domains({"b": 1, "a": 1, "c": 9}, 2) == [("c", 9), ("a", 1)]
