"""Records of a shard, as Arrow batches of about equal size, for any file format."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from itertools import groupby, pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.corpus.compression import LimitExceededError
from corpus_audit.corpus.coverage import CoverageCounter, PartCoverage
from corpus_audit.corpus.encoded_contents import count_encoded, is_encoded
from corpus_audit.corpus.entry import (
    RAW,
    ColumnTexts,
    Defect,
    FileEntry,
    GivenUp,
    ReadResult,
    RowMedia,
    Skipped,
    WholeText,
)
from corpus_audit.corpus.formats import READERS
from corpus_audit.corpus.inputs import EncryptedError, FileInput, TrailingDataError
from corpus_audit.corpus.locations.base import Location
from corpus_audit.corpus.panics import panics_as_errors
from corpus_audit.corpus.parts import Part
from corpus_audit.corpus.recognise import recognise_file
from corpus_audit.corpus.recognition import UNSEEN, recognition_of
from corpus_audit.corpus.texts import whole_texts
from corpus_audit.errors import RefusedPathError
from corpus_audit.guard.progress import begin_file
from corpus_audit.vocabulary import DefectCode, FileFormat, SkipReason, Unit

RECORD_TEXTS = pa.schema(
    [
        pa.field("record_id", pa.string()),
        pa.field("source_id", pa.string()),
        pa.field("file", pa.string()),
        *RAW,
    ]
)
"""A record with its text or content: it exists only while it is measured or verified, and is never stored."""

_PART = [field.name for field in fields(Part)]


@dataclass(frozen=True)
class OtherTexts:
    """Texts of a file's column outside the text, with their row numbers."""

    file_id: str
    source_id: str
    found: ColumnTexts


def read_records(
    location: Location, files: pa.Table, batch_bytes: int, parts: pa.Table | None = None
) -> Iterator[pa.RecordBatch | Defect]:
    """Yield the records of *files* (schema FILES) in their order, and each defect where it was met.

    Only those of *parts* (schema PARTS) are read where such are given; they are the same records as in the whole.
    Batches follow schema RECORD_TEXTS and hold about *batch_bytes* of content, from one or many files.
    """
    for piece in _read(location, file_entries(files, parts), batch_bytes):
        if isinstance(piece, pa.RecordBatch | Defect):
            yield piece


def read_corpus(
    location: Location,
    files: pa.Table,
    batch_bytes: int,
    parts: pa.Table | None = None,
    given_up: Mapping[str, GivenUp] = {},
    most_bytes: Mapping[str, int] | None = None,
) -> Iterator[pa.RecordBatch | Defect | OtherTexts | PartCoverage]:
    """Yield what *read_records* yields, the texts outside the text, and behind each part what was read of it.

    Parts that are *given_up*, by their places, are a defect each and are not opened. Where *most_bytes* are given by
    their places, parts are read to about there, and parts without any are not opened.
    """

    def wanted(entry: FileEntry) -> FileEntry:
        place = place_of_part(entry.file_id, entry.part.first_row)
        most = None if most_bytes is None else most_bytes.get(place, 0)
        return replace(entry, scans=True, given_up=given_up.get(place), most_bytes=most)

    yield from _read(location, map(wanted, file_entries(files, parts)), batch_bytes)


def place_of_part(file_id: str, first_row: int) -> str:
    """Return the name that a part has where its reading is watched."""
    return f"{file_id}:{first_row}"


def _read(
    location: Location, entries: Iterable[FileEntry], batch_bytes: int
) -> Iterator[pa.RecordBatch | Defect | OtherTexts | PartCoverage]:
    waiting: list[pa.RecordBatch | _Lone] = []
    size = 0
    for entry in entries:
        begin_file(place_of_part(entry.file_id, entry.part.first_row), entry.part.size_bytes)
        for piece in _read_file(location, entry, batch_bytes):
            if not isinstance(piece, pa.RecordBatch | _Lone):
                yield piece
                continue
            own = piece.nbytes
            if waiting and own >= batch_bytes:
                # A film is its own batch: joined to others, it would be copied.
                yield _combine(waiting)
                waiting, size = [], 0
            waiting.append(piece)
            size += own
            if size >= batch_bytes:
                yield _combine(waiting)
                waiting, size = [], 0
    if waiting:
        yield _combine(waiting)


def read_record_texts(
    location: Location, files: pa.Table, wanted: Collection[str], batch_bytes: int, parts: pa.Table | None = None
) -> Iterator[pa.RecordBatch]:
    """Yield the records of the files whose file_id is *wanted*, once more and in the same order as before.

    Only *parts* (schema PARTS) of them are opened where such are given.
    """
    ids = pa.array(sorted(wanted), pa.string())
    chosen = files.filter(pc.is_in(files["file_id"], ids))
    if parts is not None:
        parts = parts.filter(pc.is_in(parts["file_id"], ids))
    for piece in read_records(location, chosen, batch_bytes, parts):
        if isinstance(piece, pa.RecordBatch):
            yield piece


