"""JSON lines, plain or compressed: a fast path for whole blocks, and a careful path for blocks with a bad row."""

from collections.abc import Iterator
from itertools import product
from typing import Any, BinaryIO

import pyarrow as pa

from corpus_audit.corpus.encodings import as_utf8
from corpus_audit.corpus.entry import FileEntry, ReadResult, Seen
from corpus_audit.corpus.fields import Path, json_type, paths_of
from corpus_audit.corpus.formats.json_rows import Row, checked_json_rows
from corpus_audit.corpus.formats.scanned_lines import ScannedLines, read_block
from corpus_audit.corpus.inputs import Input
from corpus_audit.corpus.json_records import as_row
from corpus_audit.corpus.json_stream import decode_json
from corpus_audit.corpus.listed import JOINS
from corpus_audit.corpus.texts import changed_encoding, checked_rows, raw_columns, row_numbers
from corpus_audit.schemas import TEXT
from corpus_audit.vocabulary import DefectCode, Unit

MAX_LINE_BYTES = 256 * 2**20
"""A longer line is reported and left out, so that memory does not grow with it."""

_TEXTS = pa.list_(TEXT)


def read_jsonl(source: Input, entry: FileEntry, batch_bytes: int) -> Iterator[ReadResult]:
    """Yield the rows of a JSON lines file; a row counts every line, also blank and bad ones, from 0."""
    row = entry.part.first_row
    blocks = _BlockParser(entry)
    scanned = ScannedLines(entry) if entry.scans else None
    # A file is only cut where it is UTF-8: the byte order mark is in its first part.
    encoding = entry.recognition.encoding if not entry.part.first else None
    with source.stream(entry.part.first, entry.part.end) as packed:
        text = as_utf8(packed, encoding)
        for block in _blocks(text, batch_bytes):
            if isinstance(block, int):
                yield entry.defect(DefectCode.BAD_ROW, f"line longer than {MAX_LINE_BYTES} bytes", f"row {row}")
                yield Seen(Unit.ROW, block)
                row += block
                continue
            lines = block.count(b"\n") + (not block.endswith(b"\n"))
            if scanned is not None:
                yield from scanned.read(block, lines, row, _parse_lines)
                row += lines
                continue
            columns = blocks.parse(block, lines)
            if columns is None:
                yield from checked_json_rows(entry, _parse_lines(block, row))
            else:
                yield from checked_rows(entry, row_numbers(row, lines), columns)
            row += lines
        yield from changed_encoding(entry, text)


def _blocks(stream: BinaryIO, batch_bytes: int) -> Iterator[bytes | int]:
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


class _BlockParser:
    """Parses blocks of lines with Arrow, which wants to know whether a field is one text or a list of them."""

    def __init__(self, entry: FileEntry) -> None:
        self._entry = entry
        listed = {path for column in JOINS for name in entry.fields.get(column, ()) for path in paths_of(name)}
        paths = [path for name in entry.field_names for path in paths_of(name)]
        kinds = product((TEXT, _TEXTS), (_TEXTS, TEXT) if listed else (TEXT,))
        self._schemas = [_schema(paths, listed, text, of_listed) for text, of_listed in kinds]

    def parse(self, block: bytes, lines: int) -> dict[str, pa.Array] | None:
        """Return the columns of a block whose every line is one well-formed object, else None."""
        for schema in list(self._schemas):
            table = read_block(block, schema, "ignore")
            if table is None or table.num_rows != lines:  # blank lines, or several objects on one line
                continue
            if schema is not self._schemas[0]:
                self._schemas.remove(schema)
                self._schemas.insert(0, schema)
            try:
                return raw_columns(self._entry, {name: table[name].combine_chunks() for name in table.column_names})
            except pa.ArrowInvalid:
                return None
        return None


def _schema(paths: list[Path], listed: set[Path], text: pa.DataType, of_listed: pa.DataType) -> pa.Schema:
    kind = json_type(paths, lambda path: of_listed if path in listed else text)
    return pa.schema([kind.field(index) for index in range(kind.num_fields)])


def _parse_lines(block: bytes, first_row: int) -> Iterator[Row]:
    for number, line in enumerate(block.split(b"\n"), start=first_row):
        if line.strip():
            value, problem = _parse_line(line)
            yield number, value, problem


def _parse_line(line: bytes) -> tuple[Any, str]:
    try:
        return as_row(decode_json(line.decode(errors="surrogateescape"))), ""
    except ValueError:
        return None, "not valid JSON"
