"""A bounded sample of a file's rows, and the column roles that the rule assigns from it."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from corpus_audit.corpus.compression import open_stream
from corpus_audit.corpus.content import Content
from corpus_audit.corpus.dialects import read_values
from corpus_audit.corpus.encodings import as_utf8
from corpus_audit.corpus.field_roles import (
    AssignedRoles,
    ColumnKind,
    DataColumn,
    Path,
    assign_roles,
    columns_of_rows,
    columns_of_schema,
)
from corpus_audit.corpus.field_roles.columns import EVERY
from corpus_audit.corpus.field_roles.names import normal_name
from corpus_audit.corpus.field_roles.tables import ROW_LISTS
from corpus_audit.corpus.inputs import FileInput
from corpus_audit.corpus.json_shapes import rows_in_object
from corpus_audit.corpus.locations.base import StoredFile
from corpus_audit.corpus.recognition import Dialect, Recognition
from corpus_audit.vocabulary import FileFormat

MAX_ROWS = 64
"""Rows that are looked at from the beginning of a file, and as many from the end of a Parquet or Arrow file."""

_HEAD_BYTES = 256 * 2**10
_LONGEST_HEAD = 8 * 2**20
_LONGEST_OBJECT = 64 * 2**20
_ARROW_MARK = b"ARROW1"


@dataclass(frozen=True)
class RowSample:
    """The columns of a file's rows. *above* leads to the list of rows where a single JSON object holds one."""

    columns: Sequence[DataColumn]
    above: Path = ()


NO_ROWS = RowSample(())


def assign_file_roles(file: StoredFile, content: Content) -> AssignedRoles:
    """Return what the columns of a file are; no column where it holds no rows, or none that can be read."""
    sample = sample_rows(file, content)
    roles = assign_roles(sample.columns)
    return roles.below(sample.above) if sample.above else roles


def sample_rows(file: StoredFile, content: Content) -> RowSample:
    """Return the columns that the first rows of a file show; NO_ROWS where none can be read."""
    read = _SAMPLERS.get(content.format)
    try:
        return read(file, content.recognition) if read else NO_ROWS
    except Exception:  # noqa: BLE001 - parsers of foreign bytes raise what they like
        return NO_ROWS  # ingest reports files that cannot be read


def _parquet(file: StoredFile, recognition: Recognition) -> RowSample:
    with pq.ParquetFile(_seekable(file, recognition), pre_buffer=False) as opened:
        schema = opened.schema_arrow
        names = [field.name for field in schema if not _holds_bytes(field.type)]
        groups = sorted({0, opened.num_row_groups - 1}) if opened.num_row_groups else []
        batches = (next(opened.iter_batches(MAX_ROWS, row_groups=[group], columns=names), None) for group in groups)
        rows = [row for batch in batches if batch is not None for row in _plain_rows(batch)]
    return RowSample(columns_of_schema(schema, rows))


def _arrow(file: StoredFile, recognition: Recognition) -> RowSample:
    with _seekable(file, recognition) as opened:
        is_file = opened.read(len(_ARROW_MARK)) == _ARROW_MARK
        opened.seek(0)
        if is_file:
            reader = pa.ipc.open_file(opened)
            last = reader.num_record_batches - 1
            batches = [reader.get_batch(number) for number in sorted({0, last})] if last >= 0 else []
        else:
            reader = pa.ipc.open_stream(opened)
            batches = [batch for batch, _ in zip(reader, range(1), strict=False)]
        rows = [row for batch in batches for row in _checked_rows(batch.slice(0, MAX_ROWS))]
        return RowSample(columns_of_schema(reader.schema, rows))


def _checked_rows(batch: pa.RecordBatch) -> list[Any]:
    names = [field.name for field in batch.schema if not _holds_bytes(field.type)]
    for column in (chosen := batch.select(names)).columns:
        column.validate(full=True)  # offsets of a hostile file may lead anywhere
    return _plain_rows(chosen)


def _plain_rows(batch: pa.RecordBatch) -> list[Any]:
    """Return rows as plain values, none where some value has none: then names and types decide."""
    try:
        return list(batch.to_pylist())
    except (ValueError, OverflowError, pa.ArrowException):
        return []


