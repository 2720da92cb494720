"""A source's evidence: each claim beside what was observed of it, and the word for how they relate."""

import pytest


def test_nothing_measured_is_zero_not_missing(corpus):
    corpus.source("a")
    row = corpus.row_of("sources")
    counts = [name for name in row if name.startswith(("files", "records", "text_", "exact_", "near_", "defects"))]
    assert all(row[name] == 0 for name in counts)
    assert row["personal_information_observed"] == []
    assert row["personal_information_state"] == "none"
    assert row["license_state"] == "not-recorded"
    assert row["license_expression"] == "NOASSERTION"


def test_records_without_text_have_shares_of_zero(corpus):
    corpus.source("a")
    corpus.record("r1", "a", 0)
    corpus.copy("r1", "a", "exact", 0)
    row = corpus.row_of("sources")
    assert (row["records"], row["text_bytes"], row["exact_duplicate_records"]) == (1, 0, 1)
    assert row["exact_duplicate_share"] == row["near_duplicate_share"] == 0.0


def test_text_and_copies_add_up_over_files(corpus):
    corpus.source("a")
    corpus.source("b")
    corpus.record("r1", "a", 100, "one", characters=60)
    corpus.record("r2", "a", 300, "two", characters=90)
    corpus.record("r3", "b", 7)
    corpus.copy("r2", "a", "exact", 300)
    corpus.copy("r1", "a", "near", 100)
    row = corpus.rows_of("sources")[0]
    assert (row["records"], row["text_bytes"], row["characters"]) == (2, 400, 150)
    assert (row["exact_duplicate_share"], row["near_duplicate_share"]) == (0.75, 0.25)


def test_every_file_state_is_counted_once(corpus):
    corpus.source("a")
    failed = ("missing", "refused", "unreadable", "size-mismatch", "checksum-mismatch")
    for state in ("verified", "no-checksum", "undeclared", *failed):
        corpus.file("a", state, state, size=10)
    row = corpus.row_of("sources")
    assert row["files"] == 8
    assert (row["files_verified"], row["files_without_checksum"], row["files_undeclared"]) == (1, 1, 1)
    assert row["files_failed"] == len(failed)
    assert row["size_bytes"] == 10 * 5


def test_files_nobody_could_open_have_no_size(corpus):
    corpus.source("a")
    corpus.file("a", "gone", "missing")
    assert corpus.row_of("sources")["size_bytes"] == 0


def test_the_license_is_resolved_with_its_terms(corpus):
    corpus.source("a", license_declared="MIT License AND CC-BY-NC-SA-4.0")
    row = corpus.row_of("sources")
    assert row["license_declared"] == "MIT License AND CC-BY-NC-SA-4.0"
    assert row["license_expression"] == "CC-BY-NC-SA-4.0 AND MIT"
    assert (row["license_state"], row["license_reason"]) == ("resolved", "")
    assert (row["commercial_use"], row["derivatives"], row["share_alike"]) == ("no", "yes", "CC-BY-NC-SA")
    assert row["license_family"] == "CC-BY-NC-SA AND permissive"


def test_a_license_that_does_not_resolve_says_why_and_permits_nothing(corpus):
    corpus.source("a", license_declared="BSD")
    row = corpus.row_of("sources")
    assert (row["license_expression"], row["license_state"]) == ("NOASSERTION", "ambiguous")
    assert "BSD" in row["license_reason"]
    assert {row["commercial_use"], row["derivatives"], row["redistribution"], row["share_alike"]} == {"unknown"}


@pytest.mark.parametrize(
    ("declared", "files", "found", "state"),
    [
        ({}, [], 0, "not-recorded"),
        ({"license_evidence": 1, "license_evidence_urls": ["https://example.org"]}, [], 0, "declared-only"),
        ({"license_evidence": 1, "license_evidence_files": ["LICENSE"]}, [], 0, "declared-only"),
        ({"license_evidence": 1, "license_evidence_files": ["LICENSE"]}, [("b", "LICENSE", "verified")], 1, "found"),
        ({"license_evidence": 1, "license_evidence_files": ["LICENSE"]}, [("a", "LICENSE", "undeclared")], 1, "found"),
        (
            {"license_evidence": 1, "license_evidence_files": ["LICENSE"]},
            [("a", "LICENSE", "missing")],
            0,
            "declared-only",
        ),
        (
            {"license_evidence": 2, "license_evidence_files": ["LICENSE", "许可"]},
            [("a", "许可", "no-checksum")],
            1,
            "found",
        ),
    ],
)
def test_license_evidence_counts_when_its_bytes_were_read(corpus, declared, files, found, state):
    corpus.source("a", **declared)
    for source_id, path, file_state in files:
        corpus.file(source_id, path, file_state)
    row = corpus.row_of("sources")
    assert (row["license_evidence_found"], row["license_evidence_state"]) == (found, state)


