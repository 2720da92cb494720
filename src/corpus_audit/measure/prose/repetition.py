"""Compiled counts of repetitions in a text: lines, paragraphs, word n-grams."""

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import compiled, inlined

Hashes = NDArray[np.uint64]
Counts = NDArray[np.int64]
Sizes = NDArray[np.int32]

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_FREE = np.uint64(0)


@inlined
def mix(value: np.uint64, more: np.uint64) -> np.uint64:
    """Return a hash of *value* and *more*, in this order."""
    value = (value ^ more) * _MULTIPLIER
    return value ^ (value >> np.uint64(29))


@inlined
def _slot(table: Hashes, key: np.uint64) -> int:
    """Return where *key* is in an open-addressing table, or the free place where it belongs."""
    last = table.size - 1
    place = np.int64(key >> np.uint64(20)) & last
    while table[place] != _FREE and table[place] != key:
        place = (place + 1) & last
    return int(place)


@inlined
def _table_size(count: int) -> int:
    size = 16
    while size < 2 * count:
        size *= 2
    return size


@compiled
def repeated(hashes: Hashes, sizes: Sizes) -> tuple[int, int]:
    """Return how many items were seen before, and the sum of their sizes."""
    table = np.zeros(_table_size(hashes.size), np.uint64)
    items = total = 0
    for place in range(hashes.size):
        key = hashes[place] | np.uint64(1)
        slot = _slot(table, key)
        if table[slot] == key:
            items += 1
            total += sizes[place]
        table[slot] = key
    return items, total


@compiled
def measure_runs(words: Hashes, sizes: Sizes, frequent: Counts, covered: Counts) -> None:
    """Measure runs of words that are there more than once: of 2 words, of 3 and so on, as many as are asked for.

    *frequent*, for the first lengths: how much the most frequent run covers, its size times its number; of runs that
    are there equally often, the one that covers most counts. *covered*, for the lengths behind those: the size of all
    words that lie in a repeated run. A run is repeated only where the shorter ones in it are: each length looks at what
    the one before has left.
    """
    frequent[:], covered[:] = 0, 0
    # Mixing two words is the same in both orders, so a run begins with one that is mixed already.
    keys, places = np.empty(words.size, np.uint64), np.arange(words.size)
    for place in range(words.size):
        keys[place] = mix(np.uint64(1), words[place])
    slots = np.empty(words.size, np.int64)
    left = words.size
    for length in range(2, 2 + frequent.size + covered.size):
        left = _extend(keys, places[:left], words, length)
        if left < 2:
            return
        counts = _count_runs(keys, places[:left], slots)
        left = _keep_repeated(places[:left], slots, counts)
        if length < 2 + frequent.size:
            frequent[length - 2] = _most_frequent(places[:left], slots, counts, sizes, length)
        else:
            covered[length - 2 - frequent.size] = _cover(places[:left], sizes, length)


@inlined
def _extend(keys: Hashes, places: Counts, words: Hashes, length: int) -> int:
    """Keep the *places* whose run and whose next one are candidates, and make their keys those of one more word."""
    kept = 0
    for number in range(places.size - 1):
        place = places[number]
        if places[number + 1] == place + 1:
            keys[place] = mix(keys[place], words[place + length - 1])
            places[kept] = place
            kept += 1
    return kept


@inlined
def _count_runs(keys: Hashes, places: Counts, slots: Counts) -> Counts:
    """Write where in a table the run at each place is, and return how often it is there."""
    table = np.zeros(_table_size(places.size), np.uint64)
    counts = np.empty(table.size, np.int64)
    for number in range(places.size):
        key = keys[places[number]] | np.uint64(1)
        slot = _slot(table, key)
        if table[slot] == _FREE:
            table[slot], counts[slot] = key, 0
        counts[slot] += 1
        slots[number] = slot
    return counts


@inlined
def _most_frequent(places: Counts, slots: Counts, counts: Counts, sizes: Sizes, length: int) -> int:
    best_count, best = 2, 0
    for number in range(places.size):
        count = counts[slots[number]]
        if count >= best_count:
            size = 0
            for word in range(places[number], places[number] + length):
                size += sizes[word]
            best = count * size if count > best_count else max(best, count * size)
            best_count = count
    return best


@inlined
def _cover(places: Counts, sizes: Sizes, length: int) -> int:
    total = reached = 0
    for number in range(places.size):
        place = places[number]
        for word in range(max(place, reached), place + length):
            total += sizes[word]
        reached = place + length
    return total


@inlined
def _keep_repeated(places: Counts, slots: Counts, counts: Counts) -> int:
    kept = 0
    for number in range(places.size):
        if counts[slots[number]] > 1:
            places[kept], slots[kept] = places[number], slots[number]
            kept += 1
    return kept
