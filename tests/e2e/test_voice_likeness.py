"""The example on voices and faces shows what its README says it shows."""

from pathlib import Path

import pytest

from corpus_audit import audit
from e2e.small_corpus import standing_clock

EXAMPLE = Path(__file__).parents[2] / "examples" / "voice-likeness" / "manifest.yaml"

pytestmark = pytest.mark.needs("libchromaprint1")


def test_each_case_of_the_example_is_found(tmp_path: Path) -> None:
    finished = audit(EXAMPLE, tmp_path / "store", workers=1, clock=standing_clock)
    rules = {
        (finding["rule_id"].removeprefix("baseline."), finding["subject"]) for finding in finished.findings.to_pylist()
    }
    assert rules >= {
        ("likeness-documented", "mara-olsen"),
        ("likeness-documented", "lin-wan"),
        ("likeness-documented", "ada-quill"),
        ("generated-content-declared", "voice-clips / audio / tags / aigc-label / Label 1"),
        ("overlap-terms-compatible", "covers / songbook"),
        ("overlap-terms-compatible", "cover-art / portraits"),
        ("faces-declared", "streets / image"),
        ("voices-declared", "covers / audio"),
        ("personal-information-not-contradicted", "streets"),
    }
    assert not {subject for _, subject in rules} & {"chen-bo", "painter"}
    people = {row["subject_id"]: row for row in finished.tables["evidence.subjects"].to_pylist()}
    assert people["chen-bo"]["voice_state"] == people["painter"]["face_state"] == "documented"
    assert people["mara-olsen"]["gaps"] == ["bundled-only"]
    assert people["ada-quill"]["gaps"] == ["grantor-not-entitled", "attestation-missing"]
    overlaps = {(row["source_a"], row["source_b"]): row for row in finished.tables["evidence.overlaps"].to_pylist()}
    assert overlaps["covers", "studio-recordings"]["near_records"] == 1
