"""The verdict from rules, findings and waivers: the one function that concludes, as tabled in docs/verdict.md."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

import pyarrow as pa

from corpus_audit.evidence import tables
from corpus_audit.vocabulary import CoverageState, FailureKind, ReasonCode, RuleState, Severity, Verdict

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


def decide(
    rules: pa.Table,
    findings: pa.Table,
    coverage: pa.Table,
    waived: Set[str] = frozenset(),
    detectors_off: Sequence[str] = (),
    withdrawn: int = 0,
    *,
    is_sample: bool = False,
) -> VerdictDocument:
    """Return the verdict that follows from *rules*, *findings* and *coverage* (schemas of these names) and waivers.

    *waived* are ids of findings that the ledger closes for now. A critical finding that is not among them makes
    it fail, and so do *withdrawn* people: those in the data who withdrew their consent. Otherwise it is incomplete
    when a rule errored, was not evaluated, or failed without a finding to show for it, when no rule judged anything,
    when a source has data that was not read and no waived finding says so, when *detectors_off* names a type that
    was not looked for, or when only a sample was read. Otherwise it is pass, with waivers when a critical finding or
    unread data is waived; warnings are in the reasons, and so are critical rules whose bounds were loosened.
    """
    rule_rows = rules.select(["rule_id", "state", "severity", "declared_severity", "bounds"]).to_pylist()
    finding_rows = findings.select(_FINDING_COLUMNS).to_pylist()
    open_rows = [row for row in finding_rows if row["finding_id"] not in waived]
    waived_rows = [row for row in finding_rows if row["finding_id"] in waived]
    unread = _unread_sources(coverage)
    open_unread = unread - (_about_coverage(waived_rows) - _about_coverage(open_rows))
    gaps = (
        *_gaps(rule_rows, {row["rule_id"] for row in finding_rows}),
        *_unread_reason(open_unread, nothing_was_read=not coverage.num_rows),
        *_not_looked_for(detectors_off),
        *([Reason(ReasonCode.SAMPLE_ONLY, 1, {})] if is_sample else []),
    )
    return VerdictDocument(
        verdict=Verdict.FAIL if withdrawn else _conclude(open_rows, waived_rows, bool(gaps), unread != open_unread),
        reasons=(
            *(
                (*_who_withdrew(withdrawn), *_what_was_found(open_rows), *_what_was_waived(waived_rows), *gaps)
                or (_all_well(rule_rows),)
            ),
            *_what_was_loosened(rule_rows),
        ),
        findings_by_severity=_count(Severity, (row["severity"] for row in finding_rows)),
        findings_by_nature=_count(FailureKind, (row["failure_kind"] for row in finding_rows)),
        rules_by_state=_count(RuleState, (row["state"] for row in rule_rows)),
    )


_FINDING_COLUMNS = ["finding_id", "rule_id", "severity", "failure_kind", "evidence_table", "source_id"]
_Rows = Sequence[Mapping[str, Any]]


def _conclude(open_rows: _Rows, waived_rows: _Rows, has_gaps: bool, has_waived_gaps: bool) -> Verdict:
    if _has_critical(open_rows):
        return Verdict.FAIL
    if has_gaps:
        return Verdict.INCOMPLETE
    return Verdict.PASS_WITH_WAIVERS if has_waived_gaps or _has_critical(waived_rows) else Verdict.PASS


def _has_critical(rows: _Rows) -> bool:
    return any(row["severity"] == Severity.CRITICAL for row in rows)


def _unread_sources(coverage: pa.Table) -> Set[str]:
    """Return the sources that hold data which was not read, or of which there is nothing to read."""
    rows = coverage.select(["source_id", "state"]).to_pylist()
    return frozenset(row["source_id"] for row in rows if not CoverageState(row["state"]).is_covered)


def _about_coverage(rows: _Rows) -> Set[str]:
    """Return the sources that findings about unread data name."""
    return frozenset(row["source_id"] for row in rows if row["evidence_table"] == tables.COVERAGE.name)


def _unread_reason(sources: Set[str], *, nothing_was_read: bool) -> Iterator[Reason]:
    if sources or nothing_was_read:
        yield Reason(ReasonCode.UNREAD_DATA, len(sources), {})


def _all_well(rules: _Rows) -> Reason:
    return Reason(ReasonCode.ALL_RULES_PASSED, sum(row["state"] == RuleState.PASSED for row in rules), {})


def _who_withdrew(people: int) -> Iterator[Reason]:
    if people:
        yield Reason(ReasonCode.CONSENT_WITHDRAWN, people, {})


def _what_was_found(rows: _Rows) -> Iterator[Reason]:
    """Yield one reason per severity that has findings, heaviest first."""
    for severity in Severity:
        yield from _findings_reason(_FINDINGS[severity], [row for row in rows if row["severity"] == severity])


def _what_was_waived(rows: _Rows) -> Iterator[Reason]:
    yield from _findings_reason(ReasonCode.FINDINGS_WAIVED, rows)


def _findings_reason(code: ReasonCode, rows: _Rows) -> Iterator[Reason]:
    by_rule = Counter(row["rule_id"] for row in rows)
    if by_rule:
        yield Reason(code, by_rule.total(), dict(sorted(by_rule.items())))


def _gaps(rules: Iterable[Mapping[str, Any]], with_findings: set[str]) -> Iterator[Reason]:
    """Yield one reason per way in which the rules say less than they should."""
    states: dict[str, list[str]] = {}
    for row in rules:
        states.setdefault(row["state"], []).append(row["rule_id"])
    if not states:
        yield Reason(ReasonCode.NO_RULE, 0, {})
    elif states.keys() == {RuleState.NOTHING_TO_JUDGE}:
        yield Reason(ReasonCode.NOTHING_JUDGED, len(states[RuleState.NOTHING_TO_JUDGE]), {})
    unproven = [rule_id for rule_id in states.get(RuleState.FAILED, ()) if rule_id not in with_findings]
    for rule_ids, code in (
        (states.get(RuleState.ERRORED, ()), ReasonCode.RULES_ERRORED),
        (states.get(RuleState.NOT_EVALUATED, ()), ReasonCode.RULES_NOT_EVALUATED),
        (unproven, ReasonCode.FINDINGS_LOST),
    ):
        if rule_ids:
            yield Reason(code, len(rule_ids), dict.fromkeys(sorted(rule_ids), 0))


def _not_looked_for(detectors_off: Sequence[str]) -> Iterator[Reason]:
    if detectors_off:
        yield Reason(ReasonCode.DETECTORS_OFF, len(detectors_off), {})


def _what_was_loosened(rules: Iterable[Mapping[str, Any]]) -> Iterator[Reason]:
    """Yield a reason when a critical rule was judged by a looser bound than its pack's: no setting does so unseen."""
    loosened = sorted(
        row["rule_id"]
        for row in rules
        if Severity.CRITICAL in (row["severity"], row["declared_severity"])
        and any(bound["is_loosened"] for bound in row["bounds"] or ())
    )
    if loosened:
        yield Reason(ReasonCode.BOUNDS_LOOSENED, len(loosened), dict.fromkeys(loosened, 0))


def _count(vocabulary: type[StrEnum], words: Iterable[str]) -> dict[str, int]:
    counts = Counter(words)
    return {str(member): counts[member] for member in vocabulary}