def file_entries(files: pa.Table, parts: pa.Table | None = None) -> Iterator[FileEntry]:
    """Yield what readers need of each row of schema FILES, or of each of its rows of schema PARTS, in their order."""
    whole = {entry.file_id: entry for entry in _whole_files(files)}
    if parts is None:
        yield from whole.values()
        return
    for row in parts.select(["file_id", *_PART]).to_pylist():
        yield replace(whole[row.pop("file_id")], part=Part(**row))


def _whole_files(files: pa.Table) -> Iterator[FileEntry]:
    for row in files.to_pylist():
        yield FileEntry(
            file_id=row["file_id"],
            source_id=row["source_id"],
            file=row["file"],
            format=FileFormat(row["format"]),
            text_fields=tuple(row["text_fields"] or ()),
            license_field=row["license_field"],
            language_field=row["language_field"],
            url_field=row["url_field"],
            date_field=row["date_field"],
            subject_ids_field=row["subject_ids_field"],
            size_bytes=row["observed_size_bytes"],
            recognition=recognition_of(row) or UNSEEN,
        )


@dataclass(frozen=True, slots=True)
class _Lone:
    """A text of a file, until it is in a batch with others."""

    entry: FileEntry
    text: WholeText

    @property
    def record_id(self) -> str:
        """Its id, as those of batches are."""
        return f"{self.entry.file_id}:{self.text.row}"

    @property
    def nbytes(self) -> int:
        """The bytes that it takes as a batch of its own."""
        names = (self.record_id, self.entry.source_id, self.entry.file, self.text.license or "")
        is_null = self.text.license is None
        return _LEAST_BYTES + is_null + len(self.text.text) + len("".join(names).encode())


_LEAST_BYTES = 81
"""What a batch of one row has beside its texts, where its license is no null."""


def _read_file(
    location: Location, entry: FileEntry, batch_bytes: int
) -> Iterator[pa.RecordBatch | _Lone | Defect | OtherTexts | PartCoverage]:
    """Yield a part's batches with their record ids, its other texts, and what was counted in it."""
    counter = CoverageCounter(entry)
    for piece in _sample(entry, _pieces(location, entry, batch_bytes)):
        counter.add(piece)
        if entry.scans:
            counter.add(Skipped(Unit.ENCODED, SkipReason.BASE64, _count_encoded(piece)))
        if isinstance(piece, Defect):
            yield piece
        elif isinstance(piece, pa.RecordBatch):
            yield from (_with_ids(entry, part) for part in _of_size(piece, batch_bytes))
        elif isinstance(piece, WholeText):
            yield _Lone(entry, piece)
        elif isinstance(piece, RowMedia):
            yield _with_ids(entry, piece.batch, _numbers_in_rows(piece.batch["row"]))
        elif isinstance(piece, ColumnTexts):
            yield OtherTexts(entry.file_id, entry.source_id, piece)
    yield counter.finish()


def _count_encoded(piece: ReadResult) -> int:
    if isinstance(piece, WholeText):
        return int(is_encoded(piece.text))
    return sum(map(count_encoded, _texts_in(piece)))


def _texts_in(piece: ReadResult) -> Iterator[pa.Array]:
    if isinstance(piece, pa.RecordBatch):
        yield piece["text"]
    elif isinstance(piece, WholeText):
        yield whole_texts([piece])["text"]
    elif isinstance(piece, RowMedia):
        yield piece.batch["text"]
    elif isinstance(piece, ColumnTexts):
        yield piece.texts


def _sample(entry: FileEntry, pieces: Iterator[ReadResult]) -> Iterator[ReadResult]:
    """Yield the pieces of a part until they hold as much as is read of it."""
    if entry.most_bytes is None:
        yield from pieces
        return
    left = entry.most_bytes
    while left > 0:
        piece = next(pieces, None)
        if piece is None:
            return
        yield piece
        left -= sum(texts.nbytes for texts in _texts_in(piece))
    yield Skipped(Unit.FILE, SkipReason.NOT_SAMPLED)


