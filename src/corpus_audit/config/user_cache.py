"""What was compiled before, kept in the user's cache folder: it may be deleted at any time, and costs time then.

Every file begins with the digest of its name and content, and only a user's own files are read: what is kept may be
code. The first part of a name is its kind; of each kind, what was used longest ago is removed beyond a number of bytes.
"""

import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from itertools import accumulate, islice
from pathlib import Path

import platformdirs

_DIGEST_BYTES = hashlib.sha256().digest_size
_MOST_BYTES = 64 * 2**20
"""Bytes of one kind that are kept: what some ten versions of the program compile."""


def read_kept(name: str) -> bytes | None:
    """Return what is kept under a name; None where there is nothing of this user's own, or not as it was written."""
    path = _path(name)
    if path is None:
        return None
    with suppress(OSError), path.open("rb", buffering=0) as file:  # a buffer would copy what is read
        if os.fstat(file.fileno()).st_uid != os.geteuid():
            return None
        digest, kept = file.read(_DIGEST_BYTES), file.read()
        if _digest(name, kept) == digest:
            with suppress(OSError):  # a cache that may only be read
                os.utime(file.fileno())
            return kept
    return None


def keep(name: str, content: bytes) -> None:
    """Keep bytes under a name, in one step; a cache that cannot be written costs time and no more."""
    path = _path(name)
    if path is None:
        return
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, partial = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_digest(name, content))
                file.write(content)
            Path(partial).replace(path)
        finally:
            Path(partial).unlink(missing_ok=True)
        trim(path.parent)


def trim(folder: Path, most_bytes: int = _MOST_BYTES) -> None:
    """Remove files of a folder, those used longest ago first, until they hold *most_bytes*; the last one stays."""
    files = sorted(_files(folder), reverse=True)
    sizes = accumulate(size for _, size, _ in files)
    for held, (*_, path) in islice(zip(sizes, files, strict=True), 1, None):
        if held > most_bytes:
            Path(path).unlink(missing_ok=True)


def _files(folder: Path) -> Iterator[tuple[int, int, str]]:
    """Yield when each file of a folder was used last, its size and its path."""
    for entry in os.scandir(folder):
        with suppress(FileNotFoundError):  # another process has just removed it
            status = entry.stat(follow_symlinks=False)
            if stat.S_ISREG(status.st_mode):
                yield max(status.st_mtime_ns, status.st_atime_ns), status.st_size, entry.path


def user_cache() -> Path | None:
    """Return this user's cache folder of the program; None for a user without a home."""
    try:
        folder = platformdirs.user_cache_path("corpus-audit")
    except RuntimeError:
        return None
    return folder if folder.is_absolute() else None


def _path(name: str) -> Path | None:
    folder = user_cache()
    return folder / name if folder is not None else None


def _digest(name: str, content: bytes) -> bytes:
    """Return the digest of content and its name: what was kept under another name is not what was asked for."""
    digest = hashlib.sha256(hashlib.sha256(name.encode()).digest())
    digest.update(content)  # which may be large: it is not copied
    return digest.digest()
