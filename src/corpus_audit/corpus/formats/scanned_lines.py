"""Blocks of JSON lines with the columns outside the text.

Arrow parses a block by a schema that was learned from the rows before it; a block with anything else in it is parsed
row by row, and what it shows is learned for the next one. No path through the data makes a row's columns other than
they are, so that facts do not depend on where blocks end.
"""

import io
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.json as pj

from corpus_audit.corpus.columns import Leaf, licenses_in, scan_columns, texts_elsewhere
from corpus_audit.corpus.entry import FileEntry, ReadResult, Seen
from corpus_audit.corpus.formats.json_rows import Row, checked_json_rows
from corpus_audit.corpus.json_columns import MAX_COLUMNS, JsonColumns, Shape, leaves_of_json
from corpus_audit.corpus.listed import LICENSE
from corpus_audit.corpus.texts import checked_rows, raw_columns, row_numbers
from corpus_audit.vocabulary import ColumnReason, ColumnRole, Unit

ParseLines = Callable[[bytes, int], Iterator[Row]]
_SAMPLED_LINES = 64
_READ_AS_TEXT = frozenset({ColumnReason.HOLDS_TEXT, ColumnReason.EMPTY})


class ScannedLines:
    """Reads the blocks of one part of a file, one after another."""

    def __init__(self, entry: FileEntry) -> None:
        self._entry = entry
        self._without_license = replace(entry, license_field=None)
        self._columns = JsonColumns(entry)
        self._shape = Shape()
        self._schema: pa.Schema | None = None
        self._leaves: list[Leaf] = []

    def read(self, block: bytes, lines: int, first_row: int, parse_lines: ParseLines) -> Iterator[ReadResult]:
        """Yield the records and the other texts of a block, whose *lines* begin with row *first_row*."""
        if self._shape.fields is None:
            self._learn_sample(block)
        fields = self._parse(block, lines)
        columns = None if fields is None else self._text_columns(fields, lines)
        if fields is not None and columns is not None:
            rows = row_numbers(first_row, lines)
            yield Seen(Unit.ROW, lines)
            elsewhere = texts_elsewhere(self._leaves, fields, columns["text"])
            yield from checked_rows(self._entry, rows, columns, elsewhere)
            yield from (self._columns.seen(leaf) for leaf in self._leaves)
            yield from scan_columns(self._entry, self._leaves, rows, fields, columns["text"])
            return
        parsed = list(parse_lines(block, first_row))
        yield from checked_json_rows(self._entry, parsed, self._columns)
        self._learn(row for _, row, problem in parsed if not problem)

    def _parse(self, block: bytes, lines: int) -> "dict[str, pa.Array] | None":
        """Return the columns of a block that the schema fits, else None."""
        if self._schema is None:
            return None
        table = read_block(block, self._schema, "error")
        if table is None or table.num_rows != lines:  # blank lines, or several objects on one line
            return None
        return {name: table[name].combine_chunks() for name in table.column_names}

    def _text_columns(self, fields: dict[str, pa.Array], lines: int) -> "dict[str, pa.Array] | None":
        """Return the columns of records, None where a field that the manifest names holds no text."""
        try:
            columns = raw_columns(self._without_license, fields)
        except pa.ArrowInvalid:
            return None
        stated = licenses_in(self._leaves, fields)
        columns[LICENSE] = pa.nulls(lines, pa.large_binary()) if stated is None else stated
        columns.setdefault("text", pa.nulls(lines, pa.large_binary()))
        return columns

    def _learn_sample(self, block: bytes) -> None:
        sample = []
        for line in islice(io.BytesIO(block), _SAMPLED_LINES):
            with suppress(ValueError, RecursionError):
                sample.append(json.loads(line))
        self._learn(sample)

    def _learn(self, rows: Iterable[Any]) -> None:
        """Add what rows hold to the schema; with too many columns, or several kinds of value in one, there is none."""
        for row in rows:
            if isinstance(row, dict) and self._shape.places <= MAX_COLUMNS:
                self._shape.learn(row)
        fits = self._shape.fields and self._shape.places <= MAX_COLUMNS
        kind = self._shape.arrow_type() if fits else None
        self._schema = None if kind is None else pa.schema(list(kind))
        self._leaves = [] if self._schema is None else leaves_of_json(self._columns, self._schema)
        if not all(map(_can_be_read_as_text, self._leaves)):
            self._schema = None


def _can_be_read_as_text(leaf: Leaf) -> bool:
    """True unless a field that the manifest names holds something that Arrow would make a text of."""
    return leaf.role in (ColumnRole.SCANNED, ColumnRole.NOT_LOOKED_AT) or leaf.type in ("string", "null")


def read_block(block: bytes, schema: pa.Schema, unexpected: str) -> pa.Table | None:
    """Return a block as a table, None when it does not fit *schema*; *unexpected* fields are an error or ignored."""
    try:
        return pj.read_json(
            io.BytesIO(block),
            read_options=pj.ReadOptions(use_threads=False, block_size=len(block) + 1),
            parse_options=pj.ParseOptions(explicit_schema=schema, unexpected_field_behavior=unexpected),
        )
    except (pa.ArrowInvalid, UnicodeDecodeError):
        return None
