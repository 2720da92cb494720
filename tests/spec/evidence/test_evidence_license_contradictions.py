"""Statements of a source's license that are not the declared one: found, placed, and the stricter one decides."""

import pytest

NC = "https://creativecommons.org/licenses/by-nc/4.0/"


@pytest.fixture
def described(corpus):
    """Return a source declared under CC-BY-4.0 for commercial training."""
    corpus.dataset = {"intended_uses": ["commercial-training"]}
    corpus.source("s", license_declared="CC-BY-4.0")
    corpus.license_statement("s", "declared", "CC-BY-4.0", "/license")
    return corpus


def commercial(corpus, source_id="s"):
    rows = corpus.rows_of("purposes")
    (row,) = [row for row in rows if (row["source_id"], row["purpose"]) == (source_id, "commercial-training")]
    return row["permitted"], row["license_expression"]


@pytest.mark.parametrize(
    ("kind", "stated"),
    [("address", NC), ("field", "CC-BY-NC-4.0"), ("card", "Creative Commons Attribution-NonCommercial 4.0")],
)
def test_a_stricter_statement_decides_and_both_places_are_named(described, kind, stated):
    described.license_statement("s", kind, stated, "/license_link")
    row = described.row_of("license_contradictions")
    assert (row["declared"], row["declared_place"]) == ("CC-BY-4.0", "manifest.yaml /license")
    assert (row["kind"], row["stated_expression"], row["stated_place"]) == (
        kind, "CC-BY-NC-4.0", "manifest.yaml /license_link",
    )  # fmt: skip
    assert (row["weight"], row["purposes_lost"]) == ("forbids", ["commercial-training"])
    assert commercial(described) == ("no", "CC-BY-NC-4.0")


def test_a_license_file_of_a_stricter_license_decides(described):
    described.license_text("s", "LICENSE", "CC-BY-NC-4.0")
    row = described.row_of("license_contradictions")
    assert (row["kind"], row["stated_place"]) == ("text", "LICENSE")
    assert commercial(described) == ("no", "CC-BY-NC-4.0")


def test_a_looser_statement_is_listed_and_does_not_decide(described):
    described.license_statement("s", "address", "https://creativecommons.org/publicdomain/zero/1.0/")
    row = described.row_of("license_contradictions")
    assert (row["terms_relation"], row["weight"]) == ("looser", "none")
    assert commercial(described) == ("yes", "CC-BY-4.0")


def test_the_same_license_in_other_words_and_unknown_words_are_no_contradiction(described):
    stated = ("https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0", "https://x.org/terms")
    for address in stated:
        described.source(address, license_declared="CC-BY-4.0")
        described.license_statement(address, "declared", "CC-BY-4.0", "/license")
        described.license_statement(address, "address", address)
    assert described.rows_of("license_contradictions") == []
    assert {commercial(described, address) for address in stated} == {("yes", "CC-BY-4.0")}


def test_a_correction_puts_an_end_to_it(corpus):
    corpus.dataset = {"intended_uses": ["commercial-training"]}
    corpus.source("s", license_declared="CC-BY-4.0", derived_from=["t"])
    corpus.source("t", license_declared="CC-BY-NC-4.0")
    corpus.license_statement("s", "corrected", "CC-BY-4.0")
    corpus.license_statement("s", "address", NC)
    assert corpus.rows_of("license_contradictions") == []
    assert commercial(corpus) == ("yes", "CC-BY-4.0")


def test_an_address_of_one_of_several_declared_licenses_is_no_contradiction(corpus):
    corpus.source("s", license_declared="CC-BY-4.0 AND CC-BY-NC-4.0")
    corpus.license_statement("s", "address", "https://creativecommons.org/licenses/by/4.0/")
    assert corpus.rows_of("license_contradictions") == []


def test_a_list_that_does_not_say_whether_all_apply_or_any_is_read_as_all_where_one_forbids(corpus):
    corpus.dataset = {"intended_uses": ["commercial-training"]}
    corpus.source("s", license_declared="CC-BY-4.0; CC-BY-NC-4.0")
    row = corpus.row_of("license_contradictions")
    assert (row["kind"], row["declared"], row["stated"]) == ("list", "CC-BY-4.0", "CC-BY-NC-4.0")
    assert commercial(corpus) == ("no", "CC-BY-4.0 AND CC-BY-NC-4.0")
    assert [row["license_state"] for row in corpus.rows_of("sources")] == ["ambiguous"]


