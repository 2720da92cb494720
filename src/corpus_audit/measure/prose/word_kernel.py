"""Compiled splitting of a text into words, for the heuristics of quality.py.

Words are what stands between spaces; their size is in characters. At most ``MAX_WORDS`` words of a text are read: there
the published rules call a text too long, and it bounds the memory.
"""

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import inlined
from corpus_audit.measure.prose.repetition import Hashes, Sizes, mix
from corpus_audit.measure.vectors import (
    WINDOW,
    above_space_window,
    any_of_window,
    beyond_ascii_window,
    continuation_window,
    count_ones,
    letter_window,
    load_word,
    trailing_zeros,
)

Bytes = NDArray[np.uint8]
Counts = NDArray[np.int64]

MAX_WORDS = 100_001
PADDING = 2 * WINDOW
"""Bytes that must lie behind a text: windows and 8-byte words are read beyond its end."""

STARTS_LINE, STARTS_PARAGRAPH, ENDS_SENTENCE, ENDS_IN_ELLIPSIS, IS_BULLET = 1, 2, 4, 8, 16


class Sign(IntEnum):
    """What is counted while a text is split."""

    CHARACTERS = 0
    ALPHABETIC_WORDS = 1
    HASH_SIGNS = 2
    BRACES = 3
    ELLIPSES = 4


SIGNS = len(Sign)


class WordTable(NamedTuple):
    """What is kept of each word: its hash, its number in KNOWN, its size in characters, and flags."""

    hashes: Hashes
    known: Bytes
    sizes: Sizes
    flags: Bytes


STOP_WORDS = ("the", "be", "to", "of", "and", "that", "have", "with")
BOILERPLATE_WORDS = ("javascript", "cookie", "cookies")
BOILERPLATE_PAIRS = (("privacy", "policy"), ("terms", "of"), ("rights", "reserved"))
_PAIRS = (("lorem", "ipsum"), *BOILERPLATE_PAIRS)
KNOWN = tuple(dict.fromkeys([*STOP_WORDS, *BOILERPLATE_WORDS, *(word for pair in _PAIRS for word in pair)]))
"""Words that a rule asks for, by their letters. A word's number is its place here, from 1; 0 is any other word."""

NUMBER = {word: number for number, word in enumerate(KNOWN, 1)}

_KNOWN_BITS = 7
_CODE_LETTERS = 8


def _letters_code(word: str) -> int:
    """Return a word's first eight letters, one a byte, the first lowest."""
    return int.from_bytes(word[:_CODE_LETTERS].encode(), "little")


def _find_multiplier(codes: list[int]) -> int:
    """Return a factor by which each code has a place of its own in a table of 2 to the power of _KNOWN_BITS."""
    for number in range(1, 10_000, 2):
        factor = number * 0x9E3779B97F4A7C15 % 2**64
        if len({code * factor % 2**64 >> 64 - _KNOWN_BITS for code in codes}) == len(codes):
            return factor
    message = "no multiplier separates the known words"
    raise ValueError(message)


def _known_table(factor: int) -> tuple[Hashes, Bytes, Bytes]:
    table = np.zeros(2**_KNOWN_BITS, np.uint64)
    numbers, lengths = np.zeros(table.size, np.uint8), np.zeros(table.size, np.uint8)
    for word, number in NUMBER.items():
        place = _letters_code(word) * factor % 2**64 >> 64 - _KNOWN_BITS
        table[place], numbers[place], lengths[place] = _letters_code(word), number, len(word)
    return table, numbers, lengths


_FACTOR = _find_multiplier([_letters_code(word) for word in KNOWN])
_CODES, _NUMBERS, _LENGTHS = _known_table(_FACTOR)
_KNOWN_SHIFT = 64 - _KNOWN_BITS
_MOST_LETTERS = max(map(len, KNOWN))
[(_LONG, _LONG_TAIL)] = [
    (number, np.uint64(_letters_code(word[_CODE_LETTERS:]))) for word, number in NUMBER.items() if word[_CODE_LETTERS:]
]
"""The one known word that is longer than its code, and the code of its other letters."""

_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
_ONE = np.uint64(1)
_SMALL = np.uint64(0x2020202020202020)
_LOW_BYTES = np.array([2 ** (8 * size) - 1 for size in range(9)] + [2**64 - 1] * WINDOW, np.uint64)
"""A mask of the first bytes of a word of memory, by how many: from eight on, all of them."""

_newline_window = any_of_window(b"\n")
_hash_sign_window = any_of_window(b"#")
_brace_window = any_of_window(b"{")
_dot_window = any_of_window(b".")
_stop_window = any_of_window(b'.!?"')
_bullet_window = any_of_window(b"*-")
_ellipsis_first, _ellipsis_second, _ellipsis_third = map(any_of_window, (b"\xe2", b"\x80", b"\xa6"))


