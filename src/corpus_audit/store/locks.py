"""Folder locks: one process works in a folder at a time, and none is removed while it is read.

The locks are the operating system's, so a killed process never leaves one behind.
"""

import contextlib
import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from corpus_audit.errors import BusyError, StoreError

_TRIES = 10
_PAUSE_SECONDS = 0.05


@contextlib.contextmanager
def locked_folder(path: Path) -> Iterator[Path]:
    """Yield an empty folder that only this process works in, and remove it afterwards if it is still there.

    Raises BusyError when another live process holds it.
    """
    handle = _claim(path)
    try:
        _empty(path)
        try:
            yield path
        finally:
            # Once published under its own name, the next process may have made a new one here.
            if _is_at(handle, path):
                shutil.rmtree(path, ignore_errors=True)
    finally:
        os.close(handle)


@contextlib.contextmanager
def in_use(folder: Path) -> Iterator[None]:
    """Keep a folder from being removed while the block runs, by any number of processes at once.

    Waits for a process that has it for itself. Raises StoreError when the folder is gone.
    """
    handle = open_locked(folder, fcntl.LOCK_SH)
    if handle is None:
        raise _gone(folder)
    try:
        yield
    finally:
        os.close(handle)


@contextlib.contextmanager
def held(folder: Path, *, waits: bool = True) -> Iterator[None]:
    """Have a folder to this process alone; raises StoreError when it is gone.

    Where another process uses it, *waits* until it ends, or else raises StoreError.
    """
    try:
        handle = open_locked(folder, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
    except BlockingIOError as error:
        raise _busy(folder) from error
    if handle is None:
        raise _gone(folder)
    try:
        yield
    finally:
        os.close(handle)


def _gone(folder: Path) -> StoreError:
    return StoreError(f"{folder} is gone: it was deleted from the store.")


def _busy(folder: Path) -> BusyError:
    message = f"Another process is working in {folder}. Wait for it to end, then run the same command again."
    return BusyError(message)


def _claim(path: Path) -> int:
    """Return a handle that holds a folder, which is made if it is not there; raises StoreError."""
    for _ in range(_TRIES):
        path.mkdir(parents=True, exist_ok=True)
        # What moves an abandoned folder aside holds it for a moment.
        with contextlib.suppress(BlockingIOError):
            if (handle := open_locked(path, fcntl.LOCK_EX | fcntl.LOCK_NB)) is not None:
                return handle
        time.sleep(_PAUSE_SECONDS)
    raise _busy(path)


def open_locked(folder: Path, lock: int) -> int | None:
    """Return a handle on a folder with a lock, None when it is gone; raises BlockingIOError for one that is held."""
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(handle, lock)
    except BaseException:
        os.close(handle)
        raise
    if _is_at(handle, folder):
        return handle
    os.close(handle)
    return None


def _is_at(handle: int, path: Path) -> bool:
    """True if a path still leads to the folder of a handle."""
    with contextlib.suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(handle), path.stat())
    return False


def _empty(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()
