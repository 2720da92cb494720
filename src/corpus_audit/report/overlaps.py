"""The sections on copies between sources and on what comes with copies, the largest first."""

from collections import Counter

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.evidence import tables
from corpus_audit.report.listing import falling, in_order, list_rows, make_rows, rising, where
from corpus_audit.report.sections import ListedRows, Overlap, Overlaps, PropagatedRestriction
from corpus_audit.vocabulary import TermsConflict

SOURCES_MAPPED = 12
"""Sources that share the most bytes: each is shown beside each other."""

_SIDES = ("a", "b")
_ORDER = falling("larger"), rising("source_a"), rising("source_b")


def build_overlaps(table: pa.Table) -> Overlaps:
    """Return the pairs of sources that share copies, from the evidence table *overlaps*."""
    table = table.append_column("larger", pc.max_element_wise(table["bytes_a"], table["bytes_b"]))
    counts = Counter(table["terms_conflict"].to_pylist())
    sources = _most(table)
    among = where(where(table, "source_a", *sources), "source_b", *sources)
    return Overlaps(
        pairs_by_terms={terms: counts[terms] for terms in TermsConflict},
        most_sources=sources,
        most=make_rows(Overlap, in_order(among, *_ORDER)),
        pairs=list_rows(Overlap, table, "overlaps.parquet", *_ORDER),
    )


def build_propagated_restrictions(table: pa.Table) -> ListedRows[PropagatedRestriction]:
    """Return what comes with copies, from the evidence table *propagated_restrictions*."""
    order = falling("bytes"), *map(rising, tables.PROPAGATED_RESTRICTIONS.key)
    return list_rows(PropagatedRestriction, table, "propagated_restrictions.parquet", *order)


def _most(table: pa.Table) -> tuple[str, ...]:
    """Return the sources that share the most bytes in all their pairs."""
    columns = [[table[f"source_{side}"], table[f"bytes_{side}"]] for side in _SIDES]
    shared = pa.concat_tables(pa.table(found, ["source_id", "bytes"]) for found in columns)
    sums = shared.group_by("source_id").aggregate([("bytes", "sum")]).rename_columns(["source_id", "bytes"])
    return tuple(in_order(sums, falling("bytes"), rising("source_id"), first=SOURCES_MAPPED)["source_id"].to_pylist())