def test_a_list_of_licenses_that_permit_the_use_stays_unknown(corpus):
    corpus.dataset = {"intended_uses": ["commercial-training"]}
    corpus.source("s", license_declared="MIT; Apache-2.0")
    assert commercial(corpus) == ("unknown", "NOASSERTION")


def test_licenses_that_each_forbid_what_the_other_permits_apply_together(described):
    described.rows["claimed_sources"][0]["license_declared"] = "CC-BY-ND-4.0"
    described.rows["license_statements"][0]["stated"] = "CC-BY-ND-4.0"
    described.license_statement("s", "address", NC)
    assert commercial(described) == ("no", "CC-BY-NC-4.0 AND CC-BY-ND-4.0")


def test_a_card_that_names_the_declared_license_too_speaks_of_parts(described):
    described.license_statement("s", "card", "CC-BY-4.0")
    described.license_statement("s", "card", "MIT")
    assert described.rows_of("license_contradictions") == []
    described.license_statement("s", "card", "CC BY-NC 4.0")
    assert [row["stated_expression"] for row in described.rows_of("license_contradictions")] == ["CC-BY-NC-4.0"]


class TestOrigins:
    """A source derives from others."""

    def test_a_stricter_origin_decides_over_any_number_of_steps(self, corpus):
        corpus.dataset = {"intended_uses": ["commercial-training"]}
        corpus.source("a", license_declared="CC-BY-4.0", derived_from=["b"])
        corpus.source("b", license_declared="MIT", derived_from=["c", "elsewhere"])
        corpus.source("c", license_declared="CC-BY-NC-4.0", derived_from=["c"])
        assert [(row["source_id"], row["stated_place"]) for row in corpus.rows_of("license_contradictions")] == [
            ("a", "b"),
            ("b", "c"),
        ]
        assert commercial(corpus, "a") == ("no", "CC-BY-NC-4.0")

    def test_sources_that_derive_from_each_other_end(self, corpus):
        corpus.dataset = {"intended_uses": ["commercial-training"]}
        corpus.source("a", license_declared="CC-BY-ND-4.0", derived_from=["b"])
        corpus.source("b", license_declared="CC-BY-NC-4.0", derived_from=["a"])
        assert commercial(corpus, "a") == commercial(corpus, "b") == ("no", "CC-BY-NC-4.0 AND CC-BY-ND-4.0")

    def test_a_looser_or_unknown_origin_contradicts_nothing(self, corpus):
        corpus.dataset = {"intended_uses": ["commercial-training"]}
        for origin in ("CC0-1.0", "MIT", "who knows", "not-recorded"):
            corpus.source(f"from {origin}", license_declared="CC-BY-4.0", derived_from=[origin])
            corpus.source(origin, license_declared=origin)
        assert corpus.rows_of("license_contradictions") == []
        for origin in ("CC0-1.0", "MIT", "who knows", "not-recorded"):
            assert commercial(corpus, f"from {origin}") == ("yes", "CC-BY-4.0")


def test_what_is_not_declared_is_not_granted_by_an_address(corpus):
    corpus.dataset = {"intended_uses": ["commercial-training"]}
    corpus.source("s")
    corpus.license_statement("s", "declared", "not-recorded")
    corpus.license_statement("s", "address", "https://creativecommons.org/licenses/by/4.0/")
    assert commercial(corpus) == ("unknown", "NOASSERTION")


def test_overlaps_are_held_against_the_license_that_decides(described):
    described.source("t", license_declared="CC-BY-4.0")
    described.overlap("s", "t")
    described.license_statement("s", "address", NC)
    row = described.row_of("overlaps")
    assert (row["license_a"], row["license_b"], row["terms_conflict"]) == ("CC-BY-NC-4.0", "CC-BY-4.0", "conflicting")
