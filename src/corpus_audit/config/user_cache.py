"""What was compiled before, kept in the user's cache folder: it may be deleted at any time, and costs time then.

Every file begins with the digest of its name and content, and only a user's own files are read: what is kept may be
code.
"""

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

import platformdirs

_DIGEST_BYTES = hashlib.sha256().digest_size


def read_kept(name: str) -> bytes | None:
    """Return what is kept under a name; None where there is nothing of this user's own, or not as it was written."""
    path = _path(name)
    if path is None:
        return None
    with suppress(OSError), path.open("rb") as file:
        if os.fstat(file.fileno()).st_uid != os.geteuid():
            return None
        content = file.read()
        digest, kept = content[:_DIGEST_BYTES], content[_DIGEST_BYTES:]
        if _digest(name, kept) == digest:
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
                file.write(_digest(name, content) + content)
            Path(partial).replace(path)
        finally:
            Path(partial).unlink(missing_ok=True)


def _path(name: str) -> Path | None:
    """Return where a name is kept; None for a user without a home."""
    try:
        folder = platformdirs.user_cache_path("corpus-audit")
    except RuntimeError:
        return None
    return folder / name if folder.is_absolute() else None


def _digest(name: str, content: bytes) -> bytes:
    """Return the digest of content and its name: what was kept under another name is not what was asked for."""
    return hashlib.sha256(hashlib.sha256(name.encode()).digest() + content).digest()
