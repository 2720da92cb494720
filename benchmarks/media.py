"""How fast media are measured on one core, beside calling the same libraries file by file as their manuals show.

    .venv/bin/python benchmarks/media.py [files of each kind]

Labels, credentials and hashes are what both sides do; faces and speech are timed apart. Times are of the processor.
"""

import io
import json
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import acoustid
import av
import c2pa
import imagehash
import numpy as np
import pyarrow as pa
from PIL import Image, ImageDraw

from corpus_audit.dedup.pictures import find_alike_pictures
from corpus_audit.measure.media.measuring import measure_media
from corpus_audit.vocabulary import MediaCheck, Modality

WITHOUT_DETECTORS = frozenset(MediaCheck) - {MediaCheck.FACES, MediaCheck.SPEECH}
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/"><plus:DataMining>'
    b"http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED</plus:DataMining></rdf:Description></rdf:RDF></x:xmpmeta>"
)


def picture(seed: int, size: tuple[int, int] = (1024, 768)) -> Image.Image:
    """Return something with the detail of a photograph."""
    random = np.random.default_rng(seed)
    coarse = Image.fromarray(random.integers(0, 255, (12, 16, 3), np.uint8)).resize(size, Image.Resampling.BICUBIC)
    for x, y, radius, *colour in random.integers(0, 255, (40, 6)).tolist():
        ImageDraw.Draw(coarse).ellipse((4 * x - radius, 3 * y - radius, 4 * x + radius, 3 * y + radius), tuple(colour))
    grain = random.normal(0, 6, (size[1], size[0], 3))
    return Image.fromarray((np.asarray(coarse) + grain).clip(0, 255).astype(np.uint8))


def packed_picture(seed: int, kind: str) -> bytes:
    """Return a picture as a file; every fourth has an XMP packet."""
    packed = io.BytesIO()
    options: dict[str, Any] = {"quality": 85, **({"xmp": XMP} if seed % 4 == 0 else {})} if kind == "JPEG" else {}
    picture(seed, (1024, 768) if kind == "JPEG" else (512, 384)).save(packed, kind, **options)
    return packed.getvalue()


def packed_sound(seed: int, kind: str, codec: str, seconds: float = 5.0, rate: int = 16_000) -> bytes:
    """Return chords of five seconds as a file of 16 kHz, which is what collections of speech are made of."""
    random = np.random.default_rng(seed)
    ticks = np.arange(rate // 4) / rate
    steps = [sum(np.sin(2 * np.pi * f * ticks) for f in random.uniform(200, 2500, 4)) for _ in range(int(4 * seconds))]
    samples = (np.concatenate(steps) * 6000).astype(np.int16)
    packed = io.BytesIO()
    with av.open(packed, "w", format=kind) as container:
        stream = container.add_stream(codec, rate=rate)
        stream.layout = "mono"
        resampler = av.AudioResampler(format=stream.format.name, layout="mono", rate=rate)
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = rate
        for given in (frame, None):
            for piece in resampler.resample(given):
                container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return packed.getvalue()


def naive_picture(content: bytes) -> Any:
    """Open, read the metadata, decode and hash a picture as the libraries' manuals do."""
    reader = c2pa.Reader.try_create("image/jpeg" if content[:2] == b"\xff\xd8" else "image/png", io.BytesIO(content))
    manifest = json.loads(reader.json()) if reader else None
    with Image.open(io.BytesIO(content)) as image:
        found = image.getxmp(), dict(image.getexif()), image.info
        return manifest, found, imagehash.phash(image, 16)


def naive_sound(content: bytes) -> Any:
    """Read tags, decode and fingerprint a recording at its own rate."""
    reader = c2pa.Reader.try_create("audio/wav" if content[:4] == b"RIFF" else "audio/mpeg", io.BytesIO(content))
    manifest = json.loads(reader.json()) if reader else None
    with av.open(io.BytesIO(content)) as container:
        tags = dict(container.metadata)
        resampler = av.AudioResampler(format="s16")
        pieces = (piece for frame in container.decode(audio=0) for piece in resampler.resample(frame))
        sound = [(piece.sample_rate, piece.layout.nb_channels, piece.to_ndarray().tobytes()) for piece in pieces]
    rate, channels, _ = sound[0]
    return manifest, tags, acoustid.fingerprint(rate, channels, iter([samples for *_, samples in sound]))


def seconds(work: Callable[[bytes], Any], files: Sequence[bytes]) -> float:
    """Return how long it takes for all files, once everything has been imported."""
    work(files[0])
    start = time.process_time()
    for content in files:
        work(content)
    return time.process_time() - start


def compare(name: str, modality: Modality, files: Sequence[bytes], naive: Callable[[bytes], Any]) -> None:
    """Print files a second with and without detectors, and the ratio to the naive way."""
    ours = seconds(lambda content: measure_media(modality, pa.py_buffer(content), WITHOUT_DETECTORS), files)
    whole = seconds(lambda content: measure_media(modality, pa.py_buffer(content)), files)
    peer = seconds(naive, files)
    count, size = len(files), sum(map(len, files)) / len(files) / 1000
    print(
        f"{name:22} {size:7.0f} kB  labels and hashes {count / ours:6.0f}/s   libraries called naively "
        f"{count / peer:6.0f}/s   ratio {peer / ours:4.1f}   with faces or speech {count / whole:5.0f}/s"
    )


def compare_hashes(count: int) -> None:
    """Print how long it takes to find alike pictures among many."""
    hashes = np.random.default_rng(1).integers(0, 256, (count, 32), np.uint8)
    hashes[count // 2 :: 100] = hashes[: count // 2 : 100][: len(hashes[count // 2 :: 100])]
    find_alike_pictures(np.arange(1000), hashes[:1000])
    start = time.process_time()
    found = find_alike_pictures(np.arange(count), hashes)
    print(f"alike pictures among {count:,}: {time.process_time() - start:.1f} s, {len(found):,} pairs")


def main() -> None:
    """Print the figures."""
    warnings.simplefilter("ignore")
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    compare("JPEG 1024 × 768", Modality.IMAGE, [packed_picture(n, "JPEG") for n in range(count)], naive_picture)
    compare("PNG 512 × 384", Modality.IMAGE, [packed_picture(n, "PNG") for n in range(count)], naive_picture)
    compare("WAV, 5 s", Modality.AUDIO, [packed_sound(n, "wav", "pcm_s16le") for n in range(count)], naive_sound)
    compare("MP3, 5 s", Modality.AUDIO, [packed_sound(n, "mp3", "libmp3lame") for n in range(count)], naive_sound)
    compare_hashes(200_000)


if __name__ == "__main__":
    main()
