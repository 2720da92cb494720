"""Who represents whom, and that no one is a duplicate by hearsay."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus_audit.config import Parameters
from generative.reference_tokenizer import shingle


def words(first: int, last: int) -> str:
    return " ".join(f"w{i}" for i in range(first, last))


def test_the_middle_of_a_chain_represents_both_ends(corpus):
    corpus.add("one", "a", words(0, 100))
    corpus.add("one", "b", words(7, 107))
    corpus.add("one", "c", words(14, 114))
    found = corpus.deduplicate()
    assert {(row["record_a"], row["record_b"]) for row in found.pairs} == {("a:0", "b:0"), ("b:0", "c:0")}
    assert found.clustered == {
        "a:0": ("a:0", "b:0", "near"),
        "b:0": ("a:0", "b:0", "representative"),
        "c:0": ("a:0", "b:0", "near"),
    }


def test_a_longer_chain_is_not_one_cluster(corpus):
    for i in range(6):
        corpus.add("one", f"{i}", words(7 * i, 7 * i + 100))
    found = corpus.deduplicate()
    verified = {(row["record_a"], row["record_b"]): row["jaccard"] for row in found.pairs}
    for row in found.clusters:
        if row["kind"] == "near":
            pair = tuple(sorted((row["record_id"], row["representative_id"])))
            assert row["jaccard"] == verified[pair]
    assert len({row["cluster_id"] for row in found.clusters}) > 1


def test_exact_copies_of_a_near_copy_are_near_copies(corpus):
    corpus.add("one", "a", words(0, 100))
    corpus.add("one", "b", words(0, 99))
    corpus.add("two", "c", words(0, 99))
    assert corpus.deduplicate().clustered == {
        "a:0": ("a:0", "a:0", "representative"),
        "b:0": ("a:0", "a:0", "near"),
        "c:0": ("a:0", "a:0", "near"),
    }


def test_a_record_that_was_alike_only_to_a_copy_stands_alone(corpus):
    corpus.add("one", "a", words(0, 100))
    corpus.add("one", "b", words(1, 101))
    corpus.add("one", "c", words(2, 102))
    corpus.add("one", "d", words(10, 112))
    found = corpus.deduplicate()
    assert any("d:0" in (row["record_a"], row["record_b"]) for row in found.pairs)
    representatives = {row["representative_id"] for row in found.clusters}
    alike = {frozenset((row["record_a"], row["record_b"])) for row in found.pairs}
    assert not any(frozenset((one, other)) in alike for one in representatives for other in representatives)


@pytest.mark.slow
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 12)), min_size=1, max_size=25),
    st.randoms(),
    st.integers(1, 4),
)
def test_shards_and_order_of_rows_change_nothing_and_every_figure_is_true(corpus, windows, random, shards):
    corpus.texts.clear()
    for i, (first, width) in enumerate(windows):
        corpus.add(f"source-{i % 3}", f"{i:02}", words(first, first + 2 * width))
    parameters = Parameters(shingle_size=2, jaccard_threshold=0.6)
    found = corpus.deduplicate(parameters)
    rows = list(corpus.texts.items())
    random.shuffle(rows)
    corpus.texts = dict(rows)
    assert corpus.deduplicate(parameters, shards=shards) == found

    texts = {record: text for (_, record), text in rows}
    sets = {record: set(shingle(text, 2)) for record, text in texts.items()}
    for row in found.pairs:
        one, other = sets[row["record_a"]], sets[row["record_b"]]
        assert row["record_a"] < row["record_b"]
        assert (row["kind"] == "exact") == (texts[row["record_a"]] == texts[row["record_b"]])
        assert row["jaccard"] == len(one & other) / len(one | other) >= 0.6
        assert row["containment_a"] == len(one & other) / len(one)
        assert row["containment_b"] == len(one & other) / len(other)
    for row in found.clusters:
        one, other = sets[row["record_id"]], sets[row["representative_id"]]
        assert row["jaccard"] == len(one & other) / len(one | other) >= 0.6
        assert row["cluster_id"] <= min(row["record_id"], row["representative_id"])
