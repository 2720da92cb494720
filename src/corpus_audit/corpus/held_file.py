"""A small file, read once: what its bytes are and what their digest is are told of the same bytes."""

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from corpus_audit.corpus.locations.base import StoredFile

MOST_HELD = 1 << 20
"""In bytes: most files are smaller, and opening one takes longer than reading it."""


@dataclass(frozen=True)
class HeldFile:
    """A file whose bytes are in memory: fewer than *size_bytes* where it became shorter before it was read."""

    name: str
    size_bytes: int
    content: bytes

    def stream(self, first: int, length: int) -> Any:
        """Return *length* bytes from *first* on."""
        return pa.BufferReader(memoryview(self.content)[first : first + length])

    def seekable(self) -> Any:
        """Return the bytes for readers that start at the end."""
        return pa.BufferReader(self.content)


def held(file: StoredFile) -> StoredFile:
    """Return a file with its bytes in memory if it is small, else the file itself; raises OSError."""
    if file.size_bytes > MOST_HELD:
        return file
    with file.stream(0, file.size_bytes) as stream:
        content: bytes = stream.read(file.size_bytes)
        while len(content) < file.size_bytes and (more := stream.read(file.size_bytes - len(content))):
            content += more
    return HeldFile(file.name, file.size_bytes, content)
