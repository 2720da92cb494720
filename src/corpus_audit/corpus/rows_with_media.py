"""Table rows with media beside their text, or instead of it."""

from collections.abc import Iterator, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.corpus.columns import Leaf, columns_of_records, read_rows, scan_columns
from corpus_audit.corpus.entry import FileEntry, ReadResult, Skipped
from corpus_audit.corpus.media_columns import MediaColumn, find_media, media_records
from corpus_audit.corpus.recognition import DEFAULT_TEXT_FIELD
from corpus_audit.corpus.texts import absent_fields, checked_rows, is_blank, valid_utf8
from corpus_audit.vocabulary import SkipReason, Unit


def read_rows_with_media(
    entry: FileEntry,
    leaves: Sequence[Leaf],
    media: Sequence[MediaColumn],
    rows: pa.Array,
    fields: Mapping[str, pa.Array],
    *,
    is_first: bool,
) -> Iterator[ReadResult]:
    """Yield a batch of rows as read_rows does, and the media in them: the text of a row and each medium is a record.

    A row without a text is read where it holds a medium.
    """
    if not media:
        yield from read_rows(entry, leaves, rows, fields, is_first=is_first)
        return
    columns = columns_of_records(entry, leaves, fields)
    if is_first and entry.text_fields != (DEFAULT_TEXT_FIELD,):
        yield from absent_fields(entry, columns, fields)
    found = find_media(media, fields)
    has_media = found.in_rows(len(rows))
    text = columns.get("text", pa.nulls(len(rows), pa.large_binary()))
    is_read = pc.and_not(pc.is_valid(text), is_blank(valid_utf8(text)[0]))
    if "text" in columns:
        # A row whose text is null is a defect where nothing else is in it.
        wanted = pc.or_(is_read, pc.invert(has_media))
        yield from checked_rows(entry, rows.filter(wanted), {name: c.filter(wanted) for name, c in columns.items()})
    else:
        yield from _skipped(has_media, found.elsewhere(len(rows)))
    yield from media_records(entry, found, rows, columns, is_read)
    if entry.scans:
        yield from scan_columns(entry, leaves, rows, fields, columns.get("text"))


def _skipped(has_media: pa.Array, elsewhere: pa.Array) -> Iterator[ReadResult]:
    """Yield the rows without a text that hold no medium either, by why."""
    empty = pc.invert(has_media)
    external = pc.and_(empty, elsewhere).true_count
    if external:
        yield Skipped(Unit.ROW, SkipReason.EXTERNAL, external)
    if empty.true_count > external:
        yield Skipped(Unit.ROW, SkipReason.NO_TEXT_FIELD, empty.true_count - external)
