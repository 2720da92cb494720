"""From UTF-8 to the bytes that tokens are hashed from: case-folded letters, separated by zero bytes."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import called, compiled, inlined
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
from corpus_audit.measure.vectors import (
    WINDOW,
    continuation_window,
    count_ones,
    fold_ascii_window,
    load_word,
    store_half,
    trailing_zeros,
)

Bytes = NDArray[np.uint8]
Integer = int | np.signedinteger[Any]

GROWTH = 3
"""Folding makes at most three bytes out of one (U+0390 is two bytes and folds to six)."""
PADDING = 2 * WINDOW
"""Zero bytes after the folded ones, so that whole windows can be read."""
LONGEST_RUN = 1 << 16
"""Bytes looked through for a place to cut at: a longer run of letters may become two tokens."""

_LAST_CODE_POINT = 0x10FFFF

_THREE = 3
_LOADED = 8
_THREE_BITS, _THREE_BYTES = np.uint64(0xC0C0F0), np.uint64(0x8080E0)
"""What tells the bytes of a character of three, and what it is there."""
_FIRST_OF_THREE = np.uint64(0x800)
"""Smaller code points have fewer bytes."""

STANDING_ALONE = np.array(
    [
        (0x0E00, 0x0E37), (0x0E3B, 0x0E47), (0x0E4C, 0x0EB7), (0x0EBB, 0x0EC7), (0x0ECC, 0x0EFF),  # Thai, Lao
        (0x1000, 0x102D), (0x102F, 0x1036), (0x1038, 0x1038), (0x103B, 0x108C), (0x108E, 0x109F),  # Myanmar
        (0x1100, 0x115F),  # Hangul that begins a syllable
        (0x1780, 0x17D1), (0x17D3, 0x17DC), (0x17DE, 0x17FF),  # Khmer
        (0x3000, 0x3029),  # punctuation of East Asia, repeated Han
        (0x3041, 0x3096), (0x309B, 0x30FF), (0x31F0, 0x31FF), (0xFF61, 0xFF9F),  # kana, also half-width
        (0x3105, 0x312F), (0x31A0, 0x31BF), (0x3131, 0x318E),  # Bopomofo, Hangul letters
        (0x3400, 0x9FFF), (0xAC00, 0xD7A3),  # Han, Hangul syllables
        (0xFF01, 0xFF0F), (0xFF1A, 0xFF20),  # full-width punctuation
    ]
)  # fmt: skip
"""Characters of three bytes that are a token or a break of their own, and that NFC never joins to what is before them.

Marks with a combining class, which NFC may reorder, and second halves of compositions are left out.
"""


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


@called
def _place_expansion(row: int, table: CharacterTable, folded: Bytes, to: int) -> int:
    for code in table.expansions[row]:
        if code != 0:
            kind = table.classes[_position(np.int64(code), table.blocks)] & CLASS_MASK
            to = _place(np.int64(code), kind, folded, to)
    return to


@inlined
def _code_of_three(word: np.uint64) -> np.uint64:
    """Return the code point of three bytes, the low ones of a word."""
    first, second = (word & np.uint64(0x0F)) << np.uint64(12), (word >> np.uint64(2)) & np.uint64(0xFC0)
    return first | second | ((word >> np.uint64(16)) & np.uint64(0x3F))


@inlined
def _fold_singles(
    text: Bytes, at: int, end: int, blocks: NDArray[np.uint16], classes: NDArray[np.uint8], folded: Bytes, to: int
) -> tuple[int, int]:
    """Fold characters of three bytes as long as each is a token of its own or a break; return where both sides are.

    That is most of Chinese and Japanese: the general way takes twice as long.
    """
    is_open, is_alike = folded[to - 1] != 0, True
    # One way out of the loop: numba counts references to each array where there are several.
    while is_alike & (at + _THREE <= end) & (at + _LOADED <= text.size):
        word = load_word(text, at)
        code = _code_of_three(word)
        entry = classes[np.uint64(blocks[code >> np.uint64(BLOCK_BITS)]) * np.uint64(BLOCK) + code % np.uint64(BLOCK)]
        is_single = entry == SINGLE
        is_alike = (word & _THREE_BITS == _THREE_BYTES) & (code >= _FIRST_OF_THREE) & (is_single | (entry == BREAK))
        if is_alike:
            folded[to] = 0
            to += is_open | (not is_single)
            if is_single:
                store_half(folded, to, word & np.uint64(0xFFFFFF))
                to += _THREE + 1
            is_open = False
            at += _THREE
    return at, to


@called
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
            before = at
            at, to = _fold_singles(text, at, end, blocks, classes, folded, to)
            if at > before:
                did_combine = False
                continue
            code, length = _decode(
                np.int64(text[at]), _byte(text, at + 1, end), _byte(text, at + 2, end), _byte(text, at + 3, end)
            )
            position = _position(code, blocks)
            entry = classes[position]
            at += length
            if entry == SINGLE:
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


@called
def count_characters(text: Bytes, start: int, end: int) -> int:
    """Return how many code points ``text[start:end]`` holds: its bytes less the continuation bytes."""
    continuations, at = 0, start
    while at + WINDOW <= end:
        continuations += count_ones(continuation_window(text, at))
        at += WINDOW
    for place in range(at, end):
        continuations += (text[place] & 0xC0) == 0x80
    return end - start - continuations


@inlined
def _stands_alone(first: Integer, second: Integer, third: Integer) -> bool:
    """True of three bytes that are one character of STANDING_ALONE."""
    if not (0xE0 <= first < 0xF0 and _is_continuation(second) and _is_continuation(third)):
        return False
    code = ((first & 0x0F) << 12) | ((second & 0x3F) << 6) | (third & 0x3F)
    is_listed = False
    for row in range(STANDING_ALONE.shape[0]):
        is_listed |= STANDING_ALONE[row, 0] <= code <= STANDING_ALONE[row, 1]
    return bool(is_listed)


@inlined
def _is_cut(text: Bytes, place: int, start: int, end: int) -> bool:
    """True if no token of ``text[start:end]`` goes on at *place*: see ``find_cut``."""
    byte = text[place]
    if byte < 0x80:
        follows = place - 3 >= start and _stands_alone(text[place - 3], text[place - 2], text[place - 1])
        return follows or _fold_ascii(byte) == 0
    if 0xE4 <= byte <= 0xE9:
        return True
    return place + 2 < end and _stands_alone(byte, text[place + 1], text[place + 2])


@called
def find_cut(text: Bytes, at: int, end: int) -> int:
    """Return the first place from *at* where a text may be cut without cutting a token, or *end*.

    Such places are ASCII characters other than letters and digits; characters of scripts without spaces, most of which
    are tokens of their own (``_stands_alone``); and what is ASCII behind these. Where there is none for LONGEST_RUN
    bytes, the next character has to do.
    """
    for place in range(at, min(at + LONGEST_RUN, end)):
        if _is_cut(text, place, at - 1, end):
            return place
    at += LONGEST_RUN
    while at < end and _is_continuation(text[at]):
        at += 1
    return min(at, end)


@compiled
def list_cuts(text: Bytes) -> NDArray[np.int64]:
    """Return every place, but the first, where a text may be cut without cutting a token."""
    cuts = np.empty(text.size, np.int64)
    count = 0
    for place in range(1, text.size):
        cuts[count] = place
        count += _is_cut(text, place, 0, text.size)
    return cuts[:count].copy()
