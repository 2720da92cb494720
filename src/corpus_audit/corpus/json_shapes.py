"""The layout of rows in a JSON file: lines, one list, a list within an object, or columns.

What is recognised here of a beginning, formats/json.py and formats/jsonl.py read.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from corpus_audit.corpus.field_roles.tables import ROW_LISTS as LISTS_OF_RECORDS
from corpus_audit.vocabulary import FileFormat

_SPLITS = ("train", "training", "validation", "valid", "dev", "test")
ROW_LISTS = frozenset(LISTS_OF_RECORDS + _SPLITS)
"""The keys of an object whose lists of objects are rows, where no path says which list it is."""

KEY = "(key)"
"""The column of the key that each row stands under, where keys are no mere numbers."""

_SPACE = " \t\r\n\ufeff"
_FEWEST_ALIKE = 2


def recognise_json(text: str, named: FileFormat | None, *, is_whole: bool) -> FileFormat | None:
    """Return JSONL or JSON where the beginning of a text may show rows, TEXT for a document that is JSON.

    None when it is no JSON. *named* is what the name says; *is_whole* that nothing comes behind *text*. Whether JSON
    that is so named holds rows, or is a document, shows only when it is read.
    """
    text = text.strip(_SPACE)
    if text.startswith("["):
        return _recognise_list(text, named)
    lines = _first_lines(text, is_whole=is_whole)
    if not text.startswith("{"):
        # The first line may be damaged: the reader says so, if there are others.
        return FileFormat.JSONL if named is FileFormat.JSONL and any(map(_is_row, lines)) else None
    if named is FileFormat.JSONL or (len(lines) > 1 and all(map(_is_object, lines))):
        return FileFormat.JSONL
    return FileFormat.JSON if named is FileFormat.JSON else FileFormat.TEXT


def _recognise_list(text: str, named: FileFormat | None) -> FileFormat | None:
    """Return JSON for a list that may hold rows, JSONL where each line is a list of its own."""
    first_line = text.partition("\n")[0]
    if named is FileFormat.JSONL and first_line != text and _parse(first_line) is not None:
        return FileFormat.JSONL
    if named is FileFormat.JSON or text[1:].lstrip(_SPACE).startswith("{"):
        return FileFormat.JSON
    return FileFormat.JSONL if named is FileFormat.JSONL else FileFormat.TEXT


def _first_lines(text: str, *, is_whole: bool) -> list[str]:
    """Return up to three lines that are whole."""
    lines = [line for line in text.split("\n", 16) if line.strip()]
    return (lines if is_whole or len(lines) > 3 else lines[:-1] or lines)[:3]


def _is_object(line: str) -> bool:
    return isinstance(_parse(line), dict)


def _is_row(line: str) -> bool:
    return isinstance(_parse(line), dict | str)


def _parse(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def rows_in_object(value: Any) -> Iterator[Any] | None:
    """Return the rows that a single JSON value holds, as pandas and others write them; None when it is one row itself.

    They are in columns of values by index, in columns of lists of one length, in rows by index or by key, or apart from
    the names of their columns. A key that is no number is a column of its row.
    """
    if not isinstance(value, dict) or not value:
        return None
    return next((rows for shape in _SHAPES if (rows := shape(value)) is not None), None)


def _apart_from_names(value: Mapping[str, Any]) -> Iterator[Any] | None:
    names, rows, index = value.get("columns"), value.get("data"), value.get("index")
    if not names or not rows or not _are_names(names) or not isinstance(rows, list):
        return None
    if set(value) - {"columns", "data", "index"} or not all(_has_length(row, names) for row in rows):
        return None
    cells = (dict(zip(names, row, strict=True)) for row in rows)
    if not _are_names(index) or not _has_length(index, rows):
        return cells
    return ({KEY: key, **row} for key, row in zip(index or (), cells, strict=True))


def _in_columns_by_index(value: Mapping[str, Any]) -> Iterator[Any] | None:
    columns = list(value.values())
    if not all(isinstance(column, dict) and column for column in columns):
        return None
    indexes = list(columns[0])
    if not all(index.isdigit() for index in indexes) or any(list(column) != indexes for column in columns):
        return None
    return ({name: column[index] for name, column in value.items()} for index in indexes)


def _in_columns_of_lists(value: Mapping[str, Any]) -> Iterator[Any] | None:
    columns = list(value.values())
    if len(columns) < 2 or not columns[0] or not all(_has_length(column, columns[0]) for column in columns):
        return None
    return (dict(zip(value, row, strict=True)) for row in zip(*columns, strict=True))


def _by_key(value: Mapping[str, Any]) -> Iterator[Any] | None:
    if not all(isinstance(row, dict) for row in value.values()):
        return None
    if all(name.isdigit() for name in value):
        return iter(value.values())
    return ({KEY: key, **row} for key, row in value.items()) if _are_alike(list(value.values())) else None


def _are_alike(rows: Sequence[Mapping[str, Any]]) -> bool:
    """True if objects are rows of one table: each has most of the fields that most of them have."""
    counts = Counter(name for row in rows for name in row)
    common = [name for name, count in counts.items() if 2 * count > len(rows)]
    return (
        len(rows) >= _FEWEST_ALIKE and bool(common) and all(2 * len(row.keys() & common) >= len(common) for row in rows)
    )


_SHAPES = (_apart_from_names, _in_columns_by_index, _in_columns_of_lists, _by_key)


def _are_names(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(name, str) for name in value)


def _has_length(value: Any, other: Sequence[Any]) -> bool:
    return isinstance(value, list) and isinstance(other, list) and len(value) == len(other)
