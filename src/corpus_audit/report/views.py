"""What the page shows of a report, in the order it shows it; templates only lay it out.

Long lists are cut here: a page shows the first rows, folds some more, and says how many are left to ``report.json``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from corpus_audit.report.model import Comparison, Finding, Report, Rule, Source, Standing
from corpus_audit.vocabulary import Nature, RuleState, Severity

ROWS_OPEN = 8
ROWS_FOLDED_AT_LEAST, ROWS_FOLDED_AT_MOST, ROWS_FOLDED_IN_ALL = 20, 200, 3000
SOURCES_OPEN = 40
OVERLAPS_OPEN, OVERLAPS_FOLDED = 15, 85
FILES_OPEN, FILES_FOLDED = 15, 285

CHECKED_ASPECTS = ("license", "license_evidence", "files", "personal_information")
UNCHECKED_ASPECTS = (
    "legal_basis",
    "origin",
    "collector",
    "collection_method",
    "collection_period",
    "opt_outs_checked",
    "synthetic",
)


@dataclass(frozen=True)
class Cut:
    """A long list as a page shows it: rows in sight, rows folded away, and how many are left out."""

    shown: Sequence[Any]
    folded: Sequence[Any]
    left: int


def cut(rows: Sequence[Any], shown: int, folded: int) -> Cut:
    """Return *rows* cut for a page; a fold that would hold one or two rows is not worth its line."""
    if len(rows) <= shown + 2:
        return Cut(rows, (), 0)
    return Cut(rows[:shown], rows[shown : shown + folded], max(0, len(rows) - shown - folded))


@dataclass(frozen=True)
class RuleFindings:
    """The findings of one rule, with the evidence columns they have."""

    rule: Rule
    count: int
    columns: tuple[str, ...]
    rows: Cut


@dataclass(frozen=True)
class SeverityFindings:
    """The rules of one severity that have findings, those with the most findings first."""

    severity: Severity
    count: int
    rules: tuple[RuleFindings, ...]


@dataclass(frozen=True)
class NatureSummary:
    """The failed rules of one nature, heaviest first."""

    nature: Nature
    rules: tuple[Rule, ...]


def group_findings(report: Report) -> tuple[SeverityFindings, ...]:
    """Return all findings by severity, then by rule."""
    rules = {(rule.pack, rule.rule_id): rule for rule in report.rules}
    by_rule = {key: tuple(found) for key, found in groupby(report.findings, key=lambda row: (row.pack, row.rule_id))}
    folded = _rows_folded(len(by_rule))
    groups = [_rule_findings(rules[key], found, folded) for key, found in by_rule.items() if key in rules]
    return tuple(
        SeverityFindings(severity, sum(group.count for group in chosen), chosen)
        for severity in Severity
        if (chosen := tuple(group for group in _most_first(groups) if group.rule.severity == severity))
    )


def _rows_folded(groups: int) -> int:
    return min(ROWS_FOLDED_AT_MOST, max(ROWS_FOLDED_AT_LEAST, ROWS_FOLDED_IN_ALL // max(1, groups)))


def _most_first(groups: Iterable[RuleFindings]) -> list[RuleFindings]:
    return sorted(groups, key=lambda group: (-group.count, group.rule.rule_id))


def _rule_findings(rule: Rule, found: Sequence[Finding], folded: int) -> RuleFindings:
    columns = tuple(dict.fromkeys(name for finding in found for name in finding.evidence))
    return RuleFindings(rule, len(found), columns, cut(found, ROWS_OPEN, folded))


def group_failures(report: Report) -> tuple[NatureSummary, ...]:
    """Return the failed rules by nature, leaving out the natures that have none."""
    failed = [rule for rule in report.rules if rule.state == RuleState.FAILED]
    groups = (NatureSummary(nature, tuple(rule for rule in failed if rule.nature == nature)) for nature in _NATURES)
    return tuple(group for group in groups if group.rules)


_NATURES = (Nature.CONTRADICTION, Nature.MISSING, Nature.OUT_OF_BOUNDS)


def choose_comparisons(source: Source, aspects: Sequence[str]) -> tuple[Comparison, ...]:
    """Return a source's comparisons of *aspects*, in that order."""
    by_name = {comparison.aspect: comparison for comparison in source.comparisons}
    return tuple(by_name[name] for name in aspects)


def count_standings(sources: Iterable[Source], aspect: str) -> dict[Standing, int]:
    """Return how many sources stand how in one aspect, worst first; standings nobody has are left out."""
    found = [comparison.standing for source in sources for comparison in choose_comparisons(source, (aspect,))]
    return {standing: found.count(standing) for standing in Standing if standing in found}