@inlined
def split_words(  # noqa: C901, PLR0915 - a call in the loop over words costs as much as the word
    data: Bytes, start: int, end: int, table: WordTable, signs: Counts
) -> int:
    """Fill *table* and *signs*; return how many words there are. PADDING bytes must lie behind *end*.

    A window of 64 bytes is looked at at once, and then word by word what lies whole in it. What every word needs is
    done without branches: no processor foresees what the next word is like.
    """
    words, known, sizes, flags = table
    signs[:] = 0
    characters, alphabetic, hash_signs, braces, ellipses = 0, 0, 0, 0, 0
    found, at, line_ends = 0, start, 2
    while at < end and found < MAX_WORDS:
        used = min(end - at, WINDOW)
        in_word = above_space_window(data, at) & _first_bits(used)
        if in_word == _ALL and at + WINDOW < end:
            at = _take_long_word(data, at, end, found, line_ends, table, signs)
            found, line_ends = found + 1, 0
            continue
        starts = in_word & ~(in_word << _ONE)
        letters, beyond = letter_window(data, at), beyond_ascii_window(data, at)
        alphabet, continuations = letters | beyond, continuation_window(data, at)
        newlines, dots = _newline_window(data, at), _dot_window(data, at)
        stops, bullets = _stop_window(data, at), _bullet_window(data, at) & starts & ~(in_word >> _ONE)
        third_dots = dots & dots << _ONE & dots << np.uint64(2)
        passed = 0
        while starts != 0:
            place = trailing_zeros(starts)
            size = min(trailing_zeros(~(in_word >> np.uint64(place))), WINDOW - place)
            if place + size == WINDOW and at + WINDOW < end:
                used = place  # the word goes on behind the window: the next one begins with it
                break
            starts &= starts - _ONE
            first, last = at + place, np.uint64(place + size - 1)
            bits = _first_bits(size) << np.uint64(place)
            value = mix(_ONE, load_word(data, first) & _LOW_BYTES[size])
            value = mix(value, load_word(data, first + 8) & _LOW_BYTES[max(size - 8, 0)])
            for chunk in range(16, size, 8):
                value = mix(value, load_word(data, first + chunk) & _LOW_BYTES[size - chunk])
            word = np.uint64(found)
            words[word] = value
            of_letters = letters & bits
            count, skipped = count_ones(of_letters), trailing_zeros(of_letters)
            run = of_letters >> np.uint64(skipped & (WINDOW - 1))
            number = 0
            if run & (run + _ONE) == 0:
                number = _number_of(load_word(data, at + skipped), count)
                if number == _LONG:
                    number *= (load_word(data, at + skipped + 8) | _SMALL) & _LOW_BYTES[count - 8] == _LONG_TAIL
            elif count <= _MOST_LETTERS:
                number = _number_between(data, first, first + size)
            characters_here = size - count_ones(continuations & bits)
            known[word], sizes[word] = number, characters_here
            characters += characters_here
            alphabetic += (alphabet & bits) != 0
            before = count_ones(newlines & ((_ONE << np.uint64(place)) - _ONE))
            line_ends += before - passed
            flag = (
                STARTS_LINE * (line_ends > 0)
                + STARTS_PARAGRAPH * (line_ends > 1)
                + ENDS_SENTENCE * _bit(stops, last)
                + ENDS_IN_ELLIPSIS * _bit(third_dots, last)
                + IS_BULLET * _bit(bullets, np.uint64(place))
            )
            if _bit(beyond, last):
                flag += _flags_beyond_ascii(data, first, first + size)
            flags[word] = flag
            passed, line_ends = before, 0
            found += 1
            if found == MAX_WORDS:
                used = place + size
                break
        read = _first_bits(used)
        line_ends += count_ones(newlines & read) - passed
        hash_signs += count_ones(_hash_sign_window(data, at) & read)
        braces += count_ones(_brace_window(data, at) & read)
        ellipses += count_ones(third_dots & ~(dots << np.uint64(3)) & read)
        if beyond & read != 0:
            ellipses += count_ones(_ellipsis_signs(data, at) & read)
        at += used
    signs[Sign.CHARACTERS] += characters
    signs[Sign.ALPHABETIC_WORDS] += alphabetic
    signs[Sign.HASH_SIGNS] += hash_signs
    signs[Sign.BRACES] += braces
    signs[Sign.ELLIPSES] += ellipses
    return found


@inlined
def _first_bits(count: int) -> np.uint64:
    """Return a mask of the lowest bits, 1 to 64 of them."""
    return _ALL >> np.uint64(WINDOW - count)


@inlined
def _bit(mask: np.uint64, place: np.uint64) -> np.int64:
    return np.int64((mask >> place) & _ONE)


