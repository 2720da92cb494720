"""Streaming decompression, recognised by first bytes and always bounded."""

import lzma
import re
from io import SEEK_END, SEEK_SET, UnsupportedOperation
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

import pyarrow as pa

from corpus_audit.corpus.locations.base import StoredFile
from corpus_audit.corpus.streams import ReadingStream

COMPRESSIONS = {".gz": "gzip", ".zst": "zstd", ".bz2": "bz2", ".xz": "xz", ".lz4": "lz4"}
"""Compression by file suffix: what is left of a name without it tells the format."""

_SIGNATURES = {
    b"\x1f\x8b\x08": "gzip",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"\xfd7zXZ\0": "xz",
    b"\x04\x22\x4d\x18": "lz4",
    **{bytes((low, 0x2A, 0x4D, 0x18)): "zstd" for low in range(0x50, 0x60)},  # a frame that is skipped, as pzstd writes
    **{b"BZh%d" % level + mark: "bz2" for level in range(1, 10) for mark in (b"1AY&SY", b"\x17rE8P\x90")},
}
_STARTS = tuple(_SIGNATURES)
SIGNATURE_BYTES = max(map(len, _SIGNATURES))
"""How many of the first bytes are enough to tell a compression."""

_SHORT = {".tgz": ".tar.gz", ".tzst": ".tar.zst", ".tbz2": ".tar.bz2", ".txz": ".tar.xz"}
_SHORT_SUFFIXES = tuple(_SHORT)

FREE_BYTES = 256 * 2**20
MAX_RATIO = 1000
"""A stream may become MAX_RATIO times as long as what it was packed into, and FREE_BYTES in any case."""

_TOO_MUCH_MEMORY = re.compile("[Mm]emory usage limit|too much memory|[Mm]emory limit")
_XZ_MEMORY = 256 * 2**20
_CHUNK = 1 << 20


class LimitExceededError(OSError):
    """What is read becomes larger than any honest file of its kind; says which limit it was."""


class TooLargeError(LimitExceededError):
    """One content is too large to be held in memory as a whole; what comes after it can still be read."""


def recognise_compression(head: bytes) -> str | None:
    """Return how a content that begins with *head* is compressed; None when it is not."""
    if not head.startswith(_STARTS):
        return None
    return next(codec for start, codec in _SIGNATURES.items() if head.startswith(start))


def open_stream(file: StoredFile, codec: str | None, first: int = 0, end: int | None = None) -> BinaryIO:
    """Return a stream of a file's bytes from *first* to before *end*, decompressed by *codec* where there is one."""
    end = file.size_bytes if end is None else end
    packed = file.stream(first, end - first)
    return bounded(packed, Budget(end - first)) if codec is None else decompress(packed, codec, Budget.of(end - first))


def decompress(packed: Any, codec: str, budget: "Budget") -> BinaryIO:
    """Return a stream of what *packed* holds, as far as *budget* goes."""
    stream: Any = _XzStream(packed) if codec == "xz" else pa.CompressedInputStream(packed, codec)
    return bounded(_Unpacking(stream), budget)


def bounded(stream: Any, budget: "Budget") -> BinaryIO:
    """Return a stream that spends *budget* and raises LimitExceededError when it is used up."""
    return cast("BinaryIO", BoundedStream(stream, budget))


def named_compression(file: str) -> str | None:
    """Return the compression that a file's suffix denotes; None if it denotes none."""
    return COMPRESSIONS.get(_suffix(_long(file)))


def suffix_without_compression(file: str) -> str:
    """Return the lower-case suffix that denotes the format: '.jsonl' for 'a.jsonl.gz'."""
    name = _long(file)
    suffix = _suffix(name)
    return _suffix(name.removesuffix(suffix)) if suffix in COMPRESSIONS else suffix


def _long(file: str) -> str:
    """Return the last part of a path in lower case, with short suffixes written out."""
    name = file[file.rfind("/") + 1 :].lower()
    if name in ("", "."):
        name = PurePosixPath(file).name.lower()
    if not name.endswith(_SHORT_SUFFIXES):
        return name
    return next(name.removesuffix(short) + long for short, long in _SHORT.items() if name.endswith(short))


def _suffix(name: str) -> str:
    """Return what pathlib calls the suffix of a name, without making a path of it: this is asked of every file."""
    dot = name.rfind(".")
    return name[dot:] if 0 < dot < len(name) - 1 else ""


def most_unpacked(packed_size: int) -> int:
    """Return how many bytes a file of so many packed ones may become."""
    return max(FREE_BYTES, MAX_RATIO * packed_size)


class Budget:
    """How many bytes may still come out of a file, however many streams they come through."""

    def __init__(self, limit: int) -> None:
        self._left = limit

    @classmethod
    def of(cls, packed_size: int) -> "Budget":
        """Return what a file of so many bytes may become."""
        return cls(most_unpacked(packed_size))

    @property
    def left(self) -> int:
        """How many bytes may still come out."""
        return self._left

    def spend(self, count: int) -> None:
        """Take note of bytes that came out; raises LimitExceededError when they are too many."""
        self._left -= count
        if self._left < 0:
            message = "its content is more than a thousand times as long as the file"
            raise LimitExceededError(message)


class BoundedStream(ReadingStream):
    """A stream whose bytes are charged to a budget."""

    def __init__(self, stream: Any, budget: Budget) -> None:
        super().__init__(stream)
        self._budget = budget
        self._at = 0

    def take(self, size: int) -> bytes:
        """Return up to *size* bytes, and spend them."""
        found: bytes = self._stream.read(size)
        self._budget.spend(len(found))
        self._at += len(found)
        return found

    def tell(self) -> int:
        """Return how many bytes were read."""
        return self._at

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        """Read on to a later place; raises UnsupportedOperation for an earlier one."""
        left = offset - self._at if whence == SEEK_SET else offset
        if whence == SEEK_END or left < 0:
            raise UnsupportedOperation("seek")
        while left and (skipped := len(self.read(min(left, _CHUNK)))):
            left -= skipped
        return self._at


class _Unpacking:
    """A decompressing stream that distinguishes excessive memory demand from damage."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def read(self, size: int) -> bytes:
        try:
            found: bytes = self._stream.read(size)
        except (OSError, lzma.LZMAError) as error:
            if _TOO_MUCH_MEMORY.search(str(error)):
                message = "it needs more memory to be unpacked than is given to it"
                raise LimitExceededError(message) from None
            raise
        return found

    def close(self) -> None:
        self._stream.close()


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
