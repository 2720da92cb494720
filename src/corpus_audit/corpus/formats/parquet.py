"""Parquet: only the columns that are needed, a few row-group pages at a time."""

from collections.abc import Iterator

import pyarrow.parquet as pq

from corpus_audit.corpus.entry import FileEntry, Piece
from corpus_audit.corpus.fields import columns_of
from corpus_audit.corpus.inputs import Input
from corpus_audit.corpus.texts import absent_fields, checked_rows, raw_columns, row_numbers

_MAX_ROWS = 65_536


def read_parquet(source: Input, entry: FileEntry, batch_bytes: int) -> Iterator[Piece]:
    """Yield the rows of a Parquet file's row groups, or of those of its part."""
    with pq.ParquetFile(source.seekable(), pre_buffer=False) as file:
        wanted = [name for name in columns_of(entry.field_names) if name in file.schema_arrow.names]
        row = entry.part.first_row
        groups = range(file.num_row_groups)[entry.part.first : entry.part.end]
        step = _rows_per_batch(file, wanted, batch_bytes)
        for batch in file.iter_batches(step, row_groups=list(groups), columns=wanted):
            columns = raw_columns(entry, {name: batch[name] for name in wanted})
            if row == 0:
                yield from absent_fields(entry, columns)
            if "text" not in columns:
                return
            yield from checked_rows(entry, row_numbers(row, batch.num_rows), columns)
            row += batch.num_rows


def _rows_per_batch(file: pq.ParquetFile, columns: list[str], batch_bytes: int) -> int:
    """Return how many rows hold about *batch_bytes* of the wanted columns, by the footer's sizes."""
    meta = file.metadata
    groups = [meta.row_group(i) for i in range(meta.num_row_groups)]
    chunks = [group.column(i) for group in groups for i in range(group.num_columns)]
    size: int = sum(chunk.total_uncompressed_size for chunk in chunks if chunk.path_in_schema.split(".")[0] in columns)
    bytes_per_row = max(1, size // max(1, int(meta.num_rows)))
    return max(1, min(_MAX_ROWS, batch_bytes // bytes_per_row))
