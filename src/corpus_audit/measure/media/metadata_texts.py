"""Texts in the metadata of media: descriptions, captions, comments and tags, to be scanned like columns."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from corpus_audit.measure.media.facts import MediaFacts, too_large

FIELD = "(texts in metadata)"
"""What stands for the column in spans."""

MAX_CHARACTERS = 1 << 20
"""How much text the metadata of one medium may hold."""

_EXIF_BLOCKS = (0x8769, 0x8825)
_EXIF_PREFIXES = (b"ASCII\0\0\0", b"UNICODE\0", b"\0" * 8)
_XP_TAGS = range(0x9C9B, 0x9CA0)
"""Title, comment, author, keywords and subject as Windows writes them, in UTF-16."""

_PACKETS = ("xmp", "XML:com.adobe.xmp")
_BINARY = frozenset({"exif", "icc_profile", "photoshop", "Raw profile type exif", *_PACKETS})
_HISTORY = re.compile(r"xap/1\.0/(mm|sType)/|22-rdf-syntax-ns#")
"""Namespaces of XMP that hold identifiers of versions, or markup."""

_TEXT = re.compile(r"\w{2}")


def picture_texts(image: Any) -> Iterator[str]:
    """Yield the texts in the metadata of an opened picture; raises what Pillow raises for damaged ones."""
    for name, value in image.info.items():
        if name not in _BINARY and isinstance(value, str | bytes):
            yield _decoded(value)
    if image.format == "TIFF" or image.info.get("exif"):
        exif = image.getexif()
        for block in (exif, *map(exif.get_ifd, _EXIF_BLOCKS)):
            yield from (_exif_text(tag, value) for tag, value in block.items())
    from PIL.IptcImagePlugin import getiptcinfo

    records = getiptcinfo(image) if image.format == "TIFF" or "photoshop" in image.info else None
    for value in (records or {}).values():
        yield from map(_decoded, value if isinstance(value, list) else [value])


def packet_texts(packet: bytes) -> Iterator[str]:
    """Yield the texts of an XMP packet; one that is not well-formed is yielded as it stands."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(packet)
    except (ParseError, DefusedXmlException, ValueError):
        yield packet.decode(errors="replace")
        return
    for element in root.iter():
        if not _HISTORY.search(str(element.tag)) or str(element.tag).endswith("}li"):
            yield element.text or ""
        yield from (value for name, value in element.attrib.items() if not _HISTORY.search(name))


def tag_texts(container: Any) -> Iterator[str]:
    """Yield the tags of an opened recording or film, and of its streams."""
    sources: list[Mapping[str, str]] = [container.metadata, *(stream.metadata for stream in container.streams)]
    for tags in sources:
        yield from tags.values()


def add_texts(facts: MediaFacts, texts: Iterator[str]) -> None:
    """Take texts into the facts, each once; raises MediaError for more than MAX_CHARACTERS."""
    left = MAX_CHARACTERS - sum(map(len, facts.texts))
    for text in (found.strip("\0 \t\r\n") for found in texts):
        if text in facts.texts or not _TEXT.search(text):
            continue
        left -= len(text)
        if left < 0:
            message = "its metadata hold more text than is read"
            raise too_large(message)
        facts.texts[text] = None


def _exif_text(tag: int, value: Any) -> str:
    if isinstance(value, str):
        return value
    if not isinstance(value, bytes):
        return ""
    if tag in _XP_TAGS:
        return value.decode("utf-16-le", errors="replace")
    if value[:8] in _EXIF_PREFIXES:
        return value[8:].decode("utf-16-be" if value.startswith(b"UNICODE") else "utf-8", errors="replace")
    return ""


def _decoded(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode(errors="replace")
