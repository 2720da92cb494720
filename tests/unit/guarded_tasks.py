"""Tasks for workers: in a module that a worker can import, however the tests are started."""

import ctypes
import os
import signal
import time
from pathlib import Path

from corpus_audit import guard
from corpus_audit.guard import page, progress

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


def spin_in_turns(files: int, seconds: float) -> int:
    for number in range(files):
        guard.begin_file(f"turn {number}", 0)
        end = time.process_time() + seconds
        while time.process_time() < end:
            pass
    return files


def wait() -> None:
    guard.begin_file("waiting", 0)
    time.sleep(600)


def begin_many(files: int) -> int:
    for number in range(files):
        guard.begin_file(str(number) * (number % 50), number)
    return files


def kill_at(places: list[str]) -> None:
    """End this process as if from outside, at the last of some files, or before the first where there is none."""
    for place in places:
        guard.begin_file(place, 0)
    os.kill(os.getpid(), signal.SIGKILL)


def kill_while_writing(places: list[str]) -> None:
    """End this process where the beginning of the next file is written, and does not count yet."""
    for place in places:
        guard.begin_file(place, 0)
    shared = progress._page
    assert shared is not None
    slot = page._slot_of(shared.number + 1)
    page._BEGINNING.pack_into(shared._memory, slot, shared.number + 1, 7, 0.0, 0.0, 4)
    os.kill(os.getpid(), signal.SIGKILL)


def spoil_page_and_kill() -> None:
    guard.begin_file("one", 0)
    shared = progress._page
    assert shared is not None
    shared._memory[:] = b"\xff" * len(shared._memory)
    os.kill(os.getpid(), signal.SIGKILL)


def hold(mib: int) -> int:
    guard.begin_file("large", 0)
    return len(bytearray(os.urandom(1 << 20)) * mib)


def look_at_texts(numbers: list[int], texts: list[tuple[str, frozenset[str]]]) -> list[list[str]]:
    """Recognise in each text what it says, and do what some of them say."""
    for number, (text, _) in zip(numbers, texts, strict=True):
        guard.begin_file(str(number), 0)
        if text == "crash":
            ctypes.string_at(0)
        while text == "spin":
            pass
    return [[text] for text, _ in texts]


def crash_at_no_text(_numbers: list[int], _texts: list[tuple[str, frozenset[str]]]) -> None:
    ctypes.string_at(0)


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
