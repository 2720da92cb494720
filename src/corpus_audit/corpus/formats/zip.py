"""Zip archives: members are read one after another, never unpacked to disk."""

import struct
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from corpus_audit.corpus.compression import Budget, LimitExceededError, bounded
from corpus_audit.corpus.formats.archive import MAX_MEMBERS, Member, Refused, is_refused
from corpus_audit.corpus.inputs import Input, TrailingDataError
from corpus_audit.corpus.unread_bytes import Span, check_spans

_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x06"
_END_BYTES = 22
_LONGEST_END = 22 + 65_535 + 20 + 56
_LOCAL_HEADER = 30
_ENCRYPTED = 0x1
_LINK = 0o120000
_KIND = 0o170000


def list_zip(source: Input) -> Iterator[Member | Refused]:
    """Yield the files of a zip archive in the order of its directory; raises BadZipFile for what is none.

    Raises TrailingDataError for bytes that the directory does not account for, such as those of an earlier archive.
    """
    with source.seekable() as file:
        size = file.size()
        end = _check_end(file, size)
        budget = Budget.of(size)
        with zipfile.ZipFile(file) as archive:
            comments = [archive.comment, *(info.comment for info in archive.infolist() if info.is_dir())]
            for info in archive.infolist():
                if info.is_dir():
                    continue
                attributes, comments = tuple(filter(None, [*comments, info.comment])), []
                reason = _refusal(info)
                if reason:
                    yield Refused(info.filename, reason, attributes)
                else:
                    content = bounded(_Lazy(archive, info), budget)
                    yield Member(info.filename, info.compress_size, content, attributes)
            check_spans(file, _members(file, archive.infolist()), archive.start_dir)
    if end < size:
        raise TrailingDataError(end)


def _members(file: Any, listed: Iterable[zipfile.ZipInfo]) -> Iterator[Span]:
    for info in listed:
        file.seek(info.header_offset)
        header = file.read(_LOCAL_HEADER)
        lengths = sum(struct.unpack_from("<HH", header, _LOCAL_HEADER - 4)) if len(header) == _LOCAL_HEADER else 0
        yield info.header_offset, info.header_offset + _LOCAL_HEADER + lengths + info.compress_size


class _Lazy:
    """A member that is opened when it is first read: what cannot be opened is then its own defect."""

    def __init__(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
        self._archive, self._info = archive, info
        self._opened: Any = None

    def read(self, size: int) -> bytes:
        if self._opened is None:
            self._opened = self._archive.open(self._info)
        found: bytes = self._opened.read(size)
        return found

    def close(self) -> None:
        if self._opened is not None:
            self._opened.close()


def _refusal(info: zipfile.ZipInfo) -> str:
    # The name as stored: zipfile cuts it at a NUL.
    if is_refused(info.orig_filename):
        return "its name leads out of the archive's folder, or hides what it is"
    if (info.external_attr >> 16) & _KIND == _LINK:
        return "it is a link"
    return "it is encrypted" if info.flag_bits & _ENCRYPTED else ""


def _check_end(file: Any, size: int) -> int:
    """Return where the archive ends, behind its comment.

    Raises LimitExceededError when the directory says that there are too many members to be listed in memory.
    """
    file.seek(max(0, size - _LONGEST_END))
    tail = file.read(_LONGEST_END)
    end, end_64 = tail.rfind(_END), tail.rfind(_END_64)
    count = struct.unpack_from("<H", tail, end + 10)[0] if 0 <= end <= len(tail) - 12 else 0
    if 0 <= end_64 <= len(tail) - 40:
        count = max(count, struct.unpack_from("<Q", tail, end_64 + 32)[0])
    file.seek(0)
    if count > MAX_MEMBERS:
        message = f"it has more than {MAX_MEMBERS:,} members"
        raise LimitExceededError(message)
    if not 0 <= end <= len(tail) - _END_BYTES:
        return size
    return int(size - len(tail) + end + _END_BYTES + struct.unpack_from("<H", tail, end + _END_BYTES - 2)[0])
