"""The terms of single records' licenses, and their relation to the source's license."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from corpus_audit.rights.conflicts import compare_terms
from corpus_audit.rights.expressions import license_ids
from corpus_audit.rights.facts import LicensePermission
from corpus_audit.rights.purposes import permits_expression
from corpus_audit.rights.strictness import relate_terms, stricter_terms
from corpus_audit.vocabulary import (
    NOASSERTION,
    Answer,
    InheritedWeight,
    LicenseRelation,
    LicenseState,
    Purpose,
    TermsConflict,
)

NONE_STATED = "(none)"
"""What stands for the license of records that state none of their own."""

OTHER_LICENSES = "(others)"
"""What stands for the licenses of a source that are too many to be listed."""

LISTED = 200
"""Licenses listed for each source: those that forbid an intended use first, then those of the most records."""

_STATES = (LicenseState.UNRECOGNISED, LicenseState.AMBIGUOUS, LicenseState.RESOLVED)
_PERMITTED = ("no", "unknown", "yes", str(Answer.NOT_RECORDED), str(Answer.NOT_APPLICABLE))
_AGREES = (Answer.NO, Answer.NOT_RECORDED, Answer.YES, Answer.NOT_APPLICABLE)
_WEIGHTS = (*reversed(InheritedWeight), str(Answer.NOT_APPLICABLE))
_NOT_STATED = "no license is stated"


@dataclass(frozen=True)
class StatedLicense:
    """One license that records of one source state, with how often; *license* is what is shown of it."""

    source_id: str
    license: str
    license_state: str
    license_expression: str
    spellings: int
    records: int
    size_bytes: int


@dataclass(frozen=True)
class SourceTerms:
    """The license that counts for a source, and how many records and bytes the source holds."""

    license_expression: str
    license_state: str
    records: int
    size_bytes: int


def purpose_column(purpose: Purpose) -> str:
    """Return the name of the column that answers for a purpose."""
    return purpose.replace("-", "_")


def judge_record_licenses(
    stated: Iterable[StatedLicense], sources: Mapping[str, SourceTerms], intended: Sequence[Purpose]
) -> list[dict[str, Any]]:
    """Return the rows of EVIDENCE_RECORD_LICENSES: the records of each source add up to what it holds."""
    by_source: dict[str, list[StatedLicense]] = defaultdict(list)
    for license_ in stated:
        by_source[license_.source_id].append(license_)
    rows = []
    for source_id, source in sorted(sources.items()):
        judged = [_judge(license_, source, intended) for license_ in by_source[source_id]]
        rows += _listed(judged)
        rows += _without_license(source_id, source, judged, intended)
    return rows


def _judge(stated: StatedLicense, source: SourceTerms, intended: Sequence[Purpose]) -> dict[str, Any]:
    answers = {purpose: permits_expression(stated.license_expression, purpose) for purpose in Purpose}
    open_or_forbidden = [purpose for purpose in intended if answers[purpose].permitted is not LicensePermission.YES]
    return {
        **asdict(stated),
        "record_share": _share(stated.records, source),
        **{purpose_column(purpose): str(answer.permitted) for purpose, answer in answers.items()},
        "intended_permitted": _least([str(answers[purpose].permitted) for purpose in intended], _PERMITTED),
        "purposes_forbidden": [p for p in open_or_forbidden if answers[p].permitted is LicensePermission.NO],
        "purposes_open": [p for p in open_or_forbidden if answers[p].permitted is LicensePermission.UNKNOWN],
        "reasons": sorted({reason for purpose in open_or_forbidden for reason in answers[purpose].reasons}),
        **_beside_source(stated.license_expression, source),
    }


def _beside_source(expression: str, source: SourceTerms) -> dict[str, Any]:
    known: dict[str, Any] = {"source_license": source.license_expression, "source_license_state": source.license_state}
    if source.license_state == LicenseState.PER_RECORD:
        return {**known, **_NOTHING_TO_COMPARE}
    if NOASSERTION in (expression, source.license_expression):
        unknown = {"agrees": str(Answer.NOT_RECORDED), "terms_relation": str(LicenseRelation.NOT_RECORDED)}
        return {**known, **_NOTHING_TO_COMPARE, **unknown}
    stricter = stricter_terms(source.license_expression, expression)
    return known | {
        "agrees": str(_agrees(source.license_expression, expression)),
        "terms_relation": str(relate_terms(source.license_expression, expression)),
        "weight": str(stricter.weight),
        "purposes_lost": list(stricter.purposes_lost),
    }


_NOTHING_TO_COMPARE: Mapping[str, Any] = {
    "agrees": str(Answer.NOT_APPLICABLE),
    "terms_relation": str(LicenseRelation.NOT_APPLICABLE),
    "weight": str(Answer.NOT_APPLICABLE),
    "purposes_lost": [],
}


def _agrees(source: str, record: str) -> Answer:
    """Return whether a record's license is its source's, one of several that the source names, or one like it."""
    if set(license_ids(record)) <= set(license_ids(source)):
        return Answer.YES
    conflict = compare_terms(source, record).conflict
    return {TermsConflict.NONE: Answer.YES, TermsConflict.CONFLICTING: Answer.NO}.get(conflict, Answer.NOT_RECORDED)


def _without_license(
    source_id: str, source: SourceTerms, judged: Sequence[Mapping[str, Any]], intended: Sequence[Purpose]
) -> list[dict[str, Any]]:
    """Return the row of the records that state no license: their source's counts for them, if it has one."""
    records = source.records - sum(row["records"] for row in judged)
    if not records:
        return []
    is_open = source.license_state == LicenseState.PER_RECORD
    answer = "unknown" if is_open else str(Answer.NOT_APPLICABLE)
    row = {
        "source_id": source_id,
        "license": NONE_STATED,
        "license_state": str(LicenseState.NOT_RECORDED),
        "license_expression": NOASSERTION,
        "spellings": 0,
        "records": records,
        "size_bytes": source.size_bytes - sum(row["size_bytes"] for row in judged),
        "record_share": _share(records, source),
        **{purpose_column(purpose): answer for purpose in Purpose},
        "intended_permitted": answer if intended or not is_open else str(Answer.NOT_RECORDED),
        "purposes_forbidden": [],
        "purposes_open": list(intended) if is_open else [],
        "reasons": [_NOT_STATED] if is_open else [],
        "source_license": source.license_expression,
        "source_license_state": source.license_state,
        **_NOTHING_TO_COMPARE,
    }
    return [row]


