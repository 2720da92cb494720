"""Rows of bounded tables as dictionaries in which the same text is one object: thousands of rows repeat few words."""

from typing import Any

import pyarrow as pa


def read_rows(table: pa.Table) -> list[dict[str, Any]]:
    """Return what ``to_pylist`` returns, in less memory and time."""
    names = table.column_names
    columns = [_values(column) for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _values(column: pa.ChunkedArray) -> list[Any]:
    if not pa.types.is_string(column.type) or not len(column):
        values: list[Any] = column.to_pylist()
        return values
    encoded = pa.concat_arrays(column.chunks).dictionary_encode()
    texts = encoded.dictionary.to_pylist()
    return [None if number is None else texts[number] for number in encoded.indices.to_pylist()]
