"""Licenses that single records state: resolved, counted, judged for each purpose, held against their source's."""

import pytest

LONG = "You may use this work if and only if. " * 10


@pytest.fixture
def mixed(corpus):
    """Return a source under CC-BY-4.0 for commercial training, to which tests add records."""
    corpus.dataset = {"intended_uses": ["commercial-training"]}
    corpus.source("s", license_declared="CC-BY-4.0")
    return corpus


def add(corpus, *licenses, source_id="s", size=10):
    first = len(corpus.rows["records"])
    for row, declared in enumerate(licenses, start=first):
        corpus.record(f"{source_id}:{row}", source_id, size, row=row, declared_license=declared)


def licenses_of(corpus, source_id="s"):
    return {row["license"]: row for row in corpus.rows_of("record_licenses") if row["source_id"] == source_id}


def answers(corpus, *columns):
    return {name: tuple(row[column] for column in columns) for name, row in licenses_of(corpus).items()}


def test_a_license_that_forbids_an_intended_use_is_found_beside_those_that_permit_it(mixed):
    add(mixed, "CC-BY-4.0", "CC-BY-NC-ND-4.0", "cc by 4.0")
    assert answers(mixed, "records", "spellings", "intended_permitted", "agrees", "terms_relation", "weight") == {
        "CC-BY-4.0": (2, 2, "yes", "yes", "same", "none"),
        "CC-BY-NC-ND-4.0": (1, 1, "no", "no", "stricter", "forbids"),
    }
    forbidden = licenses_of(mixed)["CC-BY-NC-ND-4.0"]
    assert forbidden["purposes_forbidden"] == ["commercial-training"]
    assert forbidden["purposes_lost"] == ["commercial-training", "redistribution-derived"]
    assert forbidden["reasons"] == ["commercial use is not granted"]
    assert (forbidden["internal_training"], forbidden["redistribution_derived"]) == ("yes", "no")


EXPRESSIONS = [
    ("https://creativecommons.org/licenses/by-nc/4.0/", "CC-BY-NC-4.0", "stricter"),
    ("CC-BY-4.0 AND CC-BY-NC-4.0", "CC-BY-4.0 AND CC-BY-NC-4.0", "stricter"),
    ("MIT OR CC-BY-NC-4.0", "CC-BY-NC-4.0 OR MIT", "looser"),
    ("CC0-1.0", "CC0-1.0", "looser"),
    ("cc-by-sa-4.0", "CC-BY-SA-4.0", "stricter"),
]


def test_expressions_addresses_and_lists_are_resolved(mixed):
    for declared, _expression, _relation in EXPRESSIONS:
        add(mixed, declared)
    assert answers(mixed, "license_expression", "license_state", "terms_relation") == {
        expression: (expression, "resolved", relation) for _declared, expression, relation in EXPRESSIONS
    }


def test_records_without_a_license_are_counted_and_judged_by_that_of_their_source(mixed):
    add(mixed, "CC-BY-4.0", *(None, "", "  ", "not-recorded", "NOASSERTION", "per-record") * 2, size=10)
    assert set(licenses_of(mixed)) == {"CC-BY-4.0", "(none)"}
    row = licenses_of(mixed)["(none)"]
    assert (row["records"], row["size_bytes"], row["intended_permitted"], row["agrees"]) == (
        12, 120, "not-applicable", "not-applicable",
    )  # fmt: skip


def test_the_records_of_a_source_add_up(mixed):
    add(mixed, "CC-BY-4.0", None, LONG, "who knows", "BSD", "", size=7)
    rows = licenses_of(mixed).values()
    assert (sum(row["records"] for row in rows), sum(row["size_bytes"] for row in rows)) == (6, 42)
    assert sum(row["record_share"] for row in rows) == pytest.approx(1)


def test_an_unknown_name_is_shown_short_and_without_personal_details(mixed):
    add(mixed, "write to jane.q@contoso.com", "https://jane:secret-word@contoso.com/terms?user=jane", LONG, "x" * 190)
    shown = set(licenses_of(mixed))
    assert shown == {'"write to ***"', '"https://contoso.com/terms"', '"(text)"', f'"{"x" * 80}…"'}
    assert not any("jane" in name for name in shown)


def test_unknown_terms_leave_the_use_open_and_are_no_agreement(mixed):
    add(mixed, "who knows")
    (row,) = licenses_of(mixed).values()
    assert (row["license_state"], row["intended_permitted"], row["agrees"]) == (
        "unrecognised", "unknown", "not-recorded",
    )  # fmt: skip
    assert row["purposes_open"] == ["commercial-training"]


