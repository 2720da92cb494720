"""From folded bytes to the distinct shingles of a document, as 64-bit hashes.

The 64-bit hash of a shingle is what verification compares; its low 32 bits are what goes into MinHash. Both belong
to the tokenizer version: changing anything here means a new ``Parameters.tokenizer``.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import called, compiled, inlined
from corpus_audit.measure.fingerprints.folding import Bytes
from corpus_audit.measure.vectors import WINDOW, beyond_ascii_window, load_word, nonzero_window, trailing_zeros

Hashes = NDArray[np.uint64]

# Odd multipliers: multiplying by one is a bijection that carries low bits upward.
_TOKEN_1 = np.uint64(0x9E3779B97F4A7C15)
_TOKEN_2 = np.uint64(0xD6E8FEB86659FD93)
_ORDER = np.uint64(0xC2B2AE3D27D4EB4F)
_SHINGLE_1 = np.uint64(0xFF51AFD7ED558CCD)
_SHINGLE_2 = np.uint64(0xC4CEB9FE1A85EC53)
_ZERO = np.uint64(0)
_ONE = np.uint64(1)
_ONES = np.uint64(0xFFFFFFFFFFFFFFFF)

_FOUR_BITS, _FOUR_OF_THREE = np.uint64(0xFFFF), np.uint64(0x7777)
"""Of a mask of the bytes of tokens: the place of four tokens of three bytes with zeros behind them, and they."""
_THREE_BYTES = np.uint64(0xE0)
"""The least byte that a character of three or four bytes begins with."""


@inlined
def _mix_token(value: np.uint64) -> np.uint64:
    value *= _TOKEN_1
    value ^= value >> np.uint64(32)
    value *= _TOKEN_2
    return value ^ (value >> np.uint64(29))


@inlined
def _mix_shingle(value: np.uint64) -> np.uint64:
    value ^= value >> np.uint64(33)
    value *= _SHINGLE_1
    value ^= value >> np.uint64(33)
    value *= _SHINGLE_2
    value ^= value >> np.uint64(33)
    # 0 marks a free slot in the tables of hashes, so no shingle may have it.
    return value + np.uint64(value == _ZERO)


@inlined
def _first_bytes(count: int) -> np.uint64:
    """Return a mask of the *count* low bytes of a word, for 1 to 8."""
    return _ONES >> np.uint64(64 - 8 * count)


@inlined
def _hash_token(folded: Bytes, start: int, stop: int) -> np.uint64:
    """Return the hash of ``folded[start:stop]``, taken eight bytes at a time."""
    value = _mix_token(load_word(folded, start) & _first_bytes(min(stop - start, 8)))
    at = start + 8
    while at < stop:
        word = load_word(folded, at) & _first_bytes(min(stop - at, 8))
        value = _mix_token(((value << np.uint64(23)) | (value >> np.uint64(41))) ^ word)
        at += 8
    return value


@called
def hash_tokens(folded: Bytes, length: int, hashes: Hashes, count: int, marks: Bytes) -> tuple[int, bool]:
    """Append the hash of every token in ``folded[:length]`` to ``hashes[:count]``.

    *marks* says at the same places which tokens are one character of a script without spaces, if any is. Returns the
    new count, and whether any is.
    """
    beyond = _ZERO
    for base in range(0, length, WINDOW):
        beyond |= beyond_ascii_window(folded, base)
    if beyond == _ZERO:
        return _hash_ascii(folded, length, hashes, count), False
    return _hash_marked(folded, length, hashes, count, marks)


@inlined
def _edges(folded: Bytes, base: int, carry: np.uint64, start: int) -> tuple[np.uint64, np.uint64, np.uint64, int]:
    """Return which bytes of a window are of tokens, where further ones start, where ends are, where the first starts.

    *carry* is 1 where the window begins in a token, which starts at *start*.
    """
    mask = nonzero_window(folded, base)
    before = (mask << _ONE) | carry
    starts = mask & ~before
    if carry == _ZERO:
        start = base + trailing_zeros(starts)
        starts &= starts - _ONE
    return mask, starts, ~mask & before, start


@inlined
def _hash_ascii(folded: Bytes, length: int, hashes: Hashes, count: int) -> int:
    start, carry, number = 0, _ZERO, np.uint64(count)  # without a sign: a place that may be negative is looked at twice
    for base in range(0, length + 1, WINDOW):
        mask, starts, ends, start = _edges(folded, base, carry, start)
        carry = mask >> np.uint64(63)
        while ends != _ZERO:
            hashes[number] = _hash_token(folded, start, base + trailing_zeros(ends))
            number += _ONE
            ends &= ends - _ONE
            start = base + trailing_zeros(starts)
            starts &= starts - _ONE
    return int(np.int64(number))


@inlined
def _hash_marked(folded: Bytes, length: int, hashes: Hashes, count: int, marks: Bytes) -> tuple[int, bool]:
    start, carry, is_any = 0, _ZERO, False
    for base in range(0, length + 1, WINDOW):
        mask, starts, ends, start = _edges(folded, base, carry, start)
        carry = mask >> np.uint64(63)
        while ends != _ZERO:
            if 0 <= start - base <= WINDOW - 16 and (mask >> np.uint64(start - base)) & _FOUR_BITS == _FOUR_OF_THREE:
                # As Chinese is: four tokens of three bytes each.
                for number in range(4):
                    token = load_word(folded, start + 4 * number) & _first_bytes(3)
                    hashes[count + number] = _mix_token(token)
                    marks[count + number] = token & np.uint64(0xFF) >= _THREE_BYTES
                    is_any |= token & np.uint64(0xFF) >= _THREE_BYTES
                count += 4
                done = ~(_FOUR_BITS << np.uint64(start - base))
                starts, ends = starts & done, ends & done
            else:
                stop = base + trailing_zeros(ends)
                ends &= ends - _ONE
                hashes[count] = _hash_token(folded, start, stop)
                is_single = _is_single(folded[start], stop - start)
                marks[count] = is_single
                is_any |= is_single
                count += 1
            start = base + trailing_zeros(starts)
            starts &= starts - _ONE
    return count, is_any


@inlined
def _is_single(first: int, size: int) -> bool:
    """Return whether a token of so many bytes is one code point of three bytes or four."""
    return (size == 3 and first >= 0xE0) | (size == 4 and first >= 0xF0)


@compiled
def combine_tokens(tokens: Hashes, count: int, size: int, shingles: Hashes) -> int:
    """Write the hash of every *size* neighbouring tokens and return how many; fewer tokens make one shingle."""
    width = min(size, count)
    if width == 0:
        return 0
    total, leave = _ZERO, _ONE
    for i in range(width):
        total = total * _ORDER + tokens[i]
        leave *= _ORDER
    shingles[0] = _mix_shingle(total)
    for first in range(np.uint64(count - width)):
        # In this order one multiplication and one addition wait for the shingle before.
        change = tokens[first + np.uint64(width)] - leave * tokens[first]
        total = total * _ORDER + change
        shingles[first + _ONE] = _mix_shingle(total)
    return count - width + 1


@compiled
def group_by_part(hashes: Hashes, count: int, part_bits: int, grouped: Hashes) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Write hashes by their high *part_bits* bits; return where each part begins, and the end of the last."""
    shift = np.uint64(64 - part_bits)
    starts = np.zeros((1 << part_bits) + 1, np.int64)
    for i in range(count):
        starts[np.int64(hashes[i] >> shift) + 1] += 1
    for part in range(1 << part_bits):
        starts[part + 1] += starts[part]
    ends = starts.copy()
    for i in range(count):
        mine = np.int64(hashes[i] >> shift)
        grouped[ends[mine]] = hashes[i]
        ends[mine] += 1
    return starts


