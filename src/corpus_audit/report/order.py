"""The order of reported problems: by meaning, with missing statements as one line per source."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from corpus_audit.report.model import Report
from corpus_audit.report.sections import RuleRow
from corpus_audit.vocabulary import FailureKind


class ProblemKind(IntEnum):
    """What a failed rule means, the weightiest first."""

    CONTRADICTED = 0
    FORBIDDEN = 1
    UNREAD = 2
    OUT_OF_BOUNDS = 3
    NOT_STATED = 4


_FORBIDS = frozenset({"purposes", "propagated_restrictions", "references", "opt_outs"})
"""Evidence tables whose contradictions are uses, copies or works that terms or holders do not allow."""
_OF_READING = frozenset({"files", "defects", "content"})
"""Evidence tables in which what is missing is data that could not be read, and not a statement."""
_MEASURED = frozenset({"records", "text_bytes"})


@dataclass(frozen=True)
class MissingStatements:
    """What one source, or the dataset as a whole (None), does not state."""

    source_id: str | None
    rules: tuple[RuleRow, ...]


def problem_kind(rule: RuleRow) -> ProblemKind:
    """Return what it means that a rule failed."""
    if rule.failure_kind == FailureKind.OUT_OF_BOUNDS:
        return ProblemKind.OUT_OF_BOUNDS
    if rule.failure_kind == FailureKind.CONTRADICTION:
        return ProblemKind.FORBIDDEN if rule.evidence_table in _FORBIDS else ProblemKind.CONTRADICTED
    is_unread = rule.evidence_table in _OF_READING or rule.column in _MEASURED
    return ProblemKind.UNREAD if is_unread else ProblemKind.NOT_STATED


def missing_statements(report: Report, rules: Iterable[RuleRow]) -> tuple[MissingStatements, ...]:
    """Return which of *rules* each source leaves unstated, the source that leaves most first."""
    asked = {(rule.pack, rule.rule_id): rule for rule in rules if problem_kind(rule) is ProblemKind.NOT_STATED}
    by_source: dict[str | None, dict[str, RuleRow]] = defaultdict(dict)
    for finding in report.findings:
        if rule := asked.get((finding.pack, finding.rule_id)):
            by_source[finding.source_id].setdefault(_statement(rule), rule)
    missing = (MissingStatements(source, tuple(found.values())) for source, found in by_source.items())
    return tuple(sorted(missing, key=lambda row: (-len(row.rules), row.source_id or "")))


def _statement(rule: RuleRow) -> str:
    """Return what a rule asks to be stated: several packs may ask for the same."""
    return f"{rule.evidence_table}.{rule.column}" if rule.column else rule.rule_id
