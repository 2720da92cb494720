"""Texts in the metadata of media, and what stands behind their end."""

import io
import zipfile
from collections.abc import Callable
from functools import partial

import pyarrow as pa
import pytest
from PIL import Image, PngImagePlugin

from corpus_audit.corpus.records import RECORD_TEXTS
from corpus_audit.measure.detection.scan import Scanner
from corpus_audit.measure.media import metadata_texts
from corpus_audit.measure.media.measuring import MeasuredMedia, MediaMeasurer
from corpus_audit.vocabulary import DefectCode, MediaState, Modality
from unit.media_files import XMP, encode, measure, melody, picture, png_chunk, save

MAIL = "zoe@posteo.de"
SMALL = picture(size=(32, 24))
TAGS = {"comment": f"ask {MAIL}", "title": "Tides"}


def exif() -> Image.Exif:
    found = Image.Exif()
    found[0x010E] = f"a harbour, {MAIL}"
    return found


def windows_exif() -> Image.Exif:
    found = Image.Exif()
    found[0x9C9C] = MAIL.encode("utf-16-le")
    return found


def png_text(*, is_international: bool, is_packed: bool) -> bytes:
    info = PngImagePlugin.PngInfo()
    add = info.add_itxt if is_international else info.add_text
    add("Description", f"ask {MAIL}", zip=is_packed)
    return save(SMALL, "PNG", pnginfo=info)


def iptc() -> bytes:
    caption = b"\x1c\x02\x78" + len(MAIL).to_bytes(2, "big") + MAIL.encode()
    block = b"Photoshop 3.0\08BIM\x04\x04\0\0" + len(caption).to_bytes(4, "big") + caption + b"\0" * (len(caption) % 2)
    segment = b"\xff\xed" + (len(block) + 2).to_bytes(2, "big") + block
    plain = save(SMALL)
    return plain[:2] + segment + plain[2:]


XMP_PACKET = XMP.format(
    f'<d:description xmlns:d="http://purl.org/dc/elements/1.1/"><rdf:Alt><rdf:li>{MAIL}</rdf:li></rdf:Alt></d:description>'
).encode()
WITH_TEXTS: dict[str, Callable[[], bytes]] = {
    "EXIF": lambda: save(SMALL, exif=exif()),
    "EXIF of Windows": lambda: save(SMALL, exif=windows_exif()),
    "EXIF of WebP": lambda: save(SMALL, "WEBP", exif=exif()),
    "EXIF of PNG": lambda: save(SMALL, "PNG", exif=exif()),
    "TIFF": lambda: save(SMALL, "TIFF", description=MAIL),
    "XMP": lambda: save(SMALL, xmp=XMP_PACKET),
    "IPTC": iptc,
    "comment of JPEG": lambda: save(SMALL, comment=MAIL),
    "comment of GIF": lambda: save(SMALL, "GIF", comment=MAIL),
    "tEXt": lambda: png_text(is_international=False, is_packed=False),
    "zTXt": lambda: png_text(is_international=False, is_packed=True),
    "iTXt": lambda: png_text(is_international=True, is_packed=True),
    "text behind PNG": lambda: save(SMALL, "PNG") + b"\nwritten by " + MAIL.encode(),
    "ID3": lambda: encode(melody(1, 0.5), tags=TAGS),
    "FLAC": lambda: encode(melody(1, 0.5), "flac", "flac", TAGS),
    "MP4": lambda: encode(melody(1, 0.5), "mp4", "aac", TAGS),
    "Ogg": lambda: encode(melody(1, 0.5), "ogg", "libopus", TAGS),
}


def measured(content: bytes, modality: Modality) -> MeasuredMedia:
    row = {"record_id": "f:0", "source_id": "s", "file": "a", "row": 0, "modality": modality, "content": content}
    return MediaMeasurer(b"key", Scanner(b"key")).measure(pa.RecordBatch.from_pylist([row], RECORD_TEXTS))


