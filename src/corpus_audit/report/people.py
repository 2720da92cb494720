"""The sections on people and opt-outs: totals for all, and a list of those that need action.

A dataset may describe millions of people, so the tables are summed and cut as Arrow before a row becomes an object.
"""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.report.sections import OptOut, OptOutsSection, RecordOptOut, SubjectCount, SubjectRow, Subjects
from corpus_audit.vocabulary import ConsentState, SubjectModality

ROWS_KEPT = 500
"""People and hosts that a report lists; the rest is in subjects.parquet and opt_outs.parquet."""

_SETTLED = (ConsentState.DOCUMENTED, ConsentState.NOT_NEEDED)


def build_subjects(table: pa.Table) -> Subjects:
    """Return the section on people from the evidence table *subjects*."""
    opened = table.filter(pc.invert(pc.is_in(table["state"], pa.array([str(state) for state in _SETTLED]))))
    largest = opened.sort_by([("records", "descending"), ("files", "descending"), ("subject_id", "ascending")])
    return Subjects(
        described=table.num_rows,
        counts=tuple(_counts(table)),
        open=opened.num_rows,
        largest=tuple(SubjectRow.model_validate(row) for row in largest.slice(0, ROWS_KEPT).to_pylist()),
    )


def _counts(table: pa.Table) -> Iterator[SubjectCount]:
    """Yield the number of people per state, for each modality and in the order of the vocabulary."""
    for modality in SubjectModality:
        column = f"{modality}_state"
        sums = table.group_by(column).aggregate([("records", "sum"), ("subject_id", "count")])
        by_state = {row[column]: row for row in sums.to_pylist()}
        for state in ConsentState:
            if state in by_state:
                row = by_state[state]
                yield SubjectCount(
                    modality=modality, state=state, subjects=row["subject_id_count"], records=row["records_sum"]
                )


def build_opt_outs(table: pa.Table, stated: pa.Table) -> OptOutsSection:
    """Return the section on opt-outs from the evidence tables *opt_outs* and *record_opt_outs*."""
    order = [("records_reserved", "descending"), ("records_not_recorded", "descending"), ("records", "descending")]
    largest = table.sort_by([*order, ("source_id", "ascending"), ("host", "ascending")])
    by_records = stated.sort_by(
        [
            ("records_reserved", "descending"),
            ("records", "descending"),
            ("source_id", "ascending"),
            ("protocol", "ascending"),
        ]
    )
    return OptOutsSection(
        hosts=_sum(table, "hosts"),
        records_allowed=_sum(table, "records_allowed"),
        records_reserved=_sum(table, "records_reserved"),
        records_self_reserved=_sum(table, "records_self_reserved"),
        records_not_recorded=_sum(table, "records_not_recorded"),
        rows=table.num_rows,
        largest=tuple(OptOut.model_validate(row) for row in largest.slice(0, ROWS_KEPT).to_pylist()),
        stated_rows=stated.num_rows,
        stated=tuple(RecordOptOut.model_validate(row) for row in by_records.slice(0, ROWS_KEPT).to_pylist()),
    )


def _sum(table: pa.Table, column: str) -> int:
    return int(pc.sum(table[column]).as_py() or 0)
