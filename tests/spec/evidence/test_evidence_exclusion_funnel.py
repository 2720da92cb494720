"""On which step each record drops out, and how alike copies are."""

import pytest


def steps(corpus):
    return {row["step"]: (row["records"], row["text_bytes"]) for row in corpus.rows_of("exclusion_funnel")}


@pytest.fixture
def five(corpus):
    """Return a corpus for commercial training with a source of each status, a record in each."""
    corpus.dataset = {"intended_uses": ["commercial-training"], "issuer": "The Audited"}
    for source_id, declared in (("free", "MIT"), ("kept", "CC-BY-NC-4.0"), ("unclear", "a license nobody knows")):
        corpus.source(source_id, license_declared=declared)
        corpus.record(f"{source_id}:0", source_id, 10, row=0)
    return corpus


def test_each_record_counts_on_the_first_step_that_takes_it_out(five):
    five.record("kept:1", "kept", 20, row=1)
    five.record("free:1", "free", 30, row=1)
    five.copy("kept:1", "kept", "exact", 20)
    five.copy("free:1", "free", "near", 30)
    five.copy("free:0", "free", "representative", 10)
    assert steps(five) == {
        "exact-duplicate": (1, 20),
        "near-duplicate": (1, 30),
        "license-forbids": (1, 10),
        "license-open": (1, 10),
        "left": (1, 10),
    }


def test_records_of_people_without_documented_consent_are_open(five):
    five.subject("documented")
    five.authorisation("documented")
    five.subject("silent")
    for row, people in enumerate((["documented"], ["silent"], ["nobody-described-me"]), start=1):
        five.record(f"free:{row}", "free", row, row=row, subject_ids=people)
    assert steps(five)["consent-open"] == (2, 2 + 3)
    assert steps(five)["left"] == (2, 10 + 1)


def test_a_person_in_a_whole_file_opens_all_of_its_records(five):
    five.subject("silent")
    five.file_claim("free", "data", subject_ids=["silent"])
    assert steps(five)["consent-open"] == (1, 10)


def test_records_that_an_opt_out_reserves_are_taken_out(five):
    """By their own statement or a snapshot of their host, whatever their license permits; allowed ones stay."""
    five.snapshot("free", "robots.txt", "User-agent: *\nDisallow: /news/")
    for row, path in enumerate(("news/1", "news/1", "about"), start=1):
        five.record(f"free:{row}", "free", row, row=row, url=f"https://example.org/{path}")
    for source_id in ("free", "kept", "unclear"):
        five.statement(f"{source_id}:0", source_id, "robots-tag", "noai")
    assert steps(five) == {"license-forbids": (1, 10), "opted-out": (4, 10 + 10 + 1 + 2), "left": (1, 3)}


def test_without_an_intended_use_no_license_is_known_to_permit_it(five):
    five.dataset = {}
    assert steps(five) == {"license-open": (3, 30)}


@pytest.mark.parametrize(
    ("jaccard", "hundredths"), [(1.0, 98), (0.98, 98), (0.9799996, 98), (0.58, 58), (0.5799, 56), (0.0, 0)]
)
def test_a_pair_falls_into_its_range(corpus, jaccard, hundredths):
    corpus.pair("a", "b", jaccard=jaccard)
    assert corpus.rows_of("similarity") == [{"hundredths": hundredths, "kind": "near", "pairs": 1}]
