"""What a worker may use for one file."""

from dataclasses import dataclass

MIB = 2**20

WALL_FACTOR = 10
"""A file may take so many times its processor time by the clock: disks and networks are waited for."""


@dataclass(frozen=True)
class Limits:
    """Memory of the worker in MiB, and processor seconds for one file and, in addition, for each of its MiB."""

    memory_mib: int | None = None
    file_seconds: int | None = None
    mib_seconds: float = 0.0

    def processor_seconds(self, size_bytes: int) -> float | None:
        """Return how long a file of that size may keep the processor busy; None for any time."""
        return None if self.file_seconds is None else self.file_seconds + self.mib_seconds * size_bytes / MIB
