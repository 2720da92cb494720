"""View models of the page, in display order; templates only lay them out.

Long lists are cut here: a page shows the first rows, folds some more, and says how many are left to which file.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from corpus_audit.report.bounds import (
    OVERLAPS_SHOWN,
    PERSONAL_SHOWN,
    PLACES_LISTED,
    PROBLEM_ROWS_OPEN,
    SOURCES_SHOWN,
    problem_rows_folded,
)
from corpus_audit.report.model import Report
from corpus_audit.report.portions import Portion, portion
from corpus_audit.report.problem_groups import MissingFields, ProblemGroup, contradictions, count_missing
from corpus_audit.report.sections import (
    ChangedParameter,
    ClaimCount,
    ClaimStatus,
    Comparison,
    ListedRows,
    SourceRow,
    SubjectCount,
)
from corpus_audit.report.sections.supplements import SupplementRow
from corpus_audit.vocabulary import (
    WHOLE_DATASET,
    ConsentState,
    RuleState,
    Severity,
    SupplementState,
)

_FINDINGS = "findings.parquet"
SOURCES_OPEN, SOURCES_FOLDED = 25, SOURCES_SHOWN - 25
CLAIMS_OPEN, CLAIMS_FOLDED = 12, SOURCES_SHOWN - 12
OVERLAPS_FOLDED, PERSONAL_FOLDED = OVERLAPS_SHOWN - 15, PERSONAL_SHOWN - 15

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
    """A long list as a page shows it: rows in sight, rows folded away, and how many are left to which file."""

    shown: Sequence[Any]
    folded: Sequence[Any]
    left: int
    file: str


def cut(rows: ListedRows[Any] | Portion | Sequence[Any], shown: int = 15, folded: int = 285) -> Cut:
    """Return rows cut for a page; those that the report leaves out count among those that are left.

    A fold that would hold one or two rows is not worth its line.
    """
    part = portion(rows)
    listed = part.listed
    if len(listed) <= shown + 2:
        shown = len(listed)
    halves = listed[:shown], listed[shown : shown + folded]
    return Cut(*halves, left=part.rows - sum(map(len, halves)), file=part.all_in)


@dataclass(frozen=True)
class SeverityProblems:
    """The problems of one severity, those that break the most packs first; empty fields are elsewhere."""

    severity: Severity
    groups: tuple[ProblemGroup, ...]


def by_severity(groups: Iterable[ProblemGroup]) -> tuple[SeverityProblems, ...]:
    """Return the problems that are more than empty fields, by severity."""
    found = contradictions(groups)
    return tuple(
        SeverityProblems(severity, chosen)
        for severity in Severity
        if (chosen := tuple(group for group in found if group.severity == severity))
    )


def count_problems(parts: Iterable[SeverityProblems]) -> int:
    """Return how many problems there are of all severities."""
    return sum(len(part.groups) for part in parts)


def cut_problem(group: ProblemGroup, groups: int) -> Cut:
    """Return a problem's rows cut for a page that shows so many problems."""
    return cut(Portion(group.count, _FINDINGS, group.rows), PROBLEM_ROWS_OPEN, problem_rows_folded(groups))


def cut_missing(report: Report, missing: Sequence[MissingFields]) -> Cut:
    """Return what is not stated, a row for each source, cut for a page; what is left counts all of them."""
    return cut(Portion(count_missing(report, missing), _FINDINGS, missing), 12, PLACES_LISTED - 12)


EMPTY: Mapping[str, Callable[[Report], bool]] = {
    "record_licenses": lambda report: not (report.record_licenses.by_source or report.license_contradictions),
    "copies": lambda report: not (report.overlaps.pairs or report.similarity or report.split_leakage.splits),
    "references": lambda report: not report.references.works,
    "notices": lambda report: not (report.texts.notices or report.texts.secrets),
    "personal_information": lambda report: not report.personal_information.by_source,
    "names": lambda report: not report.texts.names,
    "media": lambda report: not (report.media or report.labels),
    "subjects": lambda report: not report.subjects.described,
    "opt_outs": lambda report: not (report.opt_outs.by_host or report.opt_outs.stated),
    "texts": lambda report: not report.texts.diversity,
    "models": lambda report: not report.models,
    "history": lambda report: len(report.history) < 2,
}
"""When a section has nothing to show: it then says so in the fold at the end."""


