"""A whole audit of a small corpus finds what was put there, and shows none of it that is personal."""

from pathlib import Path

import pytest

from corpus_audit import audit
from corpus_audit.pipeline.audit import Audit
from corpus_audit.vocabulary import Verdict
from e2e.small_corpus import CANARY, standing_clock


@pytest.fixture
def finished(manifest: Path, tmp_path: Path) -> Audit:
    return audit(manifest, tmp_path / "store", workers=1, clock=standing_clock)


def test_the_verdict_follows_from_what_was_put_there(finished: Audit) -> None:
    assert finished.verdict is Verdict.FAIL
    assert finished.summary.findings_by_severity["critical"] > 0


def test_copies_are_found_and_verified(finished: Audit) -> None:
    pairs = {(row["source_a"], row["source_b"], row["kind"]): row for row in finished.tables["pairs"].to_pylist()}
    assert set(pairs) == {("open", "open", "exact"), ("open", "restricted", "near")} or set(pairs) == {
        ("open", "open", "exact"),
        ("restricted", "open", "near"),
    }
    near = next(row for key, row in pairs.items() if key[2] == "near")
    assert 0.8 < near["jaccard"] < 1


def test_an_overlap_with_conflicting_terms_is_a_finding(finished: Audit) -> None:
    (overlap,) = finished.tables["evidence.overlaps"].to_pylist()
    assert (overlap["license_a"], overlap["license_b"]) == ("MIT", "CC-BY-NC-4.0")
    assert overlap["terms_conflict"] == "conflicting"
    assert "overlaps" in finished.findings["evidence_table"].to_pylist()


def test_undeclared_files_and_bad_rows_are_findings(finished: Audit) -> None:
    files = {row["file"]: row["state"] for row in finished.tables["evidence.files"].to_pylist()}
    assert files["open/undeclared.txt"] == "undeclared"
    (defect,) = finished.tables["evidence.defects"].to_pylist()
    assert (defect["file"], defect["code"], defect["places"]) == ("restricted/rows.jsonl", "bad-row", ["row 1"])


def test_a_personal_value_is_found_and_shown_nowhere(finished: Audit) -> None:
    people = {row["source_id"]: row for row in finished.tables["evidence.sources"].to_pylist()}["people"]
    assert people["personal_information_observed"] == ["EMAIL_ADDRESS"]
    assert people["personal_information_state"] == "undeclared"
    # The manifest as received is the operator's own words; everything else is ours.
    written = [path for path in finished.folder.path.rglob("*") if path.is_file()]
    assert len(written) > 20
    for path in written:
        assert CANARY.encode() not in path.read_bytes(), path
    for table in finished.tables.values():
        assert CANARY not in str(table.to_pylist())
