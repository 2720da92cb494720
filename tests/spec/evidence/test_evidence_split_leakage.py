"""Leakage of training records into validation and test splits."""

import pytest


@pytest.fixture
def divided(corpus):
    """Return a corpus of two sources: one with a training and a test split, one of which no split is recorded."""
    corpus.source("poems")
    corpus.source("web")
    for path, split in (("train", "train"), ("test", "test")):
        corpus.file("poems", path, split=split)
    corpus.file("web", "pages", split=None)
    for number in range(4):
        corpus.record(f"train:{number}", "poems", 10, "train", shingles=6)
        corpus.record(f"test:{number}", "poems", 10, "test", shingles=6)
        corpus.record(f"web:{number}", "web", 10, "pages", shingles=6)
    return corpus


def leakage(corpus):
    return corpus.row_of("split_leakage")


def counts(row):
    return tuple(row[name] for name in ("leaked_records", "exact_records", "near_records", "unassigned_records"))


def test_splits_that_share_nothing_are_clean(divided):
    row = leakage(divided)
    assert (row["source_id"], row["split"], row["records"], row["training_records"]) == ("poems", "test", 4, 4)
    assert counts(row) == (0, 0, 0, 0)
    assert (row["state"], row["leaked_share"], row["examples"]) == ("none-found", 0.0, [])


def test_exact_and_near_copies_of_training_records_are_leaked(divided):
    divided.pair("test:0", "train:0", "exact", jaccard=1.0)
    divided.pair("test:1", "train:1", "near", jaccard=0.9)
    row = leakage(divided)
    assert counts(row) == (2, 1, 1, 0)
    assert (row["state"], row["leaked_share"]) == ("leaked", 0.5)
    assert row["examples"] == ["test:0", "test:1"]
    assert row["training_examples"] == ["train:0", "train:1"]


def test_a_record_counts_once_and_by_its_closest_copy(divided):
    divided.pair("test:0", "train:0", "near", jaccard=0.85)
    divided.pair("test:0", "train:1", "near", jaccard=0.95)
    divided.pair("test:0", "train:2", "exact", jaccard=1.0)
    row = leakage(divided)
    assert counts(row) == (1, 1, 0, 0)
    assert row["training_examples"] == ["train:2"]


def test_all_records_with_the_same_bytes_as_a_leaked_one_are_leaked(divided):
    divided.pair("test:0", "test:1", "exact", jaccard=1.0)
    divided.pair("test:0", "train:1", "near", jaccard=0.9)
    assert counts(leakage(divided)) == (2, 0, 2, 0)


def test_two_copies_of_a_third_are_no_copies_of_each_other(divided):
    divided.pair("test:0", "test:1", "near", jaccard=0.9)
    divided.pair("test:1", "train:0", "near", jaccard=0.9)
    assert counts(leakage(divided)) == (1, 0, 1, 0)


def test_copies_where_no_split_is_recorded_are_counted_apart(divided):
    divided.pair("test:0", "web:0", "exact", jaccard=1.0)
    divided.pair("test:1", "web:1", "near", jaccard=0.9)
    divided.pair("test:1", "train:1", "near", jaccard=0.8)
    row = leakage(divided)
    assert counts(row) == (1, 0, 1, 1)


def test_a_training_split_of_another_source_counts(divided):
    divided.source("more")
    divided.file("more", "rows", split="train_sft")
    divided.record("more:0", "more", 10, "rows", shingles=6)
    divided.pair("more:0", "test:3", "exact", jaccard=1.0)
    row = leakage(divided)
    assert (counts(row), row["training_records"]) == ((1, 1, 0, 0), 5)
    assert row["training_examples"] == ["more:0"]


def test_without_a_training_split_nothing_was_compared(corpus):
    corpus.source("poems")
    corpus.file("poems", "dev", split="dev")
    corpus.record("dev:0", "poems", 10, "dev", shingles=6)
    row = leakage(corpus)
    assert (row["split"], row["training_records"], row["state"]) == ("dev", 0, "not-compared")


def test_a_split_of_which_nothing_was_read_was_not_compared(divided):
    divided.file("web", "more", split="validation")
    rows = {row["split"]: row for row in divided.rows_of("split_leakage")}
    assert (rows["validation"]["records"], rows["validation"]["state"]) == (0, "not-compared")


def test_texts_without_a_token_are_compared_with_nothing(corpus):
    corpus.source("poems")
    for split in ("train", "test"):
        corpus.file("poems", split, split=split)
        corpus.record(f"{split}:0", "poems", 10, split, shingles=0)
    row = leakage(corpus)
    assert (row["empty_records"], row["state"]) == (1, "not-compared")


def test_splits_of_other_names_are_not_judged(corpus):
    corpus.source("poems")
    corpus.file("poems", "rows", split="unsupervised")
    corpus.record("rows:0", "poems", 10, "rows")
    assert corpus.rows_of("split_leakage") == []


@pytest.mark.parametrize(("texts", "uncompared"), [(9, 0), (10, 1)])
def test_a_record_of_a_large_group_was_not_compared_with_all_of_it(divided, texts, uncompared):
    """Each resembles the same page, and whether the test record resembles the training record was not asked."""
    members = ["test:0", "train:0", *(f"web:{number}" for number in range(4, texts + 2))][: texts - 1]
    for record_id in ("web:0", *members):
        if record_id not in ("test:0", "train:0", "web:0"):
            divided.record(record_id, "web", 10, "pages", shingles=6)
        divided.copy(record_id, "web", "near", 10, cluster_id="web:0")
    for record_id in members:
        divided.pair("web:0", record_id, "near", jaccard=0.85)
    row = leakage(divided)
    assert (row["leaked_records"], row["uncompared_records"]) == (0, uncompared)
    assert row["state"] == ("not-compared" if uncompared else "none-found")


def test_a_record_with_a_training_copy_was_compared_well_enough(divided):
    members = ["test:0", "train:0", "train:1", *(f"web:{number}" for number in range(4, 12))]
    for record_id in ("web:0", *members):
        if record_id.startswith("web:") and record_id != "web:0":
            divided.record(record_id, "web", 10, "pages", shingles=6)
        divided.copy(record_id, "web", "near", 10, cluster_id="web:0")
    for record_id in members:
        divided.pair("web:0", record_id, "near", jaccard=0.85)
    divided.pair("test:0", "train:1", "near", jaccard=0.9)
    row = leakage(divided)
    assert (row["leaked_records"], row["uncompared_records"], row["state"]) == (1, 0, "leaked")
