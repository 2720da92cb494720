"""The verdict: every row of the table in docs/verdict.md, and what the reasons say."""

import json
import re
from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from corpus_audit.ledger import Entry, evidence_digest, statuses
from corpus_audit.policy.verdict import Reason, decide
from corpus_audit.schemas import FINDINGS, RULES
from corpus_audit.vocabulary import DecisionAction, ReasonCode

PAGE = Path(__file__).parents[2] / "docs" / "verdict.md"
DOCUMENTED = dict(re.findall(r"^\| `([a-z-]+)` \|.*\| \*\*([a-z-]+)\*\* \|", PAGE.read_text(), re.MULTILINE))

TODAY = date(2026, 11, 24)
YESTERDAY = TODAY - timedelta(days=1)

CASES = {
    "critical-finding": ({"a": "failed", "b": "errored", "c": "not-evaluated"}, [("a", "critical")], []),
    "expired-waiver": ({"a": "failed"}, [("a", "critical")], [("a", "accept-risk", YESTERDAY)]),
    "promise": (
        {"a": "failed", "b": "failed"},
        [("a", "critical"), ("b", "critical")],
        [("a", "remediate", TODAY), ("b", "exclude-source", TODAY)],
    ),
    "no-rule": ({}, [], []),
    "errored": ({"a": "passed", "b": "errored", "c": "failed"}, [("c", "critical")], [("c", "false-positive", TODAY)]),
    "not-evaluated": ({"a": "failed", "b": "not-evaluated"}, [("a", "warning")], []),
    "lost-findings": ({"a": "passed", "b": "failed"}, [], []),
    "waived": (
        {"a": "failed", "b": "failed"},
        [("a", "critical"), ("b", "warning")],
        [("a", "reject", TODAY), ("a", "accept-risk", TODAY)],
    ),
    "waived-warning": ({"a": "failed"}, [("a", "warning")], [("a", "accept-risk", TODAY)]),
    "warnings": ({"a": "passed", "b": "failed", "c": "failed"}, [("b", "warning"), ("c", "info")], []),
    "clean": ({"a": "passed", "b": "passed"}, [], []),
}
"""For each row of the table: rules with their states, findings as (rule, severity), and decisions, oldest first, as
(rule, action, last day)."""


def _rules(states: dict[str, str]) -> pa.Table:
    rows = [{"rule_id": rule_id, "pack": "p", "state": state} for rule_id, state in states.items()]
    return pa.Table.from_pylist(rows, schema=RULES.schema)


def _findings(findings: list[tuple[str, str]]) -> pa.Table:
    rows = [
        {
            "finding_id": f"finding of {rule_id}",
            "rule_id": rule_id,
            "severity": severity,
            "failure_kind": "missing",
            "evidence": "{}",
        }
        for rule_id, severity in findings
    ]
    return pa.Table.from_pylist(rows, schema=FINDINGS.schema)


def _waived(decisions: list[tuple[str, str, date]]) -> frozenset[str]:
    entries = [_entry(*decision) for decision in decisions]
    findings = _findings([(rule, "critical") for rule in dict.fromkeys(rule for rule, _, _ in decisions)])
    decided = statuses(findings, entries, f"{TODAY}T12:00:00+00:00")
    return frozenset(finding_id for finding_id, found in decided.items() if found.is_closed)


def _entry(rule: str, action: str, last: date) -> Entry:
    known = {"scope": "finding", "finding_id": f"finding of {rule}", "evidence_sha256": evidence_digest("{}")}
    columns = dict.fromkeys((field.name for field in fields(Entry)), "") | known
    return Entry(**columns | {"action": DecisionAction(action), "expires_at": f"{last}T23:59:59+00:00"})


def test_every_documented_row_has_a_case() -> None:
    assert set(DOCUMENTED) == set(CASES)


@pytest.mark.parametrize("row", CASES)
def test_the_documented_verdict_is_the_one_decided(row: str) -> None:
    states, findings, decisions = CASES[row]
    assert decide(_rules(states), _findings(findings), _waived(decisions)).verdict == DOCUMENTED[row]


def test_the_last_decision_about_a_finding_counts() -> None:
    taken_back = [("a", "accept-risk", TODAY), ("a", "remediate", TODAY)]
    shortened = [("a", "false-positive", TODAY), ("a", "accept-risk", YESTERDAY)]
    renewed = [("a", "accept-risk", YESTERDAY), ("a", "accept-risk", TODAY)]
    assert not _waived(taken_back)
    assert not _waived(shortened)
    assert _waived(renewed) == {"finding of a"}


def test_what_is_waived_is_counted_apart_and_stays_among_the_findings() -> None:
    document = decide(
        _rules({"a": "failed", "b": "failed"}),
        _findings([("a", "critical"), ("b", "warning")]),
        _waived([("a", "accept-risk", TODAY)]),
    )
    assert document.reasons == (
        Reason(ReasonCode.WARNING_FINDINGS, 1, {"b": 1}),
        Reason(ReasonCode.FINDINGS_WAIVED, 1, {"a": 1}),
    )
    assert document.findings_by_severity == {"critical": 1, "warning": 1, "info": 0}


def test_reasons_count_findings_by_rule_heaviest_first_then_what_is_missing() -> None:
    document = decide(
        _rules({"a": "failed", "b": "failed", "c": "failed", "d": "errored", "e": "not-evaluated"}),
        _findings([("b", "warning"), ("a", "critical"), ("b", "warning"), ("c", "warning")]),
    )
    assert document.reasons == (
        Reason(ReasonCode.CRITICAL_FINDINGS, 1, {"a": 1}),
        Reason(ReasonCode.WARNING_FINDINGS, 3, {"b": 2, "c": 1}),
        Reason(ReasonCode.RULES_ERRORED, 1, {"d": 0}),
        Reason(ReasonCode.RULES_NOT_EVALUATED, 1, {"e": 0}),
    )


def test_a_failed_rule_without_findings_is_a_reason() -> None:
    lost = decide(_rules({"a": "failed", "b": "passed"}), _findings([])).reasons
    assert lost == (Reason(ReasonCode.FINDINGS_LOST, 1, {"a": 0}),)


def test_reasons_say_so_when_all_is_well_and_when_nothing_ran() -> None:
    well = decide(_rules({"a": "passed", "b": "passed"}), _findings([])).reasons
    assert well == (Reason(ReasonCode.ALL_RULES_PASSED, 2, {}),)
    assert decide(_rules({}), _findings([])).reasons == (Reason(ReasonCode.NO_RULE, 0, {}),)


def test_counts_name_every_member_and_the_document_is_json() -> None:
    document = decide(_rules({"a": "failed"}), _findings([("a", "info")]))
    assert json.loads(json.dumps(document.as_dict())) == {
        "verdict": "pass",
        "reasons": [{"code": "info-findings", "count": 1, "rules": {"a": 1}}],
        "findings_by_severity": {"critical": 0, "warning": 0, "info": 1},
        "findings_by_nature": {"missing": 1, "contradiction": 0, "out-of-bounds": 0},
        "rules_by_state": {"passed": 0, "failed": 1, "errored": 0, "not-evaluated": 0},
    }
