"""Pictures: opened with a size limit, read for metadata, and decoded once for hash and faces."""

import struct
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from corpus_audit.measure.media.aigc import KEY, read_aigc
from corpus_audit.measure.media.exif import read_exif
from corpus_audit.measure.media.facts import OTHER, Label, MediaFacts, damaged, too_large
from corpus_audit.measure.media.metadata_texts import add_texts, picture_texts
from corpus_audit.measure.media.xmp import read_xmp
from corpus_audit.vocabulary import LabelCarrier, LabelKind, LabelMeaning, MediaState

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PIXELS = 150_000_000
"""The largest cameras take so many; more is a bomb, or a map that wants to be cut into tiles."""

_READERS: Mapping[str, str] = {
    "JPEG": "JPEG",
    "PNG": "PNG",
    "WebP": "WEBP",
    "GIF": "GIF",
    "TIFF": "TIFF",
    "BMP": "BMP",
    "AVIF": "AVIF",
    "JPEG 2000": "JPEG2000",
}
"""Pillow's readers by container: no other of its many is ever given a file."""

_LOOKED_AT = (256, 256)
"""JPEG is decoded no larger than needed for this many pixels each way."""
_GENERATORS = frozenset(
    (
        "parameters",
        "prompt",
        "workflow",
        "sd-metadata",
        "invokeai_metadata",
        "invokeai_graph",
        "Dream",
        "generation_data",
    )
)
"""Text chunks in which image generators keep what they were asked for."""
_COPYRIGHT_RECORD = (2, 116)
_UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError, IndexError, OverflowError, struct.error)
"""What Pillow's readers raise for damaged files."""


def read_picture(content: pa.Buffer, facts: MediaFacts) -> "Image | None":
    """Record a picture's metadata, and return it decoded in shades of grey; None if it cannot be decoded.

    Raises MediaError for a picture that is damaged or too large.
    """
    from PIL import Image

    if facts.container not in _READERS:
        facts.state = MediaState.NOT_DECODED
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(pa.BufferReader(content), formats=(_READERS[facts.container],))
    except Image.DecompressionBombError as error:
        raise too_large(_SIZE) from error
    except _UNREADABLE as error:
        message = f"it begins like a {facts.container} picture and is none"
        raise damaged(message) from error
    facts.width, facts.height = image.size
    if image.width * image.height > MAX_PIXELS:
        raise too_large(_SIZE)
    try:
        return _decode(image)
    except _UNREADABLE as error:
        message = "its picture breaks off or is damaged"
        raise damaged(message, "pixels") from error
    finally:
        _read_metadata(image, facts)


_SIZE = f"it unpacks to more than {MAX_PIXELS:,} pixels"


def _decode(image: Any) -> "Image":
    from PIL import ImageOps

    image.draft("L", _LOOKED_AT)
    image.load()
    grey = image if image.mode == "L" else image.convert("L")
    return ImageOps.exif_transpose(grey) if image.info.get("exif") else grey


def _read_metadata(image: Any, facts: MediaFacts) -> None:
    try:
        facts.add_labels(_labels(image))
        statements, personal = read_exif(image)
        facts.add_labels(statements)
        facts.personal += personal
        add_texts(facts, picture_texts(image))
    except _UNREADABLE as error:
        message = "its metadata are damaged"
        facts.problems.append(damaged(message, "metadata").problem)
        del error


def _labels(image: Any) -> Iterator[Label]:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp")
    if packet:
        yield from read_xmp(packet.encode() if isinstance(packet, str) else packet)
    for name in sorted(name for name in image.info if isinstance(name, str)):
        if name in _GENERATORS:
            yield Label(LabelCarrier.PNG_TEXT, LabelKind.GENERATOR, name, LabelMeaning.GENERATED)
        elif name == KEY:
            yield read_aigc(LabelCarrier.PNG_TEXT, str(image.info[name]))
    yield from _iptc(image)


def _iptc(image: Any) -> Sequence[Label]:
    from PIL.IptcImagePlugin import getiptcinfo

    records = getiptcinfo(image) if image.format == "JPEG" and "photoshop" in image.info else None
    if records and records.get(_COPYRIGHT_RECORD):
        return [Label(LabelCarrier.IPTC, LabelKind.COPYRIGHT, OTHER, LabelMeaning.STATED)]
    return []
