"""Packs that build on others: which rules come along, and what may be done to their weight."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import yaml

from corpus_audit.errors import PackError
from corpus_audit.evidence import tables
from corpus_audit.policy.evaluate import evaluate
from corpus_audit.policy.packs import Pack, load_pack, load_packs, pack_digest
from corpus_audit.policy.rules import Rule
from corpus_audit.vocabulary import Severity

FOUND = "baseline.license-evidence-found"  # warning
RECORDED = "baseline.license-recorded"  # critical


def _write(folder: Path, **says: Any) -> str:
    """Write a pack without rules of its own and return its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    basics = {
        "id": folder.name,
        "title": {"en": "Ours", "zh": "本公司"},
        "version": "1",
        "jurisdiction": "any",
        "changelog": [{"version": "1", "changes": "First."}],
        "extends": "baseline",
    }
    (folder / "pack.yaml").write_text(yaml.safe_dump(basics | says, allow_unicode=True))
    return str(folder)


def _rules(packs: tuple[Pack, ...]) -> dict[str, Rule]:
    return {rule.rule_id: rule for pack in packs for rule in pack.rules}


def test_the_rules_of_the_extended_pack_come_along(tmp_path: Path) -> None:
    packs = load_packs([_write(tmp_path / "ours")])
    assert [pack.id for pack in packs] == ["baseline", "ours"]
    assert packs[0].rules == load_pack("baseline").rules
    assert packs[1].rules == ()


def test_a_severity_rises_freely(tmp_path: Path) -> None:
    rule = _rules(load_packs([_write(tmp_path / "ours", severities={FOUND: "critical"})]))[FOUND]
    assert (rule.severity, rule.meta.severity) == (Severity.CRITICAL, Severity.WARNING)
    assert rule.reweighing is not None
    assert (rule.reweighing.pack, rule.reweighing.reason) == ("ours", "")


def test_a_severity_falls_only_with_a_reason(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=f"'{RECORDED}' falls from critical to info. Write the reason under 'lowered'"):
        load_packs([_write(tmp_path / "ours", severities={RECORDED: "info"})])
    with_reason = _write(tmp_path / "ours", severities={RECORDED: "info"}, lowered={RECORDED: "Kept elsewhere."})
    rule = _rules(load_packs([with_reason]))[RECORDED]
    assert rule.severity is Severity.INFO
    assert rule.reweighing is not None
    assert rule.reweighing.reason == "Kept elsewhere."


@pytest.mark.parametrize(
    ("says", "problem"),
    [
        ({"severities": {"baseline.nothing": "info"}}, "none of the extended packs has a rule 'baseline.nothing'"),
        ({"severities": {FOUND: "fatal"}}, "severities.baseline.license-evidence-found: input should be"),
        ({"lowered": {FOUND: "Because."}}, f"'severities' does not lower '{FOUND}'; remove the reason"),
        ({"severities": {FOUND: "critical"}, "lowered": {FOUND: "Because."}}, f"does not lower '{FOUND}'"),
        ({"severities": {FOUND: "info"}, "lowered": {FOUND: " "}}, "lowered.baseline.license-evidence-found: string"),
        ({"extends": "nothing"}, r"no policy pack '.*nothing'"),
        ({"extends": ["baseline", "baseline"]}, "'baseline' was chosen more than once"),
        ({"extends": []}, "holds no suite"),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path: Path, says: dict[str, Any], problem: str) -> None:
    with pytest.raises(PackError, match=problem):
        load_packs([_write(tmp_path / "ours", **says)])


def test_every_problem_with_severities_is_told_at_once(tmp_path: Path) -> None:
    says = {"severities": {"baseline.nothing": "info", RECORDED: "info"}, "lowered": {FOUND: "Because."}}
    with pytest.raises(PackError) as caught:
        load_packs([_write(tmp_path / "ours", **says)])
    assert len(caught.value.problems) == 3


def test_a_folder_is_relative_to_the_pack_that_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(tmp_path / "company", severities={FOUND: "critical"})
    _write(tmp_path / "teams" / "speech", extends="../../company")
    monkeypatch.chdir(tmp_path / "teams")
    packs = load_packs(["./speech"])
    assert [pack.id for pack in packs] == ["baseline", "company", "speech"]
    assert _rules(packs)[FOUND].severity is Severity.CRITICAL


def test_a_pack_cannot_lower_in_silence_what_the_one_between_raised(tmp_path: Path) -> None:
    _write(tmp_path / "company", severities={FOUND: "critical"})
    team = _write(tmp_path / "team", extends="../company", severities={FOUND: "warning"})
    with pytest.raises(PackError, match=f"'{FOUND}' falls from critical to warning"):
        load_packs([team])


def test_a_reason_stands_until_the_rule_weighs_what_it_did(tmp_path: Path) -> None:
    _write(tmp_path / "company", severities={RECORDED: "info"}, lowered={RECORDED: "Kept elsewhere."})
    for severity, reason in (("warning", "Kept elsewhere."), ("critical", "")):
        team = _write(tmp_path / "team", extends="../company", severities={RECORDED: severity})
        reweighing = _rules(load_packs([team]))[RECORDED].reweighing
        assert reweighing is not None
        assert (reweighing.severity, reweighing.pack, reweighing.reason) == (severity, "team", reason)


def test_a_circle_is_refused(tmp_path: Path) -> None:
    _write(tmp_path / "a", extends="../b")
    first = _write(tmp_path / "b", extends="../a")
    with pytest.raises(PackError, match="extends itself"):
        load_packs([first])


def test_a_pack_and_what_it_extends_are_not_both_chosen(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="'baseline' was chosen more than once, by name or by a pack that extends it"):
        load_packs(["baseline", _write(tmp_path / "ours")])


def test_the_digest_changes_with_a_severity(tmp_path: Path) -> None:
    digests = {
        pack_digest(load_packs([_write(tmp_path / "ours", severities=weights)])[-1])
        for weights in ({}, {FOUND: "critical"})
    }
    assert len(digests) == 2


def test_rules_and_findings_say_what_was_made_of_a_severity(tmp_path: Path) -> None:
    weights = {RECORDED: "warning", FOUND: "critical"}
    packs = load_packs([_write(tmp_path / "ours", severities=weights, lowered={RECORDED: "Kept elsewhere."})])
    row = {"source_id": "s", "license_declared": "not-recorded", "license_evidence_state": "not-recorded"}
    evaluation = evaluate(packs, {"sources": pa.Table.from_pylist([row], schema=tables.SOURCES.schema)})
    columns = ("severity", "declared_severity", "severity_pack", "severity_reason")
    said = {rule["rule_id"]: tuple(rule[name] for name in columns) for rule in evaluation.rules.to_pylist()}
    assert said[RECORDED] == ("warning", "critical", "ours", "Kept elsewhere.")
    assert said[FOUND] == ("critical", "warning", "ours", "")
    assert said["baseline.origin-recorded"] == ("warning", "warning", "", "")
    found = {finding["rule_id"]: finding["severity"] for finding in evaluation.findings.to_pylist()}
    assert (found[RECORDED], found[FOUND]) == ("warning", "critical")
