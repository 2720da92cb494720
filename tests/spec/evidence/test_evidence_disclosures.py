"""What a provider tells, set beside licenses, records, dates of collection and the day of the audit."""

import pytest


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"sampled": None, "rejected": None}, (None, None)),
        ({"sampled": 0, "rejected": 0}, (None, 0.0)),
        ({"sampled": 5, "rejected": None}, (None, 0.5)),
        ({"sampled": 5, "rejected": 1}, (0.8, 0.5)),
    ],
)
def test_a_review_is_a_share_of_its_sample_and_of_the_records(corpus, told, expected):
    reviews = ("manual", "automatic")
    corpus.told = {f"{review}_{name}": value for review in reviews for name, value in told.items()}
    for number in range(10):
        corpus.record(f"r{number}", "a", 1)
    row = corpus.row_of("disclosure")
    for review in reviews:
        assert (row[f"{review}_pass_share"], row[f"{review}_sampled_share"]) == expected


def test_without_records_nothing_was_sampled_of_them(corpus):
    corpus.told = {"manual_sampled": 5, "manual_rejected": 0}
    row = corpus.row_of("disclosure")
    assert (row["manual_pass_share"], row["manual_sampled_share"]) == (1.0, None)


@pytest.mark.parametrize(
    ("updated_at", "age", "covered"),
    [
        ("not-recorded", "not-recorded", "not-recorded"),
        ("2026-11-01", "recent", "covers"),
        ("2026-07-01", "recent", "covers"),
        ("2026-06-30", "recent", "older-than-data"),
        ("2026-05", "recent", "older-than-data"),
        ("2026-05-23", "overdue", "older-than-data"),
        ("2026", "recent", "covers"),
    ],
)
def test_a_summary_grows_old_and_falls_behind_the_data(corpus, updated_at, age, covered):
    corpus.told = {"summary_updated_at": updated_at}
    corpus.source("a", collected_until="2026-07-01")
    corpus.source("b", collected_until="not-recorded")
    row = corpus.row_of("disclosure")
    assert (row["summary_age_state"], row["summary_data_state"]) == (age, covered)


@pytest.mark.parametrize(
    ("listed", "approval", "expires_at", "state"),
    [
        ("not-recorded", "E-1", "not-recorded", "not-recorded"),
        ("no", "not-recorded", "not-recorded", "not-needed"),
        ("yes", "not-recorded", "not-recorded", "missing"),
        ("yes", "E-1", "not-recorded", "documented"),
        ("yes", "E-1", "2026-11-23", "documented"),
        ("yes", "E-1", "2026-11", "documented"),
        ("yes", "E-1", "2026-11-22", "expired"),
    ],
)
def test_an_ethics_approval_is_there_and_holds_on_the_day(corpus, listed, approval, expires_at, state):
    corpus.told = {"ethics_listed": listed, "ethics_approval": approval, "ethics_expires_at": expires_at}
    assert corpus.row_of("disclosure")["ethics_state"] == state


def test_share_alike_is_of_all_sources_at_once(corpus):
    corpus.source("a", license_declared="CC-BY-SA-4.0")
    assert corpus.row_of("disclosure")["share_alike"] == "CC-BY-SA"
    corpus.source("b", license_declared="GPL-2.0-only")
    assert corpus.row_of("disclosure")["share_alike"] == "conflict"


TOLD_OF_SOURCES = [
    ({}, "owner_state", "not-recorded"),
    ({"rights_holders": ["A. Poet"]}, "owner_state", "recorded"),
    ({}, "content_state", "not-recorded"),
    ({"label_kinds": ["genre"]}, "content_state", "recorded"),
    ({}, "crawler_state", "not-recorded"),
    ({"crawlers": ["a", "b"], "crawler_purposes": 2, "crawler_behaviours": 1}, "crawler_state", "partial"),
    ({"crawlers": ["a", "b"], "crawler_purposes": 2, "crawler_behaviours": 2}, "crawler_state", "recorded"),
    ({}, "protection_state", "not-recorded"),
    ({"copyright": "yes"}, "protection_state", "partial"),
    ({"copyright": "yes", "trademark": "no", "patent": "not-applicable"}, "protection_state", "recorded"),
    ({}, "copyright_state", "not-recorded"),
    ({"copyright": "yes"}, "copyright_state", "agrees"),
    ({"copyright": "no"}, "copyright_state", "contradicted"),
]


