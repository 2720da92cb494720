"""Lists that some files hold as one text and others as a list, such as the ids of a record's people."""

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.schemas import TEXT

SEPARATOR = ";"
_SEPARATORS = ";,|\t\r\n "
"""What may stand between the items of one text; no id and no stored term holds any of it."""


def join_lists(column: pa.Array) -> pa.Array:
    """Return a column of items, lists of items or texts with several items as one text a row."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if not _is_list(column.type):
        return column.cast(TEXT)
    lists = column.cast(pa.list_(TEXT))
    if lists.values.null_count:
        return pa.array([None if row is None else SEPARATOR.join(filter(None, row)) for row in lists.to_pylist()], TEXT)
    return pc.binary_join(lists, pa.scalar(SEPARATOR, TEXT))


def split_lists(texts: pa.Array) -> pa.Array:
    """Return each text's items as a list; null where there is none."""
    trimmed = pc.utf8_trim(texts, characters=_SEPARATORS)
    present = pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, trimmed.type), trimmed)
    return pc.split_pattern_regex(present, f"[{_SEPARATORS}]+").cast(pa.list_(pa.string()))


def _is_list(kind: pa.DataType) -> bool:
    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind))
