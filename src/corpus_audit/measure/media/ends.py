"""Where the containers of media end by their own account, and what stands behind.

Readers stop at the end of the picture: an archive behind it goes unseen. Containers that do not say where they end
(MP3, FLAC, TIFF) are only searched for a zip archive at the very end.
"""

import re
import struct
from collections.abc import Callable, Mapping

import pyarrow as pa

_PADDING = b"\0\t\n\r \xff"
_LONGEST_TEXT = 64 * 2**10

_ZIP_END = 22
_LONGEST_ZIP_END = _ZIP_END + 0xFFFF
_PNG_HEAD, _PNG_AROUND = 8, 12
_JPEG_SCAN, _JPEG_END = 0xDA, 0xD9
_JPEG_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
"""Markers without a segment."""

_NEXT_MARKER = re.compile(rb"\xff[^\0\xd0-\xd7\xff]")
_MORE_PICTURES = b"MPF\0"
"""What the index of a JPEG begins with behind whose end more views of the same picture stand (CIPA DC-007)."""

_GIF_IMAGE, _GIF_EXTENSION, _GIF_END = 0x2C, 0x21, 0x3B
_BOX_NAME = re.compile(rb"[A-Za-z0-9 \xa9_-]{4}")
_UNKNOWN_LENGTHS = (0, 0xFFFFFFFF)
_OGG_HEADER, _ADTS_HEADER, _BITMAP_HEADER = 27, 7, 14
_EBML, _SEGMENT = b"\x1a\x45\xdf\xa3", b"\x18\x53\x80\x67"
_TAG, _TAG_BYTES = b"TAG", 128
"""What ID3 of version 1 begins with, which players expect at the very end."""


def trailing_bytes(content: pa.Buffer, container: str) -> tuple[int, bytes] | None:
    """Return where what follows the end of a medium begins, and its first bytes; None where only padding does."""
    find_end = _ENDS.get(container, _appended_zip)
    view = memoryview(content).cast("B")
    try:
        end = find_end(view)
    except (IndexError, struct.error):
        return None  # it breaks off; its decoder says so
    if end is None or end >= len(view):
        return None
    behind = bytes(view[end : end + _LONGEST_TEXT + 1])
    is_padding = not behind.strip(_PADDING) and not bytes(view[end:]).strip(_PADDING)
    return None if is_padding else (end, behind)


def as_text(behind: bytes) -> str | None:
    """Return trailing bytes as the text that they are, None for what is none or too long."""
    found = behind.strip(_PADDING)
    if len(behind) > _LONGEST_TEXT or b"\0" in found:
        return None
    try:
        return found.decode()
    except UnicodeDecodeError:
        return None


def _appended_zip(view: memoryview) -> int | None:
    """Return where a zip archive begins that ends with the file, None without one."""
    start = max(0, len(view) - _LONGEST_ZIP_END)
    tail = bytes(view[start:])
    at = tail.rfind(b"PK\x05\x06")
    if at < 0:
        return None
    size, offset, comment = struct.unpack_from("<IIH", tail, at + 12)
    begin = int(start + at - size - offset)
    return begin if begin >= 0 and at + _ZIP_END + comment == len(tail) else None


def _png(view: memoryview) -> int | None:
    at = _PNG_HEAD
    while True:
        length, name = struct.unpack_from(">I4s", view, at)
        at += _PNG_AROUND + int(length)
        if name == b"IEND":
            return at


def _jpeg(view: memoryview) -> int | None:
    at, has_more = 2, False
    while True:
        found = _NEXT_MARKER.search(view, at)
        if found is None:
            return None
        marker, at = view[found.start() + 1], found.end()
        if marker == _JPEG_END:
            if has_more and bytes(view[at : at + 2]) == b"\xff\xd8":
                return len(view)
            return at
        if marker not in _JPEG_ALONE and marker != 0xD8:
            has_more = has_more or bytes(view[at + 2 : at + 6]) == _MORE_PICTURES
            at += struct.unpack_from(">H", view, at)[0]


def _gif(view: memoryview) -> int | None:
    at = 13 + _colours(view[10])
    while view[at] != _GIF_END:
        if view[at] == _GIF_IMAGE:
            at += 11 + _colours(view[at + 9])
        elif view[at] == _GIF_EXTENSION:
            at += 2
        else:
            return None
        while view[at]:
            at += 1 + view[at]
        at += 1
    return at + 1


def _colours(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _chunks(order: str) -> Callable[[memoryview], int | None]:
    def find(view: memoryview) -> int | None:
        at = 0
        first = bytes(view[:4])
        while bytes(view[at : at + 4]) == first:
            (length,) = struct.unpack_from(order, view, at + 4)
            if length in _UNKNOWN_LENGTHS:
                return None
            at += 8 + length + length % 2
        return at

    return find


def _boxes(view: memoryview) -> int | None:
    at = 0
    while at < len(view):
        length, name = struct.unpack_from(">I4s", view, at)
        if not _BOX_NAME.fullmatch(name):
            return at
        if length == 1:
            (length,) = struct.unpack_from(">Q", view, at + 8)
        if length < 8:
            return None if length == 0 else at
        at += length
    return at


def _ogg(view: memoryview) -> int | None:
    at = 0
    while bytes(view[at : at + 4]) == b"OggS":
        segments = view[at + _OGG_HEADER - 1]
        at += _OGG_HEADER + segments + sum(view[at + _OGG_HEADER : at + _OGG_HEADER + segments])
    return at


def _adts(view: memoryview) -> int | None:
    at = 0
    while at + _ADTS_HEADER <= len(view) and view[at] == 0xFF and view[at + 1] & 0xF6 == 0xF0:
        length = (view[at + 3] & 0x03) << 11 | view[at + 4] << 3 | view[at + 5] >> 5
        if length < _ADTS_HEADER:
            return None
        at += length
    has_tag = bytes(view[at : at + 3]) == _TAG and len(view) - at == _TAG_BYTES
    return at + _TAG_BYTES if has_tag else at


def _matroska(view: memoryview) -> int | None:
    at = 0
    while bytes(view[at : at + 4]) in (_EBML, _SEGMENT):
        width = 9 - view[at + 4].bit_length()  # the first byte says by its leading zeros how many there are
        number = int.from_bytes(view[at + 4 : at + 4 + width], "big")
        unknown = (1 << 7 * width) - 1
        length = number & unknown
        if width > 8 or length == unknown:
            return None
        at += 4 + width + length
    return at


def _bitmap(view: memoryview) -> int | None:
    (length,) = struct.unpack_from("<I", view, 2)
    return int(length) if length > _BITMAP_HEADER else None


_ENDS: Mapping[str, Callable[[memoryview], int | None]] = {
    "PNG": _png,
    "JPEG": _jpeg,
    "GIF": _gif,
    **dict.fromkeys(("WebP", "WAV", "AVI"), _chunks("<I")),
    "AIFF": _chunks(">I"),
    "Ogg": _ogg,
    "AAC": _adts,
    "Matroska": _matroska,
    "BMP": _bitmap,
    **dict.fromkeys(("MP4", "M4A", "HEIF", "AVIF", "JPEG 2000", "JPEG XL"), _boxes),
}
