"""Split points of a large file, so that many tasks can read it and every record keeps its row number.

JSON lines are cut behind a line, and the lines before a cut are counted while the file is hashed. Parquet is cut
between row groups. Any other file is one part.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from corpus_audit.corpus.locations.base import StoredFile
from corpus_audit.corpus.recognition import UTF_8, UTF_8_WITH_MARK, Recognition
from corpus_audit.vocabulary import FileFormat


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a file: bytes or row groups from *first* to before *end*; both None when it is the whole."""

    first: int | None = None
    end: int | None = None
    first_row: int = 0
    size_bytes: int = 0

    def as_row(self) -> dict[str, int | None]:
        """Return its fields as columns of schema PARTS, many times as fast as ``asdict``."""
        return {
            "first": self.first,
            "end": self.end,
            "first_row": self.first_row,
            "size_bytes": self.size_bytes,
        }


WHOLE = Part()
"""All of a file."""


class Cutter(Protocol):
    """Finds the parts of one file."""

    def feed(self, content: bytes | bytearray, length: int) -> None:
        """Look at the next bytes of the file: the first *length* of *content*."""

    def parts(self, file: StoredFile) -> Sequence[Part]:
        """Return the parts, once all bytes were looked at."""


def cutter_for(file_format: FileFormat, recognition: Recognition, part_bytes: int) -> Cutter:
    """Return what cuts a file of this format into parts of about *part_bytes* on disk."""
    if recognition.compression is not None:
        return _Whole()
    if file_format is FileFormat.JSONL and recognition.encoding in (UTF_8, UTF_8_WITH_MARK):
        return LineCutter(part_bytes)
    return RowGroupCutter(part_bytes) if file_format is FileFormat.PARQUET else _Whole()


class _Whole:
    def feed(self, content: bytes | bytearray, length: int) -> None:
        """Pay no heed to bytes."""

    def parts(self, file: StoredFile) -> Sequence[Part]:
        """Return the one part."""
        return [Part(size_bytes=file.size_bytes)]


class LineCutter:
    """Cuts behind the first line that ends *part_bytes* or more after the last cut."""

    def __init__(self, part_bytes: int) -> None:
        self._part_bytes = part_bytes
        self._starts = [(0, 0)]
        self._offset = 0
        self._rows = 0

    def feed(self, content: bytes | bytearray, length: int) -> None:
        """Find the cuts in the next bytes of the file."""
        at = 0
        while True:
            cut = content.find(b"\n", max(at, self._next_cut() - 1 - self._offset), length) + 1
            if not cut:
                break
            self._rows += content.count(b"\n", at, cut)
            self._starts.append((self._offset + cut, self._rows))
            at = cut
        self._rows += content.count(b"\n", at, length)
        self._offset += length

    def parts(self, file: StoredFile) -> Sequence[Part]:
        """Return the parts as bytes; a small file is a whole."""
        starts = [start for start in self._starts if start[0] < file.size_bytes]
        if len(starts) <= 1:
            return [Part(size_bytes=file.size_bytes)]
        ends = [first for first, _ in starts[1:]] + [file.size_bytes]
        return [Part(first, end, row, end - first) for (first, row), end in zip(starts, ends, strict=True)]

    def _next_cut(self) -> int:
        return self._starts[-1][0] + self._part_bytes


class RowGroupCutter:
    """Cuts between row groups, by the sizes in the footer."""

    def __init__(self, part_bytes: int) -> None:
        self._part_bytes = part_bytes

    def feed(self, content: bytes | bytearray, length: int) -> None:
        """Pay no heed to bytes."""

    def parts(self, file: StoredFile) -> Sequence[Part]:
        """Return the parts as row groups; a small file, or one whose footer cannot be read, is a whole."""
        if file.size_bytes > self._part_bytes:
            try:
                found = list(self._groups(pq.read_metadata(file.seekable()), file.size_bytes))
            except (OSError, pa.ArrowException):
                found = []  # reading the records reports it
            if len(found) > 1:
                return found
        return [Part(size_bytes=file.size_bytes)]

    def _groups(self, meta: pq.FileMetaData, size_bytes: int) -> Iterator[Part]:
        # On disk a row group is taken to have the share of the file that it has of the unpacked bytes: pyarrow ends
        # the whole process where a hostile footer lacks the sizes of its columns.
        groups = [meta.row_group(number) for number in range(meta.num_row_groups)]
        unpacked = [max(0, group.total_byte_size) for group in groups]
        total = max(1, sum(unpacked))
        first = first_row = size = rows = 0
        for number, group in enumerate(groups):
            size += size_bytes * unpacked[number] // total
            rows += max(0, group.num_rows)
            if size >= self._part_bytes or number == len(groups) - 1:
                yield Part(first, number + 1, first_row, size)
                first, first_row, size, rows = number + 1, first_row + rows, 0, 0
