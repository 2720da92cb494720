"""The section on what licenses permit: counts of all sources by purpose, and the answers that need a look first."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.report.listing import list_rows, naturally, placed, where
from corpus_audit.report.sections import ConditionCount, PurposeRow, Purposes, PurposeSummary
from corpus_audit.report.sections.licenses import PERMISSIONS
from corpus_audit.vocabulary import Purpose

_OBSTACLES = ("no", "unknown")


def build_purposes(table: pa.Table, sources: pa.Table) -> Purposes:
    """Return the section from the evidence tables *purposes* and *sources*."""
    in_the_way = pc.and_(pc.equal(table["intended"], "yes"), pc.not_equal(table["permitted"], "yes"))
    table = table.append_column("obstacle", pc.if_else(in_the_way, table["permitted"], ""))
    order = placed("obstacle", _OBSTACLES), placed("purpose", tuple(Purpose)), naturally("source_id")
    return Purposes(
        by_purpose=tuple(_summaries(table, sources)),
        obstacles=int(pc.sum(in_the_way).as_py() or 0),
        conditions=tuple(_conditions(where(table, "intended", "yes"))),
        answers=list_rows(PurposeRow, table, "purposes.parquet", *order),
    )


def _summaries(table: pa.Table, sources: pa.Table) -> Iterator[PurposeSummary]:
    """Yield what the licenses say about each purpose that was asked about."""
    place = pc.index_in(table["source_id"], value_set=sources["source_id"].combine_chunks())
    sized = table.append_column("size_bytes", pc.fill_null(sources["size_bytes"].take(place), 0))
    counts = sized.group_by(["purpose", "intended", "permitted"]).aggregate([([], "count_all"), ("size_bytes", "sum")])
    found = {(row["purpose"], row["permitted"]): row for row in counts.to_pylist()}
    intended = {row["purpose"]: row["intended"] for row in counts.to_pylist()}
    nothing = {"count_all": 0, "size_bytes_sum": 0}
    for purpose in Purpose:
        if purpose in intended:
            rows = {answer: found.get((purpose, answer), nothing) for answer in PERMISSIONS}
            yield PurposeSummary(
                purpose=purpose,
                intended=intended[purpose],
                sources={answer: row["count_all"] for answer, row in rows.items()},
                size_bytes={answer: row["size_bytes_sum"] for answer, row in rows.items()},
            )


def _conditions(intended: pa.Table) -> Iterator[ConditionCount]:
    """Yield what an intended use has to keep to, and for how many sources, the most frequent first."""
    sources = intended["source_id"].take(pc.list_parent_indices(intended["conditions"]))
    pairs = pa.table({"condition": pc.list_flatten(intended["conditions"]), "source_id": sources})
    counts = pairs.group_by("condition").aggregate([("source_id", "count_distinct")])
    ordered = counts.sort_by([("source_id_count_distinct", "descending"), ("condition", "ascending")])
    for row in ordered.to_pylist():
        yield ConditionCount(condition=row["condition"], sources=row["source_id_count_distinct"])
