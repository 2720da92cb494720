"""The example that ships with the program shows what its README says it shows."""

from pathlib import Path

from corpus_audit import audit
from e2e.small_corpus import standing_clock

EXAMPLE = Path(__file__).parents[2] / "examples" / "small-corpus" / "manifest.yaml"


def test_each_source_of_the_example_shows_what_it_is_there_for(tmp_path: Path) -> None:
    finished = audit(EXAMPLE, tmp_path / "store", workers=1, clock=standing_clock)
    findings = finished.findings.to_pylist()
    critical = {(f["rule_id"], f["source_id"]) for f in findings if f["severity"] == "critical"}
    assert critical >= {
        ("baseline.intended-use-permitted", "forum"),
        ("baseline.personal-information-not-contradicted", "contacts"),
    }
    (overlap,) = finished.tables["evidence.overlaps"].to_pylist()
    assert (overlap["source_a"], overlap["source_b"], overlap["terms_conflict"]) == ("forum", "handbook", "conflicting")
    assert "weather" not in {f["source_id"] for f in findings}
