"""CSV of any dialect, plain or compressed, with a header line."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.csv as pc

from corpus_audit.corpus.encodings import as_utf8
from corpus_audit.corpus.entry import Defect, FileEntry, ReadResult
from corpus_audit.corpus.escapes import EscapingStream, restore_bytes
from corpus_audit.corpus.inputs import Input
from corpus_audit.corpus.recognition import Dialect
from corpus_audit.corpus.texts import absent_fields, checked_rows, raw_columns, row_numbers
from corpus_audit.vocabulary import DefectCode


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
        reader = _open_csv(escaped, entry, batch_bytes, note_bad_row)
        row = 0
        for batch in reader:
            yield from bad_rows
            bad_rows.clear()
            # What the header names is never null here, not even an empty value.
            fields = {name: batch[name] for name in batch.schema.names if batch[name].null_count == 0}
            if escaped.has_escapes:
                fields = {name: restore_bytes(column) for name, column in fields.items()}
            columns = raw_columns(entry, fields)
            if row == 0:
                yield from absent_fields(entry, columns)
            if "text" not in columns:
                return
            yield from checked_rows(entry, row_numbers(row, batch.num_rows), columns)
            row += batch.num_rows
    yield from bad_rows


def _open_csv(stream: EscapingStream, entry: FileEntry, batch_bytes: int, on_bad_row: object) -> pc.CSVStreamingReader:
    names = entry.field_names
    dialect = entry.recognition.dialect or Dialect()
    return pc.open_csv(
        pa.PythonFile(stream, mode="r"),
        read_options=pc.ReadOptions(use_threads=False, block_size=batch_bytes),
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
            include_columns=names,
            include_missing_columns=True,
            column_types=dict.fromkeys(names, pa.large_binary()),
            strings_can_be_null=False,
        ),
    )
