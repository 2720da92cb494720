"""What the texts of a source hold and say: languages, quality, variety, notices and secrets."""

import pytest


def record(corpus, number, source="a", **given):
    corpus.record(f"r{number}", source, given.pop("size", 10), entropy_bits=4.0, script="latin", **given)


@pytest.mark.parametrize(
    ("declared", "observed", "answer", "state"),
    [
        (["en"], "en", "yes", "declared"),
        (["zh-Hans"], "zh", "yes", "declared"),
        (["cmn"], "zh", "yes", "declared"),
        (["en"], "de", "no", "undeclared"),
        (["en"], "und", "no", "undetermined"),
        ([], "en", "not-recorded", "not-recorded"),
    ],
)
def test_a_language_beside_those_declared(corpus, declared, observed, answer, state):
    corpus.dataset = {"languages": declared}
    corpus.source("a")
    record(corpus, 1, language_observed=observed)
    row = corpus.row_of("languages")
    assert (row["language"], row["declared"], row["state"]) == (observed, answer, state)


def test_languages_are_counted_in_all_records_and_beside_what_they_say(corpus):
    corpus.source("a")
    for number, (said, found) in enumerate(
        [("en-GB", "en"), ("English", "en"), ("de", "en"), (None, "fr"), ("", "fr")]
    ):
        record(corpus, number, language=said, language_observed=found)
    english, french = corpus.rows_of("languages")
    assert (english["records"], english["records_in_all"], english["records_declared_otherwise"]) == (3, 5, 1)
    assert (french["records"], french["record_share"], french["records_declared_otherwise"]) == (2, 0.4, 0)


def test_quality_of_a_source_and_of_all(corpus):
    corpus.source("a")
    corpus.source("b")
    for number, characters in enumerate([10, 20, 30, 40, 1000]):
        rejects = ["stop-words"] if number < 2 else []
        record(corpus, number, characters=characters, mojibake=int(number == 2), gopher_rejects=rejects)
    record(corpus, 5, "b", characters=7, gopher_rejects=None)
    whole, a, b = corpus.rows_of("quality")
    assert [row["source_id"] for row in (whole, a, b)] == ["(dataset)", "a", "b"]
    assert (a["characters_p10"], a["characters_median"], a["characters_p90"], a["characters_most"]) == (
        10,
        30,
        1000,
        1000,
    )
    assert (a["damaged_records"], a["damaged_share"]) == (1, 0.2)
    assert (a["records_judged"], a["gopher_rejected_share"], a["gopher_rules"]) == (5, 0.4, ["stop-words"])
    assert (b["records_judged"], b["gopher_rejected_share"], b["gopher_rules"]) == (0, None, [])
    assert (whole["records"], whole["characters_median"], whole["gopher_rejected_share"]) == (6, 20, 0.4)


def test_the_dataset_is_all_records_of_all_its_sources(corpus):
    corpus.source("large")
    corpus.source("small")
    for number in range(9):
        record(corpus, number, "large", language_observed="en", gopher_rejects=["stop-words"], compressed_share=0.5)
    record(corpus, 9, "small", language_observed="de", gopher_rejects=[], compressed_share=1.0)
    whole = corpus.rows_of("quality")[0]
    assert (whole["records_judged"], whole["gopher_rejected_share"], whole["mean_compressed_share"]) == (10, 0.9, 0.55)
    languages = next(row for row in corpus.rows_of("diversity") if row["aspect"] == "languages")
    assert (languages["distinct_kinds"], languages["largest"], languages["largest_share"]) == (2, "en", 0.9)


def test_equal_sources_are_as_many_as_they_are(corpus):
    for source in "abcd":
        corpus.source(source)
        record(corpus, source, source)
    row = next(row for row in corpus.rows_of("diversity") if row["aspect"] == "sources")
    assert (row["distinct_kinds"], row["largest"], row["largest_share"]) == (4, "a", 0.25)
    assert (row["entropy_bits"], row["effective_kinds"]) == (2, 4)


