"""Parquet without some of its rows: row groups, metadata, compression and dictionaries stay as they are."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from corpus_audit.corpus.entry import FileEntry
from corpus_audit.corpus.inputs import FileInput
from corpus_audit.corpus.rewriting.changes import FileChanges, Masking, Rewritten


def rewrite_parquet(source: FileInput, entry: FileEntry, changes: FileChanges, target: Path) -> Rewritten:  # noqa: ARG001 - every rewriter's signature
    """Write a Parquet file without the dropped rows, one row group at a time; an empty group is left out."""
    done = Rewritten()
    with (
        source.seekable() as content,
        pq.ParquetFile(content, pre_buffer=False) as file,
        pq.ParquetWriter(target, file.schema_arrow, **_settings(file)) as out,
    ):
        first = 0
        for number in range(file.num_row_groups):
            rows = file.read_row_group(number, use_threads=False)
            kept = change_rows(rows, first, changes, done)
            first += rows.num_rows
            if kept.num_rows or not rows.num_rows:
                out.write_table(kept, row_group_size=max(1, kept.num_rows))
    return done


def _settings(file: pq.ParquetFile) -> dict[str, Any]:
    """Return how a file was written, as far as its first row group shows it."""
    if not file.num_row_groups:
        return {}
    group = file.metadata.row_group(0)
    columns = [group.column(number) for number in range(group.num_columns)]
    codecs = {column.path_in_schema: column.compression.lower() for column in columns}
    indexed = [column.path_in_schema for column in columns if _is_indexed(column)]
    return {
        "compression": {path: "none" if codec == "uncompressed" else codec for path, codec in codecs.items()},
        "use_dictionary": indexed or False,
        "write_statistics": any(column.is_stats_set for column in columns),
        "write_page_index": any(column.has_offset_index for column in columns),
        "version": "1.0" if file.metadata.format_version == "1.0" else "2.6",
    }


def _is_indexed(column: Any) -> bool:
    return any("DICTIONARY" in encoding for encoding in column.encodings)


def change_rows(table: pa.Table, first: int, changes: FileChanges, done: Rewritten) -> pa.Table:
    """Return a table, whose first row is numbered *first*, without dropped rows and with others masked."""
    end = first + table.num_rows
    if not changes.within(first, end):
        return table
    keeps = np.ones(table.num_rows, bool)
    going = changes.dropped_within(first, end) - first
    keeps[going] = False
    done.dropped += len(going)
    masked: dict[int, list[Any]] = {}
    for at in (changes.masked_within(first, end) - first).tolist():
        masking = Masking(changes.masks[first + at])
        values = [masking.apply(_plain(column[at])) for column in table.columns]
        if masking.is_complete:
            masked[at] = values
        else:
            keeps[at] = False
    done.masked += len(masked)
    done.unmasked += int((~keeps).sum()) - len(going)
    if masked:
        table = pa.Table.from_arrays(list(_with_rows(table, masked)), schema=table.schema)
    return table if keeps.all() else table.filter(pa.array(keeps))


def _plain(value: pa.Scalar) -> Any:
    """Return a value's texts as plain objects; None for a value that holds none, and is never masked."""
    return value.as_py() if _holds_text(value.type) else None


def _with_rows(table: pa.Table, masked: dict[int, list[Any]]) -> Iterator[pa.ChunkedArray]:
    """Yield the columns of a table with the values of some rows in place of theirs."""
    order = np.arange(table.num_rows)
    order[list(masked)] = table.num_rows + np.arange(len(masked))
    for number, column in enumerate(table.columns):
        if not _holds_text(column.type):
            yield column
            continue
        changed = pa.array([values[number] for values in masked.values()], column.type)
        yield pa.chunked_array([*column.chunks, changed], column.type).take(pa.array(order))


def _holds_text(kind: pa.DataType) -> bool:
    """True if values of a type are texts, or hold some."""
    if pa.types.is_dictionary(kind):
        return _holds_text(kind.value_type)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return True
    return any(_holds_text(kind.field(number).type) for number in range(kind.num_fields))
