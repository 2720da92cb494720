"""Streams that are decompressed as they are read, by the file's suffix, and never without bound."""

import lzma
from collections.abc import Iterable
from io import RawIOBase
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

import pyarrow as pa

COMPRESSIONS = {".gz": "gzip", ".zst": "zstd", ".bz2": "bz2", ".xz": "xz"}
"""Compression by file suffix."""

_SHORT = {".tgz": ".tar.gz", ".tzst": ".tar.zst", ".tbz2": ".tar.bz2", ".txz": ".tar.xz"}

FREE_BYTES = 256 * 2**20
MAX_RATIO = 1000
"""A stream may become MAX_RATIO times as long as what it was packed into, and FREE_BYTES in any case."""

_XZ_MEMORY = 256 * 2**20
_CHUNK = 1 << 20


class LimitExceededError(OSError):
    """What is read becomes larger than any honest file of its kind; says which limit it was."""


def open_stream(path: Path, name: str | None = None) -> BinaryIO:
    """Return a stream of the file's decompressed bytes; *name* is what tells its compression, by default the path's."""
    codec = compression_of(path.name if name is None else name)
    if codec is None:
        return cast("BinaryIO", pa.OSFile(str(path)))
    packed = pa.OSFile(str(path))
    return decompress(packed, codec, packed.size())


def decompress(packed: Any, codec: str, size: int) -> BinaryIO:
    """Return a bounded stream of what *packed*, a stream of *size* bytes, holds."""
    stream: Any = _XzStream(packed) if codec == "xz" else pa.CompressedInputStream(packed, codec)
    return cast("BinaryIO", BoundedStream(stream, max(FREE_BYTES, MAX_RATIO * size)))


def compression_of(file: str) -> str | None:
    """Return how a file is compressed, by its suffix; None when it is not."""
    return COMPRESSIONS.get(PurePosixPath(_long(file)).suffix)


def suffix_without_compression(file: str) -> str:
    """Return the lower-case suffix that tells the format: '.jsonl' for 'a.jsonl.gz'."""
    name = PurePosixPath(_long(file))
    if name.suffix in COMPRESSIONS:
        name = name.with_suffix("")
    return name.suffix


def _long(file: str) -> str:
    """Return the last part of a path in lower case, with short suffixes written out."""
    name = PurePosixPath(file).name.lower()
    return next((name.removesuffix(short) + long for short, long in _SHORT.items() if name.endswith(short)), name)


class BoundedStream(RawIOBase):
    """A stream that raises LimitExceededError when more than *limit* bytes come out of it."""

    def __init__(self, stream: Any, limit: int) -> None:
        self._stream = stream
        self._left = limit

    def readable(self) -> bool:
        """Can it be read? Yes."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return up to *size* bytes."""
        if size is None or size < 0:
            return b"".join(self._chunks())
        found: bytes = self._stream.read(size)
        self._left -= len(found)
        if self._left < 0:
            message = "its content is more than a thousand times as long as the file"
            raise LimitExceededError(message)
        return found

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

    def _chunks(self) -> Iterable[bytes]:
        while chunk := self.read(_CHUNK):
            yield chunk


class _XzStream:
    """Decompresses xz, which Arrow cannot, with a bound on memory; one file may hold several streams."""

    def __init__(self, packed: Any) -> None:
        self._packed = packed
        self._decompressor = lzma.LZMADecompressor(memlimit=_XZ_MEMORY)

    def read(self, size: int) -> bytes:
        """Return up to *size* bytes; raises EOFError when the file ends too early."""
        while True:
            if self._decompressor.eof:
                rest = self._decompressor.unused_data or self._packed.read(_CHUNK)
                if not rest.strip(b"\0"):
                    return b""
                self._decompressor = lzma.LZMADecompressor(memlimit=_XZ_MEMORY)
            else:
                rest = self._packed.read(_CHUNK) if self._decompressor.needs_input else b""
                if not rest and self._decompressor.needs_input:
                    message = "the xz stream is truncated"
                    raise EOFError(message)
            found = self._decompressor.decompress(rest, size)
            if found:
                return found

    def close(self) -> None:
        """Close the packed file."""
        self._packed.close()
