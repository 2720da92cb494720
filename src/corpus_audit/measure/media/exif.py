"""EXIF: place and camera of a picture, the owner's notice, and traces of generators."""

from collections.abc import Iterator
from typing import Any

from corpus_audit.measure.media.aigc import KEY, read_aigc
from corpus_audit.measure.media.facts import OTHER, Label, Personal
from corpus_audit.vocabulary import LabelCarrier, LabelKind, LabelMeaning

PLACE, PERSON = "GPS_COORDINATES", "PERSON"
"""Entity types of what EXIF holds about people."""

_ARTIST, _COPYRIGHT = 0x013B, 0x8298
_EXIF_BLOCK, _USER_COMMENT, _CAMERA_OWNER = 0x8769, 0x9286, 0xA430
_GPS_BLOCK, _LATITUDE, _LONGITUDE = 0x8825, 2, 4
_SETTINGS = ("Steps: ", "Sampler: ")
"""Both stand in the comment that image generators write into JPEG files."""


def read_exif(image: Any) -> tuple[list[Label], list[Personal]]:
    """Return the statements in a picture's EXIF, and the personal information in it."""
    if image.format != "TIFF" and not image.info.get("exif"):
        return [], []
    exif = image.getexif()
    block = exif.get_ifd(_EXIF_BLOCK)
    return list(_labels(exif, block)), list(_personal(exif, block))


def _labels(exif: Any, block: Any) -> Iterator[Label]:
    if _text(exif.get(_COPYRIGHT)):
        yield Label(LabelCarrier.EXIF, LabelKind.COPYRIGHT, OTHER, LabelMeaning.STATED)
    comment = _text(block.get(_USER_COMMENT))
    if all(word in comment for word in _SETTINGS):
        yield Label(LabelCarrier.EXIF, LabelKind.GENERATOR, "UserComment", LabelMeaning.GENERATED)
    elif comment.startswith("{") and f'"{KEY}"' in comment:
        yield read_aigc(LabelCarrier.EXIF, comment)


def _personal(exif: Any, block: Any) -> Iterator[Personal]:
    for name in sorted({_text(block.get(_CAMERA_OWNER)), _text(exif.get(_ARTIST))} - {""}):
        yield Personal(PERSON, name)
    gps = exif.get_ifd(_GPS_BLOCK)
    if gps.get(_LATITUDE) and gps.get(_LONGITUDE):
        yield Personal(PLACE, f"{gps[_LATITUDE]} {gps[_LONGITUDE]}")


def _text(value: Any) -> str:
    """Return a value's text without padding; a user comment begins with eight bytes that name its encoding."""
    if isinstance(value, bytes):
        encoding = "utf-16-be" if value.startswith(b"UNICODE\0") else "utf-8"
        body = value[8:] if value[:8] in (b"ASCII\0\0\0", b"UNICODE\0", b"\0" * 8) else value
        value = body.decode(encoding, errors="replace")
    return value.strip("\0 ").strip() if isinstance(value, str) else ""
