"""The input of a reader: a file, or a member of an archive that can be read only once."""

from dataclasses import dataclass
from io import BufferedReader, BytesIO, RawIOBase
from typing import Any, BinaryIO, Protocol, cast

import pyarrow as pa

from corpus_audit.corpus.compression import (
    Budget,
    TooLargeError,
    bounded,
    decompress,
    most_unpacked,
    open_stream,
)
from corpus_audit.corpus.locations.base import StoredFile

MAX_HELD_BYTES = 256 * 2**20
"""The largest content that is held in memory as a whole, where a format cannot be read piece by piece."""

_STEP = 4 * 2**20


class EncryptedError(OSError):
    """A file, or a part of it, is encrypted; says which."""


class TrailingDataError(OSError):
    """Bytes that nothing in a file accounts for, such as a second archive behind the first; *at* is the first."""

    def __init__(self, at: int) -> None:
        super().__init__("bytes that its format does not account for were not read")
        self.place = f"byte {at}"


class Input(Protocol):
    """Bytes to read, and a name that shows their format."""

    @property
    def name(self) -> str:
        """The path of the file, or of the member within its archive."""

    @property
    def budget(self) -> Budget:
        """How many bytes may come out of it."""

    @property
    def most_bytes(self) -> int:
        """How many decompressed bytes there can be at most."""

    def stream(self, first: int | None = None, end: int | None = None) -> BinaryIO:
        """Return the decompressed bytes, or those of a part of a plain file; a member's can be had once, as a whole."""

    def packed(self) -> BufferedReader:
        """Return the bytes as they are, to be read in order; a look at a member's with *peek* takes none of them."""

    def seekable(self) -> Any:
        """Return the decompressed bytes, for readers that start at the end."""


@dataclass(frozen=True)
class FileInput:
    """A file, wherever it lies. Only the *size_bytes* that were checked are read, however long it has become since."""

    file: StoredFile
    size_bytes: int
    compression: str | None = None

    @property
    def name(self) -> str:
        """What the manifest calls it."""
        return self.file.name

    @property
    def budget(self) -> Budget:
        """What a file of its size may become."""
        return Budget.of(self.size_bytes)

    @property
    def most_bytes(self) -> int:
        """Its size, or what that may become when it is unpacked."""
        return self.size_bytes if self.compression is None else most_unpacked(self.size_bytes)

    def stream(self, first: int | None = None, end: int | None = None) -> BinaryIO:
        """Return the decompressed bytes, or those of a part of a plain file."""
        return open_stream(self.file, self.compression, first or 0, self.size_bytes if end is None else end)

    def packed(self) -> BufferedReader:
        """Return the file's bytes as they are, to be read in order."""
        return BufferedReader(cast("Any", bounded(self.file.stream(0, self.size_bytes), Budget(self.size_bytes))))

    def seekable(self) -> Any:
        """Return the bytes for reading at any place; what is packed is held in memory, see read_whole."""
        return self.file.seekable() if self.compression is None else pa.BufferReader(read_whole(self.stream()))


@dataclass(frozen=True)
class MemberInput:
    """A member of an archive, with *content* readable once; decompressed bytes are charged to *budget*."""

    content: BinaryIO
    name: str
    budget: Budget
    compression: str | None = None

    @property
    def most_bytes(self) -> int:
        """What is left of the budget."""
        return self.budget.left

    def stream(self, first: int | None = None, end: int | None = None) -> BinaryIO:  # noqa: ARG002 - never in parts
        """Return the decompressed bytes; they can be had once."""
        if self.compression is None:
            return self.content
        return decompress(pa.PythonFile(self.content, mode="r"), self.compression, self.budget)

    def packed(self) -> BufferedReader:
        """Return the content itself, which archives hand over buffered."""
        return cast("BufferedReader", self.content)

    def seekable(self) -> Any:
        """Return the content, held in memory; raises TooLargeError when that is too much."""
        return pa.BufferReader(read_whole(self.content))


def look_ahead(stream: BinaryIO, size: int) -> tuple[bytes, BufferedReader]:
    """Return the first *size* bytes of a stream, fewer only where it ends, and all of it to be read once more."""
    head = bytearray()
    while len(head) < size and (part := stream.read(size - len(head))):
        head += part
    return bytes(head), BufferedReader(_Behind(bytes(head), stream), size)


def split_lines(stream: BinaryIO, lines: int) -> tuple[bytes, BinaryIO]:
    """Return the first *lines* of a stream, and what comes behind them."""
    if not lines:
        return b"", stream
    rest = BufferedReader(_Behind(b"", stream))
    return b"".join(rest.readline() for _ in range(lines)), rest


class _Behind(RawIOBase):
    """A stream whose first bytes were read already."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head = memoryview(head)
        self._stream = stream

    def readable(self) -> bool:
        """True: it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer and return how much of it."""
        found = self._head[: len(buffer)] or self._stream.read(len(buffer))
        self._head = self._head[len(found) :]
        buffer[: len(found)] = found
        return len(found)


def read_whole(stream: BinaryIO, limit: int = MAX_HELD_BYTES) -> bytes:
    """Return a stream's bytes to its end; raises TooLargeError when they are more than *limit*."""
    held = BytesIO()
    size = 0
    # A step at a time: streams set aside as much as is asked for, though a member of an archive is mostly small.
    while size <= limit and (part := stream.read(min(_STEP, limit + 1 - size))):
        size += held.write(part)
    if size > limit:
        message = f"it is larger than {limit // 2**20} MiB, and its format is not read piece by piece"
        raise TooLargeError(message)
    return held.getvalue()
