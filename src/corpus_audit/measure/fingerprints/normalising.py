"""Unicode normalisation form C in linear time.

Combining marks that follow each other are put in order one by one, so a run of them costs the square of its length, and
a few megabytes of nothing else cost days. No language needs more than a handful: a longer run is normalised in pieces.
"""

import sys
import unicodedata
from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

MOST_MARKS = 256
"""Marks in a row that are normalised together."""


def to_nfc(text: str) -> str:
    """Return a text in NFC; the 257th mark in a row and those after it are taken for the beginning of another text."""
    pieces, at = [], 0
    for cut in [*_cuts(text), len(text)]:
        pieces.append(unicodedata.normalize("NFC", text[at:cut]))
        at = cut
    return "".join(pieces)


def _cuts(text: str) -> Iterator[int]:
    """Yield the places at which MOST_MARKS stand before another mark, counted from the run's beginning or the last."""
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    others = np.concatenate([[-1], np.flatnonzero(~_are_marks()[codes]), [codes.size]])
    for run in np.flatnonzero(np.diff(others) > MOST_MARKS + 1):
        yield from range(int(others[run]) + 1 + MOST_MARKS, int(others[run + 1]), MOST_MARKS)


@cache
def _are_marks() -> NDArray[np.bool_]:
    """Return for each code point whether normalisation may put it in order behind others."""
    return np.array([_is_reordered(chr(code)) for code in range(sys.maxunicode + 1)])


def _is_reordered(character: str) -> bool:
    # The first character of a decomposition: a few letters of their own are made of marks only.
    decomposed = unicodedata.normalize("NFD", character) if unicodedata.decomposition(character) else character
    return unicodedata.combining(decomposed[0]) != 0
