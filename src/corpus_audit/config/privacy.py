"""Files for their owner only: the process writes them so while any stage runs."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PRIVATE = 0o077
"""The umask under which a store is written: its folders and files are for their owner only."""

_LOCK = threading.Lock()
_before: list[int] = []


def make_private(path: Path) -> None:
    """Make an empty file for its owner only, before a library opens it that asks for no mode.

    Where it cannot be made, the library says so in its own way.
    """
    with suppress(OSError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


@contextmanager
def private_files() -> Iterator[None]:
    """Create files for their owner only while the block runs.

    A process has one umask for all its threads: the first that comes sets it, the last that goes sets it back.
    """
    with _LOCK:
        _before.append(os.umask(PRIVATE))
    try:
        yield
    finally:
        with _LOCK:
            # What the last one puts back is what the first one found.
            first = _before[0]
            _before.pop()
            if not _before:
                os.umask(first)
