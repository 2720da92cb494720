"""Recordings and films: their tags, their sound as one channel, and a few frames of a film."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from corpus_audit.measure.media.aigc import KEY, read_aigc
from corpus_audit.measure.media.facts import OTHER, Label, MediaError, MediaFacts, damaged, too_large
from corpus_audit.measure.media.metadata_texts import add_texts, tag_texts
from corpus_audit.measure.media.pictures import MAX_PIXELS
from corpus_audit.measure.media.xmp import license_label
from corpus_audit.vocabulary import LabelCarrier, LabelKind, LabelMeaning

if TYPE_CHECKING:
    from PIL.Image import Image

SAMPLE_RATE = 16_000
HEARD_SECONDS = 120
"""How much of a recording is listened to: Chromaprint looks no further either."""
SEEN_PICTURES = 6
"""How many whole pictures of a film are looked at, from its beginning on."""

_MICROSECONDS = 1_000_000
_SAMPLE_BYTES = 2
_READING: Mapping[str, dict[str, str]] = {"WAV": {"probesize": "65536", "max_size": "65536"}}
"""How containers are read: of WAV, five seconds would be decoded to tell what it is, and handed out in tiny pieces."""

_WITHOUT_LENGTH = ("mp3", "aac")
_TOLERANCE = 0.1
"""Share of a recording that may be missing at its end: encoders pad, and players do not mind."""


@contextmanager
def open_recording(content: pa.Buffer, facts: MediaFacts) -> Iterator[Any]:
    """Open a recording or film and take in what its tags say; raises MediaError for one that is damaged."""
    import av

    try:
        container = av.open(
            pa.BufferReader(content), metadata_errors="replace", container_options=_READING.get(facts.container, {})
        )
    except (av.FFmpegError, ValueError, EOFError) as error:
        message = f"it begins like a {facts.container} file and is none"
        raise damaged(message) from error
    with container:
        if container.duration is not None:
            facts.seconds = round(container.duration / _MICROSECONDS, 3)
        facts.add_labels(_read_tags(dict(container.metadata)))
        add_texts(facts, tag_texts(container))
        yield container


def hear(container: Any) -> Iterator[bytes]:
    """Yield the sound as 16-bit samples of one channel at SAMPLE_RATE, of the first HEARD_SECONDS.

    Raises MediaError where it breaks off.
    """
    import av

    if not container.streams.audio:
        return
    heard = 0
    to_mono = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
    try:
        for frame in _with_end(container.decode(audio=0)):
            for piece in to_mono.resample(frame):
                # A plane may be longer than its samples.
                yield bytes(piece.planes[0])[: piece.samples * _SAMPLE_BYTES]
                heard += piece.samples
            if heard >= HEARD_SECONDS * SAMPLE_RATE:
                return
    except (av.FFmpegError, ValueError, EOFError) as error:
        raise _breaks_off(heard) from error
    if heard < _promised(container) * (1 - _TOLERANCE):
        raise _breaks_off(heard)


def _breaks_off(heard: int) -> MediaError:
    return damaged("its sound breaks off or is damaged", f"after {heard / SAMPLE_RATE:.1f} s")


def _promised(container: Any) -> float:
    """Return how many samples the file says it has, 0 where it does not say: that of MP3 and AAC is an estimate."""
    if container.duration is None or container.format.name in _WITHOUT_LENGTH or container.streams.video:
        return 0.0
    return float(container.duration / _MICROSECONDS * SAMPLE_RATE)


def see(content: pa.Buffer, facts: MediaFacts) -> Iterator["Image"]:
    """Yield the first whole pictures of a film in shades of grey; raises MediaError for one too large or damaged."""
    import av

    with av.open(pa.BufferReader(content), metadata_errors="replace") as container:
        if not container.streams.video:
            return
        stream = container.streams.video[0]
        facts.width, facts.height = stream.codec_context.width, stream.codec_context.height
        if facts.width * facts.height > MAX_PIXELS:
            message = f"its pictures are of more than {MAX_PIXELS:,} pixels"
            raise too_large(message)
        stream.codec_context.skip_frame = "NONKEY"
        seen = 0
        try:
            for frame in container.decode(stream):
                yield frame.to_image().convert("L")
                seen += 1
                if seen == SEEN_PICTURES:
                    return
        except (av.FFmpegError, ValueError, EOFError) as error:
            message = "its pictures break off or are damaged"
            raise damaged(message, f"after {seen} whole pictures") from error


def _with_end(frames: Iterator[Any]) -> Iterator[Any]:
    """Yield the frames, then the None that makes a resampler give what it has left."""
    yield from frames
    yield None


def _read_tags(tags: Mapping[str, str]) -> Iterator[Label]:
    for name, value in tags.items():
        key = name.upper().rpartition(":")[2]
        if key == KEY:
            yield read_aigc(LabelCarrier.TAGS, value)
        elif key == "COPYRIGHT" and value.strip():
            yield Label(LabelCarrier.TAGS, LabelKind.COPYRIGHT, OTHER, LabelMeaning.STATED)
        elif key == "LICENSE" and value.strip():
            yield license_label(LabelCarrier.TAGS, value)