@inlined
def find_slot(slots: Hashes, value: np.uint64, part_bits: int) -> np.uint64:
    """Return the slot of a table that holds *value*, or the free one where it belongs.

    A table is a power of two of slots, 0 for a free one, at most half full. The bits after a hash's *part_bits*
    choose its first slot, so that the slots are nearly in the order of the hashes.
    """
    # Without a sign: a place that may be negative is looked at twice.
    shift = np.uint64(64 - trailing_zeros(np.uint64(slots.size)))
    slot, last = (value << np.uint64(part_bits)) >> shift, np.uint64(slots.size - 1)
    while slots[slot] != _ZERO and slots[slot] != value:
        slot = (slot + _ONE) & last
    return slot


@called
def insert_hashes(hashes: Hashes, count: int, part_bits: int, slots: Hashes, fresh: Hashes) -> int:
    """Insert hashes into a table; write those that are new to *fresh* and return how many."""
    added = _ZERO
    for i in range(np.uint64(count)):
        slot = find_slot(slots, hashes[i], part_bits)
        fresh[added] = hashes[i]
        added += np.uint64(slots[slot] == _ZERO)
        slots[slot] = hashes[i]
    return int(np.int64(added))


@called
def enlarge_table(slots: Hashes, part_bits: int, needed: int) -> Hashes:
    """Return a table with the same hashes that *needed* of them fill no more than half."""
    size = slots.size
    while size < 2 * needed:
        size *= 2
    larger = np.zeros(size, np.uint64)
    for value in slots:
        if value != _ZERO:
            larger[find_slot(larger, value, part_bits)] = value
    return larger


@called
def sort_hashes(hashes: Hashes) -> None:
    """Sort hashes in place: in linear time, because a table's slots are nearly sorted."""
    for i in range(1, hashes.size):
        value = hashes[i]
        at = i
        while at > 0 and hashes[at - 1] > value:
            hashes[at] = hashes[at - 1]
            at -= 1
        hashes[at] = value