def _listed(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows of a source, those beyond LISTED as one whose answers are the strictest of them."""
    ranked = sorted(rows, key=lambda row: (_rank(row), -row["records"], row["license"], row["license_state"]))
    return ranked if len(ranked) <= LISTED else [*ranked[: LISTED - 1], _together(ranked[LISTED - 1 :])]


def _rank(row: Mapping[str, Any]) -> tuple[int, int]:
    return _PERMITTED.index(row["intended_permitted"]), _WEIGHTS.index(row["weight"])


def _together(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    def least(column: str, order: Sequence[str]) -> str:
        return _least([row[column] for row in rows], order)

    def union(column: str) -> list[str]:
        return sorted({value for row in rows for value in row[column]})

    relations = {row["terms_relation"] for row in rows}
    return {
        **rows[0],
        "license": OTHER_LICENSES,
        "license_state": least("license_state", _STATES),
        "license_expression": NOASSERTION,
        **{column: sum(row[column] for row in rows) for column in ("spellings", "records", "size_bytes")},
        "record_share": sum(row["record_share"] for row in rows),
        **{purpose_column(purpose): least(purpose_column(purpose), _PERMITTED) for purpose in Purpose},
        "intended_permitted": least("intended_permitted", _PERMITTED),
        **{name: union(name) for name in ("purposes_forbidden", "purposes_open", "reasons", "purposes_lost")},
        "agrees": least("agrees", _AGREES),
        "terms_relation": relations.pop() if len(relations) == 1 else str(LicenseRelation.DIFFERENT),
        "weight": least("weight", _WEIGHTS),
    }


def _least(values: Sequence[str], order: Sequence[str]) -> str:
    return min(values, key=order.index, default=str(Answer.NOT_RECORDED))


def _share(records: int, source: SourceTerms) -> float:
    return records / source.records if source.records else 0.0
