"""Tables of very many rows, put together from some at a time: as Python objects rows take ten times the memory."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.schemas.table import Table

_ROWS_AT_ONCE = 10_000


def table_of_rows(table: Table, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Return rows as a table of a schema, sorted by its key; only some are held as Python objects at a time."""
    waiting = iter(rows)
    parts = [table.empty()]
    while some := list(islice(waiting, _ROWS_AT_ONCE)):
        parts.append(pa.Table.from_pylist(some, schema=table.schema))
    return join_sorted(parts, table.key)


def join_sorted(parts: list[pa.Table], key: Sequence[str]) -> pa.Table:
    """Return the rows of some tables as one that is sorted by *key*; *parts* are taken, so that memory is free soon."""
    data = pa.concat_tables(parts)
    parts.clear()
    order = pc.sort_indices(data, [(column, "ascending") for column in key])
    for index, field in enumerate(data.schema):  # so that only one column is there twice at a time
        column = data.select([index]).combine_chunks().column(0).take(order)
        data = data.set_column(index, field, column)
        if data.num_rows > _ROWS_AT_ONCE:
            pa.default_memory_pool().release_unused()  # it would keep as much as all rows take
    return data
