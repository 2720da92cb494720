"""Zip archives: members are read one after another, never unpacked to disk."""

import struct
import zipfile
from collections.abc import Iterator
from typing import Any

from corpus_audit.corpus.compression import Budget, LimitExceededError, bounded
from corpus_audit.corpus.formats.archive import MAX_MEMBERS, Member, Refused, is_refused
from corpus_audit.corpus.inputs import Input

_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x06"
_LONGEST_END = 22 + 65_535 + 20 + 56
_ENCRYPTED = 0x1
_LINK = 0o120000
_KIND = 0o170000


def list_zip(source: Input) -> Iterator[Member | Refused]:
    """Yield the files of a zip archive in the order of its directory; raises BadZipFile for what is none."""
    with source.seekable() as file:
        size = file.size()
        _check_count(file, size)
        budget = Budget.of(size)
        with zipfile.ZipFile(file) as archive:
            for info in archive.infolist():
                if info.is_dir():
                    continue
                reason = _refusal(info)
                if reason:
                    yield Refused(info.filename, reason)
                else:
                    yield Member(info.filename, info.compress_size, bounded(_Lazy(archive, info), budget))


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


def _check_count(file: Any, size: int) -> None:
    """Raise LimitExceededError when the directory says that there are too many members to be listed in memory."""
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
