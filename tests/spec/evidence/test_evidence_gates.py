"""Gates: how much was looked at, and whether enough of it is clean."""

import pytest

from corpus_audit.config import Parameters


def gate(corpus, name, source_id="(dataset)"):
    return next(row for row in corpus.rows_of("gates") if (row["gate"], row["source_id"]) == (name, source_id))


@pytest.fixture
def searched(corpus):
    """Return a corpus of a hundred records in each of two sources, the keyword list applied to them all."""
    corpus.keyword_lists = ["bad"]
    for source_id in "ab":
        corpus.source(source_id)
        for number in range(100):
            corpus.record(f"{source_id}{number}", source_id, 10, entropy_bits=1.0, sample_position=number / 100)
    return corpus


@pytest.mark.parametrize(
    ("hits", "source", "whole"), [(4, "holds", "holds"), (5, "holds", "fails"), (6, "fails", "fails")]
)
def test_a_source_may_hold_more_than_the_corpus(searched, hits, source, whole):
    for number in range(hits):
        searched.keyword_hit(f"a{number}", "a", "bad")
        searched.keyword_hit(f"a{number}", "a", "worse")
    assert gate(searched, "source", "a")["state"] == source
    assert gate(searched, "source", "b")["state"] == "holds"
    assert gate(searched, "keyword")["state"] == whole
    assert gate(searched, "keyword")["records_rejected"] == hits
    of_bad, of_worse = searched.rows_of("keywords")
    assert (of_bad["records"], of_bad["record_share"], of_worse["keyword_list"]) == (hits, hits / 100, "worse")


@pytest.mark.parametrize(("share", "state"), [(0.1, "holds"), (0.05, "too-few")])
def test_a_gate_needs_a_tenth_of_the_records(searched, share, state):
    searched.parameters = Parameters(keyword_share=share)
    row = gate(searched, "keyword")
    assert (row["records"], row["records_needed"], row["records_checked"]) == (200, 20, round(200 * share))
    assert row["state"] == state


def test_without_a_list_nothing_is_known(searched):
    searched.keyword_lists = []
    assert {row["state"] for row in searched.rows_of("gates")} == {"not-recorded"}
    assert gate(searched, "source", "a")["clean_share"] is None


def test_what_people_have_to_read_is_told_and_what_they_found_is_not(searched):
    row = gate(searched, "manual")
    assert (row["records_needed"], row["records_checked"], row["state"]) == (200, 0, "not-recorded")
