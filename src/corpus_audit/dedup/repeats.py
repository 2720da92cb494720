"""A filter for values that are there more than once, in memory that does not follow the number of values.

Two bits for each slot: whether a value was met there, and whether another one was. They lie in two tables, since few
values need the second one while they are added, and none the first one afterwards. What is there once mostly stays
alone, and needs neither sorting nor sending; the few that meet by chance are told apart by what comes after.
"""

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import compiled

Integers = NDArray[np.int64]

_SLOTS_A_VALUE = 8
"""At least; up to twice as many. One value in eight, or fewer, then meets another by chance."""
_MOST_BITS = 28
"""64 MiB in both tables. With more values than slots the filter lets more pass, and misses none all the same."""


class RepeatFilter:
    """Tells which of some 64-bit values, whose low bits are random, may be there more than once."""

    def __init__(self, values: int) -> None:
        bits = min(max(values * _SLOTS_A_VALUE, 64).bit_length(), _MOST_BITS)
        self._met, self._met_again = (np.zeros(1 << (bits - 3), np.uint8) for _ in range(2))

    def add(self, values: Integers) -> None:
        """Take values in; each has to be given as often as it is there, before the first is asked about."""
        _meet(_unwritable(values), self._met, self._met_again)

    def may_repeat(self, values: Integers) -> NDArray[np.bool_]:
        """Return which values may have been added more than once."""
        repeats: NDArray[np.bool_] = _is_set(_unwritable(values), self._met_again)
        return repeats


def is_repeated(values: Integers) -> NDArray[np.bool_]:
    """Return which values are there more than once."""
    known = RepeatFilter(values.size)
    known.add(values)
    maybe = np.flatnonzero(known.may_repeat(values))
    order = maybe[np.argsort(values[maybe])]
    ordered = values[order]
    equal = ordered[1:] == ordered[:-1]
    repeated = np.zeros(values.size, np.bool_)
    repeated[order[1:][equal]] = True
    repeated[order[:-1][equal]] = True
    return repeated


def _unwritable(values: Integers) -> Integers:
    """Return the same values as those of Arrow are: numba compiles on its own for what may be written to."""
    seen = values.view()
    seen.flags.writeable = False
    return seen


@compiled
def _meet(values: Integers, met: NDArray[np.uint8], met_again: NDArray[np.uint8]) -> None:
    mask = 8 * met.size - 1
    for value in values:
        slot = value & mask
        byte, bit = slot >> 3, np.uint8(1 << (slot & 7))
        if met[byte] & bit:
            met_again[byte] |= bit
        else:
            met[byte] |= bit


@compiled
def _is_set(values: Integers, slots: NDArray[np.uint8]) -> NDArray[np.bool_]:
    mask = 8 * slots.size - 1
    found = np.empty(values.size, np.bool_)
    for i in range(values.size):
        slot = values[i] & mask
        found[i] = (slots[slot >> 3] >> (slot & 7)) & 1
    return found
