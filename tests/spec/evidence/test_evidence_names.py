"""Names in the sample, beside what is declared; and which checks were made at all."""

import pytest


@pytest.mark.parametrize(
    ("answer", "types", "declared", "state"),
    [
        ("yes", ["PERSON"], "yes", "declared"),
        ("yes", [], "yes", "declared"),
        ("yes", ["EMAIL_ADDRESS"], "yes", "undeclared"),
        ("no", [], "no", "undeclared"),
        ("not-recorded", [], "not-recorded", "not-recorded"),
    ],
)
def test_names_beside_what_is_declared(corpus, answer, types, declared, state):
    corpus.source("a", personal_information=answer, personal_information_types=types)
    corpus.name_sample("r1", "a")
    corpus.name("r1", "a")
    row = corpus.row_of("names")
    assert (row["declared"], row["state"]) == (declared, state)


def test_names_are_counted_by_the_way_they_were_found(corpus):
    corpus.source("a")
    for number in range(4):
        corpus.name_sample(f"r{number}", "a")
    corpus.name_sample("r9", "a", "surname-and-title")
    for record_id, value, score in (("r0", "x", 0.9), ("r0", "y", 0.8), ("r1", "x", 0.7)):
        corpus.name(record_id, "a", value=value, score=score)
    corpus.name("r9", "a", "surname-and-title", score=0.6)
    model, rules = corpus.rows_of("names")
    assert (model["records_sampled"], model["records"], model["spans"], model["distinct_values"]) == (4, 2, 3, 2)
    assert (model["record_share"], model["mean_score"]) == (0.5, 0.8)
    assert (rules["method"], rules["record_share"], rules["mean_score"]) == ("surname-and-title", 1, 0.6)


def checks(corpus):
    return {row["check_id"]: row for row in corpus.rows_of("checks")}


def test_a_check_that_was_not_made_says_why(corpus):
    corpus.source("a")
    corpus.record("r1", "a", 10, entropy_bits=1.0)
    corpus.name_check("presidio", state="not-run", reason="not-installed")
    corpus.name_check("surname-and-title")
    found = checks(corpus)
    reasons = {name: row["reason"] for name, row in found.items() if row["state"] == "not-run"}
    assert reasons == {
        "names-presidio": "not-installed",
        "keywords": "no-keyword-list",
        "manual-reading": "nobody-recorded-it",
    }
    assert found["names-surname-and-title"]["state"] == "run"


def test_a_check_says_how_many_records_it_read_and_by_which_seed(corpus):
    corpus.source("a")
    corpus.keyword_lists = ["bad"]
    for number in range(3):
        corpus.record(f"r{number}", "a", 10, entropy_bits=1.0, language_observed="en", compressed_share=0.5)
    corpus.name_check()
    corpus.name_sample("r0", "a")
    found = checks(corpus)
    read = {name: (row["records"], row["records_in_all"], row["seed"]) for name, row in found.items()}
    assert read["languages"] == read["quality"] == read["keywords"] == (3, 3, 1)
    assert read["names-presidio"] == (1, 3, 1)
