"""A filter for known shingles: a bit array that fits the cache, and a table for certainty."""

from typing import NamedTuple

import numpy as np

from corpus_audit.measure.compiling import called, compiled, inlined
from corpus_audit.measure.fingerprints.shingles import Hashes, find_slot

BITS_PER_HASH = 16
"""One in so many other shingles gets past the bit array and costs a look into the table."""

_WORD_BITS = 64
_FEWEST_SLOTS = 64


class HashFilter(NamedTuple):
    """Hashes to watch for: a bit array over their low bits, and a table of them (``shingles.find_slot``)."""

    bits: Hashes
    slots: Hashes


def watch_for(hashes: Hashes) -> HashFilter:
    """Return a watch for distinct hashes, none of them 0."""
    bits = np.zeros(_power_of_two(BITS_PER_HASH * hashes.size) // _WORD_BITS, np.uint64)
    slots = np.zeros(_power_of_two(2 * hashes.size), np.uint64)
    _fill(hashes, bits, slots)
    return _read_only(bits, slots)


def find_places(hashes: Hashes, watch: HashFilter) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the slot of each of the hashes that are watched for."""
    return _find_all(hashes, watch.slots)


def _power_of_two(least: int) -> int:
    return max(_FEWEST_SLOTS, 1 << (max(least, 1) - 1).bit_length())


def _read_only(bits: Hashes, slots: Hashes) -> HashFilter:
    # numba compiles anew for arrays that may be written to, so all watches are alike.
    for array in (bits, slots):
        array.setflags(write=False)
    return HashFilter(bits, slots)


NOTHING = _read_only(np.zeros(0, np.uint64), np.zeros(0, np.uint64))
"""A watch for nothing at all, which costs nothing."""


@compiled
def _fill(hashes: Hashes, bits: Hashes, slots: Hashes) -> None:
    mask = np.uint64(bits.size * _WORD_BITS - 1)
    for value in hashes:
        bits[(value & mask) >> np.uint64(6)] |= np.uint64(1) << (value & np.uint64(63))
        slots[find_slot(slots, value, 0)] = value


@compiled
def _find_all(hashes: Hashes, slots: Hashes) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    places = np.empty(hashes.size, np.int64)
    for i in range(hashes.size):
        places[i] = find_slot(slots, hashes[i], 0)
    return places


@inlined
def find_watched(value: np.uint64, watch: HashFilter) -> int:
    """Return the slot of a hash in the watch's table, or -1 when it is not watched for."""
    place = value & np.uint64(watch.bits.size * _WORD_BITS - 1)
    if (watch.bits[place >> np.uint64(6)] >> (place & np.uint64(63))) & np.uint64(1) == np.uint64(0):
        return -1
    slot = find_slot(watch.slots, value, 0)
    return int(np.int64(slot)) if watch.slots[slot] != np.uint64(0) else -1


@called
def count_watched(hashes: Hashes, count: int, watch: HashFilter) -> int:
    """Return how many of the first *count* hashes are watched for."""
    found = 0
    if watch.bits.size:
        for i in range(count):
            found += find_watched(hashes[i], watch) >= 0
    return found
