"""Nested columns flattened: their paths, the types of their values, and a sample of the values."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

import pyarrow as pa

Path = tuple[str, ...]
"""Steps from a row to a value; '*' is every entry of a list."""

EVERY = "*"
MAX_DEPTH = 32
_MOST_COLUMNS = 4096
_LONGEST_SAMPLE = 20_000


class ColumnKind(StrEnum):
    """What kind of values a column holds."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    TIME = "time"
    BYTES = "bytes"
    EMPTY = "empty"
    OTHER = "other"


@dataclass(frozen=True)
class DataColumn:
    """One column. *sampled* holds for each sampled row its values that are not null, empty without a sample."""

    path: Path
    kind: ColumnKind
    sampled: Sequence[Sequence[Any]] = ()

    @property
    def name(self) -> str:
        """The name by which a manifest calls it."""
        return field_name(self.path)

    @property
    def values(self) -> list[Any]:
        """The sampled values of all rows."""
        return [value for row in self.sampled for value in row]

    @property
    def texts(self) -> list[str]:
        """The sampled values that are texts and not blank."""
        return [value for value in self.values if isinstance(value, str) and value.strip()]

    @property
    def is_empty(self) -> bool:
        """True if rows were sampled and none has a value that is not blank."""
        if self.kind in (ColumnKind.EMPTY, ColumnKind.BYTES):  # bytes are not sampled
            return self.kind is ColumnKind.EMPTY
        return bool(self.sampled) and all(isinstance(value, str) and not value.strip() for value in self.values)


def field_name(path: Path) -> str:
    """Return a path as a manifest names it: a column by its name, what lies deeper by a JSON pointer."""
    while len(path) > 1 and path[-1] == EVERY:  # lists at the end of a path are taken apart anyway
        path = path[:-1]
    if len(path) == 1 and not path[0].startswith("/"):
        return path[0]
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in path)


def columns_of_rows(rows: Sequence[Any]) -> list[DataColumn]:
    """Return the columns that some rows of plain values show, in the order in which they show them."""
    return _columns({}, rows)


def columns_of_schema(schema: Iterable[pa.Field], rows: Sequence[Any] = ()) -> list[DataColumn]:
    """Return the columns of an Arrow schema, with their values in *rows*."""
    kinds = {path: kind for field in schema for path, kind in _leaves((field.name,), field.type)}
    return _columns(kinds, rows)


def _columns(kinds: dict[Path, ColumnKind], rows: Sequence[Any]) -> list[DataColumn]:
    found: dict[Path, list[list[Any]]] = {}
    for number, row in enumerate(rows):
        for path, value in _walk((), row):
            if path not in found:
                if len(found) >= _MOST_COLUMNS:
                    continue
                found[path] = [[] for _ in rows]
            if value is not None:
                found[path][number].append(value)
    nothing: list[list[Any]] = [[] for _ in rows]
    sampled = {path: found.get(path, nothing) for path in (*kinds, *found)}
    columns = [DataColumn(path, kinds.get(path) or _kind_of(values), values) for path, values in sampled.items()]
    # A null or an empty list is no column where other rows hold columns in its place.
    above = {path[:depth] for path in sampled for depth in range(1, len(path))}
    return [column for column in columns if column.values or column.path not in above]


def _walk(path: Path, value: Any) -> Iterator[tuple[Path, Any]]:
    """Yield the path and value of everything within *value* that is no list or mapping; null for an empty one."""
    if len(path) > MAX_DEPTH:
        return
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _walk((*path, str(name)), inner)
    elif isinstance(value, list):
        if not value:
            yield path, None
        for inner in value:
            yield from _walk((*path, EVERY), inner)
    elif path:
        yield path, value[:_LONGEST_SAMPLE] if isinstance(value, str | bytes) else value


def _kind_of(rows: Sequence[Sequence[Any]]) -> ColumnKind:
    """Return the kind of most values."""
    kinds = [_kind_of_value(value) for row in rows for value in row]
    return max(dict.fromkeys(kinds), key=kinds.count) if kinds else ColumnKind.EMPTY


def _kind_of_value(value: Any) -> ColumnKind:
    return next((kind for types, kind in _VALUE_KINDS if isinstance(value, types)), ColumnKind.OTHER)


_VALUE_KINDS: tuple[tuple[Any, ColumnKind], ...] = (
    (str, ColumnKind.TEXT),
    (bool, ColumnKind.BOOLEAN),
    (int | float, ColumnKind.NUMBER),
    (datetime | date | time, ColumnKind.TIME),
    (bytes, ColumnKind.BYTES),
)

_ARROW_KINDS: tuple[tuple[Callable[[pa.DataType], bool], ColumnKind], ...] = (
    (pa.types.is_null, ColumnKind.EMPTY),
    (pa.types.is_string, ColumnKind.TEXT),
    (pa.types.is_large_string, ColumnKind.TEXT),
    (pa.types.is_string_view, ColumnKind.TEXT),
    (pa.types.is_boolean, ColumnKind.BOOLEAN),
    (pa.types.is_integer, ColumnKind.NUMBER),
    (pa.types.is_floating, ColumnKind.NUMBER),
    (pa.types.is_decimal, ColumnKind.NUMBER),
    (pa.types.is_temporal, ColumnKind.TIME),
    (pa.types.is_binary, ColumnKind.BYTES),
    (pa.types.is_large_binary, ColumnKind.BYTES),
    (pa.types.is_fixed_size_binary, ColumnKind.BYTES),
)


def _leaves(path: Path, kind: pa.DataType) -> Iterator[tuple[Path, ColumnKind]]:
    if len(path) > MAX_DEPTH:
        return
    if isinstance(kind, pa.BaseExtensionType):
        yield from _leaves(path, kind.storage_type)
    elif pa.types.is_dictionary(kind):
        yield from _leaves(path, kind.value_type)
    elif pa.types.is_struct(kind):
        for field in kind:
            yield from _leaves((*path, field.name), field.type)
    elif pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind):
        yield from _leaves((*path, EVERY), kind.value_type)
    else:
        yield path, next((found for is_of, found in _ARROW_KINDS if is_of(kind)), ColumnKind.OTHER)
