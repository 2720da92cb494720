"""From rules and findings to a verdict: the one function that concludes, as docs/verdict.md tables it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

import pyarrow as pa

from corpus_audit.vocabulary import Nature, ReasonCode, RuleState, Severity, Verdict

_FINDINGS = {
    Severity.CRITICAL: ReasonCode.CRITICAL_FINDINGS,
    Severity.WARNING: ReasonCode.WARNING_FINDINGS,
    Severity.INFO: ReasonCode.INFO_FINDINGS,
}


@dataclass(frozen=True)
class Reason:
    """One reason for a verdict, in no language: what was counted, and how often for each rule concerned.

    *count* is of findings where the reason is findings, and of rules where it is the state of rules.
    """

    code: ReasonCode
    count: int
    rules: Mapping[str, int]


@dataclass(frozen=True)
class VerdictDocument:
    """What an audit concludes and why. Counts name every member of their vocabulary, zeros included."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    findings_by_severity: Mapping[str, int]
    findings_by_nature: Mapping[str, int]
    rules_by_state: Mapping[str, int]

    def as_dict(self) -> dict[str, Any]:
        """Return the document as values that JSON has."""
        return asdict(self) | {"reasons": [asdict(reason) for reason in self.reasons]}


def decide(rules: pa.Table, findings: pa.Table) -> VerdictDocument:
    """Return the verdict that follows from *rules* (schema RULES) and *findings* (schema FINDINGS).

    A critical finding makes it fail. Otherwise it is incomplete when a rule errored, was not evaluated, or failed
    without a finding to show for it, or when no rule ran at all. Otherwise it is pass; warnings are in the reasons.
    """
    rule_rows = rules.select(["rule_id", "state"]).to_pylist()
    finding_rows = findings.select(["rule_id", "severity", "nature"]).to_pylist()
    severities = _count(Severity, (row["severity"] for row in finding_rows))
    gaps = tuple(_gaps(rule_rows, {row["rule_id"] for row in finding_rows}))
    all_well = Reason(ReasonCode.ALL_RULES_PASSED, len(rule_rows), {})
    return VerdictDocument(
        verdict=_conclude(has_critical=severities[Severity.CRITICAL] > 0, has_gaps=bool(gaps)),
        reasons=(*_what_was_found(finding_rows), *gaps) or (all_well,),
        findings_by_severity=severities,
        findings_by_nature=_count(Nature, (row["nature"] for row in finding_rows)),
        rules_by_state=_count(RuleState, (row["state"] for row in rule_rows)),
    )


def _conclude(*, has_critical: bool, has_gaps: bool) -> Verdict:
    if has_critical:
        return Verdict.FAIL
    return Verdict.INCOMPLETE if has_gaps else Verdict.PASS


def _what_was_found(findings: Iterable[Mapping[str, str]]) -> Iterator[Reason]:
    """Yield one reason per severity that has findings, heaviest first."""
    rows = list(findings)
    for severity in Severity:
        by_rule = Counter(row["rule_id"] for row in rows if row["severity"] == severity)
        if by_rule:
            yield Reason(_FINDINGS[severity], by_rule.total(), dict(sorted(by_rule.items())))


def _gaps(rules: Iterable[Mapping[str, str]], with_findings: set[str]) -> Iterator[Reason]:
    """Yield one reason per way in which the rules say less than they should."""
    states: dict[str, list[str]] = {}
    for row in rules:
        states.setdefault(row["state"], []).append(row["rule_id"])
    if not states:
        yield Reason(ReasonCode.NO_RULE, 0, {})
    unproven = [rule_id for rule_id in states.get(RuleState.FAILED, ()) if rule_id not in with_findings]
    for rule_ids, code in (
        (states.get(RuleState.ERRORED, ()), ReasonCode.RULES_ERRORED),
        (states.get(RuleState.NOT_EVALUATED, ()), ReasonCode.RULES_NOT_EVALUATED),
        (unproven, ReasonCode.FINDINGS_LOST),
    ):
        if rule_ids:
            yield Reason(code, len(rule_ids), dict.fromkeys(sorted(rule_ids), 0))


def _count(vocabulary: type[StrEnum], words: Iterable[str]) -> dict[str, int]:
    counts = Counter(words)
    return {str(member): counts[member] for member in vocabulary}
