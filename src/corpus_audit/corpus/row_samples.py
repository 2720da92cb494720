"""A bounded sample of a file's rows, and the column roles that the rule assigns from it."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from corpus_audit.corpus.content import Content
from corpus_audit.corpus.dialects import first_row, name_columns, read_values
from corpus_audit.corpus.encodings import as_utf8
from corpus_audit.corpus.field_roles import (
    AssignedRoles,
    ColumnKind,
    DataColumn,
    assign_roles,
    columns_of_rows,
    columns_of_schema,
)
from corpus_audit.corpus.inputs import FileInput, Input
from corpus_audit.corpus.json_records import JsonRecords, as_row
from corpus_audit.corpus.json_stream import JsonStream
from corpus_audit.corpus.locations.base import StoredFile
from corpus_audit.corpus.recognition import DEFAULT_TEXT_FIELD, Dialect, Recognition
from corpus_audit.vocabulary import ColumnNames, FileFormat

MAX_ROWS = 64
"""Rows that are looked at from the beginning of a file, and as many from the end of a Parquet or Arrow file."""

_WITHHOLDING = ("license", "url", "subject_ids")
"""Fields that can take a permission away: looked for even where a manifest names the text and nothing else."""

_HEAD_BYTES = 256 * 2**10
_LONGEST_HEAD = 8 * 2**20
_ARROW_MARK = b"ARROW1"


def assign_file_roles(file: StoredFile, content: Content) -> AssignedRoles:
    """Return what the columns of a file are; no column where it holds no rows, or none that can be read."""
    return assign_input_roles(FileInput(file, file.size_bytes, content.recognition.compression), content)


def assign_input_roles(source: Input, content: Content) -> AssignedRoles:
    """Return what the columns of an input are; its bytes are read from the beginning."""
    return assign_roles(sample_columns(source, content))


def with_named_columns(source: Input, content: Content, named: Mapping[str, Any]) -> Content:
    """Return a CSV as one whose first row holds names, where a field that the manifest *named* is one of them."""
    dialect = content.recognition.dialect
    fields = {name for field, name in named.items() if field.endswith("_field")}.union(named["text_fields"] or ())
    if dialect is None or dialect.names is ColumnNames.IN_FILE or not fields - {None}:
        return content
    if fields.isdisjoint(first_row(_head(source, content.recognition), dialect)):
        return content
    in_file = replace(dialect, names=ColumnNames.IN_FILE)
    return replace(content, recognition=replace(content.recognition, dialect=in_file))


def missing_fields(roles: AssignedRoles, named: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a file that a manifest does not name and the rule about columns finds."""
    wanted = _WITHHOLDING if named["text_fields"] else roles.proposed
    found = {f"{field}_field": roles.proposed[field] for field in wanted if field in roles.proposed}
    missing = {column: name for column, name in found.items() if not named[column]}
    text = {} if named["text_fields"] else {"text_fields": list(roles.text) or [DEFAULT_TEXT_FIELD]}
    return {**missing, **text}


def sample_columns(source: Input, content: Content) -> Sequence[DataColumn]:
    """Return the columns that the first rows of an input show; none where no row can be read."""
    read = _SAMPLERS.get(content.format)
    try:
        return read(source, content.recognition) if read else ()
    except Exception:  # noqa: BLE001 - parsers of foreign bytes raise what they like
        return ()  # ingest reports files that cannot be read


def _parquet(source: Input, _recognition: Recognition) -> Sequence[DataColumn]:
    with pq.ParquetFile(source.seekable(), pre_buffer=False) as opened:
        schema = opened.schema_arrow
        names = [field.name for field in schema if not _holds_bytes(field.type)]
        groups = sorted({0, opened.num_row_groups - 1}) if opened.num_row_groups else []
        batches = (next(opened.iter_batches(MAX_ROWS, row_groups=[group], columns=names), None) for group in groups)
        rows = [row for batch in batches if batch is not None for row in _plain_rows(batch)]
    return columns_of_schema(schema, rows)


def _arrow(source: Input, _recognition: Recognition) -> Sequence[DataColumn]:
    with source.seekable() as opened:
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
        return columns_of_schema(reader.schema, rows)


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


def _json_lines(source: Input, recognition: Recognition) -> Sequence[DataColumn]:
    rows = map(as_row, _lines(_head(source, recognition)))
    return columns_of_rows([row for row in rows if isinstance(row, dict)])


def _lines(head: str) -> Iterator[Any]:
    """Yield the values of whole lines; a damaged one is left out, and the reader says where it is."""
    for line in head.split("\n")[:MAX_ROWS]:
        try:
            yield json.loads(line)
        except (ValueError, RecursionError):
            continue


def _json(source: Input, recognition: Recognition) -> Sequence[DataColumn]:
    """Return the columns of the first records, as the reader finds them; none for an object that is one record."""
    rows: list[Any] = []
    with source.stream() as packed:
        records = JsonRecords(JsonStream(as_utf8(packed, recognition.encoding)))
        with suppress(ValueError):  # the input may be cut
            rows.extend(islice(records, MAX_ROWS))
    return () if records.is_document else columns_of_rows([row for row in rows if isinstance(row, dict)])


def _csv(source: Input, recognition: Recognition) -> Sequence[DataColumn]:
    dialect = recognition.dialect or Dialect()
    lines = io.StringIO(_head(source, recognition), newline="")
    for _ in range(1, dialect.first_line):
        next(lines, None)
    values = read_values(lines, dialect)
    first: list[str] = next(values, [])
    names = name_columns(first, dialect)
    rows = [dict(zip(names, line, strict=True)) for line in _whole(values, len(names))]
    if dialect.names is ColumnNames.GENERATED:
        rows.insert(0, dict(zip(names, first, strict=True)))
    return columns_of_rows(rows) if rows else [DataColumn((name,), ColumnKind.TEXT) for name in names]


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


def _head(source: Input, recognition: Recognition) -> str:
    """Return the beginning of a text, at least its first line where that is not far too long."""
    parts: list[bytes] = []
    size, has_line = 0, False
    with source.stream() as packed:
        stream = as_utf8(packed, recognition.encoding)
        while (left := (_LONGEST_HEAD if size >= _HEAD_BYTES and not has_line else _HEAD_BYTES) - size) > 0:
            part = stream.read(left)
            if not part:
                break
            parts.append(part)
            size += len(part)
            has_line = has_line or b"\n" in part
    head = b"".join(parts)
    return head.decode(errors="replace")


_SAMPLERS: Mapping[FileFormat, Callable[[Input, Recognition], Sequence[DataColumn]]] = {
    FileFormat.PARQUET: _parquet,
    FileFormat.ARROW: _arrow,
    FileFormat.JSONL: _json_lines,
    FileFormat.JSON: _json,
    FileFormat.CSV: _csv,
}
