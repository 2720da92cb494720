"""Parquet: only the needed columns, a few row-group pages at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from corpus_audit.corpus.columns import Roles, leaves_of, wanted_columns
from corpus_audit.corpus.entry import FileEntry, ReadResult, Seen
from corpus_audit.corpus.fields import columns_of
from corpus_audit.corpus.formats.parquet_footer import parquet_spans
from corpus_audit.corpus.inputs import EncryptedError, Input
from corpus_audit.corpus.media_columns import media_columns
from corpus_audit.corpus.rows_with_media import read_rows_with_media
from corpus_audit.corpus.schema_metadata import read_metadata
from corpus_audit.corpus.texts import row_numbers
from corpus_audit.corpus.unread_bytes import check_spans
from corpus_audit.vocabulary import DefectCode, Unit

_MAX_ROWS = 65_536
_FEW_ROWS, _STEPS = 256, 64
"""A batch is decoded in some steps of a few rows: a dictionary makes many long texts of few bytes."""
_IS_ENCRYPTED = "crypt"
"""What all messages of Parquet about encryption have in common."""


def read_parquet(source: Input, entry: FileEntry, batch_bytes: int) -> Iterator[ReadResult]:
    """Yield the rows of a Parquet file's row groups, or of those of its part; a damaged group costs itself only.

    Raises EncryptedError where the file, or a column that is wanted, is encrypted, and TrailingDataError for bytes
    that its footer does not account for.
    """
    with source.seekable() as file:  # once: a member of an archive can be had once
        yield from _read_groups(file, entry, batch_bytes)
        if not entry.part.first:
            found = parquet_spans(file)
            if found is not None:
                check_spans(file, *found)


def _read_groups(content: Any, entry: FileEntry, batch_bytes: int) -> Iterator[ReadResult]:
    with (
        _encryption_told(),
        pq.ParquetFile(content, pre_buffer=False, page_checksum_verification=True) as file,
    ):
        schema = file.schema_arrow
        groups = list(_groups(file, entry))
        yield Seen(Unit.ROW, sum(group.rows for group in groups))
        media = media_columns(schema)
        leaves = leaves_of(schema, Roles.in_file(entry, [column.leaf for column in media])) if entry.scans else []
        yield from (leaf.seen() for leaf in leaves)
        yield from read_metadata(entry, schema)
        wanted = [name for name in columns_of(entry.field_names) if name in schema.names]
        wanted += [column.path[0] for column in media]
        if entry.scans:
            wanted += [name for field in schema for name in wanted_columns(field)]
            wanted += [leaf.path[0] for leaf in leaves if leaf.license is not None and not leaf.is_scanned]
        for group in groups:
            read = 0
            try:
                for batch in _batches(file, group, wanted, batch_bytes):
                    rows = row_numbers(group.first_row + read, batch.num_rows)
                    fields = {name: batch[name] for name in batch.schema.names}
                    is_first = group.first_row + read == 0
                    read += batch.num_rows
                    yield from read_rows_with_media(entry, leaves, media, rows, fields, is_first=is_first)
            except (OSError, pa.ArrowException) as error:
                if len(groups) == 1 or _IS_ENCRYPTED in str(error).lower():
                    raise
                detail = "a row group is damaged: its pages cannot be read, or fail their checksum"
                place = f"row group {group.number}, after row {group.first_row + read - 1}"
                yield entry.defect(DefectCode.DAMAGED, detail, place, rows_lost=max(0, group.rows - read))


@dataclass(frozen=True, slots=True)
class _Group:
    """A row group: its number, its first row within the file, and how many rows the footer says it has."""

    number: int
    first_row: int
    rows: int


def _groups(file: pq.ParquetFile, entry: FileEntry) -> Iterator[_Group]:
    first_row = entry.part.first_row
    for number in range(file.num_row_groups)[entry.part.first : entry.part.end]:
        group = _Group(number, first_row, max(0, int(file.metadata.row_group(number).num_rows)))
        yield group
        first_row += group.rows


@contextmanager
def _encryption_told() -> Iterator[None]:
    """Turn what Parquet raises for encrypted files into an EncryptedError."""
    try:
        yield
    except (OSError, pa.ArrowException) as error:
        if _IS_ENCRYPTED in str(error).lower():
            message = "the file, or a column of it, is encrypted"
            raise EncryptedError(message) from None
        raise


def _batches(file: pq.ParquetFile, group: _Group, columns: list[str], batch_bytes: int) -> Iterator[pa.RecordBatch]:
    """Yield a row group in batches of about *batch_bytes*.

    How many rows that are is told by the footer's size of the group, not of columns: pyarrow ends the whole process
    where a hostile footer lacks them.
    """
    whole = file.metadata.row_group(group.number)
    average = max(0, int(whole.total_byte_size)) // max(1, int(whole.num_rows))
    rows = max(1, min(_MAX_ROWS, batch_bytes // max(1, average)))
    at_once = min(rows, max(_FEW_ROWS, rows // _STEPS))
    read = file.iter_batches(at_once, row_groups=[group.number], columns=columns, use_threads=False)
    yield from _joined(read, rows, batch_bytes)


def _joined(batches: Iterator[pa.RecordBatch], rows: int, batch_bytes: int) -> Iterator[pa.RecordBatch]:
    """Yield batches joined to so many *rows*, or fewer where they hold more bytes than the footer says."""
    waiting: list[pa.RecordBatch] = []
    missing, size = rows, 0
    for batch in batches:
        done = 0
        while done < batch.num_rows:
            some = batch.slice(done, missing)
            waiting.append(some)
            done, missing, size = done + some.num_rows, missing - some.num_rows, size + some.nbytes
            if not missing or size >= 2 * batch_bytes:
                yield _one(waiting)
                waiting, missing, size = [], rows, 0
    if waiting:
        yield _one(waiting)


def _one(batches: list[pa.RecordBatch]) -> pa.RecordBatch:
    return batches[0] if len(batches) == 1 else pa.concat_batches(batches)