def _holds_bytes(kind: pa.DataType) -> bool:
    """True if it is or contains binary values, such as pictures."""
    if isinstance(kind, pa.BaseExtensionType):
        return _holds_bytes(kind.storage_type)
    if pa.types.is_nested(kind):
        return any(_holds_bytes(kind.field(number).type) for number in range(kind.num_fields))
    return bool(pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind))


def _json_lines(file: StoredFile, recognition: Recognition) -> RowSample:
    rows = [row for row in _lines(_head(file, recognition)) if isinstance(row, dict)]
    return RowSample(columns_of_rows(rows))


def _lines(head: str) -> Iterator[Any]:
    """Yield the values of whole lines; a damaged one is left out, and the reader says where it is."""
    for line in head.split("\n")[:MAX_ROWS]:
        try:
            yield json.loads(line)
        except (ValueError, RecursionError):
            continue


def _json(file: StoredFile, recognition: Recognition) -> RowSample:
    head = _head(file, recognition).lstrip("\ufeff \t\r\n")
    if head.startswith("["):
        return RowSample(columns_of_rows([row for row in _entries(head) if isinstance(row, dict)]))
    if not head.startswith("{"):
        return NO_ROWS
    value = json.loads(_head(file, recognition, _LONGEST_OBJECT))
    sample = _rows_within(value)
    rows = None if sample.columns else rows_in_object(value)
    return sample if rows is None else RowSample(columns_of_rows(list(islice(rows, MAX_ROWS))))


def _entries(text: str) -> Iterator[Any]:
    """Yield the first whole entries of a JSON list whose end may be missing."""
    decode = json.JSONDecoder().raw_decode
    at = 1
    for _ in range(MAX_ROWS):
        while at < len(text) and text[at] in " \t\r\n,":
            at += 1
        try:
            value, at = decode(text, at)
        except (ValueError, RecursionError):
            return
        yield value


def _rows_within(value: Any) -> RowSample:
    """Return the rows that a single object holds under a name that lists of rows have; else it is a document."""
    lists = {name: inner for name, inner in value.items() if isinstance(inner, list) and inner}
    name = next((name for known in ROW_LISTS for name in lists if normal_name(name) == known), None)
    rows = [row for row in lists.get(name or "", ())[:MAX_ROWS] if isinstance(row, dict)]
    return RowSample(columns_of_rows(rows), (name, EVERY)) if name and rows else NO_ROWS


def _csv(file: StoredFile, recognition: Recognition) -> RowSample:
    head = _head(file, recognition)
    lines = read_values(io.StringIO(head, newline=""), recognition.dialect or Dialect())
    header = next(lines, [])
    rows = [dict(zip(header, line, strict=True)) for line in _whole(lines, len(header))]
    return RowSample(columns_of_rows(rows) if rows else [DataColumn((name,), ColumnKind.TEXT) for name in header])


def _whole(lines: Iterator[list[str]], columns: int) -> Iterator[list[str]]:
    """Yield the rows that have as many values as the header; the last may be cut off."""
    for _ in range(MAX_ROWS):
        try:
            line = next(lines, None)
        except csv.Error:
            return
        if line is None:
            return
        if len(line) == columns:
            yield line


def _head(file: StoredFile, recognition: Recognition, longest: int = _HEAD_BYTES) -> str:
    """Return the beginning of a file, at least its first line where that is not far too long."""
    parts: list[bytes] = []
    size, has_line = 0, False
    with open_stream(file, recognition.compression) as packed:
        stream = as_utf8(packed, recognition.encoding)
        while (left := (_LONGEST_HEAD if size >= longest and not has_line else longest) - size) > 0:
            part = stream.read(left)
            if not part:
                break
            parts.append(part)
            size += len(part)
            has_line = has_line or b"\n" in part
    head = b"".join(parts)
    return head.decode(errors="replace")


def _seekable(file: StoredFile, recognition: Recognition) -> Any:
    return FileInput(file, file.size_bytes, recognition.compression).seekable()


_SAMPLERS: Mapping[FileFormat, Callable[[StoredFile, Recognition], RowSample]] = {
    FileFormat.PARQUET: _parquet,
    FileFormat.ARROW: _arrow,
    FileFormat.JSONL: _json_lines,
    FileFormat.JSON: _json,
    FileFormat.CSV: _csv,
}
