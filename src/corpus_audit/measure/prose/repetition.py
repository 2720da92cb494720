"""Compiled counts of repetitions in a text: lines, paragraphs, word n-grams."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import inlined

Hashes = NDArray[np.uint64]
Lengths = NDArray[np.int64]
Sizes = NDArray[np.int32]
Places = NDArray[np.uint32]
"""Places are unsigned, and so are the numbers in loops: compiled code asks of each other one if it is below zero."""

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_FREE = np.uint64(0)
_STEP = np.uint64(512)
_POWERS = np.array([pow(0x9E3779B97F4A7C15, power, 2**64) for power in range(512)], np.uint64)
_STEPS = np.array([pow(0x9E3779B97F4A7C15, 512 * power, 2**64) for power in range(512)], np.uint64)
"""The powers of the multiplier, one by one and in steps: what the hash of some words weighs in that of more."""
_SEEN_PER_SLOT = 4
_SEEN_SHIFT = np.uint64(20)


@inlined
def mix(value: np.uint64, more: np.uint64) -> np.uint64:
    """Return a hash of *value* and *more*, in this order."""
    value = (value ^ more) * _MULTIPLIER
    return value ^ (value >> np.uint64(29))


@inlined
def add_word(sequence: np.uint64, word: np.uint64) -> np.uint64:
    """Return the hash of a sequence of words and one more; of no word it is zero."""
    return sequence * _MULTIPLIER + word


@inlined
def hash_run(before: Hashes, first: np.uint64, last: np.uint64) -> np.uint64:
    """Return the hash of the words from *first* up to *last*, by the hashes of all words *before* each."""
    count = last - first
    power = _POWERS[count % _STEP] * _STEPS[count // _STEP]
    run: np.uint64 = before[last] - before[first] * power
    return run


@inlined
def _slot(table: Hashes, key: np.uint64) -> np.uint64:
    """Return where *key*, an odd one, is in an open-addressing table, or the free place where it belongs."""
    last = np.uint64(table.size - 1)
    place = key >> np.uint64(20) & last
    # One branch for both ends of the search: by an odd factor only zero becomes zero, and what is free is zero as well.
    while table[place] * (table[place] ^ key) != _FREE:
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
def measure_runs(
    before: Hashes, characters: Lengths, frequent: Lengths, covered: Lengths, scratch: RepetitionTables
) -> None:
    """Measure runs of words that are there more than once: of 2 words, of 3 and so on, as many as are asked for.

    *before* and *characters* are the hash of all words before each word, and before the end, and how many characters
    those have. *frequent*, for the first lengths: how much the most frequent run covers, its size times its number; of
    runs that are there equally often, the one that covers most counts. *covered*, for the lengths behind those: the
    size of all words that lie in a repeated run. A run is repeated only where the shorter ones in it are: each length
    looks at what the one before has left.
    """
    frequent[:], covered[:] = 0, 0
    places, slots, power = scratch.places, scratch.slots, _MULTIPLIER * _MULTIPLIER
    left = _keep_likely(before, power, scratch)
    for length in range(2, 2 + frequent.size + covered.size):
        if length > 2 and left > 1:
            left = _keep_neighbours(places[:left])
            power *= _MULTIPLIER
        if left < 2:
            return
        counts = _count_runs(before, places[:left], np.uint64(length), power, slots, scratch)
        left, most = _keep_repeated(places[:left], slots, counts)
        if length < 2 + frequent.size:
            frequent[length - 2] = _most_frequent(places[:left], slots, counts, characters, np.uint64(length), most)
        else:
            covered[length - 2 - frequent.size] = _cover(places[:left], characters, np.uint64(length))


@inlined
def _keep_likely(before: Hashes, power: np.uint64, scratch: RepetitionTables) -> int:
    """Write the places of all pairs of words that may be there twice; return how many.

    Most pairs of a text are there once. They are left out here, without a branch and without being compared.
    """
    places, two = scratch.places, np.uint64(2)
    seen = scratch.seen[: _table_size(before.size - 1) * _SEEN_PER_SLOT]
    seen[:] = 0
    last = np.uint64(seen.size - 1)
    pairs = np.uint64(max(before.size - 2, 0))
    for place in range(pairs):
        spot = before[place + two] - before[place] * power >> _SEEN_SHIFT & last
        seen[spot] = seen[spot] << 1 | 1
    kept = np.uint64(0)
    for place in range(pairs):
        places[kept] = place
        spot = before[place + two] - before[place] * power >> _SEEN_SHIFT & last
        kept += np.uint64(seen[spot] > 1)
    return int(kept)


@inlined
def _keep_neighbours(places: Places) -> int:
    """Keep the *places* whose next one is a candidate as well: only there a run of one word more may be repeated."""
    kept, next_one = np.uint64(0), np.uint64(places[0])
    for number in range(np.uint64(1), np.uint64(places.size)):
        place, next_one = next_one, np.uint64(places[number])
        places[kept] = place
        kept += np.uint64(next_one == place + np.uint64(1))
    return int(kept)


@inlined
def _count_runs(
    before: Hashes, places: Places, length: np.uint64, power: np.uint64, slots: Places, scratch: RepetitionTables
) -> Sizes:
    """Write where in a table the run at each place is, and return how often it is there."""
    # In so wide a table hardly any key finds another one in its place, and that is the one branch.
    table, counts = scratch.table[: 2 * _table_size(places.size)], scratch.counts
    table[:] = _FREE
    for number in range(np.uint64(places.size)):
        place = np.uint64(places[number])
        key = (before[place + length] - before[place] * power) | np.uint64(1)
        slot = _slot(table, key)
        there = table[slot]
        table[slot] = key
        counts[slot] = 1 + counts[slot] * (there == key)
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
def _most_frequent(
    places: Places, slots: Places, counts: Sizes, characters: Lengths, length: np.uint64, most: int
) -> int:
    """Return how much the run covers that is there *most* times, or the one of those that covers most."""
    best = 0
    for number in range(np.uint64(places.size)):
        place = np.uint64(places[number])
        size = characters[place + length] - characters[place]
        best = max(best, size * (counts[slots[number]] == most))
    return best * most


@inlined
def _cover(places: Places, characters: Lengths, length: np.uint64) -> int:
    total, reached = 0, np.uint64(0)
    for number in range(np.uint64(places.size)):
        place = np.uint64(places[number])
        total += characters[place + length] - characters[max(place, reached)]
        reached = place + length
    return total
