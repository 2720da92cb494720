"""The part of a report on training records in validation and test splits, from its evidence."""

from collections import Counter

import pyarrow as pa

from corpus_audit.report.listing import falling, list_rows, naturally, placed, rising
from corpus_audit.report.sections import SplitLeakage, SplitLeakages
from corpus_audit.vocabulary import LeakageState

_ORDER = (LeakageState.LEAKED, LeakageState.NOT_COMPARED, LeakageState.NONE_FOUND)


def build_split_leakage(table: pa.Table) -> SplitLeakages:
    """Return what was found in validation and test splits, those that most leaked into first."""
    counts = Counter(table["state"].to_pylist())
    order = placed("state", _ORDER), falling("leaked_share"), naturally("source_id"), rising("split")
    return SplitLeakages(
        splits_by_state={state: counts[state] for state in LeakageState},
        splits=list_rows(SplitLeakage, table, "split_leakage.parquet", *order),
    )
