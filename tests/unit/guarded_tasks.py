"""Tasks for workers: in a module that a worker can import, however the tests are started."""

import ctypes
import os
import signal
from pathlib import Path

from corpus_audit import guard

_loaded_by: list[int] = []


def load() -> None:
    _loaded_by.append(os.getpid())


def loaded_by() -> tuple[int, list[int]]:
    return os.getpid(), _loaded_by


def parent() -> int:
    return os.getppid()


def own_pid() -> int:
    return os.getpid()


def environment() -> dict[str, str]:
    return dict(os.environ)


def spin() -> None:
    guard.begin_file("spinning", 0)
    while True:
        pass


def hold(mib: int) -> int:
    guard.begin_file("large", 0)
    return len(bytearray(os.urandom(1 << 20)) * mib)


def crash() -> None:
    guard.begin_file("crashing", 0)
    ctypes.string_at(0)


def kill() -> None:
    guard.begin_file("killed", 0)
    os.kill(os.getpid(), signal.SIGKILL)


def kill_first(times: int, note: str) -> int:
    """End this process as if from outside, so many times in all; then return how often it was begun."""
    begun = Path(note)
    with begun.open("a") as file:
        file.write(".")
    count = begun.stat().st_size
    if count <= times:
        kill()
    return count


def fail(error: Exception) -> None:
    raise error


def count(most: int) -> int:
    for _ in range(most):
        guard.advance(3)
    return most


def hand_over(pieces: list[bytes]) -> None:
    for piece in pieces:
        guard.hand_over(piece)


def hand_over_and_crash() -> None:
    guard.hand_over(b"a piece")
    crash()
