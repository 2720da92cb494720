"""From UTF-8 to the bytes tokens are hashed from: case-folded letters, with zero bytes between the tokens."""

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.characters import (
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
from corpus_audit.measure.compiling import compiled, inlined
from corpus_audit.measure.vectors import WINDOW, fold_ascii_window, trailing_zeros

Bytes = NDArray[np.uint8]

GROWTH = 3
"""Folding makes at most three bytes out of one (U+0390 is two bytes and folds to six)."""
PADDING = 2 * WINDOW
"""Zero bytes after the folded ones, so that whole windows can be read."""
LONGEST_RUN = 1 << 16
"""Bytes looked through for a place to cut at: a longer run of letters may become two tokens."""

_LAST_CODE_POINT = 0x10FFFF


@inlined
def _is_continuation(byte: int) -> bool:
    return (byte & 0xC0) == 0x80


@inlined
def _decode(text: Bytes, at: int, end: int) -> tuple[int, int]:
    """Return the code point at *at* and its length in bytes; 0 and 1 where the bytes are not UTF-8."""
    lead = np.int64(text[at])
    if 0xE0 <= lead < 0xF0:
        if at + 2 < end and _is_continuation(text[at + 1]) and _is_continuation(text[at + 2]):
            code = ((lead & 0x0F) << 12) | ((text[at + 1] & 0x3F) << 6) | (text[at + 2] & 0x3F)
            if code >= 0x800:
                return code, 3
    elif 0xC2 <= lead < 0xE0:
        if at + 1 < end and _is_continuation(text[at + 1]):
            return ((lead & 0x1F) << 6) | (text[at + 1] & 0x3F), 2
    elif (
        0xF0 <= lead < 0xF5
        and at + 3 < end
        and _is_continuation(text[at + 1])
        and _is_continuation(text[at + 2])
        and _is_continuation(text[at + 3])
    ):
        tail = ((text[at + 1] & 0x3F) << 12) | ((text[at + 2] & 0x3F) << 6) | (text[at + 3] & 0x3F)
        code = ((lead & 0x07) << 18) | tail
        if 0x10000 <= code <= _LAST_CODE_POINT:
            return code, 4
    return 0, 1


@inlined
def _encode(code: int, folded: Bytes, to: int) -> int:
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
def _place(code: int, kind: int, folded: Bytes, to: int) -> int:
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
def _position(code: int, table: CharacterTable) -> int:
    return np.int64(table.blocks[code >> BLOCK_BITS]) * BLOCK + (code & (BLOCK - 1))


@compiled
def _place_expansion(row: int, table: CharacterTable, folded: Bytes, to: int) -> int:
    for code in table.expansions[row]:
        if code != 0:
            to = _place(np.int64(code), table.classes[_position(code, table)] & CLASS_MASK, folded, to)
    return to


@compiled
def fold_segment(text: Bytes, start: int, end: int, table: CharacterTable, folded: Bytes) -> tuple[int, bool]:
    """Fold ``text[start:end]`` into *folded*; return the length written and whether NFC might change the text.

    ``folded[0]`` is a zero before the first token, and PADDING zeros follow the last. Bytes that are not UTF-8 are
    taken as breaks. *folded* needs room for GROWTH bytes a byte, and PADDING.
    """
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
            byte = text[at]
            is_letter = 97 <= (byte | 32) <= 122
            folded[to] = (byte | 32) if is_letter or 48 <= byte <= 57 else 0
            at += 1
            to += 1
        did_combine = False
        while at < end and text[at] >= 0x80:
            code, length = _decode(text, at, end)
            at += length
            position = _position(code, table)
            entry = table.classes[position]
            kind = entry & CLASS_MASK
            combines = (entry & COMBINES) != 0
            is_unstable |= (entry & UNSTABLE) != 0 or (combines and did_combine)
            did_combine = combines
            if kind == EXPANDS:
                to = _place_expansion(table.folds[position], table, folded, to)
            else:
                to = _place(code + table.folds[position], kind, folded, to)
    folded[to : to + PADDING] = 0
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
        is_letter = 97 <= (byte | 32) <= 122
        is_digit = 48 <= byte <= 57
        if 0xE4 <= byte <= 0xE9 or (byte < 0x80 and not is_letter and not is_digit):
            return place
    at += LONGEST_RUN
    while at < end and _is_continuation(text[at]):
        at += 1
    return min(at, end)
