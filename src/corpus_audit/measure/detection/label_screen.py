"""Labels that are whole words, told from pieces of longer ones for many hits at once.

Most hits of short labels lie inside words. What is decided here is what labels.begins_word and labels.ends_word say of
ASCII characters around a label; the rest is left to them.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.detection.anchors import Hits
from corpus_audit.measure.detection.labels import is_written_without_spaces
from corpus_audit.measure.text_windows import Offsets, Pieces

_SIGNS = np.arange(256)
_UPPER = (ord("A") <= _SIGNS) & (ord("Z") >= _SIGNS)
_LOWER = (ord("a") <= _SIGNS) & (ord("z") >= _SIGNS)
_LETTER = _UPPER | _LOWER
_ASCII = _SIGNS < 128
_NO_SIGN = np.uint8(0)

Flags = NDArray[np.bool_]


class LabelScreen:
    """What it takes to say of labels, by their numbers, where they are no words of their own."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self._sizes = np.array([len(word.encode()) for word in words], np.int64)
        self._needs_gap = np.array([not is_written_without_spaces(word[0]) for word in words], bool)
        self._needs_end = np.array([_needs_end(word[-1]) for word in words], bool)

    def may_be_words(self, data: memoryview, pieces: Pieces, hits: Hits, chosen: Offsets, first_label: int) -> Flags:
        """Return, of the hits *chosen*, which may be words of their own; *first_label* is the anchor of label 0."""
        if not chosen.size:
            return np.zeros(0, bool)
        signs = np.frombuffer(data, np.uint8)
        piece = hits.piece[chosen]
        low, high = pieces.start[piece], pieces.end[piece]
        label, end = hits.anchor[chosen] - first_label, hits.end[chosen]
        start = end - self._sizes[label]
        ahead = np.where(start > low, signs[np.maximum(start - 1, 0)], _NO_SIGN)
        behind = np.where(end < high, signs[np.minimum(end, signs.size - 1)], _NO_SIGN)
        first, last = signs[np.maximum(start, 0)], signs[end - 1]
        glued = _LETTER[ahead] & _ASCII[first] & ~(_LOWER[ahead] & _UPPER[first]) & self._needs_gap[label]
        runs_on = _LETTER[behind] & _ASCII[last] & ~(_LOWER[last] & _UPPER[behind]) & self._needs_end[label]
        return np.asarray((start >= low) & ~glued & ~runs_on, bool)


def _needs_end(last: str) -> bool:
    """True for a letter of a script whose words end before the next letter."""
    return last.isalpha() and not is_written_without_spaces(last)


@lru_cache(maxsize=4)
def label_screen(words: tuple[str, ...]) -> LabelScreen:
    """Return the screen of labels; every scanner of the same detectors has it."""
    return LabelScreen(words)
