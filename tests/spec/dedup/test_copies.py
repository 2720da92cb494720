"""Which pairs are reported, and with which measures."""

import pytest

from corpus_audit.config import Parameters
from corpus_audit.errors import ParametersMismatchError
from generative.reference_tokenizer import shingle


def words(first: int, last: int) -> str:
    return " ".join(f"w{i}" for i in range(first, last))


def jaccard(one: str, other: str) -> float:
    a, b = set(shingle(one, 5)), set(shingle(other, 5))
    return len(a & b) / len(a | b)


def test_equal_bytes_are_an_exact_pair_with_the_first_of_them(corpus):
    for name in ("c", "a", "b"):
        corpus.add("one", name, words(0, 50))
    found = corpus.deduplicate()
    assert [(row["record_a"], row["record_b"]) for row in found.pairs] == [("a:0", "b:0"), ("a:0", "c:0")]
    assert {(row["kind"], row["jaccard"], row["bands_shared"]) for row in found.pairs} == {("exact", 1.0, None)}
    assert corpus.reads == 0, "bytes that are equal need no second look"


def test_a_near_pair_carries_its_exact_measures(corpus):
    longer, shorter = words(0, 200), words(0, 180)
    corpus.add("one", "a", longer)
    corpus.add("two", "b", shorter)
    (pair,) = corpus.deduplicate().pairs
    assert (pair["record_a"], pair["record_b"]) == ("a:0", "b:0")
    assert (pair["source_a"], pair["source_b"]) == ("one", "two")
    assert pair["kind"] == "near"
    assert pair["jaccard"] == jaccard(longer, shorter) == 176 / 196
    assert (pair["containment_a"], pair["containment_b"]) == (176 / 196, 1.0)
    assert 1 <= pair["bands_shared"] <= 21


def test_a_difference_of_case_space_and_punctuation_is_a_near_copy(corpus):
    corpus.add("one", "a", words(0, 50))
    corpus.add("one", "b", words(0, 50).upper().replace(" ", ",\n"))
    (pair,) = corpus.deduplicate().pairs
    assert (pair["kind"], pair["jaccard"]) == ("near", 1.0)


def test_a_pair_at_the_threshold_is_reported_and_one_below_is_not(corpus):
    parameters = Parameters(shingle_size=1, jaccard_threshold=0.8)
    corpus.add("one", "a", words(0, 100))
    corpus.add("one", "b", words(0, 80))
    corpus.add("one", "c", words(0, 79))
    found = corpus.deduplicate(parameters)
    assert [(row["record_a"], row["record_b"], row["jaccard"]) for row in found.pairs] == [
        ("a:0", "b:0", 0.8),
        ("b:0", "c:0", 79 / 80),
    ]


def test_records_without_tokens_are_copies_of_nothing(corpus):
    for name in ("a", "b"):
        corpus.add("one", name, "")
        corpus.add("one", f"{name}-marks", "-- ++ \n")
    found = corpus.deduplicate()
    assert (found.pairs, found.clusters, found.overlaps) == ([], [], [])


def test_short_records_match_only_whole(corpus):
    corpus.add("one", "a", "Yes, indeed.")
    corpus.add("one", "b", "yes indeed")
    corpus.add("one", "c", "yes indeed not")
    assert [(row["record_a"], row["record_b"]) for row in corpus.deduplicate().pairs] == [("a:0", "b:0")]


def test_a_text_that_changed_since_it_was_measured_matches_nothing(corpus):
    corpus.add("one", "a", words(0, 200))
    corpus.add("one", "b", words(0, 199))
    assert corpus.deduplicate(changed={"b:0": words(0, 150)}).pairs == []


def test_no_records_have_no_copies(corpus):
    found = corpus.deduplicate(shards=0)
    assert (found.pairs, found.clusters, found.overlaps, found.candidates) == ([], [], [], 0)


def test_signatures_of_other_settings_are_refused(corpus):
    corpus.add("one", "a", words(0, 50))
    with pytest.raises(ParametersMismatchError, match="shingle_size 3 instead of 5"):
        corpus.deduplicate(measured_with=Parameters(shingle_size=3))


def test_a_bucket_of_many_costs_linear_work(corpus):
    count = 3000
    for i in range(count):
        corpus.add(f"source-{i % 3}", f"{i:05}", words(0, 300) + f" number {i}")
    found = corpus.deduplicate(shards=3)
    assert found.candidates < 8 * count
    assert {row["cluster_id"] for row in found.clusters} == {"00000:0"}
    assert len(found.clusters) == count
    assert [(row["source_a"], row["source_b"], row["records_a"]) for row in found.overlaps] == [
        ("source-0", "source-1", 1000),
        ("source-0", "source-2", 1000),
        ("source-1", "source-2", 1000),
    ]
