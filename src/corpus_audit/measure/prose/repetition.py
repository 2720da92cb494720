"""Compiled counts of repetitions in a text: lines, paragraphs, word n-grams."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import inlined

Hashes = NDArray[np.uint64]
Counts = NDArray[np.int64]
Sizes = NDArray[np.int32]
Places = NDArray[np.uint32]
"""Places are unsigned, and so are the numbers in loops: compiled code asks of each other one if it is below zero."""

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_FREE = np.uint64(0)
_HALF = np.uint64(32)
_SEEN_PER_SLOT = 4
_SEEN_SHIFT = np.uint64(20)


@inlined
def mix(value: np.uint64, more: np.uint64) -> np.uint64:
    """Return a hash of *value* and *more*, in this order."""
    value = (value ^ more) * _MULTIPLIER
    return value ^ (value >> np.uint64(29))


@inlined
def add_word(sequence: np.uint64, word: np.uint64) -> np.uint64:
    """Return the hash of a sequence of words, which begins with one, and one more: cheaper than mixing it."""
    return sequence * _MULTIPLIER + word


@inlined
def _slot(table: Hashes, key: np.uint64) -> np.uint64:
    """Return where *key* is in an open-addressing table, or the free place where it belongs."""
    last = np.uint64(table.size - 1)
    place = key >> np.uint64(20) & last
    while table[place] != _FREE and table[place] != key:
        place = (place + np.uint64(1)) & last
    return place


@inlined
def _table_size(count: int) -> int:
    size = 16
    while size < 2 * count:
        size *= 2
    return size


class RepetitionTables(NamedTuple):
    """Memory for one text after another: only what a text needs of it is set to zero."""

    table: Hashes
    counts: Sizes
    keys: Hashes
    places: Places
    slots: Places
    seen: NDArray[np.uint8]


@inlined
def make_scratch(most_items: int) -> RepetitionTables:
    """Return memory for texts of so many words."""
    size = 2 * _table_size(most_items)
    return RepetitionTables(
        np.empty(size, np.uint64),
        np.empty(size, np.int32),
        np.empty(most_items, np.uint64),
        np.empty(most_items, np.uint32),
        np.empty(most_items, np.uint32),
        np.empty(size // 2 * _SEEN_PER_SLOT, np.uint8),
    )


@inlined
def count_repeated(hashes: Hashes, sizes: Sizes, scratch: RepetitionTables) -> tuple[int, int]:
    """Return how many items were seen before, and the sum of their sizes."""
    table = scratch.table[: _table_size(hashes.size)]
    table[:] = _FREE
    items = total = 0
    for place in range(np.uint64(hashes.size)):
        key = hashes[place] | np.uint64(1)
        slot = _slot(table, key)
        if table[slot] == key:
            items += 1
            total += sizes[place]
        table[slot] = key
    return items, total


@inlined
def measure_runs(words: Hashes, sizes: Sizes, frequent: Counts, covered: Counts, scratch: RepetitionTables) -> None:
    """Measure runs of words that are there more than once: of 2 words, of 3 and so on, as many as are asked for.

    *frequent*, for the first lengths: how much the most frequent run covers, its size times its number; of runs that
    are there equally often, the one that covers most counts. *covered*, for the lengths behind those: the size of all
    words that lie in a repeated run. A run is repeated only where the shorter ones in it are: each length looks at what
    the one before has left.
    """
    frequent[:], covered[:] = 0, 0
    keys, places, slots = scratch.keys, scratch.places, scratch.slots
    left = _keep_likely(words, scratch)
    for length in range(2, 2 + frequent.size + covered.size):
        if length > 2 and left > 1:
            left = _extend(keys, places[:left], words, length)
        if left < 2:
            return
        counts = _count_runs(keys, places[:left], slots, scratch)
        left, most = _keep_repeated(places[:left], slots, counts)
        if length < 2 + frequent.size:
            frequent[length - 2] = _most_frequent(places[:left], slots, counts, sizes, length, most)
        else:
            covered[length - 2 - frequent.size] = _cover(places[:left], sizes, length)


@inlined
def _keep_likely(words: Hashes, scratch: RepetitionTables) -> int:
    """Write the keys of all pairs of words, and the places of those that may be there twice; return how many.

    Most pairs of a text are there once. They are left out here, without a branch and without their keys being compared.
    """
    keys, places = scratch.keys, scratch.places
    seen = scratch.seen[: _table_size(words.size) * _SEEN_PER_SLOT]
    seen[:] = 0
    last = np.uint64(seen.size - 1)
    pairs = np.uint64(max(words.size - 1, 0))
    for place in range(pairs):
        # Mixing two words is the same in both orders, so the halves of the first one change places.
        word = words[place]
        key = mix(word << _HALF | word >> _HALF, words[place + np.uint64(1)])
        keys[place] = key
        spot = key >> _SEEN_SHIFT & last
        seen[spot] = seen[spot] << 1 | 1
    kept = np.uint64(0)
    for place in range(pairs):
        places[kept] = place
        kept += np.uint64(seen[keys[place] >> _SEEN_SHIFT & last] > 1)
    return int(kept)


@inlined
def _extend(keys: Hashes, places: Places, words: Hashes, length: int) -> int:
    """Keep the *places* whose run and whose next one are candidates, and make their keys those of one more word."""
    kept, before, next_one = np.uint64(0), np.uint64(length - 1), np.uint64(places[0])
    for number in range(np.uint64(1), np.uint64(places.size)):
        place, next_one = next_one, np.uint64(places[number])
        if next_one == place + np.uint64(1):
            keys[place] = mix(keys[place], words[place + before])
        places[kept] = place
        kept += np.uint64(next_one == place + np.uint64(1))
    return int(kept)


@inlined
def _count_runs(keys: Hashes, places: Places, slots: Places, scratch: RepetitionTables) -> Sizes:
    """Write where in a table the run at each place is, and return how often it is there."""
    # In so wide a table hardly any key finds another one in its place, and that is the one branch.
    table, counts = scratch.table[: 2 * _table_size(places.size)], scratch.counts
    table[:] = _FREE
    for number in range(np.uint64(places.size)):
        key = keys[places[number]] | np.uint64(1)
        slot = _slot(table, key)
        there = table[slot]
        table[slot] = key
        counts[slot] = 1 + (counts[slot] if there == key else 0)
        slots[number] = slot
    return counts


@inlined
def _keep_repeated(places: Places, slots: Places, counts: Sizes) -> tuple[int, int]:
    """Keep the places of runs that are there more than once; return how many, and how often the most frequent is."""
    kept, most = np.uint64(0), 0
    for number in range(np.uint64(places.size)):
        places[kept], slots[kept] = places[number], slots[number]
        count = counts[slots[number]]
        kept += np.uint64(count > 1)
        most = max(most, count)
    return int(kept), most


@inlined
def _most_frequent(places: Places, slots: Places, counts: Sizes, sizes: Sizes, length: int, most: int) -> int:
    """Return how much the run covers that is there *most* times, or the one of those that covers most."""
    best = 0
    for number in range(np.uint64(places.size)):
        if counts[slots[number]] == most:
            size, place = 0, np.uint64(places[number])
            for word in range(place, place + np.uint64(length)):
                size += sizes[word]
            best = max(best, most * size)
    return best


@inlined
def _cover(places: Places, sizes: Sizes, length: int) -> int:
    total, reached = 0, np.uint64(0)
    for number in range(np.uint64(places.size)):
        place = np.uint64(places[number])
        end = place + np.uint64(length)
        for word in range(max(place, reached), end):
            total += sizes[word]
        reached = end
    return total