def empty_sections(report: Report) -> tuple[str, ...]:
    """Return the sections that have nothing to show."""
    return tuple(name for name, is_empty in EMPTY.items() if is_empty(report))


def choose_comparisons(source: SourceRow, aspects: Sequence[str]) -> tuple[Comparison, ...]:
    """Return a source's comparisons of *aspects*, in that order."""
    by_name = {comparison.aspect: comparison for comparison in source.comparisons}
    return tuple(by_name[name] for name in aspects)


def count_claims(report: Report, aspect: str) -> ClaimCount:
    """Return how many of all sources record one kind of claim, and how it compares with the data."""
    return next(claim for claim in report.claims if claim.aspect == aspect)


def list_obstacles(report: Report) -> Portion:
    """Return the answers that prevent an intended use, those that forbid it first."""
    return _first(report.purposes.answers, report.purposes.obstacles)


def has_open_questions(source: SourceRow) -> bool:
    """True if any claim that the data can support is contradicted, unclear or not recorded."""
    statuses = {comparison.status for comparison in choose_comparisons(source, CHECKED_ASPECTS)}
    return bool(statuses & {ClaimStatus.CONTRADICTED, ClaimStatus.UNCLEAR, ClaimStatus.MISSING})


def changed_parameter(report: Report, name: str) -> ChangedParameter | None:
    """Return a parameter with its default when it is not as it is by default."""
    return next((changed for changed in report.audit.changed_parameters if changed.name == name), None)


def count_idle_rules(report: Report) -> int:
    """Return how many rules had nothing to judge, because no row of the evidence concerned them."""
    return sum(rule.state == RuleState.NOTHING_TO_JUDGE for rule in report.rules)


@dataclass(frozen=True)
class PeopleSummary:
    """How many people have one thing of them in the data, and what is documented of that."""

    modality: str
    people: int
    documented: int
    not_needed: int
    states: tuple[SubjectCount, ...]

    @property
    def open(self) -> int:
        """People of whom it is neither documented nor unneeded."""
        return self.people - self.documented - self.not_needed


def summarise_people(report: Report) -> tuple[PeopleSummary, ...]:
    """Return the people of a report by what of them is in the data, with the states that are open."""
    by_modality = groupby(report.subjects.counts, key=lambda count: count.modality)
    return tuple(_summarise_people(modality, tuple(counts)) for modality, counts in by_modality)


def _summarise_people(modality: str, counts: Sequence[SubjectCount]) -> PeopleSummary:
    known = {count.state: count.subjects for count in counts}
    settled = (ConsentState.DOCUMENTED, ConsentState.NOT_NEEDED)
    return PeopleSummary(
        modality=modality,
        people=sum(known.values()),
        documented=known.get(ConsentState.DOCUMENTED, 0),
        not_needed=known.get(ConsentState.NOT_NEEDED, 0),
        states=tuple(count for count in counts if count.state not in settled),
    )


def gates_to_show(report: Report) -> Portion:
    """Return the gates of the dataset, and those of sources where any keyword was looked for."""
    return _first(report.texts.gates, report.texts.gates_with_records)


def _first(found: ListedRows[Any], count: int) -> Portion:
    """Return the part of a list that its first *count* rows are, of which the report may list fewer."""
    return Portion(count, found.all_in, found.listed[:count])


def added_by(report: Report, field: str) -> SupplementRow | None:
    """Return the steward's statement on a field of the whole dataset, None where the manifest speaks for itself."""
    return next(
        (
            row
            for row in report.supplements.listed
            if (row.source_id, row.field, row.state) == (WHOLE_DATASET, field, SupplementState.USED)
        ),
        None,
    )
