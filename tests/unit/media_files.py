"""Small pictures, recordings, films and documents, made as each test needs them."""

import io
import zlib
from typing import Any

import av
import numpy as np
import pyarrow as pa
from PIL import Image, ImageDraw

from corpus_audit.corpus.signatures import recognise_media
from corpus_audit.measure.media.facts import MediaFacts
from corpus_audit.measure.media.measuring import measure_media
from corpus_audit.vocabulary import Modality

XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/" xmlns:cc="http://creativecommons.org/ns#" '
    'xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/" xmlns:e="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">{}'
    "</rdf:Description></rdf:RDF></x:xmpmeta>"
)


def picture(seed: int = 1, size: tuple[int, int] = (320, 240)) -> Image.Image:
    """Return coloured clouds and discs: no two seeds look alike."""
    random = np.random.default_rng(seed)
    noise = random.integers(0, 255, (7, 9, 3), np.uint8)
    image = Image.fromarray(noise).resize(size, Image.Resampling.BICUBIC)
    for x, y, radius, *colour in random.integers(0, 255, (14, 6)).tolist():
        ImageDraw.Draw(image).ellipse(
            (x - radius // 4, y - radius // 4, x + radius // 4, y + radius // 4), tuple(colour)
        )
    return image


def save(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    packed = io.BytesIO()
    image.save(packed, kind, **options)
    return packed.getvalue()


def png_chunk(name: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")


def bomb(side: int) -> bytes:
    """Return a PNG of a hundred bytes that says it is *side* pixels wide and high."""
    head = side.to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0"
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", head)
        + png_chunk(b"IDAT", zlib.compress(b"\0" * 99))
        + png_chunk(b"IEND", b"")
    )


def melody(seed: int, seconds: float = 8.0, rate: int = 16_000) -> Any:
    """Return chords that change four times a second, as 16-bit samples."""
    random = np.random.default_rng(seed)
    time = np.arange(rate // 4) / rate
    steps = [
        sum(np.sin(2 * np.pi * pitch * time) for pitch in random.uniform(200, 2500, 4)) for _ in range(int(seconds * 4))
    ]
    return (np.concatenate(steps) * 6000).astype(np.int16)


def encode(
    samples: Any, kind: str = "mp3", codec: str = "libmp3lame", tags: dict[str, str] | None = None, **more: Any
) -> bytes:
    """Return 16 kHz samples as a recording of one channel."""
    packed = io.BytesIO()
    with av.open(packed, "w", format=kind, options=more.pop("options", {})) as container:
        container.metadata.update(tags or {})
        stream = container.add_stream(codec, rate=16_000)
        stream.layout = "mono"
        for name, value in more.items():
            setattr(stream, name, value)
        resampler = av.AudioResampler(format=stream.format.name, layout="mono", rate=16_000)
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = 16_000
        for given in (frame, None):
            for piece in resampler.resample(given):
                container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return packed.getvalue()


def film(kind: str = "mp4", frames: int = 6, tags: dict[str, str] | None = None) -> bytes:
    """Return a film of clouds and discs in a container of FFmpeg."""
    packed = io.BytesIO()
    with av.open(packed, "w", format=kind) as container:
        container.metadata.update(tags or {})
        stream = container.add_stream("mpeg4", rate=12)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for number in range(frames):
            frame = av.VideoFrame.from_image(picture(number, (64, 48)))
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return packed.getvalue()


def measure(content: bytes, modality: Modality | None = None) -> MediaFacts:
    """Return what is learnt of a file; its kind of content is told by its bytes unless given."""
    kind = recognise_media(content[:64])
    return measure_media(modality or kind.modality, pa.py_buffer(content))


def said(facts: MediaFacts) -> set[tuple[str, str, str, str]]:
    return {(label.carrier, label.kind, label.value, label.meaning) for label in facts.labels}
