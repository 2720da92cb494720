"""The kind of a picture, recording or film by its first bytes, independent of its name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from corpus_audit.vocabulary import Modality

SNIFFED_BYTES = 64
"""How many of the first bytes are enough to tell."""


@dataclass(frozen=True, slots=True)
class MediaKind:
    """A container by its common name, and what it holds."""

    name: str
    modality: Modality


JPEG = MediaKind("JPEG", Modality.IMAGE)
PNG = MediaKind("PNG", Modality.IMAGE)
MP3 = MediaKind("MP3", Modality.AUDIO)
WAV = MediaKind("WAV", Modality.AUDIO)
MP4 = MediaKind("MP4", Modality.VIDEO)
_TIFF = MediaKind("TIFF", Modality.IMAGE)
_GIF = MediaKind("GIF", Modality.IMAGE)
_MPEG_SYNC = (b"\xff\xfb", b"\xff\xfa", b"\xff\xf3", b"\xff\xf2", b"\xff\xe3", b"\xff\xe2")

_STARTS: Mapping[bytes, MediaKind] = {
    b"\xff\xd8\xff": JPEG,
    b"\x89PNG\r\n\x1a\n": PNG,
    b"GIF87a": _GIF,
    b"GIF89a": _GIF,
    b"II*\0": _TIFF,
    b"MM\0*": _TIFF,
    b"\x00\x00\x00\x0cjP  ": MediaKind("JPEG 2000", Modality.IMAGE),
    b"\x00\x00\x00\x0cJXL ": MediaKind("JPEG XL", Modality.IMAGE),
    b"fLaC": MediaKind("FLAC", Modality.AUDIO),
    b"OggS": MediaKind("Ogg", Modality.AUDIO),
    b"ID3": MP3,
    **dict.fromkeys(_MPEG_SYNC, MP3),
    b"\xff\xf1": MediaKind("AAC", Modality.AUDIO),
    b"\xff\xf9": MediaKind("AAC", Modality.AUDIO),
    b"#!AMR": MediaKind("AMR", Modality.AUDIO),
    b"\x1a\x45\xdf\xa3": MediaKind("Matroska", Modality.VIDEO),
}
_RIFF: Mapping[bytes, MediaKind] = {
    b"WEBP": MediaKind("WebP", Modality.IMAGE),
    b"WAVE": WAV,
    b"AVI ": MediaKind("AVI", Modality.VIDEO),
}
_IFF = {b"AIFF": MediaKind("AIFF", Modality.AUDIO), b"AIFC": MediaKind("AIFF", Modality.AUDIO)}
_CHUNKED: Mapping[bytes, Mapping[bytes, MediaKind]] = {b"RIFF": _RIFF, b"RF64": _RIFF, b"FORM": _IFF}
_BRANDS: Mapping[bytes, MediaKind] = {
    b"avif": MediaKind("AVIF", Modality.IMAGE),
    b"avis": MediaKind("AVIF", Modality.IMAGE),
    **dict.fromkeys((b"heic", b"heix", b"mif1", b"msf1"), MediaKind("HEIF", Modality.IMAGE)),
    **dict.fromkeys((b"M4A ", b"M4B "), MediaKind("M4A", Modality.AUDIO)),
}
_BITMAP_HEADERS = {12, 40, 52, 56, 64, 108, 124}


def recognise_media(head: bytes) -> MediaKind | None:
    """Return what kind of media the first SNIFFED_BYTES of a file are, None when they are none."""
    return next((kind for kind in _readings(head) if kind is not None), None)


def _readings(head: bytes) -> Iterator[MediaKind | None]:
    yield next((kind for start, kind in _STARTS.items() if head.startswith(start)), None)
    yield _CHUNKED.get(head[:4], {}).get(head[8:12])
    if head[4:8] == b"ftyp":
        yield _BRANDS.get(head[8:12], MP4)
    # 'BM' alone begins many a text: a bitmap also says how long its second header is.
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _BITMAP_HEADERS:
        yield MediaKind("BMP", Modality.IMAGE)
