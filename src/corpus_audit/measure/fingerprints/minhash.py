"""MinHash signatures over 64-bit shingle hashes, bit for bit those of ``datasketch.MinHash(scheme="affine32")``.

A shingle's low 32 bits are mixed once with MurmurHash3's finaliser and then permuted by ``a * h + b mod 2**32``.
"""

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import called, inlined
from corpus_audit.measure.fingerprints.shingles import Hashes
from corpus_audit.measure.vectors import LANES, lower_lanes

Minima = NDArray[np.uint32]

NO_MINIMUM = np.uint32(0xFFFFFFFF)


class Permutations(NamedTuple):
    """The parameters of ``a * h + b mod 2**32``, one of each a permutation."""

    a: Minima
    b: Minima


@cache
def draw_permutations(num_perm: int, seed: int) -> Permutations:
    """Return the permutations datasketch draws for a seed: odd factors, then any summands."""
    generator = np.random.RandomState(seed)
    a = generator.randint(0, 1 << 31, num_perm, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    b = generator.randint(0, 1 << 32, num_perm, dtype=np.uint32)
    a.setflags(write=False)
    b.setflags(write=False)
    return Permutations(a, b)


@inlined
def _mix(value: np.uint32) -> np.uint32:
    value ^= value >> np.uint32(16)
    value = np.uint32(value * np.uint32(0x85EBCA6B))
    value ^= value >> np.uint32(13)
    value = np.uint32(value * np.uint32(0xC2B2AE35))
    return np.uint32(value ^ (value >> np.uint32(16)))


@called
def lower_minima(hashes: Hashes, count: int, permutations: Permutations, mixed: Minima, minima: Minima) -> None:
    """Lower each permutation's minimum to its smallest value over the first *count* hashes.

    *mixed* is working memory for *count*. All hashes go by some permutations before the next, whose minima stay in
    vector registers meanwhile.
    """
    for i in range(count):
        mixed[i] = _mix(np.uint32(hashes[i]))
    together = minima.size // LANES * LANES
    for first in range(0, together, LANES):
        lower_lanes(minima, permutations.a, permutations.b, first, mixed, count)
    for k in range(together, minima.size):
        a, b, lowest = permutations.a[k], permutations.b[k], minima[k]
        for i in range(count):
            lowest = min(lowest, np.uint32(a * mixed[i] + b))
        minima[k] = lowest
