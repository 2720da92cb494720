"""What was compiled before, kept in the user's cache folder: it may be deleted at any time, and costs time then.

Every file begins with the digest of its content, and only a user's own files are read: what is kept may be code.
"""

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

import platformdirs

_DIGEST_BYTES = hashlib.sha256().digest_size


def _path(name: str) -> Path:
    return platformdirs.user_cache_path("corpus-audit") / name


def read_kept(name: str) -> bytes | None:
    """Return what is kept under a name; None where there is nothing of this user's own, or not as it was written."""
    with suppress(OSError), _path(name).open("rb") as file:
        if os.fstat(file.fileno()).st_uid != os.geteuid():
            return None
        content = file.read()
        digest, kept = content[:_DIGEST_BYTES], content[_DIGEST_BYTES:]
        if hashlib.sha256(kept).digest() == digest:
            return kept
    return None


def keep(name: str, content: bytes) -> None:
    """Keep bytes under a name, in one step; a cache that cannot be written costs time and no more."""
    path = _path(name)
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, partial = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(content).digest() + content)
        Path(partial).replace(path)
