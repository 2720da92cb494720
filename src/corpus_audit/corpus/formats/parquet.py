"""Parquet: only the columns that are needed, a few row-group pages at a time."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from corpus_audit.corpus.columns import Roles, leaves_of, read_rows, wanted_columns
from corpus_audit.corpus.entry import FileEntry, ReadResult, Seen
from corpus_audit.corpus.fields import columns_of
from corpus_audit.corpus.inputs import Input
from corpus_audit.corpus.texts import row_numbers
from corpus_audit.vocabulary import Unit

_MAX_ROWS = 65_536
_PROBED_ROWS = 32


def read_parquet(source: Input, entry: FileEntry, batch_bytes: int) -> Iterator[ReadResult]:
    """Yield the rows of a Parquet file's row groups, or of those of its part."""
    with pq.ParquetFile(source.seekable(), pre_buffer=False) as file:
        schema = file.schema_arrow
        yield Seen(Unit.ROW, sum(_rows_of_groups(file, entry)))
        wanted = [name for name in columns_of(entry.field_names) if name in schema.names]
        leaves = leaves_of(schema, Roles.in_file(entry)) if entry.scans else []
        yield from (leaf.seen() for leaf in leaves)
        if entry.scans:
            wanted += [name for field in schema for name in wanted_columns(field)]
        row = entry.part.first_row
        for batch in _batches(file, entry, wanted, batch_bytes):
            fields = {name: batch[name] for name in batch.schema.names}
            yield from read_rows(entry, leaves, row_numbers(row, batch.num_rows), fields, is_first=row == 0)
            row += batch.num_rows


def _rows_of_groups(file: pq.ParquetFile, entry: FileEntry) -> Iterator[int]:
    """Yield how many rows the footer says each row group of the part has."""
    for group in range(file.num_row_groups)[entry.part.first : entry.part.end]:
        yield max(0, int(file.metadata.row_group(group).num_rows))


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
