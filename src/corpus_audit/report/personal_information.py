"""The sections on personal information: by type over all sources, and by source, most records first."""

import pyarrow as pa

from corpus_audit.report.listing import falling, in_order, list_rows, make_rows, naturally, rising, where
from corpus_audit.report.sections import (
    FoundType,
    LabelledInformationRow,
    ListedRows,
    PersonalInformationRow,
    PersonalInformationSection,
)

MAPPED = 12
"""Sources, and types, that have the most: each of the ones is shown beside each of the others."""

_ORDER = falling("records"), naturally("entity_type"), naturally("source_id")


def build_personal_information(table: pa.Table) -> PersonalInformationSection:
    """Return the section from the evidence table *personal_information*."""
    sources, types = _most(table, "source_id"), _most(table, "entity_type")
    most = where(where(table, "source_id", *sources), "entity_type", *types)
    return PersonalInformationSection(
        by_type=_by_type(table),
        most_sources=sources,
        most_types=types,
        most=make_rows(PersonalInformationRow, in_order(most, naturally("entity_type"), naturally("source_id"))),
        by_source=list_rows(PersonalInformationRow, table, "personal_information.parquet", *_ORDER),
    )


def build_labelled_information(table: pa.Table) -> ListedRows[LabelledInformationRow]:
    """Return the values that only a label names, from the evidence table *labelled_information*."""
    return list_rows(LabelledInformationRow, table, "labelled_information.parquet", *_ORDER)


def _by_type(table: pa.Table) -> tuple[FoundType, ...]:
    counts = table.group_by(["entity_type", "state"]).aggregate([("records", "sum")])
    counts = counts.rename_columns(["entity_type", "state", "records"])
    order = falling("records"), rising("entity_type"), rising("state")
    return make_rows(FoundType, in_order(counts, *order))


def _most(table: pa.Table, column: str) -> tuple[str, ...]:
    counts = table.group_by(column).aggregate([("records", "sum")]).rename_columns([column, "records"])
    return tuple(in_order(counts, falling("records"), rising(column), first=MAPPED)[column].to_pylist())
