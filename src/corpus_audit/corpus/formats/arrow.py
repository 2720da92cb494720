"""Arrow IPC files and streams, and Feather version 2: only the needed columns, validated before use."""

from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from corpus_audit.corpus.columns import Roles, leaves_of
from corpus_audit.corpus.entry import FileEntry, ReadResult, Seen
from corpus_audit.corpus.fields import columns_of
from corpus_audit.corpus.inputs import Input
from corpus_audit.corpus.media_columns import media_columns
from corpus_audit.corpus.rows_with_media import read_rows_with_media
from corpus_audit.corpus.texts import row_numbers
from corpus_audit.vocabulary import Unit

_FILE_MARK = b"ARROW1"


def read_arrow(source: Input, entry: FileEntry, batch_bytes: int) -> Iterator[ReadResult]:
    """Yield the rows of an Arrow file or stream, from 0."""
    with source.seekable() as file:
        batches, schema = _open(file)
        names = schema.names
        media = media_columns(schema)
        leaves = leaves_of(schema, Roles.in_file(entry, [column.leaf for column in media])) if entry.scans else []
        yield from (leaf.seen() for leaf in leaves)
        scanned = [leaf.path[0] for leaf in leaves if leaf.is_scanned or leaf.license is not None]
        wanted = dict.fromkeys([*columns_of(entry.field_names), *(column.path[0] for column in media), *scanned])
        row = 0
        for batch in batches:
            yield Seen(Unit.ROW, batch.num_rows)
            columns = {name: batch.column(names.index(name)) for name in wanted if name in names}
            for column in columns.values():
                column.validate(full=True)  # offsets of a hostile file may lead anywhere
            for start, count in _slices(columns.values(), batch.num_rows, batch_bytes):
                fields = {name: column.slice(start, count) for name, column in columns.items()}
                rows = row_numbers(row, count)
                yield from read_rows_with_media(entry, leaves, media, rows, fields, is_first=row == 0)
                row += count


def _open(file: Any) -> tuple[Iterable[pa.RecordBatch], pa.Schema]:
    mark = file.read(len(_FILE_MARK))
    file.seek(0)
    if mark == _FILE_MARK:
        reader = pa.ipc.open_file(file)
        return (reader.get_batch(number) for number in range(reader.num_record_batches)), reader.schema
    stream = pa.ipc.open_stream(file)
    return stream, stream.schema


def _slices(columns: Iterable[pa.Array], rows: int, batch_bytes: int) -> Iterator[tuple[int, int]]:
    """Yield (first row, number of rows) of parts that hold about *batch_bytes*."""
    size = sum(column.nbytes for column in columns)
    step = max(1, min(rows, rows * batch_bytes // max(1, size)))
    for start in range(0, rows, step):
        yield start, min(step, rows - start)
