"""The ids of a record's people: a list in some formats, one text in others, and a list in every record."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.schemas import TEXT

SUBJECT_IDS = "subject_ids"
"""The column of RAW that holds them."""

SEPARATOR = ";"
_SEPARATORS = ";,|\t\r\n "
"""What may stand between ids in one text; none of it can be part of an id."""


def joined_ids(column: pa.Array) -> pa.Array:
    """Return a column of ids, lists of ids or texts with several ids as one text a row."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if not _is_list(column.type):
        return column.cast(TEXT)
    lists = column.cast(pa.list_(TEXT))
    if lists.values.null_count:
        return pa.array([None if ids is None else SEPARATOR.join(filter(None, ids)) for ids in lists.to_pylist()], TEXT)
    return pc.binary_join(lists, pa.scalar(SEPARATOR, TEXT))


def split_ids(texts: pa.Array) -> pa.Array:
    """Return each text's ids as a list; null where there is none."""
    trimmed = pc.utf8_trim(texts, characters=_SEPARATORS)
    present = pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, trimmed.type), trimmed)
    return pc.split_pattern_regex(present, f"[{_SEPARATORS}]+").cast(pa.list_(pa.string()))


def id_text(value: Any) -> str | None:
    """Return one JSON value's ids as one text, None for null; raises ValueError for what cannot be ids."""
    if value is None:
        return None
    ids = value if isinstance(value, list) else [value]
    if not all(isinstance(item, str | int) and not isinstance(item, bool) for item in ids):
        message = "neither text nor a number nor a list of them"
        raise ValueError(message)
    return SEPARATOR.join(map(str, ids))


def _is_list(kind: pa.DataType) -> bool:
    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind))
