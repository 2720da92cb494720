"""The section on reference hits: every reference by name, and the sources with a hit."""

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.report.listing import falling, list_rows, rising
from corpus_audit.report.sections import ReferenceHits, ReferenceRow, References

_OF_THE_WORK = ["reference", "reference_kind", "reference_sha256", "items", "items_too_short"]


def build_references(table: pa.Table) -> References:
    """Return the section on references from the evidence table *references*."""
    found = table.filter(pc.greater(table["records"], 0))
    order = falling("records"), falling("shared_bytes"), rising("reference"), rising("source_id")
    return References(
        works=tuple(_works(table)),
        hits=list_rows(ReferenceHits, found, "references.parquet", *order),
    )


def _works(table: pa.Table) -> list[ReferenceRow]:
    """Return each reference with how many sources and records contain something of it."""
    is_found = pc.cast(pc.greater(table["records"], 0), pa.int64())
    counted = table.append_column("found", is_found).group_by(_OF_THE_WORK)
    sums = counted.aggregate([("found", "sum"), ("records", "sum")]).rename_columns(
        [*_OF_THE_WORK, "sources", "records"]
    )
    return [ReferenceRow.model_validate(row) for row in sums.sort_by("reference").to_pylist()]