@inlined
def _ellipsis_signs(data: Bytes, at: int) -> np.uint64:
    """Return where the sign of an ellipsis (U+2026) begins; it may end behind the window."""
    begins: np.uint64 = _ellipsis_first(data, at) & _ellipsis_second(data, at + 1) & _ellipsis_third(data, at + 2)
    return begins


@inlined
def _number_of(letters: np.uint64, count: int) -> int:
    """Return the number of the known word with such letters, of which *letters* holds the first eight; 0 for none."""
    code = (letters | _SMALL) & _LOW_BYTES[count]
    spot = code * np.uint64(_FACTOR) >> np.uint64(_KNOWN_SHIFT)
    number: int = _NUMBERS[spot] * ((_CODES[spot] == code) & (_LENGTHS[spot] == count))
    return number


@inlined
def _number_between(data: Bytes, first: int, last: int) -> int:
    """Return the number of the known word that the letters from *first* to *last* make, leaving other signs out."""
    code, tail, count = np.uint64(0), np.uint64(0), 0
    for place in range(first, last):
        small = data[place] | 32
        if 97 <= small <= 122 and count < _MOST_LETTERS:
            shifted = np.uint64(small) << np.uint64(8 * (count & 7))
            code, tail = (code | shifted, tail) if count < 8 else (code, tail | shifted)
            count += 1
    number = _number_of(code, count)
    return number * (number != _LONG or tail == _LONG_TAIL)


@inlined
def _take_long_word(data: Bytes, at: int, end: int, found: int, line_ends: int, table: WordTable, signs: Counts) -> int:
    """Take a word that may be longer than a window; return where it ends."""
    first, value, size, letters, beyond, has_dots = at, _ONE, 0, 0, np.uint64(0), False
    taken = WINDOW
    while taken == WINDOW and at < end:
        in_word = above_space_window(data, at) & _first_bits(min(end - at, WINDOW))
        taken = trailing_zeros(~in_word)
        if taken == 0:
            break
        bits = _first_bits(taken)
        for chunk in range(0, taken, 8):
            value = mix(value, load_word(data, at + chunk) & _LOW_BYTES[taken - chunk])
        size += taken - count_ones(continuation_window(data, at) & bits)
        letters += count_ones(letter_window(data, at) & bits)
        beyond |= beyond_ascii_window(data, at) & bits
        has_dots |= _dot_window(data, at) & bits != 0
        signs[Sign.HASH_SIGNS] += count_ones(_hash_sign_window(data, at) & bits)
        signs[Sign.BRACES] += count_ones(_brace_window(data, at) & bits)
        signs[Sign.ELLIPSES] += count_ones(_ellipsis_signs(data, at) & bits)
        at += taken
    words, known, sizes, flags = table
    words[found], sizes[found] = value, size
    known[found] = _number_between(data, first, at) if 0 < letters <= _MOST_LETTERS else 0
    flags[found] = (
        STARTS_LINE * (line_ends > 0)
        + STARTS_PARAGRAPH * (line_ends > 1)
        + ENDS_SENTENCE * (data[at - 1] in (33, 34, 46, 63))
        + ENDS_IN_ELLIPSIS * (data[at - 1] == 46 and data[at - 2] == 46 and data[at - 3] == 46)
        + _flags_beyond_ascii(data, first, at)
    )
    signs[Sign.CHARACTERS] += size
    signs[Sign.ALPHABETIC_WORDS] += letters > 0 or beyond != 0
    if has_dots:
        signs[Sign.ELLIPSES] += _dotted_ellipses(data, first, at)
    return at


@inlined
def _dotted_ellipses(data: Bytes, start: int, end: int) -> int:
    total, dots = 0, 0
    for place in range(start, end):
        dots = dots + 1 if data[place] == 46 else 0
        total += dots == 3
    return total


@inlined
def _flags_beyond_ascii(data: Bytes, start: int, end: int) -> int:
    """Return the flags of a word by its last sign, if that is none of ASCII."""
    size, last = end - start, data[end - 1]
    if size < 3 or last < 0x80:
        return 0
    high, middle = data[end - 3], data[end - 2]
    in_general = high == 0xE2 and middle == 0x80
    # The closing curly quotation mark, and the full-width stops of Chinese.
    is_stop = (
        (in_general and last == 0x9D)
        or (high == 0xE3 and middle == 0x80 and last == 0x82)
        or (high == 0xEF and middle == 0xBC and last in (0x81, 0x9F))
    )
    is_dot = (in_general and last in (0xA2, 0xA3)) or (high == 0xE2 and middle == 0x97 and last == 0x8F)
    is_ellipsis, is_bullet = in_general and last == 0xA6, size == 3 and is_dot
    return int(ENDS_SENTENCE * is_stop + ENDS_IN_ELLIPSIS * is_ellipsis + IS_BULLET * is_bullet)
