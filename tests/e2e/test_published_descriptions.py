"""Descriptions that others published go through conversion and audit, however they are written."""

import json
from pathlib import Path

import pytest

from corpus_audit import audit
from corpus_audit.cli import main
from corpus_audit.manifest.load import load_manifest
from corpus_audit.vocabulary import Verdict

SHARED = Path(__file__).parents[2].parent / "shared" / "data"
DESCRIPTIONS = sorted(
    path.relative_to(SHARED).as_posix()
    for pattern in ("croissant/*/metadata.json", "croissant_invalid/*/metadata.json", "dpi/summaries/*.json")
    for path in SHARED.glob(pattern)
)
pytestmark = pytest.mark.skipif(not DESCRIPTIONS, reason="the shared files are not here")


@pytest.mark.parametrize("name", DESCRIPTIONS)
def test_a_description_converts_to_a_manifest_that_says_the_same(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    converted = tmp_path / "manifest.yaml"
    monkeypatch.setattr("sys.argv", ["corpus-audit", "manifest", "convert", str(SHARED / name), "-o", str(converted)])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 0
    assert load_manifest(converted).manifest == load_manifest(SHARED / name).manifest
    assert "ask the provider" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize("name", DESCRIPTIONS)
def test_a_description_can_be_audited_as_it_is(name: str, tmp_path: Path) -> None:
    finished = audit(SHARED / name, store=tmp_path / "store", workers=1)
    loaded = load_manifest(SHARED / name)
    assert finished.verdict in (Verdict.PASS, Verdict.FAIL)
    assert finished.tables["evidence.questions"].num_rows
    assert sum(finished.tables["evidence.claim_problems"]["count"].to_pylist()) == len(loaded.problems)
    assert json.loads((finished.folder.folder("ingest") / "received.json").read_bytes()) == json.loads(loaded.received)


def test_a_folder_is_audited_by_the_description_in_it(tmp_path: Path) -> None:
    finished = audit(SHARED / "croissant" / "titanic", store=tmp_path / "store", workers=1)
    states = {row["file"]: row["state"] for row in finished.tables["evidence.files"].to_pylist()}
    # Its publisher gave two of three files the size of the third.
    assert states == {
        "data/titanic.csv": "verified",
        "data/genders.csv": "size-mismatch",
        "data/embarkation_ports.csv": "size-mismatch",
    }


def test_what_is_wrong_with_a_description_is_a_finding_with_its_pointer(tmp_path: Path) -> None:
    finished = audit(SHARED / "croissant" / "huggingface-open-hermes", store=tmp_path / "store", workers=1)
    found = {(row["rule_id"], row["source_id"]): json.loads(row["evidence"]) for row in finished.findings.to_pylist()}
    fake = found["baseline.description-usable", "OpenHermes-2.5"]
    assert fake["places"] == ["metadata.json /distribution/0/sha256"]
    assert ("baseline.license-recorded", "OpenHermes-2.5") in found
    assert ("baseline.description-complete", None) in found
