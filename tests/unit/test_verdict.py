"""The verdict: every row of the table in docs/verdict.md, and what the reasons say."""

import json
import re
from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from corpus_audit.evidence import tables
from corpus_audit.ledger import Entry, evidence_digest, statuses
from corpus_audit.policy.verdict import Reason, decide
from corpus_audit.schemas import FINDINGS, RULES
from corpus_audit.vocabulary import CoverageState, DecisionAction, ReasonCode

PAGE = Path(__file__).parents[2] / "docs" / "verdict.md"
DOCUMENTED = dict(re.findall(r"^\| `([a-z-]+)` \|.*\| \*\*([a-z-]+)\*\* \|", PAGE.read_text(), re.MULTILINE))

TODAY = date(2026, 11, 24)
YESTERDAY = TODAY - timedelta(days=1)

CASES: dict[str, tuple[Any, ...]] = {
    "consent-withdrawn": ({"a": "passed"}, [], [], "read", (), 1),
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
    "sample": ({"a": "passed"}, [], [], "read", (), 0, True),
    "detectors-off": ({"a": "passed"}, [], [], "read", ("PHONE_NUMBER",)),
    "waived": (
        {"a": "failed", "b": "failed"},
        [("a", "critical"), ("b", "warning")],
        [("a", "reject", TODAY), ("a", "accept-risk", TODAY)],
    ),
    "waived-warning": ({"a": "failed"}, [("a", "warning")], [("a", "accept-risk", TODAY)]),
    "warnings": ({"a": "passed", "b": "failed", "c": "failed"}, [("b", "warning"), ("c", "info")], []),
    "clean": ({"a": "passed", "b": "nothing-to-judge"}, [], []),
    "nothing-judged": ({"a": "nothing-to-judge"}, [], []),
    "unread": ({"coverage": "failed", "b": "passed"}, [("coverage", "warning")], [], "unread"),
    "unread-without-rule": ({"a": "passed"}, [], [], "unread"),
    "nothing-there": ({"coverage": "failed"}, [("coverage", "warning")], [], "nothing-there"),
    "unread-waived": (
        {"coverage": "failed"},
        [("coverage", "warning")],
        [("coverage", "accept-risk", TODAY)],
        "unread",
    ),
    "unread-waiver-expired": (
        {"coverage": "failed"},
        [("coverage", "warning")],
        [("coverage", "accept-risk", YESTERDAY)],
        "unread",
    ),
}
"""For each row of the table: rules with their states, findings as (rule, severity), decisions, oldest first, as
(rule, action, last day), the state of the only source's coverage where it is not 'read', the detectors that were
switched off, how many people withdrew, and whether only a sample was read. The rule 'coverage' judges coverage."""


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
            "evidence_table": "coverage" if rule_id == "coverage" else "sources",
            "source_id": "s",
            "evidence": "{}",
        }
        for rule_id, severity in findings
    ]
    return pa.Table.from_pylist(rows, schema=FINDINGS.schema)


def _coverage(*states: str) -> pa.Table:
    rows = [{"source_id": "s" * number, "state": state} for number, state in enumerate(states, start=1)]
    return pa.Table.from_pylist(rows, schema=tables.COVERAGE.schema)


READ = _coverage("read")


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
    states, findings, decisions, *more = CASES[row]
    unsaid: list[Any] = ["read", (), 0, False]
    coverage, off, withdrawn, is_sample = [*more, *unsaid[len(more) :]]
    known = _rules(states), _findings(findings), _coverage(coverage), _waived(decisions)
    decided = decide(*known, off, withdrawn, is_sample=is_sample)
    assert decided.verdict == DOCUMENTED[row]


def test_a_detector_that_was_switched_off_is_a_reason_and_does_not_hide_a_failure() -> None:
    document = decide(
        _rules({"a": "failed"}), _findings([("a", "critical")]), _coverage("read"), detectors_off=("A", "B")
    )
    assert document.verdict == "fail"
    assert document.reasons[-1] == Reason(ReasonCode.DETECTORS_OFF, 2, {})


