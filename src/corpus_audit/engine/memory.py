"""Memory that nothing uses any more, for the system to have back: allocators keep it, as it may be wanted again."""

import ctypes
from contextlib import suppress

import pyarrow as pa


def give_back() -> None:
    """Return unused memory to the system; of use where far less is needed than before, for a long time."""
    pa.default_memory_pool().release_unused()
    with suppress(OSError, AttributeError):  # only glibc has it, and only glibc needs it
        ctypes.CDLL(None).malloc_trim(0)
