"""The layout of rows in a JSON file: lines, one list, a list within an object, or columns.

What is recognised here of a beginning, formats/json.py and formats/jsonl.py read.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from corpus_audit.vocabulary import FileFormat

_ROW_LISTS = ("data", "records", "rows", "items", "examples", "instances", "entries", "samples", "documents")
_SPLITS = ("train", "training", "validation", "valid", "dev", "test")
ROW_LISTS = frozenset(_ROW_LISTS + _SPLITS)
"""The keys of an object whose lists of objects are rows, where no path says which list it is."""

_SPACE = " \t\r\n\ufeff"
_COLUMNS_BY_INDEX = re.compile(r'\{\s*"[^"\\]{1,200}"\s*:\s*\{\s*"0"\s*:')
_ROW_LIST = re.compile(r'"(' + "|".join(sorted(ROW_LISTS)) + r')"\s*:\s*\[\s*\{')


def recognise_json(text: str, named: FileFormat | None, *, is_whole: bool) -> FileFormat | None:
    """Return JSONL or JSON where the beginning of a text shows rows of objects, TEXT for a document that is JSON.

    None when it is no JSON. *named* is what the name says; *is_whole* that nothing comes behind *text*.
    """
    text = text.strip(_SPACE)
    if text.startswith("["):
        return _recognise_list(text, named)
    lines = _first_lines(text, is_whole=is_whole)
    if not text.startswith("{"):
        # The first line may be damaged: the reader says so, if there are others.
        return FileFormat.JSONL if named is FileFormat.JSONL and any(map(_is_object, lines)) else None
    if named is FileFormat.JSONL or (len(lines) > 1 and all(map(_is_object, lines))):
        return FileFormat.JSONL
    if named is None and len(lines) == 1 and is_whole and _is_object(lines[0]):
        return FileFormat.TEXT
    return FileFormat.JSON if named is FileFormat.JSON and _has_rows(text, is_whole=is_whole) else FileFormat.TEXT


def _recognise_list(text: str, named: FileFormat | None) -> FileFormat | None:
    """Return JSON for a list of objects, JSONL where each line is a list of its own."""
    first_line = text.partition("\n")[0]
    if named is FileFormat.JSONL and first_line != text and _parse(first_line) is not None:
        return FileFormat.JSONL
    if text[1:].lstrip(_SPACE).startswith("{"):
        return FileFormat.JSON
    return FileFormat.JSONL if named is FileFormat.JSONL else FileFormat.TEXT


def _first_lines(text: str, *, is_whole: bool) -> list[str]:
    """Return up to three lines that are whole."""
    lines = [line for line in text.split("\n", 16) if line.strip()]
    return (lines if is_whole or len(lines) > 3 else lines[:-1] or lines)[:3]


def _is_object(line: str) -> bool:
    return isinstance(_parse(line), dict)


def _parse(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _has_rows(text: str, *, is_whole: bool) -> bool:
    if _COLUMNS_BY_INDEX.match(text):
        return True
    if not is_whole:
        return _ROW_LIST.search(text) is not None
    value = _parse(text)
    # What is no single value may be several: reading tells.
    return value is None or rows_in_object(value) is not None


def rows_in_object(value: Any) -> Iterator[Any] | None:
    """Return the rows that a single JSON value holds, as pandas and others write them; None when it is one row itself.

    They are in lists of objects under usual keys, in columns of values by index, in columns of lists of one length, in
    rows by index, or apart from the names of their columns.
    """
    if not isinstance(value, dict) or not value:
        return None
    return next((rows for shape in _SHAPES if (rows := shape(value)) is not None), None)


def _in_lists(value: Mapping[str, Any]) -> Iterator[Any] | None:
    lists = [inner for name, inner in value.items() if name in ROW_LISTS and _are_objects(inner)]
    return (row for inner in lists for row in inner) if lists else None


def _apart_from_names(value: Mapping[str, Any]) -> Iterator[Any] | None:
    names, rows = value.get("columns"), value.get("data")
    if not names or not rows or not _are_names(names) or not isinstance(rows, list):
        return None
    is_split = all(_has_length(row, names) for row in rows)
    return (dict(zip(names, row, strict=True)) for row in rows) if is_split else None


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


def _by_index(value: Mapping[str, Any]) -> Iterator[Any] | None:
    is_indexed = all(name.isdigit() for name in value) and all(isinstance(row, dict) for row in value.values())
    return iter(value.values()) if is_indexed else None


_SHAPES = (_in_lists, _apart_from_names, _in_columns_by_index, _in_columns_of_lists, _by_index)


def _are_objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


def _are_names(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(name, str) for name in value)


def _has_length(value: Any, other: Sequence[Any]) -> bool:
    return isinstance(value, list) and isinstance(other, list) and len(value) == len(other)
