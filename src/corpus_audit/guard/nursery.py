"""The process that workers are forked from, as its parent sees it."""

import os
import pickle
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from corpus_audit.config import GUARDED
from corpus_audit.errors import GuardError
from corpus_audit.guard.environment import DEBUG
from corpus_audit.guard.forking import LARGEST_REQUEST

Preload = Callable[[], object]
"""Loads and compiles what tasks need; a function of a module, without arguments."""

_SECONDS_TO_END = 1


class NurseryEndedError(Exception):
    """The process that workers are forked from has ended: another one has to be started."""


class Forked:
    """A process that a nursery forked. The system keeps its number from others for as long as this handle is open."""

    def __init__(self, pid: int, handle: int, ending: int) -> None:
        self.pid = pid
        self._handle = handle
        self._ending = ending

    def is_alive(self) -> bool:
        """True if the process has not ended."""
        return self._handle >= 0 and not select.select([self._handle], [], [], 0)[0]

    def kill(self) -> None:
        """End the process, whatever it is doing."""
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def wait(self) -> None:
        """Wait until the process has ended."""
        select.select([self._handle], [], [])

    def return_code(self) -> int:
        """Return the code that the process ended with, as subprocess has it, once it has."""
        # Nothing is written where the nursery was ended too, which only a signal from outside does.
        return int(os.read(self._ending, 16) or -signal.SIGKILL)

    def forget(self) -> None:
        """Close the handles."""
        for handle in (self._handle, self._ending):
            if handle >= 0:
                os.close(handle)
        self._handle = self._ending = -1


class Nursery:
    """A process without secrets that forks workers in milliseconds; what it preloaded, they have."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        lifeline, self._lifeline = os.pipe()
        self._requests, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        inherited = (lifeline, theirs.fileno())
        self._lock = threading.Lock()
        self._process = start_process(
            dict(environment) | {GUARDED: "1", "PYTHONPATH": os.pathsep.join(_search_path())}, inherited
        )
        os.close(lifeline)
        theirs.close()

    def preload(self, function: Preload) -> None:
        """Have something loaded, without waiting for it. Raises NurseryEndedError."""
        with self._lock:
            self._send(function, ())

    def fork(self, preload: Preload | None, handles: Sequence[int]) -> Forked:
        """Return a new worker that has something preloaded and holds *handles*. Raises NurseryEndedError."""
        reading, writing = os.pipe()
        try:
            with self._lock:
                self._send(preload, (*handles, writing))
                number, (handle,), _, _ = socket.recv_fds(self._requests, 16, 1)
        except BaseException as error:
            os.close(reading)
            if isinstance(error, OSError | ValueError):
                raise NurseryEndedError from None
            raise
        finally:
            os.close(writing)
        return Forked(int(number), handle, reading)

    def is_alive(self) -> bool:
        """True if it can fork."""
        return self._process.poll() is None

    def stop(self) -> None:
        """End the process; it may first learn that its workers ended."""
        with suppress(OSError):  # it has ended
            self._requests.shutdown(socket.SHUT_RDWR)
        try:
            self._process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        with self._lock:
            self.forget()

    def forget(self) -> None:
        """Close the handles; the process ends by itself once no process holds them."""
        self._requests.close()
        if self._lifeline >= 0:
            os.close(self._lifeline)
            self._lifeline = -1

    def _send(self, preload: Preload | None, handles: Sequence[int]) -> None:
        content = pickle.dumps((_search_path(), None if preload is None else pickle.dumps(preload)))
        if len(content) > LARGEST_REQUEST:
            raise GuardError("The module search path (PYTHONPATH) is longer than a worker can be told.")
        try:
            socket.send_fds(self._requests, [content], handles)
        except OSError:
            raise NurseryEndedError from None


def start_process(environment: Mapping[str, str], inherited: Sequence[int]) -> "subprocess.Popen[bytes]":
    """Start the process that workers are forked from; it inherits two handles, the lifeline and where it is asked."""
    return subprocess.Popen(  # noqa: S603 - this very program
        [sys.executable, "-P", "-m", "corpus_audit.guard.forking", *map(str, inherited)],
        pass_fds=inherited,
        stdin=subprocess.DEVNULL,
        # Libraries print what they dislike in a file, and quote it.
        stdout=subprocess.DEVNULL,
        stderr=None if environment.get(DEBUG) else subprocess.DEVNULL,
        env=environment,
    )


def _search_path() -> list[str]:
    return [path for path in sys.path if path]
