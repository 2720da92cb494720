"""Bytes that are not UTF-8, carried through a parser that takes nothing else, so that each costs its own row only.

Between the two a bad byte is one of the last private-use characters, 0xBE is U+10FFBE; a file in which there are both
bad bytes and those characters is the only one read otherwise than it is.
"""

import codecs
import re
from typing import Any

import pyarrow as pa

_PLANE = 0x10FF00
_ESCAPE = re.compile(rb"\xf4\x8f([\xbe\xbf])([\x80-\xbf])")
_ERRORS = "corpus_audit.escape"


def _escape(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(_PLANE + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error(_ERRORS, _escape)


class EscapingStream:
    """The bytes of a stream as valid UTF-8."""

    closed = False

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8")(_ERRORS)
        self._waiting = b""
        self._growth = 0

    @property
    def has_escapes(self) -> bool:
        """Was any byte escaped so far? Each made the stream longer."""
        return self._growth + len(self._decoder.getstate()[0]) > 0

    def read(self, size: int) -> bytes:
        """Return up to *size* bytes; none at the end."""
        while not self._waiting:
            chunk = self._stream.read(size)
            self._waiting = self._decoder.decode(chunk, not chunk).encode()
            self._growth += len(self._waiting) - len(chunk)
            if not chunk:
                break
        found, self._waiting = self._waiting[:size], self._waiting[size:]
        return found

    def close(self) -> None:
        """Close the stream under it."""
        self.closed = True
        self._stream.close()


def restore_bytes(column: pa.Array) -> pa.Array:
    """Return a column of large binary values with the bytes that were escaped."""
    values = [None if value is None else _ESCAPE.sub(_byte, value) for value in column.to_pylist()]
    return pa.array(values, column.type)


def _byte(found: "re.Match[bytes]") -> bytes:
    return bytes([(found[1][0] & 3) << 6 | found[2][0] & 0x3F])