def test_a_source_is_told_in_full_in_part_or_not_at_all(corpus):
    for number, (told, _column, _state) in enumerate(TOLD_OF_SOURCES):
        corpus.source(f"s{number:02}", license_declared="CC-BY-4.0")
        corpus.source_disclosure(f"s{number:02}", **told)
    rows = zip(corpus.rows_of("source_disclosures"), TOLD_OF_SOURCES, strict=True)
    found = [row[column] for row, (_told, column, _state) in rows]
    assert found == [state for *_given, state in TOLD_OF_SOURCES]


def test_denied_copyright_agrees_with_terms_that_ask_for_nothing(corpus):
    for license_declared in ("CC0-1.0", "BSD", "not-recorded"):
        corpus.source(license_declared, license_declared=license_declared)
        corpus.source_disclosure(license_declared, copyright="no")
    assert [row["copyright_state"] for row in corpus.rows_of("source_disclosures")] == ["agrees"] * 3


def test_harm_is_a_share_of_what_was_looked_at(corpus):
    corpus.source("a")
    corpus.source_disclosure("a", before_sampled=200, before_rejected=5, after_sampled=None, after_rejected=None)
    row = corpus.row_of("source_disclosures")
    assert (row["before_harmful_share"], row["after_harmful_share"]) == (0.025, None)


def test_data_cannot_be_used_before_it_is_collected(corpus):
    states = {
        "not-recorded": "not-recorded",
        "2025-12-31": "before-collection",
        "2025": "before-collection",
        "2026": "recorded",
        "2026-01-01": "recorded",
    }
    corpus.source("a", collected_from="2026-03-01")
    corpus.source("b", collected_from="2026-01-01")
    corpus.source("c", collected_from="not-recorded")
    for first_used in states:
        corpus.trained_model(first_used, data_first_used_at=first_used)
    found = {row["trained_model"]: row["first_use_state"] for row in corpus.rows_of("trained_models")}
    assert found == states


DAYS_ON_THE_MARKET = [
    ("not-recorded", "not-recorded", "not-recorded", "not-recorded"),
    ("2024-05-01", "not-recorded", "2027-08-02", "ahead"),
    ("2025-08-01", "not-recorded", "2027-08-02", "ahead"),
    ("2025-08-02", "not-recorded", "2025-08-02", "overdue"),
    # A year alone may be before or after the day: the earlier duty counts.
    ("2025", "not-recorded", "2025", "overdue"),
    ("2027-01-01", "not-recorded", "2027-01-01", "ahead"),
    ("2025-09-01", "2025-09-01", "2025-09-01", "recorded"),
    ("not-recorded", "2025-09-01", "not-recorded", "recorded"),
]


@pytest.mark.parametrize("updated", ["not-recorded", "2025-09-01"])
def test_the_day_on_the_market_decides_when_a_summary_is_due(corpus, updated):
    cases = [(placed, due, state) for placed, told, due, state in DAYS_ON_THE_MARKET if told == updated]
    corpus.told |= {"summary_updated_at": updated}
    for number, (placed, _due, _state) in enumerate(cases):
        corpus.trained_model(f"m{number}", eu_market_at=placed)
    found = [(row["summary_due_at"], row["summary_due_state"]) for row in corpus.rows_of("trained_models")]
    assert found == [(due, state) for _placed, due, state in cases]


SYNTHETIC_AND_LABELLED = [
    ("yes", 0, "missing"),
    ("yes", 2, "found"),
    ("no", 2, "not-applicable"),
    ("not-recorded", 0, "not-applicable"),
]


def test_labels_are_looked_for_in_what_a_model_made(corpus):
    for case, (synthetic, labels, _state) in enumerate(SYNTHETIC_AND_LABELLED):
        corpus.source(f"s{case}", synthetic=synthetic)
        for number in range(labels):
            corpus.span(f"s{case}:{number}", f"s{case}", "AIGC_LABEL", kind="ai_label")
            corpus.span(f"s{case}:{number}", f"s{case}", "AI_GENERATED_STATEMENT", kind="ai_label")
    found = [(row["ai_label_records"], row["ai_label_state"]) for row in corpus.rows_of("sources")]
    assert found == [(labels, state) for _synthetic, labels, state in SYNTHETIC_AND_LABELLED]
