"""Problems as a report shows them: each fact once, with every rule and pack that it breaks."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus_audit.document.natural_order import natural_order
from corpus_audit.evidence import tables
from corpus_audit.report.listed_findings import PLACES
from corpus_audit.report.model import Report
from corpus_audit.report.order import ProblemKind, manifest_field, problem_kind
from corpus_audit.report.sections import Finding, ProblemCount, RuleRow
from corpus_audit.vocabulary import OwnerRole, Severity

_SEVERITIES = list(Severity)
WEIGHTIEST = 5
"""Problems that a first screen names."""
FactKey = tuple[str, str]


@dataclass(frozen=True)
class ProblemRow:
    """One row of evidence that is wrong, with its finding under every rule that it breaks, the most severe first."""

    findings: tuple[Finding, ...]

    @property
    def lead(self) -> Finding:
        """The finding under the most severe rule."""
        return self.findings[0]

    @property
    def is_waived(self) -> bool:
        """True if decisions close it under every rule: one that a new pack brings is open."""
        return all(found.decision is not None and found.decision.status.is_closed for found in self.findings)


@dataclass(frozen=True)
class ProblemGroup:
    """One fact, the rules that judge it, the most severe first, and the first rows of evidence that break them.

    *count* counts all rows, those that are not listed too, and *open_count* those of them that no decision closes.
    """

    rules: tuple[RuleRow, ...]
    rows: tuple[ProblemRow, ...]
    count: int
    open_count: int

    @property
    def lead(self) -> RuleRow:
        """The most severe rule, whose sentence stands for the problem."""
        return self.rules[0]

    @property
    def severity(self) -> Severity:
        """The severity of the most severe rule."""
        return self.lead.severity

    @property
    def kind(self) -> ProblemKind:
        """What the problem means."""
        return problem_kind(self.lead)

    @cached_property
    def open_rows(self) -> tuple[ProblemRow, ...]:
        """The listed rows that no decision closes."""
        return tuple(row for row in self.rows if not row.is_waived)

    @property
    def is_waived(self) -> bool:
        """True if decisions close all its rows."""
        return not self.open_count

    @property
    def anchor(self) -> str:
        """The place of the problem in the page."""
        return f"problem-{self.lead.evidence_table}-{self.lead.fact}"

    @property
    def evaluated(self) -> int:
        """How many rows of evidence the rules looked at."""
        return max(self.count, *(rule.rows_evaluated for rule in self.rules))

    @cached_property
    def packs(self) -> tuple[str, ...]:
        """The packs whose rules it breaks."""
        return tuple(dict.fromkeys(rule.pack for rule in self.rules))

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns of evidence that the most severe rules show."""
        return tuple(dict.fromkeys(name for row in self.rows for name in row.lead.evidence))


