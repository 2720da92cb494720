"""CSV of any dialect, plain or compressed, with a header line."""

from collections.abc import Iterator, Mapping

import pyarrow as pa
import pyarrow.csv as pc

from corpus_audit.corpus.columns import Roles, leaves_of, read_rows
from corpus_audit.corpus.encodings import as_utf8
from corpus_audit.corpus.entry import Defect, FileEntry, ReadResult, Seen
from corpus_audit.corpus.escapes import EscapingStream, restore_bytes
from corpus_audit.corpus.inputs import Input
from corpus_audit.corpus.recognition import Dialect
from corpus_audit.corpus.texts import decode_bytes, row_numbers
from corpus_audit.schemas import TEXT
from corpus_audit.vocabulary import DefectCode, Unit

_BYTES = pa.large_binary()
_MOST_COLUMNS = 4096
"""Columns that are read as bytes whatever they hold; in a file with more, Arrow guesses the types of the rest."""


def read_csv(source: Input, entry: FileEntry, batch_bytes: int) -> Iterator[ReadResult]:
    """Yield the rows of a delimited file; rows count from 0 after the header, bad ones not counted."""
    bad_rows: list[Defect] = []

    def note_bad_row(row: pc.InvalidRow) -> str:
        place = "" if row.number is None else f"line {row.number}"
        detail = f"{row.actual_columns} columns where the header has {row.expected_columns}"
        bad_rows.append(entry.defect(DefectCode.BAD_ROW, detail, place))
        return "skip"

    with source.stream() as packed:
        escaped = EscapingStream(as_utf8(packed, entry.recognition.encoding))
        row, header = 0, None
        for batch in _open_csv(escaped, entry.recognition.dialect or Dialect(), batch_bytes, note_bad_row):
            yield from _told(bad_rows)
            fields = {name: batch[name] for name in batch.schema.names}
            if escaped.has_escapes:
                fields = {name: restore_bytes(column) for name, column in fields.items()}
            if header is None:
                header = _names_of({name: column[0].as_py() for name, column in fields.items()})
                leaves = leaves_of([pa.field(name, TEXT) for name in header.values()], Roles.in_file(entry))
                yield from (leaf.seen() for leaf in leaves if entry.scans)
                fields = {name: column.slice(1) for name, column in fields.items()}
            named = {header[name]: column for name, column in fields.items()}
            count = len(next(iter(named.values())))
            yield Seen(Unit.ROW, count)
            yield from read_rows(entry, leaves, row_numbers(row, count), named, is_first=row == 0)
            row += count
    yield from _told(bad_rows)


def _told(bad_rows: list[Defect]) -> Iterator[ReadResult]:
    """Yield the bad rows that were met meanwhile, and count them."""
    yield from bad_rows
    yield Seen(Unit.ROW, len(bad_rows))
    bad_rows.clear()


def _names_of(header: Mapping[str, bytes]) -> dict[str, str]:
    """Return the names of columns by Arrow's own; a column without a name, or with that of another, gets its number."""
    names: dict[str, str] = {}
    for number, (column, content) in enumerate(header.items(), start=1):
        name = decode_bytes(content)[0].decode() or f"(column {number})"
        names[column] = f"{name} (column {number})" if name in names.values() else name
    return names


def _open_csv(stream: EscapingStream, dialect: Dialect, batch_bytes: int, on_bad_row: object) -> pc.CSVStreamingReader:
    # The header is read as a row: Arrow types columns by name, and none must be guessed.
    return pc.open_csv(
        pa.PythonFile(stream, mode="r"),
        read_options=pc.ReadOptions(use_threads=False, block_size=batch_bytes, autogenerate_column_names=True),
        parse_options=pc.ParseOptions(
            delimiter=dialect.delimiter,
            quote_char=dialect.quote,
            escape_char=dialect.escape or False,
            double_quote=not dialect.escape,
            newlines_in_values=True,
            invalid_row_handler=on_bad_row,
            ignore_empty_lines=True,
        ),
        convert_options=pc.ConvertOptions(
            column_types={f"f{number}": _BYTES for number in range(_MOST_COLUMNS)},
            strings_can_be_null=False,
        ),
    )
