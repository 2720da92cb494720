"""JSON rows parsed one by one: the values of their fields, or the error in them."""

from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from corpus_audit.corpus.entry import FileEntry, ReadResult, Seen
from corpus_audit.corpus.fields import Path, paths_of, values_at
from corpus_audit.corpus.json_columns import JsonColumns, to_bytes
from corpus_audit.corpus.json_stream import RepeatedKeys
from corpus_audit.corpus.listed import TEXT_OF_LISTS
from corpus_audit.corpus.texts import checked_rows
from corpus_audit.corpus.turns import texts_at
from corpus_audit.vocabulary import DefectCode, Unit

_AMBIGUOUS = "a key stands more than once in an object: readers may take either value"

Row = tuple[int, Any, str]
"""A row's number, its value, and what kept it from being read ('' when nothing did)."""


def checked_json_rows(
    entry: FileEntry, rows: Iterable[Row], scanned: JsonColumns | None = None
) -> Iterator[ReadResult]:
    """Yield the defects of rows, then a batch of those that are sound, then what *scanned* makes of all objects."""
    numbers: list[int] = []
    columns: dict[str, list[bytes | None]] = {column: [] for column in ("text", *entry.fields)}
    objects: list[tuple[int, Any]] = []
    seen = 0
    for number, value, unread in rows:
        seen += 1
        if scanned is not None and isinstance(value, dict):
            objects.append((number, value))
        if isinstance(value, RepeatedKeys):
            is_lost = is_ambiguous(value, entry)
            yield entry.defect(DefectCode.DUPLICATE_KEY, _AMBIGUOUS, f"row {number}", rows_lost=int(is_lost))
            if is_lost:
                continue
        values, problem = ({}, unread) if unread else values_of(value, entry)
        if problem:
            yield entry.defect(DefectCode.BAD_ROW, problem, f"row {number}")
            continue
        numbers.append(number)
        for column, found in columns.items():
            found.append(values.get(column))
    yield Seen(Unit.ROW, seen)
    arrays = {column: pa.array(values, pa.large_binary()) for column, values in columns.items()}
    yield from checked_rows(entry, pa.array(numbers, pa.int64()), arrays)
    if scanned is not None:
        texts = zip(numbers, columns["text"], strict=True)
        yield from scanned.scan(objects, {number for number, text in texts if text is not None})


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
    return {column: None if text is None else to_bytes(text) for column, text in wanted.items()}, ""


def is_ambiguous(row: RepeatedKeys, entry: FileEntry) -> bool:
    """Return whether a repeated key is on the path to one of the wanted fields."""
    return any(_is_ambiguous_at(row, path) for name in entry.field_names for path in paths_of(name))


def _is_ambiguous_at(value: Any, path: Path) -> bool:
    for depth, step in enumerate(path):
        values = values_at(value, path[:depth])
        if any(isinstance(inner, RepeatedKeys) and step in inner.repeated for inner in values):
            return True
    return False


def _first_found(row: dict[str, Any], name: str) -> list[Any]:
    return next((found for path in paths_of(name) if (found := values_at(row, path))), [])
