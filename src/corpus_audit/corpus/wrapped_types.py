"""Arrow types that only store another type in their own way: extensions, dictionaries, run-end encoding, maps."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa

_Open = tuple[Callable[[pa.DataType], bool], Callable[[Any], pa.DataType], Callable[[Any], pa.Array]]


def unwrapped_type(kind: pa.DataType) -> pa.DataType:
    """Return the type of the values that *kind* stores: a map is a list of structs of key and value."""
    while (wrapping := _wrapping(kind)) is not None:
        kind = wrapping[1](kind)
    return kind


def unwrapped(column: pa.Array) -> pa.Array:
    """Return the values that a column stores, in their unwrapped type; inner columns stay as they are."""
    while (wrapping := _wrapping(column.type)) is not None:
        column = wrapping[2](column)
    return column


def is_list(kind: pa.DataType) -> bool:
    """True if it is a list of any kind."""
    return any(is_one(kind) for is_one in _LISTS)


def _wrapping(kind: pa.DataType) -> _Open | None:
    return next((wrapping for wrapping in _WRAPPINGS if wrapping[0](kind)), None)


def _is_extension(kind: pa.DataType) -> bool:
    return isinstance(kind, pa.BaseExtensionType)


def _entries(kind: pa.MapType) -> pa.DataType:
    return pa.list_(pa.struct([pa.field("key", kind.key_type), pa.field("value", kind.item_type)]))


def _run_by_run(column: Any) -> pa.Array:
    # Not run_end_decode, which takes no nested values.
    places = np.arange(column.offset, column.offset + len(column))
    return column.values.take(pa.array(np.searchsorted(column.run_ends.to_numpy(), places, side="right")))


_LISTS = (
    pa.types.is_list,
    pa.types.is_large_list,
    pa.types.is_fixed_size_list,
    pa.types.is_list_view,
    pa.types.is_large_list_view,
)
_WRAPPINGS: tuple[_Open, ...] = (
    (_is_extension, lambda kind: kind.storage_type, lambda column: column.storage),
    (pa.types.is_dictionary, lambda kind: kind.value_type, lambda column: column.dictionary_decode()),
    (pa.types.is_run_end_encoded, lambda kind: kind.value_type, _run_by_run),
    (pa.types.is_map, _entries, lambda column: column.cast(_entries(column.type))),
)
