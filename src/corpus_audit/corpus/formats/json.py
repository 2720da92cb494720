"""JSON: the entries of a list are records, wherever the list is in the file; any other object is one record."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import Any

from corpus_audit.corpus.encodings import as_utf8
from corpus_audit.corpus.entry import FileEntry, ReadResult, RowsScanned
from corpus_audit.corpus.fields import EVERY, Path, paths_of, values_at
from corpus_audit.corpus.formats.json_rows import Row, checked_json_rows
from corpus_audit.corpus.formats.json_stream import JsonStream, object_of
from corpus_audit.corpus.inputs import Input
from corpus_audit.corpus.json_columns import JsonColumns
from corpus_audit.corpus.json_shapes import ROW_LISTS, rows_in_object

_ROWS = 4096


def read_json(source: Input, entry: FileEntry, batch_bytes: int) -> Iterator[ReadResult]:
    """Yield the records of a JSON file; lists are read entry by entry, whatever their size."""
    with source.stream() as packed:
        stream = JsonStream(as_utf8(packed, entry.recognition.encoding))
        paths = [path for name in entry.text_fields for path in paths_of(name)]
        list_path = _common_list(paths) if stream.peek() != "[" else ()
        inner = _relative(entry, len(list_path)) if list_path else entry
        beside: list[tuple[str, Any]] = []
        rows = ((number, value, "") for number, value in enumerate(_rows(stream, list_path, beside)))
        yield from _in_batches(inner, rows, batch_bytes)
        if entry.scans and beside:
            found = JsonColumns(entry).scan([(0, object_of(beside))], frozenset())
            yield from (piece for piece in found if not isinstance(piece, RowsScanned))


def _rows(stream: JsonStream, list_path: Path, beside: list[tuple[str, Any]]) -> Iterator[Any]:
    """Yield what the records of a file are made of, in its order; what is said *beside* their list is added to that."""
    if stream.peek() == "[":
        yield from stream.entries()
    elif stream.peek() == "{" and len(list_path) in (0, 2):
        yield from _rows_of_object(stream, frozenset(list_path[:1]) or ROW_LISTS, beside)
    else:
        yield from _rows_of_value(stream.value(), list_path)
    while stream.peek():  # values behind each other, as lines of JSON are
        yield from _rows_of_value(stream.value(), list_path)


def _rows_of_object(stream: JsonStream, lists: frozenset[str], beside: list[tuple[str, Any]]) -> Iterator[Any]:
    """Yield the entries of the *lists* of objects under such keys of an object, else what the whole object holds."""
    members: list[tuple[str, Any]] = []
    has_rows = False
    for key in stream.members():
        if key in lists and stream.peek() == "[":
            entries = stream.entries()
            first = next(entries, None)
            if isinstance(first, dict):
                has_rows = True
                yield from chain([first], entries)
            else:
                members.append((key, [] if first is None else [first, *entries]))
        else:
            members.append((key, stream.value()))
    if has_rows:
        beside += members
    else:
        yield from _rows_of_value(object_of(members), ())


def _rows_of_value(value: Any, list_path: Path) -> Iterator[Any]:
    if list_path:
        yield from values_at(value, list_path[:-1])
        return
    rows = rows_in_object(value)
    yield from [value] if rows is None else rows


def _in_batches(entry: FileEntry, rows: Iterator[Row], batch_bytes: int) -> Iterator[ReadResult]:
    waiting: list[Row] = []
    step = max(1, min(_ROWS, batch_bytes // 256))
    columns = JsonColumns(entry) if entry.scans else None
    for row in rows:
        waiting.append(row)
        if len(waiting) >= step:
            yield from checked_json_rows(entry, waiting, columns)
            waiting = []
    yield from checked_json_rows(entry, waiting, columns)


def _common_list(paths: list[Path]) -> Path:
    """Return the path to the list that all texts lie in, '*' at its end; () when they lie in no common one."""
    first = paths[0] if paths else ()
    if EVERY not in first:
        return ()
    prefix = first[: first.index(EVERY) + 1]
    return prefix if len(first) > len(prefix) and all(path[: len(prefix)] == prefix for path in paths) else ()


def _relative(entry: FileEntry, depth: int) -> FileEntry:
    """Return the entry with the names of fields as they are within an entry of the list."""
    return replace(
        entry,
        text_fields=tuple(_within(name, depth) or name for name in entry.text_fields),
        license_field=_within(entry.license_field, depth),
        language_field=_within(entry.language_field, depth),
        url_field=_within(entry.url_field, depth),
        date_field=_within(entry.date_field, depth),
        subject_ids_field=_within(entry.subject_ids_field, depth),
    )


def _within(name: str | None, depth: int) -> str | None:
    if name is None:
        return None
    steps = name.split("/")[1:] if name.startswith("/") else [name]
    return "/" + "/".join(steps[depth:]) if len(steps) > depth else name
