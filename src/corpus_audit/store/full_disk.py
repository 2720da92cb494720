"""A full disk, recognised in what different libraries raise, and named."""

import errno
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from corpus_audit.errors import StoreError

_FULL = (errno.ENOSPC, errno.EDQUOT)
# DuckDB and SQLite raise errors of their own.
_SAID_IN_WORDS = re.compile("No space left on device|disk is full|Disk quota exceeded")


def full_disk_error(error: BaseException, store: Path) -> StoreError | None:
    """Return the error that names the disk if *error* came of a full one, else None."""
    if not any(map(_is_full_disk, _chain(error))):
        return None
    named = next(filter(None, map(_file_of, _chain(error))), None)
    place = named or min((store, Path(tempfile.gettempdir())), key=_free_bytes)
    holds = "the store" if place == store else str(place)
    message = (
        f"The disk at {_mount_point(place)} is full; it holds {holds}. Nothing that was finished is lost. Free some "
        "space, then run the same command again: it goes on where it stopped."
    )
    return StoreError(message)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _is_full_disk(error: BaseException) -> bool:
    if isinstance(error, OSError) and error.errno in _FULL:
        return True
    return _SAID_IN_WORDS.search(str(error)) is not None


def _file_of(error: BaseException) -> Path | None:
    if isinstance(error, OSError) and error.errno in _FULL and isinstance(error.filename, str):
        return Path(error.filename)
    return None


def _free_bytes(place: Path) -> int:
    return shutil.disk_usage(_existing(place)).free


def _mount_point(place: Path) -> Path:
    found = _existing(place).resolve()
    while not found.is_mount():
        found = found.parent
    return found


def _existing(place: Path) -> Path:
    return next(path for path in (place, *place.absolute().parents) if path.exists())
