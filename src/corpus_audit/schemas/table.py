"""The definition of a stored table, and the helpers that declare its columns."""

from dataclasses import dataclass

import pyarrow as pa

TEXT = pa.large_string()
"""Raw text travels as large_string: one batch may hold more than 2 GiB of UTF-8."""


@dataclass(frozen=True)
class Table:
    """One stored table: its schema, the columns that identify and sort its rows, and what a row is."""

    name: str
    row: str
    key: tuple[str, ...]
    schema: pa.Schema

    def empty(self) -> pa.Table:
        """Return a table of this schema with no rows."""
        # Its own empty_table loads pandas, which workers do not need.
        return pa.Table.from_batches([], self.schema)


def table(name: str, row: str, key: tuple[str, ...], *columns: tuple[str, pa.DataType, str]) -> Table:
    """Return a table of columns, each with its name, type and meaning."""
    fields = [pa.field(column, kind, metadata={"description": meaning}) for column, kind, meaning in columns]
    return Table(name, row, key, pa.schema(fields))


def columns(table: Table, without: tuple[str, ...] = ()) -> list[tuple[str, pa.DataType, str]]:
    """Return a table's columns to repeat in another: evidence keeps each claim beside its fact."""
    return [(f.name, f.type, f.metadata[b"description"].decode()) for f in table.schema if f.name not in without]


STR = pa.string()
INT = pa.int64()
FLOAT = pa.float64()
BOOL = pa.bool_()
STRINGS = pa.list_(pa.string())
