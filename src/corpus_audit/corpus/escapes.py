"""Bytes that are not UTF-8, passed through a UTF-8 parser so that each spoils only its own row.

Between the two a bad byte is one of the last private-use characters, 0xBE is U+10FFBE; a file in which there are both
bad bytes and those characters is the only one read otherwise than it is.
"""

import codecs
import re
import struct
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
    """The bytes of a stream as valid UTF-8; ``has_escapes`` is true once any byte was escaped."""

    closed = False

    def __init__(self, stream: Any) -> None:
        self.has_escapes = False
        self._stream = stream
        self._begun = b""
        self._waiting = b""

    def read(self, size: int) -> bytes:
        """Return up to *size* bytes; none at the end."""
        while not self._waiting:
            chunk = self._stream.read(size)
            self._waiting = self._as_utf8(self._begun + chunk, is_last=not chunk)
            if not chunk:
                break
        found, self._waiting = self._waiting[:size], self._waiting[size:]
        return found

    def close(self) -> None:
        """Close the stream under it."""
        self.closed = True
        self._stream.close()

    def _as_utf8(self, content: bytes, is_last: bool) -> bytes:
        end = len(content) if is_last else _end_of_characters(content)
        whole, self._begun = content[:end], content[end:]
        if _is_utf8(whole):
            return whole
        self.has_escapes = True
        return whole.decode(errors=_ERRORS).encode()


def _end_of_characters(content: bytes) -> int:
    """Return where a character begins that may go on behind *content*; its end when none does."""
    for back in range(1, min(4, len(content) + 1)):
        byte = content[-back]
        if byte & 0xC0 != 0x80:
            length = 4 if byte >= 0xF0 else 3 if byte >= 0xE0 else 2 if byte >= 0xC0 else 1
            return len(content) - back if length > back else len(content)
    return len(content)


def _is_utf8(content: bytes) -> bool:
    # Arrow looks at it several times as fast as Python decodes it.
    offsets = pa.py_buffer(struct.pack("=2q", 0, len(content)))
    try:
        pa.Array.from_buffers(pa.large_string(), 1, [None, offsets, pa.py_buffer(content)]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def restore_bytes(column: pa.Array) -> pa.Array:
    """Return a column of large binary values with the bytes that were escaped."""
    values = [None if value is None else _ESCAPE.sub(_byte, value) for value in column.to_pylist()]
    return pa.array(values, column.type)


def _byte(found: "re.Match[bytes]") -> bytes:
    return bytes([(found[1][0] & 3) << 6 | found[2][0] & 0x3F])
