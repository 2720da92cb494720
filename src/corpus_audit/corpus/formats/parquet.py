"""Parquet: only the columns that are needed, a few row-group pages at a time."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from corpus_audit.corpus.entry import FileEntry, ReadResult
from corpus_audit.corpus.fields import columns_of
from corpus_audit.corpus.inputs import Input
from corpus_audit.corpus.texts import absent_fields, checked_rows, raw_columns, row_numbers

_MAX_ROWS = 65_536
_PROBED_ROWS = 32


def read_parquet(source: Input, entry: FileEntry, batch_bytes: int) -> Iterator[ReadResult]:
    """Yield the rows of a Parquet file's row groups, or of those of its part."""
    with pq.ParquetFile(source.seekable(), pre_buffer=False) as file:
        wanted = [name for name in columns_of(entry.field_names) if name in file.schema_arrow.names]
        row = entry.part.first_row
        for batch in _batches(file, entry, wanted, batch_bytes):
            columns = raw_columns(entry, {name: batch[name] for name in wanted})
            if row == 0:
                yield from absent_fields(entry, columns)
            if "text" not in columns:
                return
            yield from checked_rows(entry, row_numbers(row, batch.num_rows), columns)
            row += batch.num_rows


def _batches(file: pq.ParquetFile, entry: FileEntry, columns: list[str], batch_bytes: int) -> Iterator[pa.RecordBatch]:
    for group in range(file.num_row_groups)[entry.part.first : entry.part.end]:
        step = _rows_per_batch(file, group, columns, batch_bytes)
        yield from file.iter_batches(step, row_groups=[group], columns=columns)


def _rows_per_batch(file: pq.ParquetFile, group: int, columns: list[str], batch_bytes: int) -> int:
    """Return how many rows of a row group hold about *batch_bytes*, by its first rows.

    Not by the footer's sizes of columns: pyarrow ends the whole process where a hostile footer lacks them.
    """
    first = next(file.iter_batches(_PROBED_ROWS, row_groups=[group], columns=columns), None)
    if first is None or not first.num_rows:
        return _PROBED_ROWS
    bytes_per_row = max(1, int(first.nbytes) // int(first.num_rows))
    return max(1, min(_MAX_ROWS, batch_bytes // bytes_per_row))
