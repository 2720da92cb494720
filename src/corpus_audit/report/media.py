"""The sections on media and on statements in media files."""

import pyarrow as pa

from corpus_audit.report.sections import FileLabel, FileLabels
from corpus_audit.vocabulary import LabelMeaning

LABELS_KEPT = 500
"""Statements that a report lists; the rest is in labels.parquet."""

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


def build_labels(table: pa.Table) -> FileLabels:
    """Return the section on what files say, from the evidence table *labels*."""
    rows = sorted((FileLabel.model_validate(row) for row in table.to_pylist()), key=_weight)
    return FileLabels(rows=len(rows), largest=tuple(rows[:LABELS_KEPT]))


def _weight(row: FileLabel) -> tuple[int, int, str, str, str, str, str]:
    weight = _WEIGHTY.index(LabelMeaning(row.meaning)) if row.meaning in _WEIGHTY else len(_WEIGHTY)
    return weight, -row.records, row.source_id, row.modality, row.carrier, row.kind, row.value
