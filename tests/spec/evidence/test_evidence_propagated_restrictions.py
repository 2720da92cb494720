"""What records inherit from those they copy: the stricter of two licenses, a reservation, a lapsed consent."""

from datetime import date

import pytest

LONG = {"modality": "text", "shingles": 50, "declared_license": None}


@pytest.fixture
def two(corpus):
    """Return a corpus of a source under MIT and one under CC BY-NC, each with a long record."""
    corpus.source("free", license_declared="MIT")
    corpus.source("bound", license_declared="CC-BY-NC-4.0")
    corpus.record("b:0", "bound", 4000, "b.txt", **LONG)
    corpus.record("f:0", "free", 3000, "f.txt", **LONG)
    return corpus


def propagated_restrictions(corpus):
    return {
        (row["source_id"], row["origin"], row["restriction"]): row for row in corpus.rows_of("propagated_restrictions")
    }


def test_a_copy_under_looser_terms_inherits_the_stricter_ones(two):
    two.record("f:1", "free", 1000, "f.txt", row=1, **LONG)
    two.pair("b:0", "f:0", "near", jaccard=0.875)
    row = propagated_restrictions(two)["free", "bound", "stricter-license"]
    assert (row["license"], row["origin_license"], row["weight"]) == ("MIT", "CC-BY-NC-4.0", "forbids")
    assert row["purposes_lost"] == ["commercial-training"]
    assert row["conditions_added"] == ["mark what was changed", "not for commercial gain"]
    assert (row["records"], row["bytes"], row["record_share"]) == (1, 3000, 0.5)
    assert (row["exact_records"], row["max_jaccard"]) == (0, 0.875)
    assert (row["example"], row["example_origin"]) == ("f:0", "b:0")


def test_the_stricter_side_loses_nothing(two):
    two.pair("b:0", "f:0", "exact", jaccard=1.0)
    assert ("bound", "free", "stricter-license") not in propagated_restrictions(two)


def test_every_exact_copy_of_a_near_copy_counts_once(two):
    two.record("f:1", "free", 3000, "f.txt", row=1, **LONG)
    two.record("b:1", "bound", 4100, "b.txt", row=1, **LONG)
    two.pair("f:0", "f:1", "exact", jaccard=1.0)
    two.pair("b:0", "f:0", "near", jaccard=0.8)
    two.pair("b:1", "f:0", "near", jaccard=0.9)
    row = propagated_restrictions(two)["free", "bound", "stricter-license"]
    assert (row["records"], row["bytes"], row["exact_records"], row["max_jaccard"]) == (2, 6000, 0, 0.9)


def test_what_only_resembles_a_third_inherits_nothing(two):
    two.source("between", license_declared="CC-BY-NC-4.0")
    two.record("m:0", "between", 4000, "m.txt", **LONG)
    two.pair("b:0", "m:0", "near", jaccard=0.8)
    assert propagated_restrictions(two) == {}


def test_the_license_of_a_record_goes_before_that_of_its_source(two):
    two.record("f:9", "free", 4000, "f.txt", row=9, shingles=50, declared_license="CC-BY-NC-4.0")
    two.pair("b:0", "f:9", "exact", jaccard=1.0)
    assert propagated_restrictions(two) == {}
    two.record("f:8", "free", 4000, "f.txt", row=8, **LONG)
    two.pair("b:0", "f:8", "exact", jaccard=1.0)
    row = propagated_restrictions(two)["free", "free", "stricter-license"]
    assert (row["example"], row["example_origin"]) == ("f:8", "f:9")


def test_a_license_nobody_knows_leaves_purposes_open(two):
    two.source("unknown", license_declared="some terms")
    two.record("u:0", "unknown", 3000, "u.txt", **LONG)
    two.pair("f:0", "u:0", "exact", jaccard=1.0)
    row = propagated_restrictions(two)["free", "unknown", "stricter-license"]
    assert (row["weight"], row["purposes_lost"]) == ("leaves-open", [])
    assert "internal-training" in row["purposes_open"]


@pytest.mark.parametrize("kind", ["short", "license-file"])
def test_boilerplate_says_nothing_about_licenses(corpus, kind):
    corpus.source("free", license_declared="MIT", license_evidence_files=["LICENSE"])
    corpus.source("bound", license_declared="CC-BY-NC-4.0")
    shingles = 49 if kind == "short" else 50
    corpus.record("b:0", "bound", 10, "b.txt", modality="text", shingles=shingles, declared_license=None)
    corpus.record("f:0", "free", 10, "LICENSE", modality="text", shingles=shingles, declared_license=None)
    corpus.pair("b:0", "f:0", "exact", jaccard=1.0)
    assert propagated_restrictions(corpus) == {}


def test_pictures_have_no_shingles_and_inherit_all_the_same(two):
    seen = {"modality": "image", "shingles": 0, "declared_license": None}
    two.record("b:6", "bound", 9000, "b.png", **seen)
    two.record("f:6", "free", 9000, "f.png", **seen)
    two.pair("b:6", "f:6", "near", jaccard=0.9)
    row = propagated_restrictions(two)["free", "bound", "stricter-license"]
    assert (row["weight"], row["example"], row["example_origin"]) == ("forbids", "f:6", "b:6")


