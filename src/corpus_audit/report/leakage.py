"""The part of a report on training records in validation and test splits, from its evidence."""

from collections import Counter

import pyarrow as pa

from corpus_audit.document.natural_order import natural_order
from corpus_audit.report.sections import SplitLeakage, SplitLeakages
from corpus_audit.vocabulary import LeakageState

SPLITS_KEPT = 500
"""Splits grow with the number of sources; the rest is in split_leakage.parquet."""

_ORDER = {LeakageState.LEAKED: 0, LeakageState.NOT_COMPARED: 1, LeakageState.NONE_FOUND: 2}


def build_split_leakage(table: pa.Table) -> SplitLeakages:
    """Return what was found in validation and test splits, those that most leaked into first."""
    rows = [SplitLeakage.model_validate(row) for row in table.to_pylist()]
    counts = Counter(row.state for row in rows)
    ranked = sorted(
        rows, key=lambda row: (_ORDER[row.state], -row.leaked_share, natural_order(row.source_id), row.split)
    )
    return SplitLeakages(
        splits=len(rows),
        splits_by_state={state: counts[state] for state in LeakageState},
        largest=tuple(ranked[:SPLITS_KEPT]),
    )
