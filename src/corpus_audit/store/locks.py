"""Folder locks: one process works in a folder at a time."""

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from corpus_audit.errors import StoreError


@contextlib.contextmanager
def locked_folder(path: Path) -> Iterator[Path]:
    """Yield an empty folder that only this process works in, and remove it afterwards if it is still there.

    Raises StoreError when another live process holds it. The lock is the operating system's, so a killed
    process never leaves one behind.
    """
    path.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        _lock(handle, path)
        _empty(path)
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)
    finally:
        os.close(handle)


def _lock(handle: int, path: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        message = f"Another process is working in {path}. Wait for it to end, then run the same command again."
        raise StoreError(message) from error


def _empty(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()
