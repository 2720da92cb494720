"""The tables that a measure returns: documented columns, one row per record."""

import numpy as np
import pyarrow as pa

from corpus_audit.measure.text_windows import Offsets


def described(*columns: tuple[str, pa.DataType, str]) -> pa.Schema:
    """Return a schema whose fields carry their meaning in their metadata."""
    return pa.schema([pa.field(name, kind, metadata={"description": meaning}) for name, kind, meaning in columns])


def spread(rows: pa.Table, positions: Offsets, count: int) -> pa.Table:
    """Return *count* rows, of which those at *positions* are *rows* and the others null."""
    if positions.size == count:  # as nearly always
        return rows
    places = np.full(count, -1, np.int64)
    places[positions] = np.arange(positions.size)
    return rows.take(pa.array(places, mask=places < 0))
