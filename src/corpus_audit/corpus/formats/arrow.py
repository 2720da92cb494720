"""Arrow IPC files and streams, and Feather version 2: only the needed columns, validated before use."""

from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from corpus_audit.corpus.columns import Roles, leaves_of
from corpus_audit.corpus.entry import FileEntry, ReadResult, Seen
from corpus_audit.corpus.fields import columns_of
from corpus_audit.corpus.formats.arrow_footer import arrow_spans
from corpus_audit.corpus.inputs import Input, TrailingDataError
from corpus_audit.corpus.media_columns import media_columns
from corpus_audit.corpus.rows_with_media import read_rows_with_media
from corpus_audit.corpus.schema_metadata import read_metadata
from corpus_audit.corpus.texts import row_numbers
from corpus_audit.corpus.unread_bytes import check_spans
from corpus_audit.vocabulary import Unit

_FILE_MARK = b"ARROW1"
_CONTINUES = b"\xff\xff\xff\xff"
"""What every message begins with since version 0.15 of the format."""


@dataclass(frozen=True, slots=True)
class ArrowPart:
    """The batches of an Arrow file, or of one of the streams that follow each other in one, to be read in order."""

    schema: pa.Schema
    batches: Iterable[pa.RecordBatch]
    metadata: Mapping[bytes, bytes] | None = None
    """What the footer of a file says beside its schema."""
    is_file: bool = False
    """True for an Arrow file, which has a footer, and no stream."""


def read_arrow(source: Input, entry: FileEntry, batch_bytes: int) -> Iterator[ReadResult]:
    """Yield the rows of an Arrow file, or of one stream after another, numbered from 0.

    Raises TrailingDataError for bytes that belong to neither, and EOFError for a stream without its end mark.
    """
    row = 0
    with source.seekable() as file:
        for opened in open_arrow(file):
            row = yield from _read_opened(opened, entry, batch_bytes, row)


def _read_opened(opened: ArrowPart, entry: FileEntry, batch_bytes: int, row: int) -> Generator[ReadResult, None, int]:
    """Yield the rows of one stream, the first numbered *row*, and return the number behind its last."""
    schema = opened.schema
    names = schema.names
    media = media_columns(schema)
    leaves = leaves_of(schema, Roles.in_file(entry, [column.leaf for column in media])) if entry.scans else []
    yield from (leaf.seen() for leaf in leaves)
    yield from read_metadata(entry, schema, opened.metadata)
    scanned = [leaf.path[0] for leaf in leaves if leaf.is_scanned or leaf.license is not None]
    wanted = dict.fromkeys([*columns_of(entry.field_names), *(column.path[0] for column in media), *scanned])
    is_first = True
    for batch in opened.batches:
        yield Seen(Unit.ROW, batch.num_rows)
        columns = {name: batch.column(names.index(name)) for name in wanted if name in names}
        for column in columns.values():
            column.validate(full=True)  # offsets of a hostile file may lead anywhere
        for start, count in _slices(columns.values(), batch.num_rows, batch_bytes):
            fields = {name: column.slice(start, count) for name, column in columns.items()}
            rows = row_numbers(row, count)
            yield from read_rows_with_media(entry, leaves, media, rows, fields, is_first=is_first)
            row += count
            is_first = False
    return row


def open_arrow(file: Any) -> Iterator[ArrowPart]:
    """Yield the parts of an Arrow file: itself, or one stream after another; raises as read_arrow does."""
    mark = file.read(len(_FILE_MARK))
    file.seek(0)
    if mark == _FILE_MARK:
        reader = pa.ipc.open_file(file)
        batches = (reader.get_batch(number) for number in range(reader.num_record_batches))
        yield ArrowPart(reader.schema, batches, reader.metadata, is_file=True)
        check_spans(file, *arrow_spans(file))
        return
    while True:
        stream = pa.ipc.open_stream(file)
        yield ArrowPart(stream.schema, _to_end_mark(stream, file))
        end = file.tell()
        if end >= file.size():
            return
        if file.read(len(_CONTINUES)) != _CONTINUES:
            raise TrailingDataError(end)
        file.seek(end)


def _to_end_mark(stream: Any, file: Any) -> Iterator[pa.RecordBatch]:
    end = file.tell()
    for batch in stream:
        end = file.tell()
        yield batch
    if file.tell() == end:
        message = "the stream has no end mark: it may be truncated"
        raise EOFError(message)


def _slices(columns: Iterable[pa.Array], rows: int, batch_bytes: int) -> Iterator[tuple[int, int]]:
    """Yield (first row, number of rows) of parts that hold about *batch_bytes*."""
    size = sum(column.nbytes for column in columns)
    step = max(1, min(rows, rows * batch_bytes // max(1, size)))
    for start in range(0, rows, step):
        yield start, min(step, rows - start)
