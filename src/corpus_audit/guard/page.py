"""What a worker says of the file that it reads: a page of memory that its parent sees too.

A message for each file would wake the parent, which most of the time has nothing to do with it. The page holds the
last two beginnings in turns, and the number of the later one: a worker that ends while it writes leaves the one before.
"""

import mmap
import os
import struct
import time
from dataclasses import dataclass
from threading import Lock

_NUMBER = struct.Struct("@Q")
"""That of the beginning that counts, and at the start of each, that of its own."""

_BEGINNING = struct.Struct("@QqddQ")
_SLOT_BYTES = 1 << 15
_FIRST_SLOT = 64
_SIZE = _FIRST_SLOT + 2 * _SLOT_BYTES
"""Only what is written takes memory."""

_MOST_OF_PLACE = _SLOT_BYTES - _BEGINNING.size

_TRIES = 100
"""A reader that is overtaken twice by the worker reads again; it is a hundred times only where the page is damaged."""


@dataclass(frozen=True)
class Beginning:
    """The beginning of a file: its place and size, and the clocks of the worker and of the system at that moment."""

    number: int
    place: str
    size_bytes: int
    processor_seconds: float
    monotonic_seconds: float


class WorkerPage:
    """The memory that a worker and its parent share; the worker writes, and the parent reads at any time."""

    def __init__(self, handle: int) -> None:
        """Map what a handle of ``new_page`` stands for; the handle may be closed afterwards."""
        self._memory = mmap.mmap(handle, _SIZE)
        self._lock = Lock()

    @property
    def number(self) -> int:
        """The number of the last beginning, from 1; 0 if there is none."""
        number: int = _NUMBER.unpack_from(self._memory)[0]
        return number

    def begin_file(self, place: str, size_bytes: int) -> None:
        """Write that a file begins; of a place that is longer than the page, its start."""
        with self._lock:  # files at addresses are read side by side
            number = self.number + 1
            name = place.encode(errors="surrogatepass")[:_MOST_OF_PLACE]
            slot = _slot_of(number)
            used = sum(os.times()[:4])
            _BEGINNING.pack_into(self._memory, slot, number, size_bytes, used, time.monotonic(), len(name))
            first = slot + _BEGINNING.size
            self._memory[first : first + len(name)] = name
            _NUMBER.pack_into(self._memory, 0, number)

    def last(self) -> Beginning | None:
        """Return the last beginning; None if there is none, or none that is whole."""
        for _ in range(_TRIES):
            if (number := self.number) == 0:
                return None
            slot = _slot_of(number)
            own, size_bytes, processor, monotonic, length = _BEGINNING.unpack_from(self._memory, slot)
            first = slot + _BEGINNING.size
            name = self._memory[first : first + length]
            if own == number == self.number and length <= _MOST_OF_PLACE:
                return Beginning(number, _text(name), size_bytes, processor, monotonic)
        return None

    def close(self) -> None:
        """Give the memory back."""
        self._memory.close()


def new_page() -> int:
    """Return a handle of a page without a beginning, to be mapped here and in the worker that inherits it."""
    handle = os.memfd_create("corpus-audit")
    os.ftruncate(handle, _SIZE)
    return handle


def _text(name: bytes) -> str:
    try:
        return name.decode(errors="surrogatepass")
    except UnicodeDecodeError:  # it was cut within a character
        return name.decode(errors="ignore")


def _slot_of(number: int) -> int:
    return _FIRST_SLOT + number % 2 * _SLOT_BYTES
