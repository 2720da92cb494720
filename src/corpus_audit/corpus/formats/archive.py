"""Shared rules of tar and zip: which members are refused, skipped or read."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BufferedReader, BytesIO
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.corpus.columns import column_texts
from corpus_audit.corpus.compression import (
    SIGNATURE_BYTES,
    Budget,
    LimitExceededError,
    TooLargeError,
    recognise_compression,
    suffix_without_compression,
)
from corpus_audit.corpus.entry import (
    ColumnSeen,
    ColumnTexts,
    Defect,
    FileEntry,
    MemberBegins,
    Reader,
    ReadResult,
    RowMedia,
    Seen,
    Skipped,
    WholeText,
)
from corpus_audit.corpus.formats.members import recognise_member
from corpus_audit.corpus.formats.samples import (
    DESCRIPTION,
    Named,
    SampleDescription,
    describe_samples,
    is_only_description,
    may_describe,
    read_description,
    read_license,
)
from corpus_audit.corpus.inputs import Input, MemberInput, TrailingDataError, read_whole
from corpus_audit.corpus.texts import whole_texts
from corpus_audit.vocabulary import ColumnReason, ColumnRole, DefectCode, FileFormat, SkipReason, Unit

MAX_MEMBERS = 1_000_000
"""An archive with more members is refused: it is an attack on the reader, not a shard of a dataset."""

_NOT_A_NAME = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\\\\]|^/|^[A-Za-z]:|(^|/)\\.\\.(/|$)")
_ARCHIVES = (".tar", ".zip", ".7z", ".rar")
_NOT_SHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_LONGEST_NAME = 200

_UNKNOWN = Skipped(Unit.MEMBER, SkipReason.UNKNOWN_KIND)
_ARCHIVE_FORMATS = frozenset({FileFormat.TAR, FileFormat.ZIP})


ATTRIBUTES = "(attributes)"
"""What spans in comments of an archive and its members, and in their extended attributes, have as their column."""


@dataclass(frozen=True)
class Member:
    """A file within an archive: its name, its size as stated, and its content, which can be read once.

    *attributes* are texts that the archive holds about it.
    """

    name: str
    size: int
    content: Any
    attributes: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class Refused:
    """A member that is not read, and why."""

    name: str
    reason: str
    attributes: tuple[bytes, ...] = ()


def is_refused(name: str) -> bool:
    """True if a member's name escapes the target folder, or hides its type."""
    return _NOT_A_NAME.search(name) is not None


def archive_reader(
    list_members: Callable[[Input], Iterator[Member | Refused]],
    readers: Mapping[FileFormat, Reader],
    formats: Mapping[str, FileFormat],
) -> Reader:
    """Return a reader of archives that reads members with *readers*, by the format of their suffix.

    Where the manifest names no field of their text, the fields of a table are found as those of a file are. Rows are
    counted through the members; the place of a defect names the member.
    """

    def read_archive(source: Input, entry: FileEntry, batch_bytes: int) -> Iterator[ReadResult]:
        pieces = read_members(list_members(source), readers, formats, entry, batch_bytes)
        yield from describe_samples(entry, pieces)

    return read_archive


def read_members(
    members: Iterable[Member | Refused],
    readers: Mapping[FileFormat, Reader],
    formats: Mapping[str, FileFormat],
    entry: FileEntry,
    batch_bytes: int,
) -> Iterator[Named]:
    """Yield what the readers of an archive's members yield, with the name of each; a member begins with its count."""
    first_row = 0
    budget = Budget.of(entry.size_bytes)
    for number, member in enumerate(members):
        if number >= MAX_MEMBERS:
            message = f"it has more than {MAX_MEMBERS:,} members"
            raise LimitExceededError(message)
        yield member.name, MemberBegins(Unit.MEMBER, 1, first_row)
        if entry.scans and member.attributes:
            for piece in _scan_attributes(entry, first_row, member.attributes):
                yield member.name, piece
        if isinstance(member, Refused):
            yield member.name, entry.defect(DefectCode.MEMBER_REFUSED, member.reason, _shown(member.name))
            continue
        place = _MemberPlace(member.name, first_row)
        for piece in _read_member(entry, member, readers, formats, batch_bytes, budget):
            yield member.name, place.of(piece)
        # Counts are of the whole archive: a member whose reader does not count must not hide what another lost.
        yield member.name, Seen(Unit.ROW, place.untold)
        first_row += place.rows


def _scan_attributes(entry: FileEntry, row: int, attributes: Sequence[bytes]) -> Iterator[ReadResult]:
    yield ColumnSeen(ATTRIBUTES, ColumnRole.SCANNED, ColumnReason.HOLDS_TEXT, "text")
    texts = pa.array([b"\n".join(attributes)], pa.large_binary())
    yield from column_texts(entry, ATTRIBUTES, pa.array([row], pa.int64()), texts)


