"""Ctrl-C: a command ends within seconds, whatever library is busy; what was finished stays."""

import os
import signal
import threading
import time
from typing import NoReturn

_INTERRUPTED = "corpus-audit: interrupted. The same command goes on where it stopped."
INTERRUPTED_CODE = 130
_SECONDS = 1.5


def end_soon_when_interrupted() -> None:
    """End this process if it has not heeded a KeyboardInterrupt in time.

    Python runs its handlers only between two steps of the main thread, which may be minutes away in a library; the
    number of the signal is written to a pipe at once.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    threading.Thread(target=_await_interrupt, args=(reading,), daemon=True).start()


def end_interrupted() -> NoReturn:
    """Say that the command was interrupted, and end this process at once; to take Python down takes seconds."""
    os.write(2, f"{_INTERRUPTED}\n".encode())
    # Workers end with this process; what a stage has not finished is thrown away by the next run.
    os._exit(INTERRUPTED_CODE)


def _await_interrupt(signals: int) -> None:
    while number := os.read(signals, 1):
        if number[0] == signal.SIGINT:
            time.sleep(_SECONDS)
            end_interrupted()
