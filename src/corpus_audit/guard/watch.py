"""What a worker uses, as the system counts it, set against its limits."""

import os
import time
from math import inf
from pathlib import Path

from corpus_audit.guard.death import Cause, Death
from corpus_audit.guard.limits import MIB, WALL_FACTOR, Limits
from corpus_audit.guard.page import Beginning, WorkerPage

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


class Watch:
    """Sets the use of process *pid* against *limits*: memory at any time, time from the beginning of each file.

    What is on its *page* when the watch begins belongs to an earlier task.
    """

    def __init__(self, pid: int, limits: Limits, page: WorkerPage) -> None:
        self._process = Path("/proc") / str(pid)
        self._limits = limits
        self._page = page
        self._earlier = page.number
        self._seen = self._earlier
        self._resumed = -inf
        self._began = 0.0

    @property
    def place(self) -> str | None:
        """The file at which the process is; None before the first of the task."""
        file = self._file()
        return None if file is None else file.place

    def resume(self) -> None:
        """Take note that what the process handed over was dealt with: until then, it may have waited."""
        self._resumed = time.monotonic()

    def excess(self) -> Death | None:
        """Return the end of the process where a limit is exceeded now, in words that are the same in every run."""
        file, memory = self._file(), self._limits.memory_mib
        place = None if file is None else file.place
        if memory is not None and self._private_bytes() > memory * MIB:
            return Death(Cause.MEMORY, f"reading it takes more than {memory:,} MiB of memory", place)
        seconds = None if file is None else self._limits.processor_seconds(file.size_bytes)
        if file is None or seconds is None:
            return None
        if self._processor_seconds() - file.processor_seconds > seconds:
            return Death(
                Cause.PROCESSOR_TIME, f"reading it takes more than {seconds:,.0f} seconds of processor time", place
            )
        if time.monotonic() - self._wall_began(file) > seconds * WALL_FACTOR:
            return Death(Cause.WALL_TIME, f"reading it takes more than {seconds * WALL_FACTOR:,.0f} seconds", place)
        return None

    def _file(self) -> Beginning | None:
        file = self._page.last()
        return None if file is None or file.number == self._earlier else file

    def _wall_began(self, file: Beginning) -> float:
        """Return when a file began: not before the caller, for whom the process may have waited, was back."""
        if file.number != self._seen:
            self._seen, self._began = file.number, max(file.monotonic_seconds, self._resumed)
        return self._began

    def _processor_seconds(self) -> float:
        try:
            # The name, in parentheses, may hold blanks; utime, stime, cutime, cstime are fields 14 to 17.
            counted = (self._process / "stat").read_text().rpartition(")")[2].split()[11:15]
        except OSError:
            return 0.0
        return sum(map(int, counted)) / _TICKS

    def _private_bytes(self) -> int:
        try:
            _, resident, shared, *_ = (self._process / "statm").read_text().split()
        except OSError:
            return 0
        return (int(resident) - int(shared)) * _PAGE
