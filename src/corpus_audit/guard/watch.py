"""What a worker uses, as the system counts it, set against its limits."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

from corpus_audit.guard.death import Cause
from corpus_audit.guard.limits import MIB, WALL_FACTOR, Limits

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Excess:
    """A limit that was exceeded, in words that are the same in every run."""

    cause: Cause
    detail: str


class Watch:
    """Sets the use of process *pid* against *limits*: memory at any time, time from the beginning of each file."""

    def __init__(self, pid: int, limits: Limits) -> None:
        self._process = Path("/proc") / str(pid)
        self._limits = limits
        self._seconds: float | None = None

    def begin_file(self, size_bytes: int) -> None:
        """Start the clocks for a file of that size."""
        self._seconds = self._limits.processor_seconds(size_bytes)
        self._began = self._processor_seconds(), time.monotonic()

    def excess(self) -> Excess | None:
        """Return the limit that is exceeded now, if any."""
        memory = self._limits.memory_mib
        if memory is not None and self._private_bytes() > memory * MIB:
            return Excess(Cause.MEMORY, f"reading it takes more than {memory:,} MiB of memory")
        if self._seconds is None:
            return None
        processor, wall = self._began
        if self._processor_seconds() - processor > self._seconds:
            detail = f"reading it takes more than {self._seconds:,.0f} seconds of processor time"
            return Excess(Cause.PROCESSOR_TIME, detail)
        if time.monotonic() - wall > self._seconds * WALL_FACTOR:
            return Excess(Cause.WALL_TIME, f"reading it takes more than {self._seconds * WALL_FACTOR:,.0f} seconds")
        return None

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
