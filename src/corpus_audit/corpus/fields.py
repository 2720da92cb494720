"""Fields of a row, as a column or a path into nested values, and their content as Arrow text.

A name that begins with '/' is a JSON pointer whose step '*' means every entry of a list: '/messages/*/content'. Any
other name is that of a column; 'meta.url' is also understood as the field 'url' of 'meta' where no column has the name.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.corpus.wrapped_types import is_list, unwrapped, unwrapped_type
from corpus_audit.schemas import TEXT

EVERY = "*"
JOINT = "\n"
"""What stands between the texts that make one record."""

Path = tuple[str, ...]
Join = Callable[[pa.Array], pa.Array]
_BYTES = pa.large_binary()
_LONGEST_INDEX = 10


def paths_of(name: str) -> list[Path]:
    """Return the places that a field's name may mean, the likeliest first."""
    if name.startswith("/"):
        return [tuple(step.replace("~1", "/").replace("~0", "~") for step in name[1:].split("/"))]
    dotted = tuple(name.split("."))
    return [(name,)] if len(dotted) == 1 or not all(dotted) else [(name,), dotted]


def columns_of(names: Iterable[str]) -> list[str]:
    """Return the columns that may hold some of *names*, each once."""
    return list(dict.fromkeys(path[0] for name in names for path in paths_of(name)))


# --- in Arrow ---------------------------------------------------------------------------------------------------------


def read_field(columns: Mapping[str, pa.Array], name: str, join: Join | None = None) -> pa.Array | None:
    """Return the content of one field as one text per row, None if the columns do not contain it.

    Texts of a list are joined with line breaks, or as *join* joins items and lists of items. Raises ArrowInvalid for
    values that are no text.
    """
    found = [follow(columns[path[0]], path[1:], join) for path in paths_of(name) if path[0] in columns]
    present = [values for values in found if values is not None]
    return pc.coalesce(*present) if len(present) > 1 else next(iter(present), None)


def join_rows(found: Sequence[pa.Array]) -> pa.Array | None:
    """Return several texts of each row as one, null for a row that has none; None without any column of texts."""
    if len(found) <= 1:
        return found[0] if found else None
    # Not binary_join_element_wise: where it skips nulls, a row of nothing but nulls is lost.
    rows = len(found[0])
    row_by_row = np.arange(rows * len(found)).reshape(len(found), rows).T.ravel()
    texts = pa.concat_arrays(found).take(pa.array(row_by_row))
    return join_entries(texts, np.repeat(np.arange(rows), len(found)), rows)


def follow_entries(column: pa.Array, steps: Path) -> tuple[pa.Array, Any] | None:
    """Return the entries that *steps*, of which one is '*', lead to, and the row of each; None without such a list."""
    reached = _reach(column, steps)
    return None if reached is None or reached.owners is None else (reached.values, reached.owners)


def is_nested(column: pa.Array, steps: Path) -> bool:
    """True if *steps* lead to nested columns, or lists of such."""
    reached = _reach(column, steps)
    if reached is None:
        return False
    kind = unwrapped_type(reached.values.type)
    while is_list(kind):
        kind = unwrapped_type(kind.value_type)
    return bool(pa.types.is_struct(kind))


def _reach(column: pa.Array, steps: Path) -> "_Reached | None":
    reached: _Reached | None = _Reached(unwrapped(column))
    for step in steps:
        reached = None if reached is None else reached.step(step)
    return reached


def follow(column: pa.Array, steps: Path, join: Join | None = None) -> pa.Array | None:
    """Return what *steps* lead to in each row, None when the type has no such field; lists at the end are joined."""
    reached = _reach(column, steps)
    if reached is None:
        return None
    while is_list(reached.values.type):
        reached = reached.flatten(reached.values)
    if reached.owners is None:
        return as_bytes(reached.values) if join is None else join(reached.values)
    return join_entries(as_bytes(reached.values), reached.owners, len(column), join)


