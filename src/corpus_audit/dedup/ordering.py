"""Sorting in compiled loops: numba's own sorts take a second each to compile, these a tenth."""

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import compiled

Integers = NDArray[np.int64]


@compiled
def order_by(keys: Integers, largest: int) -> Integers:
    """Return the places of keys from 0 to *largest*, ascending by key; places of equal keys keep their order."""
    ends = np.zeros(largest + 2, np.int64)
    for key in keys:
        ends[key + 1] += 1
    for key in range(largest + 1):
        ends[key + 1] += ends[key]
    order = np.empty(keys.size, np.int64)
    for place in range(keys.size):
        key = keys[place]
        order[ends[key]] = place
        ends[key] += 1
    return order


@compiled
def sort_ascending(numbers: Integers) -> None:
    """Sort numbers in place: Shell's sort, with the steps of Gonnet and Baeza-Yates."""
    step = numbers.size
    while step > 1:
        step = max(1, (5 * step - 1) // 11)
        for place in range(step, numbers.size):
            number, free = numbers[place], place
            while free >= step and numbers[free - step] > number:
                numbers[free] = numbers[free - step]
                free -= step
            numbers[free] = number