def _read_member(
    entry: FileEntry,
    member: Member,
    readers: Mapping[FileFormat, Reader],
    formats: Mapping[str, FileFormat],
    batch_bytes: int,
    budget: Budget,
) -> Iterator["ReadResult | SampleDescription"]:
    suffix = suffix_without_compression(member.name)
    if suffix in _ARCHIVES:
        yield _not_opened(entry)
        return
    rows = 0
    try:
        packed: Any = BufferedReader(member.content, SIGNATURE_BYTES)
        codec = recognise_compression(packed.peek(SIGNATURE_BYTES))
        stream: Any = MemberInput(packed, member.name, budget, codec).stream()
        description, stream = _take_description(stream, suffix, member.size, entry)
        if description is not None:
            yield description
            if is_only_description(entry):
                return
        found = recognise_member(entry, stream, member.name, codec, formats)
        yield from (entry.defect(code, detail) for code, detail in found.doubts)
        if found.format not in readers:
            yield _not_opened(entry) if found.format in _ARCHIVE_FORMATS else _UNKNOWN
            return
        source = MemberInput(found.content, member.name, budget)
        for piece in readers[found.format](source, found.entry, batch_bytes):
            read = whole_texts([piece]) if isinstance(piece, WholeText) else piece
            rows += read.num_rows if isinstance(read, pa.RecordBatch) else 0
            yield read
    except TooLargeError as error:
        yield entry.defect(DefectCode.LIMIT_EXCEEDED, str(error))
    except TrailingDataError as error:
        yield entry.defect(DefectCode.TRAILING_DATA, str(error), error.place)
    except (LimitExceededError, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - parsers of foreign bytes raise what they like
        yield entry.defect(DefectCode.FILE_UNREADABLE, "the member is damaged, or protected", f"after {rows} rows")


def _not_opened(entry: FileEntry) -> Defect:
    return entry.defect(DefectCode.MEMBER_REFUSED, "an archive within an archive is not opened")


def _take_description(content: Any, suffix: str, size: int, entry: FileEntry) -> tuple[SampleDescription | None, Any]:
    """Return a member's description of its sample, if any, and its content from the start."""
    if not may_describe(suffix, size):
        return None, content
    held = read_whole(content)
    read = read_description if suffix == DESCRIPTION else read_license
    return read(held, entry), BytesIO(held)


class _MemberPlace:
    """Where in an archive the rows of one member are: says so in what its reader yields, and counts."""

    def __init__(self, member: str, first_row: int) -> None:
        self._member = member
        self._first_row = first_row
        self._last = self._counted = self._told = 0

    @property
    def rows(self) -> int:
        """How many rows the member has."""
        return max(self._last, self._counted)

    @property
    def untold(self) -> int:
        """How many rows were read, lost or skipped beyond those that the reader itself said are there."""
        return max(0, self._told - self._counted)

    def of(self, piece: "ReadResult | SampleDescription") -> "ReadResult | SampleDescription":
        """Return what the member's reader yielded as the archive's reader yields it."""
        match piece:
            case Defect():
                self._told += piece.rows_lost
                return replace(piece, place=f"{_shown(self._member)} {piece.place}".rstrip())
            case pa.RecordBatch():
                self._told += piece.num_rows
                return self._placed(piece)
            case RowMedia():
                self._told += piece.rows_read
                return replace(piece, batch=self._placed(piece.batch))
            case ColumnTexts():
                self._last = max(self._last, piece.rows[-1].as_py() + 1)
                return replace(piece, rows=pc.add(piece.rows, self._first_row))
            case Seen(unit=Unit.ROW):
                self._counted += piece.count
            case Skipped(unit=Unit.ROW):
                self._told += piece.count
        return piece

    def _placed(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        self._last = max(self._last, batch["row"][-1].as_py() + 1)
        names = pa.repeat(pa.scalar(_shown(self._member), pa.string()), batch.num_rows)
        within = batch["member"]  # what a column of a table is called
        columns = {
            "row": pc.add(batch["row"], self._first_row),
            "member": pc.if_else(pc.is_valid(within), pc.binary_join_element_wise(names, within, "/"), names),
        }
        return pa.RecordBatch.from_arrays(
            [columns.get(name, batch[name]) for name in batch.schema.names], schema=batch.schema
        )


def _shown(name: str) -> str:
    """Return a member's name made safe to display: the archive's author chose it."""
    harmless = _NOT_SHOWN.sub("\ufffd", name.encode(errors="replace").decode())
    return harmless if len(harmless) <= _LONGEST_NAME else harmless[:_LONGEST_NAME] + "…"
