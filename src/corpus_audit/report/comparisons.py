"""Each claim of a source compared with the data: one table of states, aspect by aspect."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from corpus_audit.report.sections import (
    ClaimStatus,
    Comparison,
    Value,
)
from corpus_audit.vocabulary import NOT_RECORDED

Row = Mapping[str, Any]

RECORDED = "recorded"

FINDING_STATUSES: Mapping[str, Mapping[str, ClaimStatus]] = {
    "license": {
        "resolved": ClaimStatus.RECORDED,
        "per-record": ClaimStatus.RECORDED,
        "ambiguous": ClaimStatus.UNCLEAR,
        "unrecognised": ClaimStatus.UNCLEAR,
    },
    "license_evidence": {
        "found": ClaimStatus.SUPPORTED,
        "declared-only": ClaimStatus.UNCLEAR,
    },
    "files": {
        "verified": ClaimStatus.SUPPORTED,
        "no-checksum": ClaimStatus.UNCLEAR,
        "undeclared": ClaimStatus.CONTRADICTED,
        "different": ClaimStatus.CONTRADICTED,
    },
    "personal_information": {
        "agrees": ClaimStatus.SUPPORTED,
        "undeclared": ClaimStatus.CONTRADICTED,
        "declared-not-found": ClaimStatus.RECORDED,
        "none": ClaimStatus.SUPPORTED,
    },
    "legal_basis": {
        RECORDED: ClaimStatus.RECORDED,
        "not-needed": ClaimStatus.NOT_NEEDED,
    },
    "collection_period": {
        RECORDED: ClaimStatus.RECORDED,
        "partial": ClaimStatus.UNCLEAR,
    },
}
"""What each evidence state says of a claim. Whatever is not named here is missing, never supported."""


@dataclass(frozen=True)
class Aspect:
    """One kind of claim: where its declared value, its observed value and its state are found in a row."""

    name: str
    declared: Callable[[Row], Value]
    observed: Callable[[Row], Value]
    state: Callable[[Row], str]
    reason: Callable[[Row], str] = lambda _: ""


def compare_source(row: Row) -> tuple[Comparison, ...]:
    """Return every claim of one row of the sources evidence beside what the data shows."""
    return tuple(_compare(aspect, row) for aspect in ASPECTS)


def _compare(aspect: Aspect, row: Row) -> Comparison:
    return Comparison(
        aspect=aspect.name,
        declared=aspect.declared(row),
        observed=aspect.observed(row),
        state=aspect.state(row),
        status=claim_status(aspect, row),
        reason=aspect.reason(row),
    )


def claim_status(aspect: Aspect, row: Row) -> ClaimStatus:
    """Return the status of one kind of claim in one row of the sources evidence."""
    state = aspect.state(row)
    # Finding nothing supports a claim that nothing is there; it does not replace a missing claim.
    if aspect.name == "personal_information" and state == "none" and row["personal_information"] == NOT_RECORDED:
        return ClaimStatus.MISSING
    known = FINDING_STATUSES.get(aspect.name, {RECORDED: ClaimStatus.RECORDED})
    return known.get(state, ClaimStatus.MISSING)


def _column(name: str) -> Callable[[Row], Any]:
    return lambda row: row[name]


def _nothing(_: Row) -> None:
    return None


def _recorded(name: str) -> Callable[[Row], str]:
    return lambda row: NOT_RECORDED if row[name] == NOT_RECORDED else RECORDED


def _claim(name: str) -> Aspect:
    """Return an aspect that the data cannot speak to: a claim is recorded or it is not."""
    return Aspect(name, _column(name), _nothing, _recorded(name))


def _files_state(row: Row) -> str:
    if row["files_failed"]:
        return "different"
    if row["files_undeclared"]:
        return "undeclared"
    if row["files_without_checksum"]:
        return "no-checksum"
    return "verified" if row["files_verified"] else NOT_RECORDED


def _collection_period(row: Row) -> Value:
    days = (row["collected_from"], row["collected_until"])
    return NOT_RECORDED if days == (NOT_RECORDED, NOT_RECORDED) else days


def _declared_personal_information(row: Row) -> Value:
    types = tuple(row["personal_information_types"] or ())
    answer: str = row["personal_information"]
    return (answer, *types) if types else answer


ASPECTS = (
    Aspect(
        "license",
        _column("license_declared"),
        _column("license_expression"),
        _column("license_state"),
        _column("license_reason"),
    ),
    Aspect(
        "license_evidence",
        _column("license_evidence"),
        _column("license_evidence_found"),
        _column("license_evidence_state"),
    ),
    Aspect("files", lambda row: row["files"] - row["files_undeclared"], _column("files_verified"), _files_state),
    Aspect(
        "personal_information",
        _declared_personal_information,
        lambda row: tuple(row["personal_information_observed"] or ()),
        _column("personal_information_state"),
    ),
    Aspect("legal_basis", _column("legal_basis"), _nothing, _column("legal_basis_state")),
    _claim("origin"),
    _claim("collector"),
    _claim("collection_method"),
    Aspect("collection_period", _collection_period, _nothing, _column("collection_period_state")),
    _claim("opt_outs_checked"),
    _claim("synthetic"),
)
