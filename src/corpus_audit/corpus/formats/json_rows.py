"""Rows of JSON one by one: what their fields hold, or what is wrong with them."""

from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from corpus_audit.corpus.entry import FileEntry, ReadResult
from corpus_audit.corpus.fields import paths_of, values_at
from corpus_audit.corpus.listed import TEXT_OF_LISTS
from corpus_audit.corpus.texts import checked_rows
from corpus_audit.corpus.turns import texts_at
from corpus_audit.vocabulary import DefectCode

Row = tuple[int, Any, str]
"""A row's number, its value, and what kept it from being read ('' when nothing did)."""


def checked_json_rows(entry: FileEntry, rows: Iterable[Row]) -> Iterator[ReadResult]:
    """Yield the defects of rows, then a batch of those that are sound."""
    numbers: list[int] = []
    columns: dict[str, list[bytes | None]] = {column: [] for column in entry.fields}
    for number, value, unread in rows:
        values, problem = ({}, unread) if unread else values_of(value, entry)
        if problem:
            yield entry.defect(DefectCode.BAD_ROW, problem, f"row {number}")
            continue
        numbers.append(number)
        for column, found in values.items():
            columns[column].append(found)
    arrays = {column: pa.array(values, pa.large_binary()) for column, values in columns.items()}
    yield from checked_rows(entry, pa.array(numbers, pa.int64()), arrays)


def values_of(row: Any, entry: FileEntry) -> tuple[dict[str, bytes | None], str]:
    """Return the wanted fields of a row as UTF-8, and what is wrong with the row ('' when nothing is)."""
    if not isinstance(row, dict):
        return {}, "not a JSON object"
    wanted: dict[str, str | None] = {}
    for column, names in entry.fields.items():
        listed = TEXT_OF_LISTS.get(column)
        try:
            wanted[column] = texts_at(row, names) if listed is None else listed(_first_found(row, names[0]) or None)
        except ValueError as error:
            return {}, str(error)
    return {column: None if text is None else _to_bytes(text) for column, text in wanted.items()}, ""


def _first_found(row: dict[str, Any], name: str) -> list[Any]:
    return next((found for path in paths_of(name) if (found := values_at(row, path))), [])


def _to_bytes(text: str) -> bytes:
    """Return a text's bytes as they stood in the file; an escaped lone surrogate has none and becomes '?'."""
    try:
        return text.encode(errors="surrogateescape")
    except UnicodeEncodeError:
        return text.encode(errors="replace")