@pytest.mark.parametrize(("severity", "declared"), [("critical", "warning"), ("warning", "critical")])
def test_a_looser_bound_of_a_critical_rule_is_a_reason_beside_all_others(severity: str, declared: str) -> None:
    bound = {"argument": "max_value", "of_pack": 0.0, "used": 5.0}
    rows = [
        {
            "rule_id": "a",
            "severity": severity,
            "declared_severity": declared,
            "bounds": [bound | {"is_loosened": True}],
        },
        {
            "rule_id": "b",
            "severity": severity,
            "declared_severity": declared,
            "bounds": [bound | {"is_loosened": False}],
        },
        {"rule_id": "c", "severity": "info", "declared_severity": "info", "bounds": [bound | {"is_loosened": True}]},
    ]
    rules = pa.Table.from_pylist([row | {"state": "passed"} for row in rows], schema=RULES.schema)
    assert decide(rules, _findings([]), _coverage("read")).reasons == (
        Reason(ReasonCode.ALL_RULES_PASSED, 3, {}),
        Reason(ReasonCode.BOUNDS_LOOSENED, 1, {"a": 0}),
    )


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
        READ,
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
        READ,
    )
    assert document.reasons == (
        Reason(ReasonCode.CRITICAL_FINDINGS, 1, {"a": 1}),
        Reason(ReasonCode.WARNING_FINDINGS, 3, {"b": 2, "c": 1}),
        Reason(ReasonCode.RULES_ERRORED, 1, {"d": 0}),
        Reason(ReasonCode.RULES_NOT_EVALUATED, 1, {"e": 0}),
    )


def test_a_failed_rule_without_findings_is_a_reason() -> None:
    lost = decide(_rules({"a": "failed", "b": "passed"}), _findings([]), READ).reasons
    assert lost == (Reason(ReasonCode.FINDINGS_LOST, 1, {"a": 0}),)


def test_reasons_say_so_when_all_is_well_and_when_nothing_ran() -> None:
    well = decide(_rules({"a": "passed", "b": "passed"}), _findings([]), READ).reasons
    assert well == (Reason(ReasonCode.ALL_RULES_PASSED, 2, {}),)
    assert decide(_rules({}), _findings([]), READ).reasons == (Reason(ReasonCode.NO_RULE, 0, {}),)


def test_counts_name_every_member_and_the_document_is_json() -> None:
    document = decide(_rules({"a": "failed"}), _findings([("a", "info")]), READ)
    assert json.loads(json.dumps(document.as_dict())) == {
        "verdict": "pass",
        "reasons": [{"code": "info-findings", "count": 1, "rules": {"a": 1}}],
        "findings_by_severity": {"critical": 0, "warning": 0, "info": 1},
        "findings_by_nature": {"missing": 1, "contradiction": 0, "out-of-bounds": 0},
        "rules_by_state": {"passed": 0, "failed": 1, "errored": 0, "not-evaluated": 0, "nothing-to-judge": 0},
    }


def test_unread_sources_are_counted_once_and_only_those_without_a_waiver() -> None:
    coverage = _coverage("unread", "nothing-there", "within-bound")
    found = _findings([("coverage", "warning")])
    decided = decide(_rules({"coverage": "failed"}), found, coverage, {"finding of coverage"})
    assert decided.verdict == "incomplete"
    assert decided.reasons[-1] == Reason(ReasonCode.UNREAD_DATA, 1, {})


def test_a_waiver_of_another_finding_about_the_source_says_nothing_of_what_was_not_read() -> None:
    found = _findings([("coverage", "warning"), ("a", "critical")])
    decided = decide(_rules({"coverage": "failed", "a": "failed"}), found, _coverage("unread"), {"finding of a"})
    assert decided.verdict == "incomplete"


def test_without_coverage_nothing_was_read() -> None:
    decided = decide(_rules({"a": "passed"}), _findings([]), tables.COVERAGE.empty())
    assert decided.verdict == "incomplete"


@pytest.mark.parametrize("state", [state for state in CoverageState if state not in ("read", "within-bound")])
def test_only_what_was_read_passes(state: CoverageState) -> None:
    assert decide(_rules({"a": "passed"}), _findings([]), _coverage(state)).verdict == "incomplete"
