"""The stretches of a text with enough digits for a personal number.

Patterns of numbers are many and slow together; most text has no digits to try them on.
"""

import re

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import compiled, inlined
from corpus_audit.measure.little_text import PlainFirst
from corpus_audit.measure.text_windows import Offsets, find_windows
from corpus_audit.measure.vectors import WINDOW, digit_window, trailing_zeros

DIGITS = 6
SPAN_BYTES = 20
REACH_BYTES = 48

MAX_WINDOW_BYTES = 4096

_RECENT = 8
"""Positions of recent digits kept in the kernel; a power of two greater than DIGITS."""
_DIGIT = re.compile(b"[0-9]")


def find_digit_windows(data: memoryview, first: Offsets, last: Offsets) -> tuple[Offsets, Offsets, Offsets]:
    """Return where windows start and end, and for each piece (and one more) the number of its first window.

    A window reaches ``REACH_BYTES`` around every ``DIGITS`` digits within ``SPAN_BYTES``. Windows that touch are one,
    up to a size; from there on they overlap.
    """
    return find_windows(_fill_either, data, first, last, REACH_BYTES)


def _fill_plainly(
    data: NDArray[np.uint8], first: Offsets, last: Offsets, starts: Offsets, ends: Offsets, counts: Offsets
) -> None:
    """Write what ``_fill`` does, as it is defined."""
    found = 0
    for piece, (low, high) in enumerate(zip(first.tolist(), last.tolist(), strict=True)):
        opened, digits = found, [low + digit.start() for digit in _DIGIT.finditer(data[low:high].tobytes())]
        for oldest, place in zip(digits, digits[DIGITS - 1 :], strict=False):
            if place - oldest >= SPAN_BYTES:
                continue
            window_start, window_end = max(oldest - REACH_BYTES, low), min(place + 1 + REACH_BYTES, high)
            touches = found > opened and window_start <= ends[found - 1]
            if not (touches and window_end - starts[found - 1] <= MAX_WINDOW_BYTES):
                starts[found] = window_start
                found += 1
            ends[found - 1] = window_end
        counts[piece + 1] = found


@inlined
def _next_digit(data: NDArray[np.uint8], place: int, high: int) -> int:
    """Return where the first digit from *place* on is, or *high* or more; most text is passed over by the window."""
    while place < high:
        if place + WINDOW <= data.size:
            digits = digit_window(data, place)
            if digits:
                return place + int(trailing_zeros(digits))
            place += WINDOW
        elif data[place] - np.uint8(48) < np.uint8(10):
            return place
        else:
            place += 1
    return place


@compiled
def _fill(
    data: NDArray[np.uint8], first: Offsets, last: Offsets, starts: Offsets, ends: Offsets, counts: Offsets
) -> None:
    found = 0
    recent = np.empty(_RECENT, np.int64)
    for piece in range(first.size):
        recent[:] = -SPAN_BYTES - 1
        seen = 0
        low, high = first[piece], last[piece]
        opened = found
        place = low - 1
        while place + 1 < high:
            place = _next_digit(data, place + 1, high)
            if place >= high:
                break
            recent[seen & (_RECENT - 1)] = place
            seen += 1
            oldest = recent[(seen - DIGITS) & (_RECENT - 1)]
            if seen < DIGITS or place - oldest >= SPAN_BYTES:
                continue
            window_start, window_end = max(oldest - REACH_BYTES, low), min(place + 1 + REACH_BYTES, high)
            touches = found > opened and window_start <= ends[found - 1]
            if touches and window_end - starts[found - 1] <= MAX_WINDOW_BYTES:
                ends[found - 1] = window_end
            else:
                starts[found], ends[found] = window_start, window_end
                found += 1
        counts[piece + 1] = found


_fill_either = PlainFirst(_fill, _fill_plainly)
