"""A stream that reads another one: what its kinds have in common."""

from collections.abc import Iterator
from io import RawIOBase
from typing import Any

_CHUNK = 1 << 20


class ReadingStream(RawIOBase):
    """A readable stream over another one; its kinds say in ``take`` what comes out."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def take(self, size: int) -> bytes:
        """Return up to *size* bytes; none at the end."""
        raise NotImplementedError

    def read(self, size: int | None = -1) -> bytes:
        """Return up to *size* bytes, or all to the end."""
        return b"".join(self._chunks()) if size is None or size < 0 else self.take(size)

    def readable(self) -> bool:
        """True: it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer and return how much of it."""
        found = self.read(len(buffer))
        buffer[: len(found)] = found
        return len(found)

    def close(self) -> None:
        """Close the stream under it."""
        if not self.closed:
            self._stream.close()
        super().close()

    def _chunks(self) -> Iterator[bytes]:
        while chunk := self.take(_CHUNK):
            yield chunk
