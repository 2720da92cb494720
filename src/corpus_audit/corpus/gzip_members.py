"""Members of a gzip file, one after another: damaged ones are skipped, and reading continues at the next.

Crawl archives hold one member a record so that damage stays where it is. A reader of the file as one stream would lose
everything behind the damage, and, where it reads ahead, what stands before it.
"""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BufferedReader, BytesIO, RawIOBase
from typing import Any

from corpus_audit.corpus.compression import Budget

MAGIC = b"\x1f\x8b"
MAX_HELD_BYTES = 16 * 2**20
"""A member up to this size is held until its checksum is confirmed; a larger one is read as it comes."""

_MEMBER = b"\x1f\x8b\x08"
_RESERVED_FLAGS = 0xE0
_CHUNK = 1 << 16
_PIECE = 1 << 18
_SHOWN_BYTES = 64
_GZIP = 31

CUT = "a compressed member ends too early"
BROKEN = "a compressed member is damaged"


@dataclass
class GzipMember:
    """One member: what comes out of it, and the byte of the file that it begins at."""

    content: Any
    is_held: bool
    offset: int
    stream: "_MemberStream"

    def finish(self) -> str | None:
        """Read to the end of the member and return what is wrong with it, if anything."""
        return self.stream.finish()

    @property
    def is_cut(self) -> bool:
        """True if it ends too early."""
        return self.stream.damage == CUT


def gzip_members(packed: BufferedReader, budget: Budget, is_start: Callable[[bytes], bool]) -> Iterator[GzipMember]:
    """Yield the members of a gzip file, each to be read before the next is asked for.

    *is_start* tells, of the first bytes that come out, whether a place behind damage is the start of a member.
    Raises LimitExceededError when too much comes out.
    """
    source = _Packed(packed)
    while source.fill():
        if not source.waiting.strip(b"\0") and not source.find_non_zero():
            return
        member = _open(source, budget)
        yield member
        if member.finish():
            source.skip_to(lambda head: is_start(_first_bytes(head)))


def _open(source: "_Packed", budget: Budget) -> GzipMember:
    """Return the member that begins here, held if it is small enough."""
    offset = source.position
    source.mark()
    stream = _MemberStream(source, budget)
    held = stream.read_up_to(MAX_HELD_BYTES)
    if stream.is_done:
        return GzipMember(BytesIO(held), True, offset, stream)
    source.unmark()
    stream.put_back(held)
    return GzipMember(stream, False, offset, stream)


class _Packed:
    """The bytes of the file: those that wait to be unpacked, and those since the mark, to be searched once more."""

    def __init__(self, stream: BufferedReader) -> None:
        self._stream = stream
        self.waiting = b""
        self._kept: list[bytes] | None = None
        self._end = 0

    @property
    def position(self) -> int:
        """Return the byte of the file that waits first."""
        return self._end - len(self.waiting)

    def fill(self) -> bool:
        """Buffer at least one byte, unless the file is at its end."""
        if not self.waiting:
            self.waiting = self._read()
        return bool(self.waiting)

    def take(self) -> bytes:
        """Return the bytes that wait; b'' at the end of the file."""
        self.fill()
        taken, self.waiting = self.waiting, b""
        if self._kept is not None:
            self._kept.append(taken)
        return taken

    def give_back(self, unused: bytes) -> None:
        """Let bytes wait again that were taken and not needed."""
        self.waiting = unused + self.waiting
        if self._kept is not None and unused:
            self._kept[-1] = self._kept[-1][: -len(unused)]

    def mark(self) -> None:
        """Keep what is taken from here on."""
        self._kept = []

    def unmark(self) -> None:
        """Keep only the last bytes that were taken: the member is too long to be searched again."""
        self._kept = None

    def find_non_zero(self) -> bool:
        """Skip padding; is there anything behind it?"""
        while self.fill():
            self.waiting = self.waiting.lstrip(b"\0")
            if self.waiting:
                return True
        return False

    def skip_to(self, is_member: Callable[[bytes], bool]) -> None:
        """Go on to the next place behind the mark that begins a member, or to the end of the file."""
        self.waiting = b"".join(self._kept or ())[1:] + self.waiting
        self._kept = None
        while self.fill():
            at = self.waiting.find(_MEMBER)
            while at >= 0:
                if len(self.waiting) - at < _CHUNK:
                    self.waiting += self._read()
                if is_member(self.waiting[at : at + _CHUNK]):
                    self.waiting = self.waiting[at:]
                    return
                at = self.waiting.find(_MEMBER, at + 1)
            rest = self._read()
            self.waiting = self.waiting[1 - len(_MEMBER) :] + rest if rest else b""

    def _read(self) -> bytes:
        found = self._stream.read(_CHUNK)
        self._end += len(found)
        return found


class _MemberStream(RawIOBase):
    """What comes out of one member; it ends at damage, and says so in *damage*."""

    def __init__(self, source: _Packed, budget: Budget) -> None:
        self._source = source
        self._budget = budget
        self._unpacker = zlib.decompressobj(_GZIP)
        self._ready = b""
        self._at = 0
        self.damage: str | None = None
        self.is_done = False

    def readable(self) -> bool:
        """Always true."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer and return how much of it."""
        if not self._ready:
            self._ready = self._next_piece(len(buffer))
        found, self._ready = self._ready[: len(buffer)], self._ready[len(buffer) :]
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)

    def tell(self) -> int:
        """Return how many bytes were read."""
        return self._at

    def read_up_to(self, limit: int) -> bytes:
        """Return what comes out until the member ends, or more than *limit* bytes did."""
        pieces: list[bytes] = []
        size = 0
        while size <= limit and (piece := self._next_piece(_PIECE)):
            pieces.append(piece)
            size += len(piece)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def put_back(self, content: bytes) -> None:
        """Let bytes come out again."""
        self._ready = content + self._ready

    def finish(self) -> str | None:
        """Read to the end of the member and return what is wrong with it."""
        while self._next_piece(_PIECE):
            pass
        return self.damage

    def _next_piece(self, limit: int) -> bytes:
        while not self.is_done:
            packed = self._unpacker.unconsumed_tail or self._source.take()
            if not packed:
                return self._end(CUT)
            try:
                piece = self._unpacker.decompress(packed, limit)
            except zlib.error:
                return self._end(BROKEN)
            if self._unpacker.eof:
                self._source.give_back(self._unpacker.unused_data)
                self.is_done = True
            self._budget.spend(len(piece))
            if piece:
                return piece
        return b""

    def _end(self, damage: str) -> bytes:
        self.damage, self.is_done = damage, True
        return b""


def _first_bytes(packed: bytes) -> bytes:
    """Return the first bytes that come out of what may be a member, b'' when it is none."""
    if len(packed) < 4 or packed[3] & _RESERVED_FLAGS:
        return b""
    try:
        return zlib.decompressobj(_GZIP).decompress(packed, _SHOWN_BYTES)
    except zlib.error:
        return b""
