"""JSON lines, plain or compressed: a fast path for whole blocks, a careful one where a block has a bad row."""

import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.json as pj

from corpus_audit.corpus.compression import open_stream
from corpus_audit.corpus.entry import FileEntry, Piece
from corpus_audit.corpus.subject_ids import SUBJECT_IDS, id_text
from corpus_audit.corpus.texts import checked_rows, row_numbers
from corpus_audit.schemas import TEXT
from corpus_audit.text_lists import join_lists
from corpus_audit.vocabulary import DefectCode

_ID_LISTS = pa.list_(TEXT)

MAX_LINE_BYTES = 256 * 2**20
"""A longer line is reported and left out, so that memory does not grow with it."""


def read_jsonl(path: Path, entry: FileEntry, batch_bytes: int) -> Iterator[Piece]:
    """Yield the rows of a JSON lines file; a row counts every line, also blank and bad ones, from 0."""
    row = 0
    with open_stream(path) as stream:
        for block in _blocks(stream, batch_bytes):
            if isinstance(block, int):
                yield entry.defect(DefectCode.BAD_ROW, f"line longer than {MAX_LINE_BYTES} bytes", f"row {row}")
                row += block
                continue
            lines = block.count(b"\n") + (not block.endswith(b"\n"))
            columns = _parse_block(block, entry, lines)
            if columns is None:
                yield from _parse_lines(block, entry, row)
            else:
                yield from checked_rows(entry, row_numbers(row, lines), columns)
            row += lines


def _blocks(stream: pa.NativeFile, batch_bytes: int) -> Iterator[bytes | int]:
    """Yield blocks of whole lines, and the number 1 in place of a line that is too long."""
    pending = b""
    skipping = False
    while chunk := stream.read(batch_bytes):
        if skipping:
            chunk = chunk[chunk.find(b"\n") + 1 :] if b"\n" in chunk else b""
            skipping = not chunk
        cut = chunk.rfind(b"\n") + 1
        if cut:
            yield pending + chunk[:cut]
            pending = chunk[cut:]
            continue
        pending += chunk
        if len(pending) > MAX_LINE_BYTES:
            yield 1
            pending, skipping = b"", True
    if pending:
        yield pending


def _parse_block(block: bytes, entry: FileEntry, lines: int) -> dict[str, pa.Array] | None:
    """Return the columns of a block whose every line is one well-formed object, else None."""
    table = _read_block(block, entry.fields, _ID_LISTS)
    if table is None and entry.subject_ids_field is not None:
        table = _read_block(block, entry.fields, TEXT)
    if table is None or table.num_rows != lines:  # blank lines, or several objects on one line
        return None
    columns = {column: table[name].combine_chunks() for column, name in entry.fields.items()}
    if SUBJECT_IDS in columns:
        columns[SUBJECT_IDS] = join_lists(columns[SUBJECT_IDS])
    return columns


def _read_block(block: bytes, fields: Mapping[str, str], ids: pa.DataType) -> pa.Table | None:
    """Return a block as a table whose ids are of type *ids*, None when a line is not what is expected."""
    kinds = {name: ids if column == SUBJECT_IDS else TEXT for column, name in fields.items()}
    try:
        return pj.read_json(
            io.BytesIO(block),
            read_options=pj.ReadOptions(use_threads=False, block_size=len(block) + 1),
            parse_options=pj.ParseOptions(explicit_schema=pa.schema(kinds), unexpected_field_behavior="ignore"),
        )
    except (pa.ArrowInvalid, UnicodeDecodeError):
        return None


def _parse_lines(block: bytes, entry: FileEntry, first_row: int) -> Iterator[Piece]:
    rows: list[int] = []
    columns: dict[str, list[bytes | None]] = {column: [] for column in entry.fields}
    for row, line in enumerate(block.split(b"\n"), start=first_row):
        if not line.strip():
            continue
        values, problem = _parse_line(line, entry)
        if problem:
            yield entry.defect(DefectCode.BAD_ROW, problem, f"row {row}")
            continue
        rows.append(row)
        for column, value in values.items():
            columns[column].append(value)
    arrays = {column: pa.array(values, pa.large_binary()) for column, values in columns.items()}
    yield from checked_rows(entry, pa.array(rows, pa.int64()), arrays)


def _parse_line(line: bytes, entry: FileEntry) -> tuple[dict[str, bytes | None], str]:
    """Return the wanted fields of one line as UTF-8, and what is wrong with the line ('' when nothing is)."""
    try:
        value: Any = json.loads(line.decode(errors="surrogateescape"))
    except (ValueError, RecursionError):
        return {}, "not valid JSON"
    if not isinstance(value, dict):
        return {}, "not a JSON object"
    wanted = {column: value.get(name) for column, name in entry.fields.items()}
    if SUBJECT_IDS in wanted:
        try:
            wanted[SUBJECT_IDS] = id_text(wanted[SUBJECT_IDS])
        except ValueError as error:
            return {}, f"the field of subject ids holds {error}"
    if any(item is not None and not isinstance(item, str) for item in wanted.values()):
        return {}, "a text field holds something else than text"
    return {column: item if item is None else _to_bytes(item) for column, item in wanted.items()}, ""


def _to_bytes(text: str) -> bytes:
    """Return a text's bytes as they stood in the file; an escaped lone surrogate has none and becomes '?'."""
    try:
        return text.encode(errors="surrogateescape")
    except UnicodeEncodeError:
        return text.encode(errors="replace")
