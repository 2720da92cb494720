"""The section on statements in files."""

import pyarrow as pa

from corpus_audit.report.listing import falling, list_rows, placed, rising
from corpus_audit.report.sections import FileLabel, ListedRows
from corpus_audit.vocabulary import LabelMeaning

_WEIGHTY = (
    LabelMeaning.RESERVED,
    LabelMeaning.BROKEN,
    LabelMeaning.GENERATED,
    LabelMeaning.PARTLY_GENERATED,
    LabelMeaning.POSSIBLY_GENERATED,
    LabelMeaning.CONSTRAINED,
    LabelMeaning.NOT_CONFORMING,
    LabelMeaning.NOT_READ,
)
"""States that may need action, the most urgent first; all others follow."""


def build_labels(table: pa.Table) -> ListedRows[FileLabel]:
    """Return the section on what files say, from the evidence table *labels*."""
    names = ("source_id", "modality", "carrier", "kind", "value")
    order = placed("meaning", _WEIGHTY), falling("records"), *map(rising, names)
    return list_rows(FileLabel, table, "labels.parquet", *order)
