"""CSV of any dialect, plain or compressed, with a header line or without."""

import re
from collections.abc import Collection, Iterator

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from corpus_audit.corpus.columns import Leaf, Roles, column_texts, leaves_of, read_rows, unjudged_licenses
from corpus_audit.corpus.dialects import name_columns
from corpus_audit.corpus.encodings import as_utf8
from corpus_audit.corpus.entry import ColumnSeen, Defect, FileEntry, ReadResult, Seen
from corpus_audit.corpus.escapes import EscapingStream, restore_bytes
from corpus_audit.corpus.inputs import Input, split_lines
from corpus_audit.corpus.recognition import Dialect
from corpus_audit.corpus.texts import changed_encoding, decode_bytes, row_numbers
from corpus_audit.schemas import TEXT
from corpus_audit.vocabulary import ColumnNames, ColumnReason, ColumnRole, DefectCode, Unit

_BYTES = pa.large_binary()
ABOVE = "(above the table)"
"""The column of what stands above a table: its title, or comments."""

_STATEMENT = re.compile(r"""[\s#/%;*"'-]*(?P<name>[^:=]+)[:=](?P<value>.+)""")

_FEWEST_SWALLOWED = 2
_UNBALANCED = "its quotes are not balanced: a value holds the rows behind it"

_MOST_COLUMNS = 4096
"""Columns that are read as bytes whatever they hold; in a file with more, Arrow guesses the types of the rest."""


def read_csv(source: Input, entry: FileEntry, batch_bytes: int) -> Iterator[ReadResult]:
    """Yield the rows of a delimited file; rows count from 0 after the header, if it has one, bad ones not counted."""
    bad_rows: list[Defect] = []

    def note_bad_row(row: pacsv.InvalidRow) -> str:
        place = "" if row.number is None else f"line {row.number}"
        detail = f"{row.actual_columns} columns where the header has {row.expected_columns}"
        bad_rows.append(entry.defect(DefectCode.BAD_ROW, detail, place))
        return "skip"

    dialect = entry.recognition.dialect or Dialect()
    with source.stream() as packed:
        text = as_utf8(packed, entry.recognition.encoding)
        above, table = split_lines(text, dialect.first_line - 1)
        yield from _scan_above(entry, above)
        escaped = EscapingStream(table)
        row = 0
        leaves: list[Leaf] | None = None
        for batch in _open_csv(escaped, dialect, batch_bytes, note_bad_row):
            yield from _told(bad_rows)
            fields = {name: batch[name] for name in batch.schema.names}
            if escaped.has_escapes:
                fields = {name: restore_bytes(column) for name, column in fields.items()}
            if leaves is None:
                first = [decode_bytes(column[0].as_py())[0].decode() for column in fields.values()]
                names = name_columns(first, dialect)
                leaves = leaves_of([pa.field(name, TEXT) for name in names], Roles.in_file(entry))
                yield from (leaf.seen() for leaf in leaves if entry.scans)
                if dialect.names is ColumnNames.IN_FILE:
                    fields = {name: column.slice(1) for name, column in fields.items()}
            named = dict(zip(names, fields.values(), strict=True))
            count = len(next(iter(named.values())))
            yield Seen(Unit.ROW, count)
            yield from _swallowed(entry, row, named.values(), dialect)
            yield from read_rows(entry, leaves, row_numbers(row, count), named, is_first=row == 0)
            row += count
        yield from changed_encoding(entry, text)
    yield from _told(bad_rows)


def _scan_above(entry: FileEntry, lines: bytes) -> Iterator[ReadResult]:
    """Yield what stands above the table, which is no row, as a column that is scanned."""
    if entry.scans and lines.strip():
        yield ColumnSeen(ABOVE, ColumnRole.SCANNED, ColumnReason.HOLDS_TEXT, "string")
        yield from column_texts(entry, ABOVE, row_numbers(0, 1), pa.array([lines], _BYTES))
        for line in lines.decode(errors="replace").splitlines():
            if statement := _STATEMENT.match(line):
                yield from unjudged_licenses({statement["name"].strip(): statement["value"]})


def _swallowed(
    entry: FileEntry, first_row: int, columns: Collection[pa.Array], dialect: Dialect
) -> Iterator[ReadResult]:
    """Yield a defect for each value that holds whole rows: a quote was not closed, or a stray one opened it."""
    width, delimiter = len(columns), dialect.delimiter.encode()
    for column in columns if width > 1 else ():
        breaks, signs = pc.count_substring(column, "\n"), pc.count_substring(column, dialect.delimiter)
        may_hold = pc.and_(
            pc.greater(breaks, _FEWEST_SWALLOWED), pc.greater_equal(signs, pc.multiply(breaks, width - 2))
        )
        for index in pc.indices_nonzero(may_hold).to_pylist():
            inner = column[index].as_py().split(b"\n")[1:-1]
            if all(line.count(delimiter) == width - 1 for line in inner):
                yield Seen(Unit.ROW, len(inner))
                place = f"row {first_row + index}"
                yield entry.defect(DefectCode.BAD_ROW, _UNBALANCED, place, rows_lost=len(inner))


def _told(bad_rows: list[Defect]) -> Iterator[ReadResult]:
    """Yield the bad rows that were met meanwhile, and count them."""
    yield from bad_rows
    yield Seen(Unit.ROW, len(bad_rows))
    bad_rows.clear()


def _open_csv(
    stream: EscapingStream, dialect: Dialect, batch_bytes: int, on_bad_row: object
) -> pacsv.CSVStreamingReader:
    # The header is read as a row: Arrow types columns by name, and none must be guessed.
    return pacsv.open_csv(
        pa.PythonFile(stream, mode="r"),
        read_options=pacsv.ReadOptions(use_threads=False, block_size=batch_bytes, autogenerate_column_names=True),
        parse_options=pacsv.ParseOptions(
            delimiter=dialect.delimiter,
            quote_char=dialect.quote,
            escape_char=dialect.escape or False,
            double_quote=not dialect.escape,
            newlines_in_values=True,
            invalid_row_handler=on_bad_row,
            ignore_empty_lines=True,
        ),
        convert_options=pacsv.ConvertOptions(
            column_types={f"f{number}": _BYTES for number in range(_MOST_COLUMNS)},
            strings_can_be_null=False,
        ),
    )