@pytest.mark.parametrize("name", WITH_TEXTS)
def test_texts_in_metadata_are_scanned(name: str) -> None:
    content = WITH_TEXTS[name]()
    modality = Modality.AUDIO if name in ("ID3", "FLAC", "MP4", "Ogg") else Modality.IMAGE
    found = measured(content, modality)
    assert [(span["field"], span["entity_type"]) for span in found.spans.to_pylist()] == [
        (metadata_texts.FIELD, "EMAIL_ADDRESS")
    ]
    assert found.media["state"].to_pylist() == [MediaState.MEASURED]


def test_metadata_of_more_text_than_is_read_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata_texts, "MAX_CHARACTERS", 8)
    assert measure(WITH_TEXTS["tEXt"]()).state == MediaState.TOO_LARGE


def several_views() -> bytes:
    packed = io.BytesIO()
    SMALL.save(packed, "MPO", save_all=True, append_images=[SMALL])
    return packed.getvalue()


WHOLE: dict[str, Callable[[], bytes]] = {
    **{kind: partial(save, SMALL, kind) for kind in ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "AVIF")},
    "progressive JPEG": lambda: save(SMALL, progressive=True, exif=exif()),
    "GIF of many": lambda: save(SMALL, "GIF", save_all=True, append_images=[picture(2, (32, 24))], loop=0),
    "JPEG of many views": several_views,
    "padded": lambda: save(SMALL) + b"\0" * 100_000,
    "WAV": lambda: encode(melody(1, 0.5), "wav", "pcm_s16le"),
    "MP4": lambda: encode(melody(1, 0.5), "mp4", "aac"),
    "AIFF": lambda: encode(melody(1, 0.5), "aiff", "pcm_s16be"),
    "Ogg": lambda: encode(melody(1, 0.5), "ogg", "libopus"),
    "AAC": lambda: encode(melody(1, 0.5), "adts", "aac"),
    "AAC with a tag": lambda: encode(melody(1, 0.5), "adts", "aac") + b"TAG" + bytes(125),
    "Matroska": lambda: encode(melody(1, 0.5), "matroska", "libopus"),
    "WebM": lambda: encode(melody(1, 0.5), "webm", "libopus"),
}


@pytest.mark.parametrize("name", WHOLE)
def test_media_end_where_they_say(name: str) -> None:
    facts = measure(WHOLE[name]())
    assert (facts.state, facts.problems) == (MediaState.MEASURED, [])


ARCHIVE = b"PK\x03\x04" + bytes(range(256))


@pytest.mark.parametrize("name", sorted({*WHOLE} - {"TIFF", "JPEG of many views", "padded", "AAC with a tag"}))
def test_an_archive_behind_a_medium_is_not_looked_at(name: str) -> None:
    content = WHOLE[name]()
    facts = measure(content + ARCHIVE)
    assert facts.state == MediaState.TRAILING_DATA
    problem = facts.problems[-1]  # a decoder may have one of its own
    assert (problem.code, problem.place) == (DefectCode.TRAILING_DATA, f"byte {len(content)}")


@pytest.mark.parametrize(("kind", "codec"), [("mp3", "libmp3lame"), ("flac", "flac"), ("ogg", "libopus")])
def test_a_zip_behind_a_recording_without_an_end_is_not_looked_at(kind: str, codec: str) -> None:
    content = encode(melody(1, 0.5), kind, codec)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", MAIL)
    facts = measure(content + packed.getvalue())
    assert (facts.state, facts.problems[-1].place) == (MediaState.TRAILING_DATA, f"byte {len(content)}")


def test_a_second_picture_behind_a_png_is_not_looked_at() -> None:
    first = save(SMALL, "PNG")
    assert measure(first + first).state == MediaState.TRAILING_DATA
    assert measure(first + png_chunk(b"tEXt", b"Comment\0" + MAIL.encode())).state == MediaState.TRAILING_DATA
