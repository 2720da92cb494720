"""A user's processes compile one after another, so that each function is compiled once and then loaded from disk.

The first audit of all starts several processes that need much the same functions.
"""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from corpus_audit.config.user_cache import user_cache

_MOST_SECONDS = 120
"""A process that was stopped while it compiles holds up others no longer than this."""
_PAUSE = 0.02

_HERE = threading.RLock()
"""Functions compile those that they call, so the thread that has it may take it again."""
_depth = 0


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait until no other thread or process of this user compiles."""
    global _depth  # noqa: PLW0603 - guarded by the lock
    with _HERE:
        handle = _lock() if _depth == 0 else None
        _depth += 1
        try:
            yield
        finally:
            _depth -= 1
            if handle is not None:
                os.close(handle)


def _lock() -> int | None:
    """Return the handle of a locked file; None where there can be none, and then processes compile side by side."""
    folder = user_cache()
    if folder is None:
        return None
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(folder / "compiling.lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        _wait(handle)
        return handle
    return None


def _wait(handle: int) -> None:
    end = time.monotonic() + _MOST_SECONDS
    while time.monotonic() < end:
        with suppress(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        time.sleep(_PAUSE)


def _begin_anew() -> None:
    """Forget in a forked process what a thread of the other one held."""
    global _HERE, _depth
    _HERE, _depth = threading.RLock(), 0


os.register_at_fork(after_in_child=_begin_anew)
