"""What the footer of an Arrow file accounts for, read from its flatbuffer (Arrow columnar format, File.fbs)."""

import struct
from collections.abc import Iterator
from typing import Any

from corpus_audit.corpus.unread_bytes import Span

_MAGIC_BYTES = 6
_CONTINUES = b"\xff\xff\xff\xff"
_LONGEST_PADDING = 64
_BLOCKS = (2, 3)
"""The fields of a footer that list dictionaries and batches of records."""

_BLOCK = struct.Struct("<qi4xq")
_LENGTH = struct.Struct("<i")


def arrow_spans(file: Any) -> tuple[list[Span], int]:
    """Return the messages of an Arrow file that its footer knows, and where the footer begins.

    Raises struct.error for a footer that is none.
    """
    size = file.size()
    file.seek(size - _MAGIC_BYTES - _LENGTH.size)
    (length,) = _LENGTH.unpack(file.read(_LENGTH.size))
    start = size - _MAGIC_BYTES - _LENGTH.size - length
    file.seek(start)
    footer = file.read(length)
    return [(0, _end_of_schema(file)), *_blocks(footer)], start


def _end_of_schema(file: Any) -> int:
    file.seek(0)
    head = file.read(2 * _LONGEST_PADDING)
    at = next((at for at in range(8, _LONGEST_PADDING + 1, 8) if head.startswith(_CONTINUES, at)), None)
    at = 8 if at is None else at + len(_CONTINUES)  # before version 0.15 nothing stood before the length
    return int(at + _LENGTH.size + _LENGTH.unpack_from(head, at)[0])


def _blocks(footer: bytes) -> Iterator[Span]:
    root = _unsigned(footer, 0)
    for index in _BLOCKS:
        at = _field(footer, root, index)
        if at is None:
            continue
        vector = at + _unsigned(footer, at)
        for number in range(_unsigned(footer, vector)):
            offset, metadata, body = _BLOCK.unpack_from(footer, vector + 4 + number * _BLOCK.size)
            yield offset, offset + metadata + body


def _field(buffer: bytes, table: int, index: int) -> int | None:
    """Return where a field of a table stands, None where the table has none."""
    directory = table - _LENGTH.unpack_from(buffer, table)[0]
    (length,) = struct.unpack_from("<H", buffer, directory)
    slot = 4 + 2 * index
    offset = struct.unpack_from("<H", buffer, directory + slot)[0] if slot < length else 0
    return table + offset if offset else None


def _unsigned(buffer: bytes, at: int) -> int:
    return int(struct.unpack_from("<I", buffer, at)[0])
