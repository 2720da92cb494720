"""Tar archives, compressed or not, including WebDataset shards: read in one pass, never unpacked to disk."""

import tarfile
from collections.abc import Callable, Iterator
from typing import Any

from corpus_audit.corpus.compression import Budget, LimitExceededError, bounded
from corpus_audit.corpus.formats.archive import Member, Refused, is_refused
from corpus_audit.corpus.inputs import Input, TrailingDataError

_MAX_HEADER_BYTES = 1 << 20
_BLOCK = 1 << 16
_EXTENDED = (
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
)


_OF_THE_FORMAT = frozenset(
    {"path", "linkpath", "size", "mtime", "atime", "ctime", "uid", "gid", "charset", "hdrcharset"}
)


class _NotAHeaderError(tarfile.TarError):
    """A block that is neither zero nor the header of a member."""


class _TarInfo(tarfile.TarInfo):
    """A header whose extensions, which are read into memory whole, are bounded.

    Which of the three methods reads a header depends on the release of Python: security releases of 2026 go past the
    public ``frombuf``.
    """

    @classmethod
    def fromtarfile(cls, *given: Any) -> "_TarInfo":
        return _checked(super().fromtarfile, *given)

    @classmethod
    def frombuf(cls, *given: Any) -> "_TarInfo":
        return _checked(super().frombuf, *given)

    @classmethod
    def _frombuf(cls, *given: Any, **options: Any) -> "_TarInfo":
        return _checked(super()._frombuf, *given, **options)  # type: ignore[misc]


def _checked(read: Callable[..., Any], *given: Any, **options: Any) -> _TarInfo:
    """Return the header that a method reads; raises what ``list_tar`` says for a block that is none."""
    try:
        info: _TarInfo = read(*given, **options)
    except tarfile.InvalidHeaderError as error:  # type: ignore[attr-defined]
        raise _NotAHeaderError from error
    except tarfile.TruncatedHeaderError as error:  # type: ignore[attr-defined]
        message = "the archive is truncated within a header"
        raise EOFError(message) from error
    if info.type in _EXTENDED and info.size > _MAX_HEADER_BYTES:
        message = "an extended header is too large"
        raise tarfile.HeaderError(message)
    return info


def list_tar(source: Input) -> Iterator[Member | Refused]:
    """Yield the files of a tar archive, and of those appended to it, in their order.

    Raises TrailingDataError at what is no member, EOFError where the archive breaks off or has no end mark, and
    TarError for what is no tar archive.
    """
    with (
        source.stream() as stream,
        tarfile.open(fileobj=stream, mode="r|", tarinfo=_TarInfo, bufsize=_BLOCK, ignore_zeros=True) as archive,
    ):
        try:
            yield from _members(archive, source.most_bytes)
        except _NotAHeaderError:
            raise TrailingDataError(archive.offset) from None


def _members(archive: tarfile.TarFile, most_bytes: int) -> Iterator[Member | Refused]:
    end = archive.offset
    for info in archive:
        end = archive.offset
        archive.members.clear()  # type: ignore[attr-defined]  # it would remember every member
        if end > most_bytes + tarfile.BLOCKSIZE:
            # To look for what comes behind it would read on for ever.
            yield Refused(info.name, "it says that it is larger than what is left of the archive")
            message = "a member says that it is larger than the whole archive can be"
            raise LimitExceededError(message)
        if info.isdir():
            continue
        reason = _refusal(info)
        if reason:
            yield Refused(info.name, reason, _attributes(info))
            continue
        content = archive.extractfile(info)
        if content is not None:
            yield Member(info.name, info.size, bounded(content, Budget(info.size)), _attributes(info))
    if archive.offset == end:
        message = "the archive has no end mark: it may be truncated"
        raise EOFError(message)


def _attributes(info: tarfile.TarInfo) -> tuple[bytes, ...]:
    """Return the extended attributes of a member, its comment among them, but for those that say where it lies."""
    others = (value for key, value in sorted(info.pax_headers.items()) if key not in _OF_THE_FORMAT)
    return tuple(value.encode(errors="surrogateescape") for value in others if value)


def _refusal(info: tarfile.TarInfo) -> str:
    if is_refused(info.name):
        return "its name leads out of the archive's folder, or hides what it is"
    if info.issym() or info.islnk():
        return "it is a link"
    if info.issparse():
        return "it is sparse: what it holds may be of any size"
    return "" if info.isreg() else "it is a device or a pipe"
