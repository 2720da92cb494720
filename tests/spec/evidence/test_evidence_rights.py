"""What licenses say of overlaps, purposes and models."""

import pytest

from corpus_audit.vocabulary import Purpose


@pytest.mark.parametrize(
    ("declared_a", "declared_b", "conflict"),
    [
        ("MIT", "apache-2.0", "none"),
        ("MIT", "cc-by-nc-4.0", "conflicting"),
        ("MIT", "GPL-3.0-only", "conflicting"),
        ("MIT", "BSD", "unresolved"),
        ("not-recorded", "not-recorded", "unresolved"),
    ],
)
def test_an_overlap_compares_the_terms_on_both_sides(corpus, declared_a, declared_b, conflict):
    corpus.source("a", license_declared=declared_a)
    corpus.source("b", license_declared=declared_b)
    corpus.overlap("a", "b", records_a=3, share_b=0.25, example_a="r1")
    row = corpus.row_of("overlaps")
    assert row["terms_conflict"] == conflict
    assert bool(row["conflict_reason"]) == (conflict != "none")
    assert (row["records_a"], row["share_b"], row["example_a"]) == (3, 0.25, "r1")


def test_an_overlap_names_the_licenses_of_its_own_sides(corpus):
    corpus.source("a", license_declared="MIT")
    corpus.source("b", license_declared="cc0-1.0")
    corpus.source("c", license_declared="MIT")
    corpus.overlap("a", "b")
    corpus.overlap("b", "c")
    sides = [(row["license_a"], row["license_b"]) for row in corpus.rows_of("overlaps")]
    assert sides == [("MIT", "CC0-1.0"), ("CC0-1.0", "MIT")]


def test_every_purpose_is_answered_for_every_source(corpus):
    corpus.source("a", license_declared="MIT")
    corpus.source("b", license_declared="CC-BY-NC-ND-4.0")
    rows = corpus.rows_of("purposes")
    assert [(row["source_id"], row["purpose"]) for row in rows] == [(s, p) for s in "ab" for p in sorted(Purpose)]
    answers = {(row["source_id"], row["purpose"]): row for row in rows}
    assert answers["a", "commercial-training"]["permitted"] == "yes"
    assert answers["b", "commercial-training"]["permitted"] == "no"
    assert answers["b", "commercial-training"]["reasons"] == ["commercial use is not granted"]
    assert "credit the licensor" in answers["a", "redistribution-as-is"]["conditions"]


@pytest.mark.parametrize(
    ("uses", "intended"), [([], "not-recorded"), (["model-release"], "yes"), (["internal-training"], "no")]
)
def test_a_purpose_is_intended_when_the_dataset_says_so(corpus, uses, intended):
    corpus.dataset = {"intended_uses": uses}
    corpus.source("a", license_declared="MIT")
    rows = {row["purpose"]: row["intended"] for row in corpus.rows_of("purposes")}
    assert rows["model-release"] == intended


def test_a_model_is_counted_by_the_sources_that_name_it(corpus):
    corpus.source("a", generator_models=["gpt", "llama", "gpt"])
    corpus.source("b", generator_models=["gpt"])
    corpus.model("gpt", license_declared="not-recorded", declared=False)
    corpus.model("llama", license_declared="llama3.1", role="generator")
    corpus.model("unused", license_declared="Dual License")
    gpt, llama, unused = corpus.rows_of("models")
    assert (gpt["sources"], gpt["declared"], gpt["license_state"]) == (2, False, "not-recorded")
    assert (llama["sources"], llama["license_expression"]) == (1, "LicenseRef-llama-3.1-license-2024")
    assert (unused["sources"], unused["license_state"]) == (0, "ambiguous")


def test_outputs_are_answered_for_the_intended_uses(corpus):
    corpus.dataset = {"intended_uses": ["internal-training", "commercial-training"]}
    corpus.model("free", license_declared="apache-2.0")
    corpus.model("limited", license_declared="llama2")
    corpus.model("tuned", license_declared="MIT", built_on=["limited"])
    corpus.model("unknown", declared=False)
    rows = {row["model_id"]: row for row in corpus.rows_of("models")}
    assert {name: row["outputs_permitted"] for name, row in rows.items()} == {
        "free": "yes",
        "limited": "unknown",
        "tuned": "unknown",
        "unknown": "unknown",
    }
    assert rows["tuned"]["lineage"] == ["limited"]
    assert rows["tuned"]["outputs_reasons"] == rows["limited"]["outputs_reasons"] != []
    assert "no-competing-models" in rows["limited"]["use_restrictions"]
    assert rows["limited"]["license_notes"]


def test_outputs_without_an_intended_use_are_not_recorded(corpus):
    corpus.model("free", license_declared="apache-2.0")
    row = corpus.row_of("models")
    assert (row["outputs_permitted"], row["outputs_reasons"]) == ("not-recorded", [])


def test_the_models_behind_a_source_answer_beside_its_own_license(corpus):
    corpus.source("a", license_declared="MIT", generator_models=["limited"], processor_models=["free"])
    corpus.source("b", license_declared="MIT", processor_models=["free"])
    corpus.source("c", license_declared="MIT")
    corpus.model("free", license_declared="apache-2.0")
    corpus.model("limited", license_declared="cc-by-nc-4.0")
    answers = {row["source_id"]: row for row in corpus.rows_of("purposes") if row["purpose"] == "commercial-training"}
    assert {name: row["models_permitted"] for name, row in answers.items()} == {
        "a": "no",
        "b": "yes",
        "c": "not-applicable",
    }
    assert answers["a"]["models_reasons"] == ["commercial use is not granted"]
    assert answers["a"]["permitted"] == "yes"
    assert [row["sources"] for row in corpus.rows_of("models")] == [2, 1]


def test_an_overlap_without_decisive_bytes_is_listed_and_compares_no_terms(corpus):
    corpus.source("a", license_declared="MIT")
    corpus.source("b", license_declared="cc-by-nc-4.0")
    corpus.overlap("a", "b", records_a=3, bytes_a=5000, decisive_bytes_a=0, decisive_bytes_b=0)
    row = corpus.row_of("overlaps")
    assert (row["terms_conflict"], row["conflict_reason"], row["records_a"]) == ("too-short", "", 3)
