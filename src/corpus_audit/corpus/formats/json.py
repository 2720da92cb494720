"""JSON: the entries of a list are records, wherever the list is in the file; any other object is one record."""

from collections.abc import Iterator
from dataclasses import replace

from corpus_audit.corpus.columns import unjudged_licenses
from corpus_audit.corpus.encodings import as_utf8
from corpus_audit.corpus.entry import FileEntry, ReadResult, RowsScanned
from corpus_audit.corpus.fields import EVERY, Path, paths_of
from corpus_audit.corpus.formats.json_rows import Row, checked_json_rows
from corpus_audit.corpus.inputs import Input
from corpus_audit.corpus.json_columns import JsonColumns
from corpus_audit.corpus.json_records import JsonRecords
from corpus_audit.corpus.json_stream import JsonStream, object_of
from corpus_audit.corpus.texts import changed_encoding

_ROWS = 4096


def read_json(source: Input, entry: FileEntry, batch_bytes: int) -> Iterator[ReadResult]:
    """Yield the records of a JSON file; lists are read entry by entry, whatever their size."""
    with source.stream() as packed:
        text = as_utf8(packed, entry.recognition.encoding)
        stream = JsonStream(text)
        records = JsonRecords(stream, list_path(entry, stream))
        yield from _in_batches(entry, records, batch_bytes)
        if entry.scans and records.beside:
            found = JsonColumns(entry).scan([(0, object_of(records.beside))], frozenset())
            yield from (piece for piece in found if not isinstance(piece, RowsScanned))
            yield from unjudged_licenses(object_of(records.beside))
        yield from changed_encoding(entry, text)


def _in_batches(entry: FileEntry, records: JsonRecords, batch_bytes: int) -> Iterator[ReadResult]:
    """Yield the records in batches; those of a list that the manifest names have its fields within them."""
    named = _Batches(_relative(entry, records.depth), batch_bytes)
    found = _Batches(entry, batch_bytes)
    taken = 0
    for number, value in enumerate(records):
        size, taken = records.position - taken, records.position
        yield from (named if records.is_named else found).add((number, value, ""), size)
    yield from found.flush()
    yield from named.flush()


class _Batches:
    """Rows that wait until they are enough for a batch, by their number or by their size."""

    def __init__(self, entry: FileEntry, batch_bytes: int) -> None:
        self._entry = entry
        self._most = max(1, min(_ROWS, batch_bytes // 256))
        self._most_bytes = batch_bytes
        self._size = 0
        self._columns = JsonColumns(entry) if entry.scans else None
        self._waiting: list[Row] = []

    def add(self, row: Row, size: int) -> Iterator[ReadResult]:
        self._waiting.append(row)
        self._size += size
        if len(self._waiting) >= self._most or self._size >= self._most_bytes:
            yield from self.flush()

    def flush(self) -> Iterator[ReadResult]:
        if self._waiting:
            yield from checked_json_rows(self._entry, self._waiting, self._columns)
        self._waiting, self._size = [], 0


def list_path(entry: FileEntry, stream: JsonStream) -> Path:
    """Return the path to the list that a file's texts lie in, '*' at its end; () where the file is a list itself."""
    paths = [path for name in entry.text_fields for path in paths_of(name)]
    return _common_list(paths) if stream.peek() != "[" else ()


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
