"""The dataset's evidence: sums over its sources and the share that repeats."""

import pytest


def test_nothing_measured_has_shares_of_zero(corpus):
    row = corpus.row_of("dataset")
    assert row["records"] == row["text_bytes"] == row["files"] == row["sources"] == 0
    assert row["exact_duplicate_share"] == row["near_duplicate_share"] == row["largest_source_share"] == 0.0
    assert row["personal_information_records"] == 0


def test_claims_are_kept_beside_the_facts(corpus):
    corpus.dataset = {"dataset_id": "多语", "title": "Ünïcode", "intended_uses": ["model-release"], "release": "yes"}
    row = corpus.row_of("dataset")
    assert (row["dataset_id"], row["title"], row["release"]) == ("多语", "Ünïcode", "yes")
    assert row["intended_uses"] == ["model-release"]
    assert row["intended_uses_state"] == "recorded"
    assert row["languages_state"] == "not-recorded"


def test_shares_are_of_all_text_bytes(corpus):
    for source_id, size in (("a", 600), ("b", 300), ("b", 100)):
        corpus.record(f"{source_id}{size}", source_id, size)
    corpus.source("a")
    corpus.source("b")
    corpus.copy("b300", "b", "exact", 300)
    corpus.copy("b100", "b", "near", 100)
    corpus.copy("a600", "a", "representative", 600)
    row = corpus.row_of("dataset")
    assert (row["sources"], row["records"], row["text_bytes"]) == (2, 3, 1000)
    assert (row["exact_duplicate_records"], row["near_duplicate_records"]) == (1, 1)
    assert row["exact_duplicate_share"] == pytest.approx(0.3)
    assert row["near_duplicate_share"] == pytest.approx(0.1)
    assert row["largest_source_share"] == pytest.approx(0.6)


def test_only_verified_files_count_as_verified(corpus):
    for state in ("verified", "verified", "no-checksum", "missing", "undeclared"):
        corpus.file("a", state, state)
    row = corpus.row_of("dataset")
    assert (row["files"], row["files_verified"]) == (5, 2)


def test_a_record_counts_once_however_much_is_found_in_it(corpus):
    corpus.record("r1", "a", 10)
    corpus.record("r2", "a", 10)
    corpus.span("r1", "a", "EMAIL_ADDRESS", "x")
    corpus.span("r1", "a", "PHONE_NUMBER", "y")
    corpus.span("r2", "a", "SECRET_KEY", "z", kind="secret")
    assert corpus.row_of("dataset")["personal_information_records"] == 1
