"""Each reason takes out the records it is about, and of copies the one that is preferred stays."""

import pytest

from corpus_audit.export.exclusions.exclusions import FailedRule, find_exclusions
from corpus_audit.export.exclusions.policy import ExclusionPolicy
from corpus_audit.export.exclusions.reasons import REASONS, evidence_read
from corpus_audit.vocabulary import CopyPreference, ExclusionReason

COPIES = ("exact-duplicate", "near-duplicate")


def excluded(corpus, *reasons, keep=(), source_order=(), sources=(), failed=()):
    """Return the excluded records by id."""
    policy = ExclusionPolicy(
        name="test", reasons=reasons or tuple(ExclusionReason), keep=keep, source_order=source_order
    )
    with corpus.visible(evidence_read(policy.reasons)) as engine:
        rows = [row for batch in find_exclusions(engine, policy, sources, failed) for row in batch.to_pylist()]
    return {row["record_id"]: row for row in rows}


def add_cluster(corpus, representative, *copies):
    """Add records of one cluster: each is (record_id, source_id, kind), verified against the representative."""
    members = [(*representative, "representative"), *copies]
    for row, (record_id, source_id, kind) in enumerate(members):
        corpus.record(record_id, source_id, 100, f"{source_id}.txt", row=row, declared_license=None, shingles=60)
        corpus.copy(record_id, source_id, kind, 100)
        corpus.rows["clusters"][-1] |= {"representative_id": representative[0], "cluster_id": representative[0]}
        if kind != "representative":
            corpus.pair(*sorted((representative[0], record_id)), kind, jaccard=1.0 if kind == "exact" else 0.9)


def test_every_reason_but_copies_has_sql():
    assert {found.reason for found in REASONS} == set(ExclusionReason) - set(COPIES)


def test_licenses_of_records_and_sources(corpus):
    corpus.record("a", "free", 10, declared_license=None)
    corpus.record("b", "free", 10, row=1, declared_license="CC-BY-NC-4.0")
    corpus.record("c", "free", 10, row=2, declared_license="terms of our own")
    corpus.record("d", "bound", 10, "other", declared_license=None)
    found = excluded(corpus, "license-forbids", "license-open")
    assert {record: row["reasons"] for record, row in found.items()} == {
        "b": ["license-forbids"],
        "c": ["license-open"],
        "d": ["license-forbids"],
    }
    assert set(excluded(corpus, "license-open")) == {"c"}


def test_what_the_data_shows(corpus):
    corpus.record("a", "free", 10, declared_license=None)
    corpus.record("b", "free", 10, row=1, declared_license=None)
    corpus.span("a", "free")
    corpus.span("b", "free", "GITHUB_TOKEN", kind="secret")
    corpus.hit("b", "free", "poems", "1", 0, 10)
    found = excluded(corpus)
    assert found["a"]["reasons"] == ["personal-information"]
    assert found["b"]["reasons"] == ["secret", "reference-hit"]


def test_people_without_consent_in_records_and_in_whole_files(corpus):
    corpus.subject("p1")
    corpus.subject("p2")
    corpus.authorisation("p2")
    corpus.record("a", "free", 10, declared_license=None, subject_ids=["p1"])
    corpus.record("b", "free", 10, row=1, declared_license=None, subject_ids=["p2"])
    corpus.record("c", "free", 10, "song.wav", declared_license=None)
    corpus.file_claim("free", "song.wav", subject_ids=["p1"])
    assert set(excluded(corpus, "consent-open")) == {"a", "c"}


def test_reservations_of_snapshots_and_of_the_records_themselves(corpus):
    address = "https://example.org/"
    corpus.snapshot("free", "robots.txt", "User-agent: *\nDisallow: /private/\n")
    corpus.record("a", "free", 10, declared_license=None, url=f"{address}private/1")
    corpus.record("b", "free", 10, row=1, declared_license=None, url=f"{address}open/1")
    corpus.record("c", "free", 10, row=2, declared_license=None)
    corpus.statement("c", "free", "tdmrep", "1")
    assert set(excluded(corpus, "opted-out")) == {"a", "c"}


def test_a_source_that_a_steward_leaves_out(corpus):
    corpus.record("a", "free", 10, declared_license=None)
    corpus.record("b", "public", 10, "p", declared_license=None)
    assert set(excluded(corpus, "source-excluded", sources=["public"])) == {"b"}


def test_the_representative_stays_unless_another_copy_is_preferred(corpus):
    add_cluster(corpus, ("a", "free"), ("b", "public", "exact"), ("c", "free", "near"))
    found = excluded(corpus, *COPIES)
    assert {record: (row["reasons"], row["kept_id"]) for record, row in found.items()} == {
        "b": (["exact-duplicate"], "a"),
        "c": (["near-duplicate"], "a"),
    }
    found = excluded(corpus, *COPIES, keep=[CopyPreference.SOURCE_ORDER], source_order=["public"])
    assert {record: (row["reasons"], row["kept_id"]) for record, row in found.items()} == {
        "a": (["exact-duplicate"], "b"),
        "c": (["near-duplicate"], "b"),
    }


def test_the_copy_under_the_freer_license_stays(corpus):
    add_cluster(corpus, ("a", "bound"), ("b", "public", "exact"))
    assert set(excluded(corpus, *COPIES, keep=[CopyPreference.LICENSE_FREEDOM])) == {"a"}


def test_where_the_representative_goes_a_copy_that_may_stay_takes_its_place(corpus):
    add_cluster(corpus, ("a", "bound"), ("b", "free", "near"), ("c", "public", "near"), ("d", "public", "near"))
    corpus.pair("b", "c", "near", jaccard=0.9)
    found = excluded(corpus, "license-forbids", *COPIES)
    assert found["a"]["reasons"] == ["license-forbids", "near-duplicate"]
    assert found["c"]["kept_id"] == "b"
    assert "d" not in found, "it was never compared with the copy that stays"
    assert "b" not in found


def test_only_the_kinds_of_copies_that_the_policy_names_go(corpus):
    add_cluster(corpus, ("a", "free"), ("b", "public", "exact"), ("c", "free", "near"))
    assert set(excluded(corpus, "exact-duplicate")) == {"b"}


def test_failed_rules_and_jurisdictions_stand_beside_the_reason(corpus):
    corpus.record("d", "bound", 10, declared_license=None)
    rules = [
        FailedRule("baseline.intended-use-permitted", "purposes", "bound", ("CN",)),
        FailedRule("eu.all", "purposes", None, ("EU",)),
        FailedRule("other", "secrets", "bound", ("US",)),
        FailedRule("elsewhere", "purposes", "free", ("US",)),
    ]
    row = excluded(corpus, "license-forbids", failed=rules)["d"]
    assert row["rule_ids"] == ["baseline.intended-use-permitted", "eu.all"]
    assert row["jurisdictions"] == ["CN", "EU"]


def test_a_test_record_that_copies_a_training_record(corpus):
    corpus.file("free", "train.txt", split="train")
    corpus.file("free", "test.txt", split="test")
    corpus.record("a", "free", 100, "train.txt", declared_license=None, shingles=60)
    corpus.record("b", "free", 100, "test.txt", declared_license=None, shingles=60)
    corpus.pair("a", "b", "near", jaccard=0.9)
    assert set(excluded(corpus, "evaluation-leak")) == {"b"}


@pytest.mark.parametrize("reason", list(ExclusionReason))
def test_a_reason_alone_reads_what_is_made_visible_for_it(corpus, reason):
    assert excluded(corpus, reason) == {}
