"""Pictures on the pages of a PDF as files of their own: JPEG as it lies in the document, all others as PNG.

Runs in the process that parses PDF documents, see ``pdf_process``. A picture that several pages show is one; masks and
what a page draws over a picture are no part of it.
"""

import hashlib
import struct
import zlib
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from corpus_audit.corpus.signatures import SNIFFED_BYTES, recognise_media

MAX_PICTURES = 1_000
MAX_BYTES = 128 << 20
"""How many different pictures of one document are looked at, and how many bytes they may have together."""

MAX_PIXELS = 40_000_000
"""How many one picture may have that is not a file in itself."""

_FILES = (["DCTDecode"], ["JPXDecode"])
"""Filters whose encoded data are a file: JPEG and JPEG 2000. Those of fax and JBIG2 do not tell of damage."""

_BITS, _CHANNELS = (1, 2, 4, 8, 16), range(1, 9)
_LINE_END = 2

_PNG_COLOURS = {1: 0, 3: 2, 4: 6}
"""PNG's colour type by the number of channels."""


@dataclass(frozen=True)
class PagePicture:
    """A picture by the page that first shows it and its number there, both from 1."""

    page: int
    number: int
    content: bytes

    @property
    def place(self) -> str:
        """Where it is in the document."""
        return f"page {self.page}, picture {self.number}"


@dataclass
class PagePictures:
    """The different pictures of a document, and how many more it shows that were not extracted."""

    found: list[PagePicture] = field(default_factory=list)
    failed: int = 0
    _seen: set[bytes] = field(default_factory=set)
    _size: int = 0

    def add_page(self, page: Any, page_number: int) -> None:
        """Take in the pictures that a page shows."""
        import pypdfium2.raw as pdfium

        for number, shown in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]), start=1):
            content = _file_of(shown)
            digest = hashlib.sha256(content or b"").digest()
            if digest in self._seen:
                continue
            if content is None or len(self.found) == MAX_PICTURES or self._size + len(content) > MAX_BYTES:
                self.failed += 1
                continue
            self._seen.add(digest)
            self._size += len(content)
            self.found.append(PagePicture(page_number, number, content))


def find_pictures(document: Any) -> PagePictures:
    """Return the pictures on the pages of an open document."""
    pictures = PagePictures()
    for number, page in enumerate(document, start=1):
        pictures.add_page(page, number)
        page.close()
    return pictures


def _file_of(shown: Any) -> bytes | None:
    """Return a picture as a file, None if it cannot be decoded, may be damaged, or is too large."""
    import pypdfium2

    try:
        content = _read(shown)
    except (pypdfium2.PdfiumError, MemoryError, ValueError):
        return None
    return content if content and recognise_media(content[:SNIFFED_BYTES]) is not None else None


def _read(shown: Any) -> bytes | None:
    filters = shown.get_filters(skip_simple=True)
    data = shown.get_data(decode_simple=True)
    if filters:
        return bytes(data) if filters in _FILES else None
    width, height = shown.get_px_size()
    if width * height > MAX_PIXELS or not _is_whole(len(data), width, height):
        return None
    with closing(shown.get_bitmap()) as bitmap:
        return png_of(bitmap.to_numpy())


def _is_whole(size: int, width: int, height: int) -> bool:
    """True if so many bytes are those of all pixels, in any number of bits and channels: PDFium fills in what lacks."""
    sizes = {-(-width * bits * channels // 8) * height for bits in _BITS for channels in _CHANNELS}
    return any(whole <= size <= whole + _LINE_END for whole in sizes)


def png_of(pixels: Any) -> bytes:
    """Return a PNG of pixels as PDFium has them: uint8, height × width × channels (grey; blue, green, red, alpha)."""
    import numpy as np

    height, width, *channels = pixels.shape
    count = channels[0] if channels else 1
    if count > 1:
        pixels = pixels[:, :, [2, 1, 0, 3][:count]]
    lines = np.zeros((height, 1 + width * count), np.uint8)  # each begins with the number of its filter: none
    lines[:, 1:] = pixels.reshape(height, -1)
    header = struct.pack(">IIBBBBB", width, height, 8, _PNG_COLOURS[count], 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines.tobytes(), 1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