def _pieces(location: Location, entry: FileEntry, batch_bytes: int) -> Iterator[ReadResult]:
    """Yield what a part's reader yields; what cannot be read ends as a defect, never as an exception."""
    rows = 0
    if entry.given_up is not None:
        yield entry.defect(entry.given_up.code, entry.given_up.detail, _part_place(entry.part))
        return
    try:
        with panics_as_errors():
            for piece in _unguarded_pieces(location, entry, batch_bytes):
                rows += piece.num_rows if isinstance(piece, pa.RecordBatch) else isinstance(piece, WholeText)
                yield piece
    except MemoryError:
        raise  # the worker is given up, and with it the file
    except Exception as error:  # noqa: BLE001 - parsers of foreign bytes raise what they like
        yield _unreadable(entry, error, rows)


def _unguarded_pieces(location: Location, entry: FileEntry, batch_bytes: int) -> Iterator[ReadResult]:
    file = location.find(entry.file)
    if file.size_bytes != entry.size_bytes and entry.part.first_row == 0:
        yield entry.defect(DefectCode.FILE_CHANGED, "the size changed after the file was checked")
    if entry.recognition is UNSEEN:
        entry = replace(entry, recognition=recognise_file(file, entry.format).recognition)
    source = FileInput(file, entry.size_bytes, entry.recognition.compression)
    yield from READERS[entry.format](source, entry, batch_bytes)


def _unreadable(entry: FileEntry, error: Exception, rows: int) -> Defect:
    """Return the defect for a file that broke off. Parsers quote the data in their messages, so none is passed on."""
    place = f"after {rows} rows"
    if isinstance(error, RefusedPathError):
        return entry.defect(DefectCode.PATH_REFUSED, str(error))
    if isinstance(error, LimitExceededError):
        return entry.defect(DefectCode.LIMIT_EXCEEDED, str(error), place)
    if isinstance(error, EncryptedError):
        return entry.defect(DefectCode.ENCRYPTED, str(error), place)
    if isinstance(error, TrailingDataError):
        return entry.defect(DefectCode.TRAILING_DATA, str(error), error.place)
    if "runcated" in str(error) or isinstance(error, EOFError):
        return entry.defect(DefectCode.TRUNCATED, "the file ends in the middle of its compressed or framed data", place)
    return entry.defect(DefectCode.FILE_UNREADABLE, f"not readable as {entry.format}", place)


def _part_place(part: Part) -> str:
    return f"from row {part.first_row}" if part.first_row else ""


def _of_size(batch: pa.RecordBatch, batch_bytes: int) -> Iterator[pa.RecordBatch]:
    """Yield a batch in parts of about *batch_bytes*, or of one row where that is larger."""
    if batch.num_rows < 2 or batch.nbytes <= 2 * batch_bytes:
        yield batch
        return
    sizes = sum(pc.fill_null(pc.binary_length(batch[name]), 0).to_numpy() for name in ("text", "content"))
    parts = np.cumsum(sizes) // batch_bytes
    starts = [0, *(np.flatnonzero(np.diff(parts)) + 1).tolist(), batch.num_rows]
    for start, end in pairwise(starts):
        yield batch.slice(start, end - start)


def _numbers_in_rows(rows: pa.Array) -> pa.Array:
    """Return the number, from 1, that each record has among those of its row; *rows* are sorted."""
    values = rows.to_numpy()
    first = np.searchsorted(values, values)
    return pa.array(np.arange(len(values)) - first + 1)


def _with_ids(entry: FileEntry, batch: pa.RecordBatch, numbers: pa.Array | None = None) -> pa.RecordBatch:
    """Return a batch with its record ids, which end with the *numbers* of records within their rows, if any."""
    count = batch.num_rows
    in_file = [batch["row"], *([] if numbers is None else [numbers])]
    ids = pc.binary_join_element_wise(entry.file_id, *(part.cast(pa.string()) for part in in_file), ":")
    constant = [pa.repeat(pa.scalar(value), count) for value in (entry.source_id, entry.file)]
    return pa.RecordBatch.from_arrays([ids, *constant, *batch.columns], schema=RECORD_TEXTS)


def _combine(waiting: list[pa.RecordBatch | _Lone]) -> pa.RecordBatch:
    batches: list[pa.RecordBatch] = []
    for kind, some in groupby(waiting, type):
        pieces: list[Any] = list(some)
        batches += [_batch_of(pieces)] if kind is _Lone else pieces
    return batches[0] if len(batches) == 1 else pa.concat_batches(batches)


def _batch_of(lone: list[_Lone]) -> pa.RecordBatch:
    columns = ([one.record_id, one.entry.source_id, one.entry.file] for one in lone)
    named = [pa.array(column, pa.string()) for column in zip(*columns, strict=True)]
    texts = whole_texts([one.text for one in lone])
    return pa.RecordBatch.from_arrays([*named, *texts.columns], schema=RECORD_TEXTS)
