"""View models of the page, in display order; templates only lay them out.

Long lists are cut here: a page shows the first rows, folds some more, and says how many are left to ``report.json``.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from corpus_audit.report.anchors import OVERLAPS_LISTED, PERSONAL_LISTED, SOURCES_LISTED
from corpus_audit.report.listed_findings import PLACES_LISTED
from corpus_audit.report.model import Report
from corpus_audit.report.problem_groups import MissingFields, ProblemGroup, contradictions, count_missing
from corpus_audit.report.sections import (
    ChangedParameter,
    ClaimStatus,
    Comparison,
    ContentRow,
    PurposeRow,
    SourceRow,
    SubjectCount,
)
from corpus_audit.report.sections.supplements import SupplementRow
from corpus_audit.report.sections.texts import AcceptanceResult
from corpus_audit.vocabulary import (
    NOT_RECORDED,
    WHOLE_DATASET,
    ConsentState,
    Purpose,
    RuleState,
    Severity,
    SupplementState,
)

ROWS_OPEN = 8
ROWS_FOLDED_AT_LEAST, ROWS_FOLDED_AT_MOST, ROWS_FOLDED_IN_ALL = 20, 200, 3000
SOURCES_OPEN, SOURCES_FOLDED = 25, SOURCES_LISTED - 25
CLAIMS_OPEN, CLAIMS_FOLDED = 12, SOURCES_LISTED - 12
OVERLAPS_FOLDED, PERSONAL_FOLDED = OVERLAPS_LISTED - 15, PERSONAL_LISTED - 15

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


def cut(rows: Sequence[Any], shown: int = 15, folded: int = 285, *, in_all: int | None = None) -> Cut:
    """Return *rows* cut for a page; *in_all* counts also those that the report leaves out.

    A fold that would hold one or two rows is not worth its line.
    """
    if len(rows) <= shown + 2:
        shown = len(rows)
    listed = rows[:shown], rows[shown : shown + folded]
    return Cut(*listed, left=(len(rows) if in_all is None else in_all) - sum(map(len, listed)))


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
    return cut(group.rows, ROWS_OPEN, _rows_folded(groups), in_all=group.count)


def cut_missing(report: Report, missing: Sequence[MissingFields]) -> Cut:
    """Return what is not stated, a row for each source, cut for a page; what is left counts all of them."""
    return cut(missing, 12, PLACES_LISTED - 12, in_all=count_missing(report, missing))


def _rows_folded(groups: int) -> int:
    return min(ROWS_FOLDED_AT_MOST, max(ROWS_FOLDED_AT_LEAST, ROWS_FOLDED_IN_ALL // max(1, groups)))


EMPTY: Mapping[str, Callable[[Report], bool]] = {
    "record_licenses": lambda report: not (report.record_licenses.listed or report.license_contradictions),
    "copies": lambda report: not (report.overlaps.pairs or report.similarity or report.split_leakage.splits),
    "references": lambda report: not report.references.works,
    "notices": lambda report: not (report.texts.notices_rows or report.texts.secrets),
    "personal_information": lambda report: not report.personal_information,
    "names": lambda report: not report.texts.names,
    "media": lambda report: not (report.media or report.labels.rows),
    "subjects": lambda report: not report.subjects.described,
    "opt_outs": lambda report: not (report.opt_outs.rows or report.opt_outs.stated),
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


def count_standings(sources: Iterable[SourceRow], aspect: str) -> dict[ClaimStatus, int]:
    """Return the number of sources per status in one aspect, worst first; unused statuses are left out."""
    found = [comparison.status for source in sources for comparison in choose_comparisons(source, (aspect,))]
    return {status: found.count(status) for status in ClaimStatus if status in found}


PERMISSIONS = ("yes", "unknown", "no")


@dataclass(frozen=True)
class PurposeSummary:
    """How many sources, and how many bytes of them, a purpose is permitted for: by answer."""

    purpose: Purpose
    intended: str
    sources: Mapping[str, int]
    size_bytes: Mapping[str, int]


def summarise_purposes(report: Report) -> tuple[PurposeSummary, ...]:
    """Return what the licenses say about each purpose that was asked about."""
    sizes = {source.source_id: source.figures.size_bytes for source in report.sources}
    by_purpose = groupby(report.purposes, key=lambda row: row.purpose)
    return tuple(_summarise_purpose(purpose, tuple(rows), sizes) for purpose, rows in by_purpose)


def _summarise_purpose(purpose: Purpose, rows: Sequence[PurposeRow], sizes: Mapping[str, int]) -> PurposeSummary:
    by_answer = {answer: [row for row in rows if row.permitted == answer] for answer in PERMISSIONS}
    return PurposeSummary(
        purpose=purpose,
        intended=rows[0].intended,
        sources={answer: len(found) for answer, found in by_answer.items()},
        size_bytes={answer: sum(sizes.get(row.source_id, 0) for row in found) for answer, found in by_answer.items()},
    )


def list_obstacles(report: Report) -> tuple[PurposeRow, ...]:
    """Return the answers that prevent an intended use, those that forbid it first."""
    found = (row for row in report.purposes if row.intended == "yes" and row.permitted != "yes")
    return tuple(sorted(found, key=lambda row: -PERMISSIONS.index(row.permitted)))


def count_conditions(report: Report) -> tuple[tuple[str, int], ...]:
    """Return what an intended use has to keep to, and for how many sources, the most frequent first."""
    kept = {
        (condition, row.source_id) for row in report.purposes if row.intended == "yes" for condition in row.conditions
    }
    counts = Counter(condition for condition, _ in kept)
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def has_open_questions(source: SourceRow) -> bool:
    """True if any claim that the data can support is contradicted, unclear or not recorded."""
    statuses = {comparison.status for comparison in choose_comparisons(source, CHECKED_ASPECTS)}
    return bool(statuses & {ClaimStatus.CONTRADICTED, ClaimStatus.UNCLEAR, ClaimStatus.MISSING})


def count_recorded(sources: Iterable[SourceRow], aspect: str) -> int:
    """Return for how many sources the manifest answers one aspect, whatever the answer."""
    return sum(claim.declared != NOT_RECORDED for source in sources for claim in choose_comparisons(source, (aspect,)))


def changed_parameter(report: Report, name: str) -> ChangedParameter | None:
    """Return a parameter with its default when it is not as it is by default."""
    return next((changed for changed in report.audit.changed_parameters if changed.name == name), None)


def count_idle_rules(report: Report) -> int:
    """Return how many rules had nothing to judge, because no row of the evidence concerned them."""
    return sum(rule.state == RuleState.NOTHING_TO_JUDGE for rule in report.rules)


@dataclass(frozen=True)
class KindOfContent:
    """How much of one kind of content the whole dataset holds."""

    modality: str
    sources: int
    records: int
    size_bytes: int
    tokens: int


def sum_content(report: Report) -> tuple[KindOfContent, ...]:
    """Return how much of each kind of content there is, the largest first."""
    by_kind = groupby(sorted(report.content, key=lambda row: row.modality), key=lambda row: row.modality)
    kinds = (_sum_kind(modality, tuple(rows)) for modality, rows in by_kind)
    return tuple(sorted(kinds, key=lambda kind: (-kind.size_bytes, kind.modality)))


def _sum_kind(modality: str, rows: Sequence[ContentRow]) -> KindOfContent:
    records, size_bytes, tokens = (
        sum(getattr(row, name) for row in rows) for name in ("records", "size_bytes", "tokens")
    )
    return KindOfContent(modality, len(rows), records, size_bytes, tokens)


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


def gates_to_show(report: Report) -> Sequence[AcceptanceResult]:
    """Return the gates of the dataset, and those of sources where any keyword was looked for."""
    return [gate for gate in report.texts.gates if gate.gate != "source" or gate.records_checked]


def count_added(report: Report, source_id: str) -> int:
    """Return how many statements on a source its manifest lacks and stewards added."""
    return sum(row.source_id == source_id and row.state is SupplementState.USED for row in report.supplements)


def added_by(report: Report, field: str) -> SupplementRow | None:
    """Return the steward's statement on a field of the whole dataset, None where the manifest speaks for itself."""
    return next(
        (
            row
            for row in report.supplements
            if (row.source_id, row.field, row.state) == (WHOLE_DATASET, field, SupplementState.USED)
        ),
        None,
    )