@dataclass(frozen=True)
class MissingField:
    """One field of a manifest that nothing was written into, with the groups that ask for it."""

    field: str
    rules: tuple[RuleRow, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class MissingFields:
    """The fields that one source, person, model, or the dataset as a whole leaves empty."""

    evidence_table: str
    row: Finding
    severity: Severity
    fields: tuple[MissingField, ...]


def group_problems(report: Report) -> tuple[ProblemGroup, ...]:
    """Return every problem once: the most severe first, then consent of people, then what breaks the most packs."""
    rules = {rule.rule_id: rule for rule in report.rules}
    found: dict[FactKey, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        if rule := rules.get(finding.rule_id):
            found[rule.evidence_table, rule.fact].append(finding)
    groups = (
        _group(found[count.evidence_table, count.fact], broken, count)
        for count in report.problems
        if (broken := [rules[name] for name in count.rules if name in rules])
    )
    return tuple(sorted(groups, key=_weight))


def contradictions(groups: Iterable[ProblemGroup]) -> tuple[ProblemGroup, ...]:
    """Return the problems that are more than an empty field of the manifest."""
    return tuple(group for group in groups if group.kind is not ProblemKind.NOT_STATED)


def count_missing(report: Report, missing: Sequence[MissingFields]) -> int:
    """Return how many sources, people and models have an empty field: those that are not listed, too."""
    return max(report.not_stated, len(missing))


def missing_fields(groups: Iterable[ProblemGroup]) -> tuple[MissingFields, ...]:
    """Return what is not stated, a row for each source: the most severe first, then what lacks the most fields."""
    by_row: dict[tuple[str, str], dict[str, list[tuple[ProblemGroup, ProblemRow]]]] = defaultdict(dict)
    for group in groups:
        if group.kind is ProblemKind.NOT_STATED:
            for row in group.rows:
                place = (_place(row.lead), row.lead.source_id or "")
                by_row[place].setdefault(manifest_field(group.lead), []).append((group, row))
    rows = (_missing(fields) for fields in by_row.values())
    return tuple(
        sorted(
            rows, key=lambda row: (_SEVERITIES.index(row.severity), -len(row.fields), natural_order(row.row.subject))
        )
    )


def alike(missing: Iterable[MissingFields]) -> tuple[tuple[MissingFields, ...], ...]:
    """Return what is not stated, grouped where the same fields are empty, in the order of the first of each."""
    groups: dict[tuple[str, Severity, tuple[str, ...]], list[MissingFields]] = defaultdict(list)
    for row in missing:
        place = PLACES.get(row.evidence_table, row.evidence_table)
        groups[place, row.severity, tuple(field.field for field in row.fields)].append(row)
    return tuple(tuple(rows) for rows in groups.values())


def weightiest(groups: Iterable[ProblemGroup]) -> tuple[ProblemGroup, ...]:
    """Return the problems that a first screen names: open ones, and first those that are more than empty fields."""
    return tuple(group for group in contradictions(groups) if not group.is_waived)[:WEIGHTIEST]


def owners(groups: Iterable[ProblemGroup]) -> tuple[tuple[OwnerRole, tuple[ProblemGroup, ...]], ...]:
    """Return whose the problems are, those with the most severe first."""
    by_owner: dict[OwnerRole, list[ProblemGroup]] = defaultdict(list)
    for group in groups:
        if not group.is_waived:
            by_owner[group.lead.owner].append(group)
    return tuple((owner, tuple(found)) for owner, found in by_owner.items())


def _group(findings: Sequence[Finding], rules: Sequence[RuleRow], count: ProblemCount) -> ProblemGroup:
    broken = sorted(rules, key=lambda rule: (_SEVERITIES.index(rule.severity), problem_kind(rule)))
    rank = {rule.rule_id: position for position, rule in enumerate(broken)}
    by_problem: dict[str, list[Finding]] = defaultdict(list)
    for finding in sorted(findings, key=lambda found: rank[found.rule_id]):
        by_problem[finding.problem_id].append(finding)
    rows = sorted(
        (ProblemRow(tuple(found)) for found in by_problem.values()), key=lambda row: natural_order(row.lead.subject)
    )
    return ProblemGroup(tuple(broken), tuple(rows), count.rows, count.open_rows)


def _weight(group: ProblemGroup) -> tuple[int, bool, bool, int, int, int, str]:
    is_statement = group.kind is ProblemKind.NOT_STATED
    severity = _SEVERITIES.index(group.severity)
    comes_last = is_statement or group.is_waived
    # What a person did not consent to comes before what terms do not allow.
    is_about_terms = group.lead.evidence_table != tables.SUBJECTS.name
    return severity, comes_last, is_about_terms, -len(group.packs), group.kind, -group.count, group.anchor


def _place(finding: Finding) -> str:
    """Return what a statement is about: tables about sources, and those about the dataset, are one place each."""
    return PLACES.get(finding.evidence_table) or finding.evidence_table + finding.subject


def _missing(fields: dict[str, list[tuple[ProblemGroup, ProblemRow]]]) -> MissingFields:
    asked = [pair for pairs in fields.values() for pair in pairs]
    first = asked[0][1].lead
    return MissingFields(
        evidence_table=first.evidence_table,
        row=first,
        severity=min((row.lead.severity for _group, row in asked), key=_SEVERITIES.index),
        fields=tuple(
            MissingField(
                name,
                tuple(rule for group, _row in pairs for rule in group.rules),
                tuple(finding for _group, row in pairs for finding in row.findings),
            )
            for name, pairs in sorted(fields.items())
        ),
    )
