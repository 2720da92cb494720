"""Evidence as pandas frames: the one place that converts Arrow values for Great Expectations.

Whole numbers with gaps become floats (NaN for a gap), because Great Expectations compares numpy numbers column by
column; text stays Python text with None for a gap; a list becomes its items joined with ', ', so that a rule can ask
whether it is empty ('') or what it mentions.
"""

from collections.abc import Iterable

import pandas as pd
import pyarrow as pa

LIST_SEPARATOR = ", "


def to_frame(table: pa.Table, columns: Iterable[str]) -> pd.DataFrame:
    """Return the named columns of an evidence table, numbered from row 0."""
    series = {name: _to_series(table.column(name)) for name in columns}
    return pd.DataFrame(series, index=pd.RangeIndex(table.num_rows))


def _to_series(column: pa.ChunkedArray) -> pd.Series:
    kind = column.type
    if pa.types.is_floating(kind) or pa.types.is_integer(kind):
        return pd.Series(column.to_numpy())
    values = column.to_pylist()
    if pa.types.is_list(kind):
        values = [None if items is None else LIST_SEPARATOR.join(map(str, items)) for items in values]
    if pa.types.is_boolean(kind) and column.null_count == 0:
        return pd.Series(values, dtype=bool)
    return pd.Series(values, dtype=object)
