"""The sections on people and opt-outs: totals for all, and a list of those that need action.

A dataset may describe millions of people, so the tables are summed and cut as Arrow before a row becomes an object.
"""

from collections.abc import Iterable, Iterator

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.report.listing import Key, falling, list_rows, rising, total
from corpus_audit.report.sections import OptOut, OptOutsSection, RecordOptOut, SubjectCount, SubjectRow, Subjects
from corpus_audit.vocabulary import ConsentState, SubjectModality

_SETTLED = (ConsentState.DOCUMENTED, ConsentState.NOT_NEEDED)


def build_subjects(table: pa.Table) -> Subjects:
    """Return the section on people from the evidence table *subjects*."""
    opened = table.filter(pc.invert(pc.is_in(table["state"], pa.array([str(state) for state in _SETTLED]))))
    order = falling("records"), falling("files"), rising("subject_id")
    return Subjects(
        described=table.num_rows,
        counts=tuple(_counts(table)),
        open=list_rows(SubjectRow, opened, "subjects.parquet", *order),
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
    hosts = ("records_reserved", "records_not_recorded", "records"), ("source_id", "host")
    by_records = ("records_reserved", "records"), ("source_id", "protocol")
    return OptOutsSection(
        hosts=total(table, "hosts"),
        records_allowed=total(table, "records_allowed"),
        records_reserved=total(table, "records_reserved"),
        records_self_reserved=total(table, "records_self_reserved"),
        records_not_recorded=total(table, "records_not_recorded"),
        by_host=list_rows(OptOut, table, "opt_outs.parquet", *_order(*hosts)),
        stated=list_rows(RecordOptOut, stated, "record_opt_outs.parquet", *_order(*by_records)),
    )


def _order(figures: Iterable[str], names: Iterable[str]) -> tuple[Key, ...]:
    return *map(falling, figures), *map(rising, names)