@dataclass(frozen=True)
class _Reached:
    """Values on the way into nested ones, and the row each belongs to; None while there is one a row."""

    values: pa.Array
    owners: Any = None

    def step(self, name: str) -> "_Reached | None":
        kind = self.values.type
        if is_list(kind):
            if name == EVERY:
                return self.flatten(self.values)
            if name.isdigit() and len(name) < _LONGEST_INDEX:
                at = int(name)
                return self.flatten(pc.list_slice(self.values, at, at + 1, return_fixed_size_list=False))
        elif pa.types.is_struct(kind) and kind.get_field_index(name) >= 0:
            return _Reached(unwrapped(pc.struct_field(self.values, [name])), self.owners)
        elif pa.types.is_struct(kind) and name == EVERY:
            return self._entries_of_columns()
        return None

    def _entries_of_columns(self) -> "_Reached | None":
        """Return the entries of a list that is stored as a list for each of its columns, None when it is none."""
        names = [field.name for field in self.values.type if is_list(field.type)]
        lists = [pc.struct_field(self.values, [name]) for name in names]
        lengths = [pc.fill_null(pc.list_value_length(column), 0) for column in lists]
        if not lists or any(not other.equals(lengths[0]) for other in lengths[1:]):
            return None
        owners = np.arange(len(self.values)) if self.owners is None else self.owners
        entries = pa.StructArray.from_arrays([pc.list_flatten(column) for column in lists], names)
        return _Reached(entries, np.repeat(owners, lengths[0].to_numpy(zero_copy_only=False)))

    def flatten(self, lists: pa.Array) -> "_Reached":
        lengths = pc.fill_null(pc.list_value_length(lists), 0).to_numpy(zero_copy_only=False)
        owners = np.arange(len(lists)) if self.owners is None else self.owners
        return _Reached(unwrapped(pc.list_flatten(lists)), np.repeat(owners, lengths))


def as_bytes(column: pa.Array) -> pa.Array:
    """Return values as the bytes of their text; raises ArrowInvalid for what has none."""
    column = unwrapped(column)
    if pa.types.is_nested(column.type):
        message = "a field holds something else than text"
        raise pa.ArrowInvalid(message)
    if pa.types.is_binary_view(column.type) or not _is_bytes(column.type):
        column = column.cast(TEXT)
    return column.cast(_BYTES)


def _is_bytes(kind: pa.DataType) -> bool:
    return bool(pa.types.is_large_binary(kind) or pa.types.is_binary(kind) or pa.types.is_fixed_size_binary(kind))


def join_entries(texts: pa.Array, owners: Any, rows: int, join: Join | None = None) -> pa.Array:
    """Return the texts of each row as one; null for a row that has none."""
    present = pc.is_valid(texts).to_numpy(zero_copy_only=False)
    counts = np.bincount(owners[present], minlength=rows)
    offsets = np.concatenate([[0], np.cumsum(counts)])
    lists = pa.LargeListArray.from_arrays(pa.array(offsets, pa.int64()), texts.filter(pa.array(present)))
    if join is not None:
        return join(lists)
    joined = pc.binary_join(lists, pa.scalar(JOINT.encode(), _BYTES))
    return pc.if_else(pa.array(counts > 0), joined, pa.scalar(None, _BYTES))


# --- in JSON ----------------------------------------------------------------------------------------------------------


def json_type(paths: Iterable[Path], leaf: Callable[[Path], pa.DataType], above: Path = ()) -> pa.DataType:
    """Return the type of rows in which each path leads to a value of the type that *leaf* gives for the whole path."""
    inner: dict[str, list[Path]] = {}
    for path in paths:
        inner.setdefault(path[0], []).append(path[1:])
    return pa.struct([pa.field(name, _type_at(rest, leaf, (*above, name))) for name, rest in inner.items()])


def _type_at(rest: list[Path], leaf: Callable[[Path], pa.DataType], above: Path) -> pa.DataType:
    # One name cannot be text and hold fields at once; what the rows really have decides, row by row.
    deeper = [path for path in rest if path]
    if not deeper:
        return leaf(above)
    step = deeper[0][0]
    if step == EVERY or step.isdigit():
        return pa.list_(_type_at([path[1:] for path in deeper], leaf, (*above, step)))
    return json_type(deeper, leaf, above)


def values_at(row: Any, path: Path) -> list[Any]:
    """Return the values that a path leads to in a JSON value; lists at its end are taken apart."""
    values = [row]
    for step in path:
        values = [inner for value in values for inner in _inside(value, step)]
    while any(isinstance(value, list) for value in values):
        values = [inner for value in values for inner in (value if isinstance(value, list) else [value])]
    return [value for value in values if value is not None]


def _inside(value: Any, step: str) -> list[Any]:
    if isinstance(value, dict):
        return [value[step]] if step in value else _entries_of_columns(value) if step == EVERY else []
    if isinstance(value, list):
        if step == EVERY:
            return value
        return value[int(step) : int(step) + 1] if step.isdigit() and len(step) < _LONGEST_INDEX else []
    return []


def _entries_of_columns(value: dict[str, Any]) -> list[Any]:
    """Return the entries of a list that is stored as a list for each of its columns, none when it is none."""
    lists = {name: inner for name, inner in value.items() if isinstance(inner, list)}
    if len({len(inner) for inner in lists.values()}) != 1:
        return []
    return [dict(zip(lists, entry, strict=True)) for entry in zip(*lists.values(), strict=True)]
