"""Digests of files, bytes and values, in hex."""

import hashlib
import json
import os
import stat
import time
from collections import OrderedDict
from pathlib import Path
from typing import Any

from corpus_audit.errors import StoreError

_SETTLED_SECONDS = 2
"""A file that was written this recently may change again within one tick of its time stamps: it is not remembered."""

_REMEMBERED = 100_000
_known: "OrderedDict[tuple[int, ...], str]" = OrderedDict()


def sha256_of_file(path: Path) -> str:
    """Return the sha256 of a file's bytes in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sha256_of_stored(path: Path) -> str:
    """Return the sha256 of a file of the store, read again only if its inode, size or times are others.

    Raises StoreError for a link, a folder or a special file: the store never writes one, and none is followed.
    """
    descriptor = _open_plain(path)
    with os.fdopen(descriptor, "rb") as stream:
        found = os.fstat(descriptor)
        # The time of the last change of the inode is the system's own: an editor of the file cannot set it back.
        identity = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
        if (known := _known.get(identity)) is not None:
            return known
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    if time.time() - found.st_ctime > _SETTLED_SECONDS:
        _known[identity] = digest
        while len(_known) > _REMEMBERED:
            _known.popitem(last=False)
    return digest


def _open_plain(path: Path) -> int:
    """Return a descriptor of a plain file, without following a link or waiting at a pipe."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        message = f"{path} is not a plain file that can be read ({error.strerror})."
        raise StoreError(message) from error
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return descriptor
    os.close(descriptor)
    message = f"{path} is a folder or a special file, where the store keeps a plain one."
    raise StoreError(message)


def sha256_of_bytes(content: bytes) -> str:
    """Return the sha256 of bytes in hex."""
    return hashlib.sha256(content).hexdigest()


def sha256_of_json(value: Any) -> str:
    """Return the sha256 in hex of a value's canonical JSON."""
    return sha256_of_bytes(canonical_json(value))


def canonical_json(value: Any) -> bytes:
    """Return a value as JSON with sorted keys and no spaces."""
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()
