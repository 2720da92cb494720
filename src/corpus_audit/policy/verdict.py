"""From rules and findings to a verdict: the one function that concludes, as docs/verdict.md tables it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

import pyarrow as pa

from corpus_audit.vocabulary import Nature, RuleState, Severity, Verdict

NO_RULE_RAN = "No rule was applied to the evidence, so nothing was judged."
_NAMED_RULES = 5


@dataclass(frozen=True)
class VerdictDocument:
    """What an audit concludes and why. Counts name every member of their vocabulary, zeros included."""

    verdict: Verdict
    reasons: tuple[str, ...]
    findings_by_severity: Mapping[str, int]
    findings_by_nature: Mapping[str, int]
    rules_by_state: Mapping[str, int]

    def as_dict(self) -> dict[str, Any]:
        """Return the document as values that JSON has."""
        return asdict(self) | {"reasons": list(self.reasons)}


def decide(rules: pa.Table, findings: pa.Table) -> VerdictDocument:
    """Return the verdict that follows from *rules* (schema RULES) and *findings* (schema FINDINGS).

    A critical finding makes it fail. Otherwise it is incomplete when a rule errored, was not evaluated, or failed
    without a finding to show for it, or when no rule ran at all. Otherwise it is pass; warnings are in the reasons.
    """
    rule_rows = rules.select(["rule_id", "state"]).to_pylist()
    finding_rows = findings.select(["rule_id", "severity", "nature"]).to_pylist()
    severities = _count(Severity, (row["severity"] for row in finding_rows))
    gaps = tuple(_gaps(rule_rows, {row["rule_id"] for row in finding_rows}))
    return VerdictDocument(
        verdict=_conclude(has_critical=severities[Severity.CRITICAL] > 0, has_gaps=bool(gaps)),
        reasons=(*_what_was_found(finding_rows), *gaps) or (f"All {_rules(len(rule_rows))} passed.",),
        findings_by_severity=severities,
        findings_by_nature=_count(Nature, (row["nature"] for row in finding_rows)),
        rules_by_state=_count(RuleState, (row["state"] for row in rule_rows)),
    )


def _conclude(*, has_critical: bool, has_gaps: bool) -> Verdict:
    if has_critical:
        return Verdict.FAIL
    return Verdict.INCOMPLETE if has_gaps else Verdict.PASS


def _what_was_found(findings: Iterable[Mapping[str, str]]) -> Iterator[str]:
    """Yield one sentence per severity that has findings, heaviest first."""
    rows = list(findings)
    for severity in Severity:
        by_rule = Counter(row["rule_id"] for row in rows if row["severity"] == severity)
        if by_rule:
            noun = "finding" if by_rule.total() == 1 else "findings"
            yield f"{by_rule.total()} {severity} {noun}: {_listing(by_rule)}."


def _gaps(rules: Iterable[Mapping[str, str]], with_findings: set[str]) -> Iterator[str]:
    """Yield one sentence per reason why the rules say less than they should."""
    states: dict[str, list[str]] = {}
    for row in rules:
        states.setdefault(row["state"], []).append(row["rule_id"])
    if not states:
        yield NO_RULE_RAN
    unproven = [rule_id for rule_id in states.get(RuleState.FAILED, ()) if rule_id not in with_findings]
    for rule_ids, what in (
        (states.get(RuleState.ERRORED, ()), "errored"),
        (states.get(RuleState.NOT_EVALUATED, ()), "could not be evaluated"),
        (unproven, "failed, but their findings are missing"),
    ):
        if rule_ids:
            yield f"{_rules(len(rule_ids))} {what}: {', '.join(sorted(rule_ids))}."


def _listing(by_rule: Mapping[str, int]) -> str:
    """Return the rules with the most findings first, cut to what a sentence bears; the report has them all."""
    ordered = sorted(by_rule.items(), key=lambda counted: (-counted[1], counted[0]))
    named = [f"{rule_id} ({count})" for rule_id, count in ordered[:_NAMED_RULES]]
    rest = len(ordered) - len(named)
    return ", ".join(named) + (f" and {_rules(rest, 'more ')}" if rest else "")


def _rules(count: int, what: str = "") -> str:
    return f"{count} {what}rule" if count == 1 else f"{count} {what}rules"


def _count(vocabulary: type[StrEnum], words: Iterable[str]) -> dict[str, int]:
    counts = Counter(words)
    return {str(member): counts[member] for member in vocabulary}
