"""The section on licenses of single records: those that forbid an intended use first, then by records."""

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.report.listing import falling, list_rows, placed, rising, total, where
from corpus_audit.report.sections import LicenseContradiction, ListedRows, RecordLicense, RecordLicenses
from corpus_audit.vocabulary import InheritedWeight, LicenseState

_ANSWERS = ("no", "unknown", "not-recorded", "yes", "not-applicable")
_WEIGHTS = (*map(str, reversed(InheritedWeight)), "not-applicable")


def build_record_licenses(table: pa.Table) -> RecordLicenses:
    """Return the section from the evidence table *record_licenses*.

    Records that state no license are listed only where others of their source do, or where each is to state its own.
    """
    stating = table.filter(pc.not_equal(table["license_state"], LicenseState.NOT_RECORDED))
    is_stated = pc.is_in(table["source_id"], value_set=pc.unique(stating["source_id"]))
    is_asked = pc.equal(table["source_license_state"], LicenseState.PER_RECORD)
    order = (
        placed("intended_permitted", _ANSWERS),
        placed("weight", _WEIGHTS),
        falling("records"),
        rising("source_id"),
        rising("license"),
    )
    return RecordLicenses(
        records=total(table, "records"),
        records_stating=total(stating, "records"),
        records_forbidden=total(where(table, "intended_permitted", "no"), "records"),
        licenses=stating.num_rows,
        by_source=list_rows(
            RecordLicense, table.filter(pc.or_(is_stated, is_asked)), "record_licenses.parquet", *order
        ),
    )


def build_license_contradictions(table: pa.Table) -> ListedRows[LicenseContradiction]:
    """Return the statements that are not the declared license, those that take the most away first."""
    order = placed("weight", _WEIGHTS), *map(rising, ("source_id", "kind", "stated", "stated_place"))
    return list_rows(LicenseContradiction, table, "license_contradictions.parquet", *order)