LICENSES_NAMED = [
    ("SPDX_LICENSE_IDENTIFIER", "MIT", "Apache-2.0 OR MIT", "MIT", "agrees"),
    ("SPDX_LICENSE_IDENTIFIER", "GPL-2.0", "GPL-2.0-only", "GPL-2.0-only", "agrees"),
    ("SPDX_LICENSE_IDENTIFIER", "GPL-3.0-only", "MIT", "GPL-3.0-only", "differs"),
    ("SPDX_LICENSE_IDENTIFIER", "Call Jo Bloggs", "MIT", "unrecognised", "noted"),
    ("LICENSE_NOTICE", "BSD", "BSD-3-Clause", "BSD", "agrees"),
    ("LICENSE_NOTICE", "GPL-3.0", "GPL-3.0-or-later", "GPL-3.0", "agrees"),
    ("LICENSE_NOTICE", "GPL", "LGPL-3.0-only", "GPL", "differs"),
    ("PUBLIC_LICENSE_MARK", "CC-BY-4.0", "not-recorded", "CC-BY-4.0", "not-recorded"),
    ("COPYRIGHT_LINE", "© 2020 J***", "MIT", "", "noted"),
]


def test_a_license_that_the_text_names_beside_the_declared_one(corpus):
    for number, (entity_type, masked, declared, _stated, _state) in enumerate(LICENSES_NAMED):
        corpus.source(f"s{number}", license_declared=declared)
        record(corpus, number, f"s{number}")
        corpus.span(f"r{number}", f"s{number}", entity_type, kind="notice", masked=masked)
    found = [(row["stated"], row["state"]) for row in corpus.rows_of("notices")]
    assert found == [(stated, state) for *_given, stated, state in LICENSES_NAMED]


OTHER_STATEMENTS = [
    ("TRAINING_RESERVATION", "opt_out", "no", "reserved"),
    ("CONFIDENTIAL", "notice", "no", "restricted"),
    ("ALL_RIGHTS_RESERVED", "notice", "no", "noted"),
    ("AIGC_LABEL", "ai_label", "yes", "agrees"),
    ("AIGC_LABEL", "ai_label", "no", "differs"),
    ("AIGC_LABEL", "ai_label", "not-recorded", "not-recorded"),
    ("AI_GENERATED_STATEMENT", "ai_label", "no", "noted"),
]


def test_what_else_a_text_says_of_itself(corpus):
    for number, (entity_type, kind, synthetic, _state) in enumerate(OTHER_STATEMENTS):
        corpus.source(f"s{number}", license_declared="MIT", synthetic=synthetic)
        record(corpus, number, f"s{number}")
        corpus.span(f"r{number}", f"s{number}", entity_type, kind=kind, masked="AIGC generated")
    found = [row["state"] for row in corpus.rows_of("notices")]
    assert found == [state for *_given, state in OTHER_STATEMENTS]


def test_notices_are_counted_by_record_place_and_wording(corpus):
    corpus.source("a", license_declared="MIT")
    for number in range(4):
        record(corpus, number)
    corpus.span("r0", "a", "COPYRIGHT_LINE", kind="notice", value="x", score=1.0)
    corpus.span("r0", "a", "COPYRIGHT_LINE", kind="notice", value="y", score=0.4)
    corpus.span("r1", "a", "COPYRIGHT_LINE", kind="notice", value="x", score=0.7)
    row = corpus.row_of("notices")
    assert (row["records"], row["spans"], row["distinct_values"], row["record_share"]) == (2, 3, 2, 0.5)
    assert row["records_looked_at"] == 4
    assert row["mean_score"] == 0.7


def test_secrets_are_counted_by_kind(corpus):
    corpus.source("a")
    record(corpus, 1)
    corpus.span("r1", "a", "PRIVATE_KEY", kind="secret", value="x")
    corpus.span("r1", "a", "PRIVATE_KEY", kind="secret", value="x")
    corpus.span("r1", "a", "EMAIL_ADDRESS")
    row = corpus.row_of("secrets")
    assert (row["entity_type"], row["records"], row["spans"], row["distinct_values"]) == ("PRIVATE_KEY", 1, 2, 1)
