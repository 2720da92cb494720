"""Similar pictures: perceptual hashes that differ in few bits, found by multi-index hashing.

The 64 bits of the lowest frequencies are cut into four keys of 16. Two hashes that differ in at most seven of those
bits differ in at most one bit of some key, so looking up every key and its sixteen neighbours finds all of them
(Norouzi, Punjani, Fleet 2012, "Fast Search in Hamming Space with Multi-Index Hashing"). Each candidate is then
verified on all 256 bits. Exact copies were found by their bytes already; what is found here are others.
"""

import numpy as np
from numpy.typing import NDArray

from corpus_audit.dedup.verify import VerifiedPairs, no_pairs
from corpus_audit.measure.compiling import compiled, inlined

HASH_BITS = 256
MAX_DISTANCE = 48
"""Bits of 256 in which copies differ at most: scaled, packed and slightly cropped ones differ in up to 40, different
pictures in 90 and more."""

MOST_IN_A_BUCKET = 512
"""Pictures under one key that are compared with each other; of more, which all look the same, only the first."""

_SIDE, _CORNER = 16, 8
_KEYS, _KEY_BITS = 4, 16
_CORNER_DISTANCE = 2 * _KEYS - 1
_WORDS = HASH_BITS // 64

Words = NDArray[np.uint64]
Integers = NDArray[np.int64]


def find_alike_pictures(numbers: Integers, hashes: NDArray[np.uint8]) -> VerifiedPairs:
    """Return the pairs of similar pictures: *numbers* ascend, *hashes* has a row of 32 bytes for each."""
    if len(numbers) < 2:
        return no_pairs()
    words = np.ascontiguousarray(hashes).view(np.uint64).reshape(-1, _WORDS)
    corners = _corners(hashes)
    found = [np.empty((0, 2), np.int64)]
    for key in range(_KEYS):
        keys = ((corners >> np.uint64(_KEY_BITS * key)) & np.uint64(0xFFFF)).astype(np.int64)
        order = np.argsort(keys, kind="stable")
        found.append(_find_in_buckets(keys[order], order, words, corners))
    pairs = np.unique(np.concatenate(found), axis=0)
    similarity = 1.0 - _distances(words, pairs) / HASH_BITS
    return VerifiedPairs(numbers[pairs], similarity, similarity, similarity)


def _corners(hashes: NDArray[np.uint8]) -> Words:
    """Return the bits of the lowest frequencies, both ways, as one number a picture."""
    bits = np.unpackbits(hashes, axis=1).reshape(-1, _SIDE, _SIDE)[:, :_CORNER, :_CORNER]
    return np.packbits(bits.reshape(-1, _CORNER * _CORNER), axis=1).view(np.uint64).ravel()


@compiled
def _find_in_buckets(keys: Integers, members: Integers, words: Words, corners: Words) -> Integers:
    found = []
    for place in range(keys.size):
        for neighbour in range(-1, _KEY_BITS):
            wanted = keys[place] if neighbour < 0 else keys[place] ^ (1 << neighbour)
            first = np.searchsorted(keys, wanted)
            for other in range(first, min(first + MOST_IN_A_BUCKET, keys.size)):
                if keys[other] != wanted:
                    break
                a, b = members[place], members[other]
                is_near = a < b and _ones(corners[a] ^ corners[b]) <= _CORNER_DISTANCE
                if is_near and _distance(words[a], words[b]) <= MAX_DISTANCE:
                    found.append((a, b))
    pairs = np.empty((len(found), 2), np.int64)
    for row, (a, b) in enumerate(found):
        pairs[row, 0], pairs[row, 1] = a, b
    return pairs


@compiled
def _distances(words: Words, pairs: Integers) -> Integers:
    distances = np.empty(pairs.shape[0], np.int64)
    for row in range(pairs.shape[0]):
        distances[row] = _distance(words[pairs[row, 0]], words[pairs[row, 1]])
    return distances


@inlined
def _distance(one: Words, other: Words) -> int:
    bits = 0
    for word in range(_WORDS):
        bits += _ones(one[word] ^ other[word])
    return bits


@inlined
def _ones(word: np.uint64) -> int:
    word -= (word >> np.uint64(1)) & np.uint64(0x5555555555555555)
    word = (word & np.uint64(0x3333333333333333)) + ((word >> np.uint64(2)) & np.uint64(0x3333333333333333))
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return int((word * np.uint64(0x0101010101010101)) >> np.uint64(56))