def test_without_an_intended_use_it_is_not_recorded_whether_one_is_forbidden(mixed):
    mixed.dataset = {}
    add(mixed, "CC-BY-NC-4.0")
    (row,) = licenses_of(mixed).values()
    assert (row["intended_permitted"], row["commercial_training"]) == ("not-recorded", "no")


def test_beyond_the_listed_licenses_nothing_is_lost(mixed):
    add(mixed, *(f"unknown terms {number}" for number in range(250)), "CC0-1.0", "CC-BY-NC-4.0")
    rows = licenses_of(mixed)
    assert len(rows) == 200
    assert rows["CC-BY-NC-4.0"]["intended_permitted"] == "no"
    others = rows["(others)"]
    assert others["records"] == others["spellings"] == 53
    assert (others["intended_permitted"], others["license_state"]) == ("unknown", "unrecognised")
    assert sum(row["records"] for row in rows.values()) == 252


def test_the_rest_answers_as_its_strictest_license_does(mixed):
    names = [f"CC-BY-NC-4.0 AND LicenseRef-terms-{number}" for number in range(220)]
    add(mixed, *names)
    others = licenses_of(mixed)["(others)"]
    assert (others["records"], others["intended_permitted"], others["weight"]) == (21, "no", "forbids")
    assert others["purposes_forbidden"] == ["commercial-training"]


@pytest.mark.parametrize("shards", [1, 3])
def test_shards_do_not_change_what_is_found(mixed, shards):
    mixed.shards = shards
    add(mixed, "CC-BY-4.0", "CC-BY-NC-4.0", "CC-BY-4.0", None)
    assert answers(mixed, "records") == {"CC-BY-4.0": (2,), "CC-BY-NC-4.0": (1,), "(none)": (1,)}


class TestPerRecord:
    """A source that says that every record states its own license."""

    @pytest.fixture
    def many(self, corpus):
        corpus.dataset = {"intended_uses": ["commercial-training"]}
        corpus.source("s", license_declared="per-record")
        return corpus

    def purpose(self, corpus, purpose="commercial-training"):
        (row,) = [row for row in corpus.rows_of("purposes") if row["purpose"] == purpose]
        return row["permitted"], row["reasons"]

    def test_its_purposes_are_those_that_every_record_permits(self, many):
        add(many, "MIT", "CC-BY-4.0")
        assert self.purpose(many) == ("yes", [])
        add(many, "CC-BY-NC-4.0")
        assert self.purpose(many) == ("no", ["commercial use is not granted"])

    def test_records_without_a_license_leave_them_open(self, many):
        add(many, "MIT", None)
        assert self.purpose(many)[0] == "unknown"
        row = licenses_of(many)["(none)"]
        assert (row["records"], row["intended_permitted"], row["reasons"]) == (1, "unknown", ["no license is stated"])
        assert row["source_license_state"] == "per-record"

    def test_there_is_nothing_to_compare_with(self, many):
        add(many, "CC-BY-NC-4.0")
        (row,) = licenses_of(many).values()
        assert (row["agrees"], row["terms_relation"], row["weight"]) == ("not-applicable",) * 3

    def test_the_terms_of_the_source_are_those_of_all_records(self, many):
        add(many, "MIT", "CC-BY-NC-4.0")
        row = many.row_of("sources")
        assert (row["license_state"], row["license_expression"]) == ("per-record", "NOASSERTION")
        assert (row["commercial_use"], row["attribution"]) == ("no", "yes")

    def test_a_record_is_counted_by_its_own_license(self, many):
        add(many, "MIT", "CC-BY-NC-4.0", "who knows", None)
        steps = {row["step"]: row["records"] for row in many.rows_of("exclusion_funnel")}
        assert steps == {"left": 1, "license-forbids": 1, "license-open": 2}


def test_the_funnel_counts_a_record_by_its_own_license_where_it_states_one(mixed):
    add(mixed, "CC-BY-NC-4.0", "MIT", None, "who knows")
    steps = {row["step"]: row["records"] for row in mixed.rows_of("exclusion_funnel")}
    assert steps == {"left": 2, "license-forbids": 1, "license-open": 1}


def test_a_free_record_in_a_source_that_forbids_the_use_is_left(corpus):
    corpus.dataset = {"intended_uses": ["commercial-training"]}
    corpus.source("s", license_declared="CC-BY-NC-4.0")
    add(corpus, "CC0-1.0", None)
    steps = {row["step"]: row["records"] for row in corpus.rows_of("exclusion_funnel")}
    assert steps == {"left": 1, "license-forbids": 1}