def test_a_reservation_reaches_copies_of_any_length(two):
    two.source("web", license_declared="MIT")
    two.snapshot("web", "robots.txt", "User-agent: *\nDisallow: /")
    address = {"url": "https://example.org/poem", "shingles": 4, "declared_license": None}
    two.record("w:0", "web", 20, "w.txt", **address)
    two.record("w:1", "web", 20, "w.txt", row=1, **address)
    two.record("f:5", "free", 20, "f.txt", row=5, shingles=4, declared_license=None)
    two.pair("f:5", "w:0", "exact", jaccard=1.0)
    two.pair("f:5", "w:1", "exact", jaccard=1.0)
    found = propagated_restrictions(two)
    assert set(found) == {("free", "web", "opted-out")}
    row = found["free", "web", "opted-out"]
    assert (row["records"], row["exact_records"], row["weight"], row["license"]) == (1, 1, "not-applicable", "")
    assert (row["example"], row["example_origin"]) == ("f:5", "w:0")


@pytest.mark.parametrize(
    ("lapsed", "restriction"),
    [({"withdrawn_at": "2026-01-01"}, "consent-withdrawn"), ({"expires_at": "2026-01-01"}, "consent-expired")],
)
def test_a_lapsed_consent_reaches_the_copies(two, lapsed, restriction):
    two.day = date(2026, 11, 23)
    two.dataset = {"intended_uses": ["internal-training"]}
    two.subject("singer")
    two.authorisation("singer", **lapsed)
    two.record("f:7", "free", 20, "f.txt", row=7, subject_ids=["singer"], shingles=4, declared_license=None)
    two.record("f:8", "free", 20, "f.txt", row=8, shingles=4, declared_license=None)
    two.pair("f:7", "f:8", "exact", jaccard=1.0)
    row = propagated_restrictions(two)["free", "free", restriction]
    assert (row["records"], row["example"], row["example_origin"]) == (1, "f:8", "f:7")


SHORT = LONG | {"shingles": 12}


@pytest.mark.parametrize(("is_large_part", "expected"), [(True, 1), (False, 0)])
def test_short_copies_inherit_a_license_where_they_are_a_large_part_of_a_source(two, is_large_part, expected):
    two.record("b:7", "bound", 60, "b.txt", row=7, **SHORT)
    two.record("f:7", "free", 60, "f.txt", row=7, **SHORT)
    two.pair("b:7", "f:7", "exact", jaccard=1.0)
    two.overlap("bound", "free", is_large_part=is_large_part)
    found = propagated_restrictions(two)
    assert len(found) == expected
    assert set(found) <= {("free", "bound", "stricter-license")}


def test_short_copies_within_one_source_inherit_no_license(two):
    two.record("f:1", "free", 60, "f.txt", row=1, **SHORT | {"declared_license": "CC-BY-NC-4.0"})
    two.record("f:2", "free", 60, "f.txt", row=2, **SHORT)
    two.pair("f:1", "f:2", "exact", jaccard=1.0)
    assert propagated_restrictions(two) == {}


def test_a_text_of_very_many_sources_is_beside_one_source_of_each_license(corpus):
    """Each source is named with the smallest one that has the stricter license, so rows grow with the sources alone."""
    for number in range(6):
        corpus.source(f"free-{number}", license_declared="MIT")
        corpus.source(f"bound-{number}", license_declared="CC-BY-NC-4.0")
        for source, size in ((f"free-{number}", 3000), (f"bound-{number}", 3000)):
            corpus.record(f"{source}:0", source, size, f"{source}.txt", **LONG)
            corpus.record(f"{source}:1", source, 10 if source == "bound-3" else 20, f"{source}.txt", row=1, **LONG)
            if source != "bound-0":
                corpus.pair("bound-0:0", f"{source}:0", "exact", jaccard=1.0)
    assert len(propagated_restrictions(corpus)) == 36
    corpus.common_text("bound-0:0", 12)
    found = propagated_restrictions(corpus)
    assert set(found) == {(f"free-{number}", "bound-3", "stricter-license") for number in range(6)}
    assert {row["exact_records"] for row in found.values()} == {1}


def test_what_a_source_copies_of_another_in_common_texts_adds_up_in_one_row(two):
    """Rules pass over rows of few bytes, so a text of its own small source must not be all that is held against one."""
    two.record("f:1", "free", 3000, "f.txt", row=1, **LONG)
    two.record("b:1", "bound", 4000, "b.txt", row=1, **LONG)
    for number in range(2):
        two.source(f"small-{number}", license_declared="CC-BY-NC-4.0")
        two.record(f"s:{number}", f"small-{number}", 3000, "s.txt", **LONG)
        for copy in (f"f:{number}", f"s:{number}"):
            two.pair(f"b:{number}", copy, "exact", jaccard=1.0)
        two.common_text(f"b:{number}", 70)
    found = propagated_restrictions(two)
    records = {origin: row["records"] for (source, origin, _), row in found.items() if source == "free"}
    assert records == {"bound": 2, "small-0": 1, "small-1": 1}
