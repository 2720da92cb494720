"""JSON rows parsed one by one: the values of their fields, or the error in them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.corpus.entry import ColumnSeen, FileEntry, ReadResult, Seen
from corpus_audit.corpus.field_roles.names import is_license_name
from corpus_audit.corpus.fields import Path, paths_of, values_at
from corpus_audit.corpus.json_columns import JsonColumns, to_bytes
from corpus_audit.corpus.json_stream import RepeatedKeys
from corpus_audit.corpus.license_columns import LicenseColumns
from corpus_audit.corpus.listed import LICENSE, TEXT_OF_LISTS, text_of_values
from corpus_audit.corpus.texts import checked_rows, is_blank, valid_utf8
from corpus_audit.corpus.turns import texts_at
from corpus_audit.vocabulary import ColumnReason, ColumnRole, DefectCode, Unit

_AMBIGUOUS = "a key stands more than once in an object: readers may take either value"

Row = tuple[int, Any, str]
"""A row's number, its value, and what kept it from being read ('' when nothing did)."""


def checked_json_rows(
    entry: FileEntry, rows: Iterable[Row], scanned: JsonColumns | None = None
) -> Iterator[ReadResult]:
    """Yield the defects of rows, then a batch of those that are sound, then what *scanned* makes of all objects."""
    numbers: list[int] = []
    licenses = None if scanned is None else scanned.licenses
    columns: dict[str, list[bytes | None]] = {column: [] for column in ("text", LICENSE, *entry.fields)}
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
        found = RowValues(problem=unread) if unread else values_of(value, entry, licenses)
        if found.problem:
            yield entry.defect(DefectCode.BAD_ROW, found.problem, f"row {number}")
            continue
        yield from _unread_fields(entry, found.unread, number)
        numbers.append(number)
        for column, values in columns.items():
            values.append(found.texts.get(column))
    yield Seen(Unit.ROW, seen)
    arrays = {column: pa.array(values, pa.large_binary()) for column, values in columns.items()}
    row_column = pa.array(numbers, pa.int64())
    elsewhere = None if scanned is None else _texts_elsewhere(row_column, arrays["text"], objects, scanned)
    yield from checked_rows(entry, row_column, arrays, elsewhere)
    if scanned is not None:
        texts = zip(numbers, columns["text"], strict=True)
        yield from scanned.scan(objects, {number for number, text in texts if text is not None})


def _texts_elsewhere(
    rows: pa.Array, texts: pa.Array, objects: Iterable[tuple[int, Any]], scanned: JsonColumns
) -> pa.Array | None:
    """Return which rows have a blank text and hold one in another column; None where no text is blank."""
    blank = set(rows.filter(is_blank(valid_utf8(texts)[0])).to_pylist())
    if not blank:
        return None
    others = [(number, text) for number, value in objects if number in blank for text in scanned.texts_elsewhere(value)]
    found = is_blank(valid_utf8(pa.array([to_bytes(text) for _, text in others], pa.large_binary()))[0])
    held = {number for (number, _), is_empty in zip(others, found.to_pylist(), strict=True) if not is_empty}
    return pc.is_in(rows, pa.array(sorted(held), pa.int64()))


@dataclass(frozen=True, slots=True)
class RowValues:
    """The wanted fields of a row as UTF-8, by the column of RAW; *problem* is why the row is lost, '' when it is not.

    *unread* are fields beside the text, by their column, that hold what cannot be one; their value is null.
    """

    texts: Mapping[str, bytes | None] = field(default_factory=dict)
    problem: str = ""
    unread: Mapping[str, str] = field(default_factory=dict)


def values_of(row: Any, entry: FileEntry, licenses: LicenseColumns | None = None) -> RowValues:
    """Return the wanted fields of a row. It is lost only where its text cannot be read.

    Its license is what all columns state that *licenses* finds, where given, instead of the named field.
    """
    if not isinstance(row, dict):
        return RowValues(problem="not a JSON object")
    wanted: dict[str, str | None] = {}
    unread: dict[str, str] = {}
    if licenses is not None:
        wanted[LICENSE] = licenses.in_row(row)
    for column, names in entry.fields.items():
        if column in wanted:
            continue
        try:
            wanted[column] = texts_at(row, names) if column == "text" else _text_of(column, _first_found(row, names[0]))
        except ValueError as error:
            if column == "text":
                return RowValues(problem=str(error))
            unread[column] = str(error)
    texts = {column: None if text is None else to_bytes(text) for column, text in wanted.items()}
    return RowValues(texts, unread=unread)


def _unread_fields(entry: FileEntry, unread: Mapping[str, str], number: int) -> Iterator[ReadResult]:
    """Yield what is told of fields that cannot be read: a defect, and a column that was not looked at."""
    for column, problem in unread.items():
        yield entry.defect(DefectCode.BAD_ROW, problem, f"row {number}", rows_lost=0)
        name = entry.fields[column][0]
        yield ColumnSeen(name, ColumnRole.NOT_LOOKED_AT, ColumnReason.OTHER_TYPE, "object")


def _text_of(column: str, found: list[Any]) -> str | None:
    """Return the text of a field beside the text of a row; raises ValueError where it has none."""
    return TEXT_OF_LISTS.get(column, text_of_values)(found or None)


def is_ambiguous(row: RepeatedKeys, entry: FileEntry) -> bool:
    """Return whether a repeated key is on the path to one of the wanted fields, or states a license."""
    if any(map(is_license_name, row.repeated)):
        return True
    return any(_is_ambiguous_at(row, path) for name in entry.field_names for path in paths_of(name))


def _is_ambiguous_at(value: Any, path: Path) -> bool:
    for depth, step in enumerate(path):
        values = values_at(value, path[:depth])
        if any(isinstance(inner, RepeatedKeys) and step in inner.repeated for inner in values):
            return True
    return False


def _first_found(row: dict[str, Any], name: str) -> list[Any]:
    return next((found for path in paths_of(name) if (found := values_at(row, path))), [])
