"""From UTF-8 to the bytes that tokens are hashed from: case-folded letters, separated by zero bytes."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import compiled, inlined
from corpus_audit.measure.fingerprints.characters import (
    BLOCK,
    BLOCK_BITS,
    BREAK,
    CLASS_MASK,
    COMBINES,
    EXPANDS,
    MARK,
    SINGLE,
    SKIP,
    UNSTABLE,
    CharacterTable,
)
from corpus_audit.measure.fingerprints.vectors import WINDOW, fold_ascii_window, trailing_zeros

Bytes = NDArray[np.uint8]
Integer = int | np.signedinteger[Any]

GROWTH = 3
"""Folding makes at most three bytes out of one (U+0390 is two bytes and folds to six)."""
PADDING = 2 * WINDOW
"""Zero bytes after the folded ones, so that whole windows can be read."""
LONGEST_RUN = 1 << 16
"""Bytes looked through for a place to cut at: a longer run of letters may become two tokens."""

_LAST_CODE_POINT = 0x10FFFF


@inlined
def _fold_ascii(byte: int) -> int:
    """Return an ASCII letter in lower case or a digit, and zero for any other ASCII character."""
    lower = byte | 0x20
    return lower if 0x61 <= lower <= 0x7A or 0x30 <= byte <= 0x39 else 0


@inlined
def _is_continuation(byte: Integer) -> bool:
    return (byte & 0xC0) == 0x80


@inlined
def _decode(lead: Integer, second: Integer, third: Integer, fourth: Integer) -> tuple[Integer, int]:
    """Return the code point of the bytes and how many of them it takes; 0 and 1 where they are not UTF-8.

    Takes bytes and not the text: numba counts references to an array in every function that may return early.
    """
    if 0xE0 <= lead < 0xF0:
        code = ((lead & 0x0F) << 12) | ((second & 0x3F) << 6) | (third & 0x3F)
        if _is_continuation(second) and _is_continuation(third) and code >= 0x800:
            return code, 3
    elif 0xC2 <= lead < 0xE0:
        if _is_continuation(second):
            return ((lead & 0x1F) << 6) | (second & 0x3F), 2
    elif 0xF0 <= lead < 0xF5:
        code = ((lead & 0x07) << 18) | ((second & 0x3F) << 12) | ((third & 0x3F) << 6) | (fourth & 0x3F)
        are_continuations = _is_continuation(second) and _is_continuation(third) and _is_continuation(fourth)
        if are_continuations and 0x10000 <= code <= _LAST_CODE_POINT:
            return code, 4
    return 0, 1


@inlined
def _byte(text: Bytes, at: Integer, end: Integer) -> Integer:
    """Return the byte at *at*, or 0, which continues nothing, from *end* on."""
    return np.int64(text[at]) if at < end else 0


@inlined
def _encode(code: Integer, folded: Bytes, to: int) -> int:
    """Write a code point as UTF-8 and return where the next one goes."""
    if code < 0x80:
        folded[to] = code
        return to + 1
    if code < 0x800:
        folded[to] = 0xC0 | (code >> 6)
        folded[to + 1] = 0x80 | (code & 0x3F)
        return to + 2
    if code < 0x10000:
        folded[to] = 0xE0 | (code >> 12)
        folded[to + 1] = 0x80 | ((code >> 6) & 0x3F)
        folded[to + 2] = 0x80 | (code & 0x3F)
        return to + 3
    folded[to] = 0xF0 | (code >> 18)
    folded[to + 1] = 0x80 | ((code >> 12) & 0x3F)
    folded[to + 2] = 0x80 | ((code >> 6) & 0x3F)
    folded[to + 3] = 0x80 | (code & 0x3F)
    return to + 4


@inlined
def _place(code: Integer, kind: Integer, folded: Bytes, to: int) -> int:
    """Write one folded character as its class wants it and return where the next one goes."""
    if kind == SINGLE:
        if folded[to - 1] != 0:
            folded[to] = 0
            to += 1
        to = _encode(code, folded, to)
        folded[to] = 0
        return to + 1
    if kind == BREAK:
        folded[to] = 0
        return to + 1
    if kind == SKIP or (kind == MARK and folded[to - 1] == 0):
        return to
    return _encode(code, folded, to)


@inlined
def _position(code: Integer, blocks: NDArray[np.uint16]) -> Integer:
    return np.int64(blocks[code >> BLOCK_BITS]) * BLOCK + (code & (BLOCK - 1))


@compiled
def _place_expansion(row: int, table: CharacterTable, folded: Bytes, to: int) -> int:
    for code in table.expansions[row]:
        if code != 0:
            kind = table.classes[_position(np.int64(code), table.blocks)] & CLASS_MASK
            to = _place(np.int64(code), kind, folded, to)
    return to


@compiled
def fold_segment(text: Bytes, start: int, end: int, table: CharacterTable, folded: Bytes) -> tuple[int, bool]:
    """Fold ``text[start:end]`` into *folded*; return the length written and whether NFC might change the text.

    ``folded[0]`` is a zero before the first token, and PADDING zeros follow the last. Bytes that are not UTF-8 are
    taken as breaks. *folded* needs room for GROWTH bytes a byte, and PADDING.
    """
    # Taken out of the table once: each look inside it costs a reference count.
    blocks, classes, folds = table.blocks, table.classes, table.folds
    folded[0] = 0
    at, to, is_unstable = start, 1, False
    while at < end:
        if at + WINDOW <= text.size:
            run = min(trailing_zeros(fold_ascii_window(text, at, folded, to)), end - at)
            at += run
            to += run
            if run == WINDOW:
                continue
        elif text[at] < 0x80:
            folded[to] = _fold_ascii(text[at])
            at += 1
            to += 1
        did_combine = False
        while at < end and text[at] >= 0x80:
            code, length = _decode(
                np.int64(text[at]), _byte(text, at + 1, end), _byte(text, at + 2, end), _byte(text, at + 3, end)
            )
            position = _position(code, blocks)
            entry = classes[position]
            at += length
            if entry == SINGLE:
                # Most of what gets here: Han, kana and Hangul, which neither fold nor combine.
                to = _place(code, SINGLE, folded, to)
                did_combine = False
                continue
            combines = (entry & COMBINES) != 0
            is_unstable |= (entry & UNSTABLE) != 0 or (combines and did_combine)
            did_combine = combines
            if entry & CLASS_MASK == EXPANDS:
                to = _place_expansion(folds[position], table, folded, to)
            else:
                to = _place(code + folds[position], entry & CLASS_MASK, folded, to)
    for place in range(to, to + PADDING):
        folded[place] = 0
    return to, is_unstable


@compiled
def count_characters(text: Bytes, start: int, end: int) -> int:
    """Return how many code points ``text[start:end]`` holds: its bytes less the continuation bytes."""
    count = 0
    for at in range(start, end):
        count += (text[at] & 0xC0) != 0x80
    return count


@compiled
def find_cut(text: Bytes, at: int, end: int) -> int:
    """Return the first place from *at* where a text may be cut without cutting a token, or *end*.

    Such places are ASCII characters other than letters and digits, and characters led by the bytes E4 to E9: every
    one of U+4000 to U+9FFF is a token of its own or a break. Where there is none for LONGEST_RUN bytes, the next
    character has to do.
    """
    for place in range(at, min(at + LONGEST_RUN, end)):
        byte = text[place]
        if 0xE4 <= byte <= 0xE9 or (byte < 0x80 and _fold_ascii(byte) == 0):
            return place
    at += LONGEST_RUN
    while at < end and _is_continuation(text[at]):
        at += 1
    return min(at, end)
