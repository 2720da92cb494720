"""Parquet: only the columns that are needed, a few row-group pages at a time."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from corpus_audit.corpus.entry import FileEntry, Piece
from corpus_audit.corpus.subject_ids import SUBJECT_IDS
from corpus_audit.corpus.texts import checked_rows, row_numbers
from corpus_audit.text_lists import join_lists
from corpus_audit.vocabulary import DefectCode

_MAX_ROWS = 65_536


def read_parquet(path: Path, entry: FileEntry, batch_bytes: int) -> Iterator[Piece]:
    """Yield the rows of a Parquet file, from 0."""
    with pq.ParquetFile(path, pre_buffer=False) as file:
        absent = [name for name in entry.fields.values() if name not in file.schema_arrow.names]
        if absent:
            yield entry.defect(DefectCode.NO_TEXT_FIELD, "a declared field is not a column of the file")
            return
        row = 0
        columns = list(dict.fromkeys(entry.fields.values()))
        for batch in file.iter_batches(batch_size=_rows_per_batch(file, columns, batch_bytes), columns=columns):
            found = {column: _read_column(column, batch[name]) for column, name in entry.fields.items()}
            yield from checked_rows(entry, row_numbers(row, batch.num_rows), found)
            row += batch.num_rows


def _read_column(name: str, column: pa.Array) -> pa.Array:
    return _as_bytes(join_lists(column) if name == SUBJECT_IDS else column)


def _as_bytes(column: pa.Array) -> pa.Array:
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if not (pa.types.is_large_binary(column.type) or pa.types.is_binary(column.type)):
        column = column.cast(pa.large_string())
    return column.cast(pa.large_binary())


def _rows_per_batch(file: pq.ParquetFile, columns: list[str], batch_bytes: int) -> int:
    """Return how many rows hold about *batch_bytes* of the wanted columns, by the footer's sizes."""
    meta = file.metadata
    groups = [meta.row_group(i) for i in range(meta.num_row_groups)]
    chunks = [group.column(i) for group in groups for i in range(group.num_columns)]
    size: int = sum(chunk.total_uncompressed_size for chunk in chunks if chunk.path_in_schema.split(".")[0] in columns)
    bytes_per_row = max(1, size // max(1, int(meta.num_rows)))
    return max(1, min(_MAX_ROWS, batch_bytes // bytes_per_row))