def test_the_same_evidence_in_two_sources_is_found_once_each(corpus):
    corpus.source("a", license_evidence=1, license_evidence_files=["LICENSE"])
    corpus.source("b", license_evidence=1, license_evidence_files=["LICENSE"])
    corpus.file("a", "LICENSE")
    corpus.file("b", "LICENSE")
    assert [row["license_evidence_found"] for row in corpus.rows_of("sources")] == [1, 1]


COLLECTION_PERIODS = [
    ("2024-01-01", "2024-02-01", "recorded"),
    ("2024-01-01", "not-recorded", "partial"),
    ("not-recorded", "2024-02-01", "partial"),
    ("not-recorded", "not-recorded", "not-recorded"),
]


def test_collection_period(corpus):
    for number, (first, last, _state) in enumerate(COLLECTION_PERIODS):
        corpus.source(f"s{number}", collected_from=first, collected_until=last)
    found = [row["collection_period_state"] for row in corpus.rows_of("sources")]
    assert found == [state for _first, _last, state in COLLECTION_PERIODS]


DECLARED_AND_FOUND = [
    ("yes", True, "agrees"),
    ("no", True, "undeclared"),
    ("not-applicable", True, "undeclared"),
    ("not-recorded", True, "not-recorded"),
    ("yes", False, "declared-not-found"),
    ("no", False, "none"),
    ("not-applicable", False, "none"),
    ("not-recorded", False, "none"),
]


def test_personal_information_state(corpus):
    for number, (declared, is_found, _state) in enumerate(DECLARED_AND_FOUND):
        corpus.source(f"s{number}", personal_information=declared)
        corpus.record(f"r{number}", f"s{number}", 10)
        if is_found:
            corpus.span(f"r{number}", f"s{number}")
    found = [row["personal_information_state"] for row in corpus.rows_of("sources")]
    assert found == [state for _declared, _is_found, state in DECLARED_AND_FOUND]


LEGAL_BASES = [
    ("consent", "yes", True, "recorded"),
    ("consent", "no", False, "recorded"),
    ("not-recorded", "yes", False, "not-recorded"),
    ("not-recorded", "no", True, "not-recorded"),
    ("not-applicable", "no", True, "not-recorded"),
    ("not-applicable", "no", False, "not-needed"),
    ("not-recorded", "not-recorded", False, "not-needed"),
]


def test_legal_basis_state(corpus):
    for number, (basis, declared, is_found, _state) in enumerate(LEGAL_BASES):
        corpus.source(f"s{number}", legal_basis=basis, personal_information=declared)
        if is_found:
            corpus.span(f"r{number}", f"s{number}")
    found = [row["legal_basis_state"] for row in corpus.rows_of("sources")]
    assert found == [state for *_given, state in LEGAL_BASES]


def test_personal_information_counts_records_spans_and_values(corpus):
    corpus.source("a")
    corpus.span("r1", "a", "PHONE_NUMBER", "1")
    corpus.span("r1", "a", "EMAIL_ADDRESS", "x")
    corpus.span("r1", "a", "EMAIL_ADDRESS", "x")
    corpus.span("r2", "a", "EMAIL_ADDRESS", "y")
    corpus.span("r3", "a", "API_KEY", "z", kind="secret")
    row = corpus.row_of("sources")
    assert row["personal_information_records"] == 2
    assert row["personal_information_spans"] == 4
    assert row["personal_information_values"] == 3
    assert row["personal_information_observed"] == ["EMAIL_ADDRESS", "PHONE_NUMBER"]


def test_sources_do_not_mix(corpus):
    corpus.source("网页", personal_information="no")
    corpus.source("a", personal_information="no")
    corpus.span("r1", "网页")
    corpus.defect("网页", "f")
    corpus.record("r1", "网页", 5)
    first, second = corpus.rows_of("sources")
    assert (first["source_id"], first["personal_information_state"], first["defects"], first["records"]) == (
        "a",
        "none",
        0,
        0,
    )
    assert (second["source_id"], second["personal_information_state"], second["defects"]) == ("网页", "undeclared", 1)
