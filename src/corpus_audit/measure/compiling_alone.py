"""A function is compiled by one process at a time, so that it is compiled once and then loaded from disk.

The first audit of all starts several processes that need much the same functions. Each waits for those that another one
compiles already, and compiles others meanwhile. Other versions of the program compile other functions.
"""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from corpus_audit.config.user_cache import user_cache

_MOST_SECONDS = 120
"""A process that was stopped while it compiles holds up each other one for no longer than this, and only once."""
_PAUSE = 0.02
_LOCKS = 64
"""Functions and versions share so many locks: a lock for each would leave a file for each behind."""

_HERE = threading.RLock()
"""Functions compile those that they call, so the thread that has it may take it again."""
_depth = 0
_waits = True


@contextmanager
def one_at_a_time(function: bytes) -> Iterator[None]:
    """Wait until no other thread compiles, and no process of this user *function*, a digest of it and its code."""
    global _depth  # noqa: PLW0603 - guarded by the lock
    with _HERE:
        handle = _lock(function) if _depth == 0 and _waits else None
        _depth += 1
        try:
            yield
        finally:
            _depth -= 1
            if handle is not None:
                os.close(handle)


def _lock(function: bytes) -> int | None:
    """Return the handle of a locked file; None where there can be none, and then processes compile side by side."""
    folder = user_cache()
    if folder is None:
        return None
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(
            folder / f"compiling-{function[0] % _LOCKS}.lock",
            os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC,
            0o600,
        )
        _wait(handle)
        return handle
    return None


def _wait(handle: int) -> None:
    global _waits  # noqa: PLW0603 - guarded by the lock of this process
    end = time.monotonic() + _MOST_SECONDS
    while time.monotonic() < end:
        with suppress(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        time.sleep(_PAUSE)
    _waits = False


def _begin_anew() -> None:
    """Forget in a forked process what a thread of the other one held."""
    global _HERE, _depth
    _HERE, _depth = threading.RLock(), 0


os.register_at_fork(after_in_child=_begin_anew)
