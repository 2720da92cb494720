"""The section on licenses of single records: those that forbid an intended use first, then by records."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.report.sections import LicenseContradiction, RecordLicense, RecordLicenses
from corpus_audit.vocabulary import InheritedWeight, LicenseState

ROWS_KEPT = 500
"""Licenses of records that a report lists; the rest is in record_licenses.parquet."""

_ANSWERS = ("no", "unknown", "not-recorded", "yes", "not-applicable")
_WEIGHTS = (*map(str, reversed(InheritedWeight)), "not-applicable")


def build_record_licenses(table: pa.Table) -> RecordLicenses:
    """Return the section from the evidence table *record_licenses*.

    Records that state no license are listed only where others of their source do, or where each is to state its own.
    """
    stating = table.filter(pc.not_equal(table["license_state"], LicenseState.NOT_RECORDED))
    forbidden = table.filter(pc.equal(table["intended_permitted"], "no"))
    listed = [row for row in table.to_pylist() if _is_listed(row, set(stating["source_id"].to_pylist()))]
    return RecordLicenses(
        records=_sum(table),
        records_stating=_sum(stating),
        records_forbidden=_sum(forbidden),
        licenses=stating.num_rows,
        rows=len(listed),
        listed=tuple(RecordLicense.model_validate(row) for row in sorted(listed, key=_rank)[:ROWS_KEPT]),
    )


def build_license_contradictions(table: pa.Table) -> tuple[LicenseContradiction, ...]:
    """Return the statements that are not the declared license, those that take the most away first."""
    rows = sorted(
        table.to_pylist(),
        key=lambda row: (
            _WEIGHTS.index(row["weight"]), row["source_id"], row["kind"], row["stated"], row["stated_place"]
        ),
    )  # fmt: skip
    return tuple(LicenseContradiction.model_validate(row) for row in rows)


def _is_listed(row: dict[str, Any], stating: set[str]) -> bool:
    return row["source_id"] in stating or row["source_license_state"] == LicenseState.PER_RECORD


def _rank(row: dict[str, Any]) -> tuple[int, int, int, str, str]:
    answer, weight = _ANSWERS.index(row["intended_permitted"]), _WEIGHTS.index(row["weight"])
    return answer, weight, -row["records"], row["source_id"], row["license"]


def _sum(table: pa.Table) -> int:
    return pc.sum(table["records"]).as_py() or 0
