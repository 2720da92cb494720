"""Compiled counts of repetitions in a text: lines, paragraphs, word n-grams."""

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import compiled, inlined

Hashes = NDArray[np.uint64]
Counts = NDArray[np.int64]

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
def repeated(hashes: Hashes, sizes: Counts) -> tuple[int, int]:
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


@inlined
def _run_keys(words: Hashes, length: int) -> Hashes:
    keys = np.empty(max(words.size - length + 1, 0), np.uint64)
    for place in range(keys.size):
        key = np.uint64(length)
        for offset in range(length):
            key = mix(key, words[place + offset])
        keys[place] = key | np.uint64(1)
    return keys


@compiled
def most_frequent_run(words: Hashes, sizes: Counts, length: int) -> int:
    """Return how much the most frequent run of *length* words covers: its size times its number; 0 when none repeats.

    Of runs that are there equally often, the one that covers most counts.
    """
    keys = _run_keys(words, length)
    table = np.zeros(_table_size(keys.size), np.uint64)
    counts = np.zeros(table.size, np.int64)
    best_count, best = 1, 0
    for place in range(keys.size):
        slot = _slot(table, keys[place])
        table[slot] = keys[place]
        counts[slot] += 1
        if counts[slot] < best_count or counts[slot] < 2:
            continue
        covered = counts[slot] * sizes[place : place + length].sum()
        best = covered if counts[slot] > best_count else max(best, covered)
        best_count = counts[slot]
    return best


@compiled
def covered_by_repeated_runs(words: Hashes, sizes: Counts, length: int) -> int:
    """Return the size of all words that lie in a run of *length* words which is there more than once."""
    keys = _run_keys(words, length)
    table = np.zeros(_table_size(keys.size), np.uint64)
    counts = np.zeros(table.size, np.int64)
    slots = np.empty(keys.size, np.int64)
    for place in range(keys.size):
        slots[place] = _slot(table, keys[place])
        table[slots[place]] = keys[place]
        counts[slots[place]] += 1
    total = reached = 0
    for place in range(keys.size):
        if counts[slots[place]] > 1:
            for word in range(max(place, reached), place + length):
                total += sizes[word]
            reached = place + length
    return total
