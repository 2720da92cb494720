"""The stretches of a text with a sign of an address, a wallet or another code: "@", "1.2.3.4", "0a:1b:2c", long runs.

Such anchors begin with classes of characters, so hyperscan tries them at nearly every byte; most text has no sign of
one, and a comparison of 64 bytes at once tells.
"""

import re

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import compiled, inlined
from corpus_audit.measure.little_text import PlainFirst
from corpus_audit.measure.text_windows import Offsets, find_windows
from corpus_audit.measure.vectors import (
    WINDOW,
    any_of_window,
    digit_window,
    letter_window,
    trailing_zeros,
    window_between,
)

BEFORE_BYTES, AFTER_BYTES = 224, 96
"""What a window holds in front of a sign and behind where it begins: more than any match of such an anchor goes on."""

_AHEAD = 16
"""The longest sign in bytes: a window is looked at to so far before its end, where the next one begins."""
_STEP = WINDOW - _AHEAD
_FIRST_BITS = np.uint64((1 << _STEP) - 1)
_ZERO = np.uint64(0)

_TURN = rb"(?=[0-9]\.[0-9])"
_SIGN = re.compile(
    rb"(?=@"
    rb"|" + _TURN + rb".{2,4}" + _TURN + rb".{2,4}" + _TURN +
    rb"|[23Ff][0-9A-Fa-f]{3}:"
    rb"|(?:[:-][^:-].){4}[:-][^:-]"
    rb"|[A-Z]{5}[0-9]{4}[A-Z]"
    rb"|[A-Z][A-Z0-9]{15}"
    rb"|[13MN][A-Za-z0-9]{15})",
    re.DOTALL,
)  # fmt: skip
"""The signs that ``_signs`` finds: in an address of the internet, digits and full stops take turns three times."""


_at_window, _dot_window = any_of_window(b"@"), any_of_window(b".")
_hex_window = window_between((ord("0"), ord("9")), (ord("A"), ord("F")), (ord("a"), ord("f")))
_first_of_six_window, _first_of_run_window = any_of_window(b"23Ff"), any_of_window(b"13MN")
_colon_window, _separator_window = any_of_window(b":"), any_of_window(b":-")
_capital_window = window_between((ord("A"), ord("Z")))


def find_code_windows(data: memoryview, first: Offsets, last: Offsets) -> tuple[Offsets, Offsets, Offsets]:
    """Return where windows start and end, and for each piece (and one more) the number of its first window.

    A window reaches ``BEFORE_BYTES`` in front of every sign and ``AFTER_BYTES`` behind; windows that touch are one.
    """
    return find_windows(_fill_either, data, first, last, AFTER_BYTES)


@compiled
def _fill(
    data: NDArray[np.uint8], first: Offsets, last: Offsets, starts: Offsets, ends: Offsets, counts: Offsets
) -> None:
    found = 0
    for piece in range(first.size):
        low, high = first[piece], last[piece]
        opened, place = found, low
        while place < high:
            # So near the end of all data a window would go beyond it: what is left is taken for a sign.
            signs = _signs(data, place) if place + WINDOW <= data.size else np.uint64(1)
            while signs != _ZERO and place + trailing_zeros(signs) < high:
                sign = place + trailing_zeros(signs)
                signs &= signs - np.uint64(1)
                window_start, window_end = max(sign - BEFORE_BYTES, low), min(sign + AFTER_BYTES, high)
                if found > opened and window_start <= ends[found - 1]:
                    ends[found - 1] = window_end
                else:
                    starts[found], ends[found] = window_start, window_end
                    found += 1
            place += _STEP
        counts[piece + 1] = found


def _fill_plainly(
    data: NDArray[np.uint8], first: Offsets, last: Offsets, starts: Offsets, ends: Offsets, counts: Offsets
) -> None:
    """Write what ``_fill`` does, as it is defined."""
    found = 0
    for piece, (low, high) in enumerate(zip(first.tolist(), last.tolist(), strict=True)):
        opened = found
        for sign in _places_of_signs(data, low, high):
            window_start, window_end = max(sign - BEFORE_BYTES, low), min(sign + AFTER_BYTES, high)
            if not (found > opened and window_start <= ends[found - 1]):
                starts[found] = window_start
                found += 1
            ends[found - 1] = window_end
        counts[piece + 1] = found


def _places_of_signs(data: NDArray[np.uint8], low: int, high: int) -> list[int]:
    """Return where signs begin in a piece; so near the end of all data that no window fits, each step is one."""
    steps = range(low, high, _STEP)
    near_end = [place for place in steps if place + WINDOW > data.size]
    looked_at = min(near_end[0] if near_end else high, high)
    signs = _SIGN.finditer(data[low : looked_at + _AHEAD].tobytes())
    return [low + sign.start() for sign in signs if low + sign.start() < looked_at] + near_end


@inlined
def _signs(data: NDArray[np.uint8], at: int) -> np.uint64:
    """Return a mask of where signs begin in the first bytes of a window."""
    digit, letter, capital = digit_window(data, at), letter_window(data, at), _capital_window(data, at)
    signs = _at_window(data, at) | _of_internet_address(digit, _dot_window(data, at))
    signs |= _first_of_six_window(data, at) & _run(_hex_window(data, at), 4) & _shifted(_colon_window(data, at), 4)
    signs |= _of_hardware_address(_separator_window(data, at))
    signs |= _of_capitals_and_digits(capital, digit) | (_first_of_run_window(data, at) & _long_run(digit | letter))
    in_step: np.uint64 = signs & _FIRST_BITS
    return in_step


@inlined
def _shifted(mask: np.uint64, places: int) -> np.uint64:
    """Return, for each place, what a mask says so many places further on."""
    return mask >> np.uint64(places)


@inlined
def _run(mask: np.uint64, count: int, step: int = 1) -> np.uint64:
    """Return where so many places are set, each *step* further on than the one before; *count* is 2, 4 or 5."""
    two = mask & _shifted(mask, step)
    if count == 2:
        return two
    four = two & _shifted(two, 2 * step)
    return four if count == 4 else four & _shifted(mask, 4 * step)


@inlined
def _long_run(mask: np.uint64) -> np.uint64:
    """Return where 16 neighbouring places are set."""
    return _run(_run(mask, 4), 4, 4)


@inlined
def _of_internet_address(digit: np.uint64, dot: np.uint64) -> np.uint64:
    """Return where digits and full stops take turns three times, as in "1.255.255.1"."""
    turn = digit & _shifted(dot, 1) & _shifted(digit, 2)
    twice = turn & (_shifted(turn, 2) | _shifted(turn, 3) | _shifted(turn, 4))
    return turn & (_shifted(twice, 2) | _shifted(twice, 3) | _shifted(twice, 4))


@inlined
def _of_hardware_address(separator: np.uint64) -> np.uint64:
    """Return where five colons or hyphens have two other signs between each other."""
    return _run(separator & ~_shifted(separator, 1), 5, 3)


@inlined
def _of_capitals_and_digits(capital: np.uint64, digit: np.uint64) -> np.uint64:
    """Return where a number such as "ABCPE1234F" begins, or one of 16 capitals and digits."""
    short = _run(capital, 5) & _shifted(_run(digit, 4), 5) & _shifted(capital, 9)
    return short | (capital & _long_run(capital | digit))


_fill_either = PlainFirst(_fill, _fill_plainly)
