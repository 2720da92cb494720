"""Compiled splitting of a text into words, for the heuristics of quality.py.

Words are what stands between spaces; their size is in characters. At most ``MAX_WORDS`` words of a text are read: there
the published rules call a text too long, and it bounds the memory.
"""

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import inlined
from corpus_audit.measure.prose.line_kernel import LineTable, begin_line, ends_sentence, stops_beyond_ascii
from corpus_audit.measure.prose.repetition import Hashes, Sizes, mix
from corpus_audit.measure.vectors import (
    WINDOW,
    above_space_window,
    any_of_window,
    beyond_ascii_window,
    continuation_window,
    count_ones,
    leading_zeros,
    letter_window,
    load_word,
    trailing_zeros,
)

Bytes = NDArray[np.uint8]
Counts = NDArray[np.int64]

MAX_WORDS = 100_001
PADDING = 2 * WINDOW
"""Bytes that must lie behind a text: windows and 8-byte words are read beyond its end."""


class Sign(IntEnum):
    """What is counted while a text is split."""

    CHARACTERS = 0
    ALPHABETIC_WORDS = 1
    HASH_SIGNS = 2
    BRACES = 3
    ELLIPSES = 4


SIGNS = len(Sign)


class WordTable(NamedTuple):
    """What is kept of each word: its hash, its number in KNOWN, and its size in characters."""

    hashes: Hashes
    known: Bytes
    sizes: Sizes


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
_LAST_BIT = np.uint64(WINDOW - 1)
_SMALL = np.uint64(0x2020202020202020)
_LOW_BYTES = np.array([2 ** (8 * size) - 1 for size in range(9)] + [2**64 - 1] * WINDOW, np.uint64)
"""A mask of the first bytes of a word of memory, by how many: from eight on, all of them."""

_newline_window = any_of_window(b"\n")
_hash_sign_window = any_of_window(b"#")
_brace_window = any_of_window(b"{")
_dot_window = any_of_window(b".")
_stop_window = any_of_window(b'.!?"')
_ellipsis_first, _ellipsis_second, _ellipsis_third = map(any_of_window, (b"\xe2", b"\x80", b"\xa6"))


@inlined
def make_word_table() -> WordTable:
    """Return memory for the words of one text after another."""
    return WordTable(np.empty(MAX_WORDS, np.uint64), np.empty(MAX_WORDS, np.uint8), np.empty(MAX_WORDS, np.int32))


@inlined
def split_words(  # noqa: C901, PLR0915 - a call in the loop over words costs as much as the word
    data: Bytes, start: int, end: int, table: WordTable, lines: LineTable, signs: Counts
) -> tuple[int, int]:
    """Fill the tables and *signs*; return how many words and lines there are. PADDING bytes must lie behind *end*.

    A window of 64 bytes is looked at at once, and then word by word what lies whole in it. What every word needs is
    done without branches: no processor foresees what the next word is like.
    """
    words, known, sizes = table
    signs[:] = 0
    characters, alphabetic, hash_signs, braces, ellipses, sentences = 0, 0, 0, 0, 0, 0
    found, line_count, at, behind, line_ends = 0, 0, start, start, 2
    while at < end and found < MAX_WORDS:
        used = min(end - at, WINDOW)
        in_word = above_space_window(data, at) & _first_bits(used)
        if in_word == _ALL and at + WINDOW < end:
            if line_ends > 0:
                begin_line(lines, line_count, found, at, behind, line_ends > 1, characters, sentences)
                line_count += 1
            at = behind = _take_long_word(data, at, end, found, table, signs)
            characters += sizes[found]
            sentences += ends_sentence(data, start, at)
            found, line_ends = found + 1, 0
            continue
        starts = in_word & ~(in_word << _ONE)
        if at + WINDOW < end and in_word >> _LAST_BIT != 0:
            used = WINDOW - 1 - leading_zeros(starts)  # the word goes on behind the window: the next one begins with it
            in_word &= _first_bits(used)
            starts &= in_word
        read = _first_bits(used)
        stops = ~in_word & in_word << _ONE
        letters, beyond = letter_window(data, at), beyond_ascii_window(data, at)
        one_each, dots = in_word & ~continuation_window(data, at), _dot_window(data, at)
        newlines = _newline_window(data, at) & read
        line_starts, paragraph_starts = _starts_behind(newlines, in_word, starts, line_ends)
        last_signs = in_word & ~(in_word >> _ONE)
        sentence_ends = _stop_window(data, at) & last_signs
        sentence_ends |= stops_beyond_ascii(data, start, at, beyond & last_signs)
        while starts != 0:
            place, stop = trailing_zeros(starts), trailing_zeros(stops)
            starts, stops = starts & (starts - _ONE), stops & (stops - _ONE)
            first, size, shift = at + place, stop - place, np.uint64(place)
            bits = _first_bits(size)
            value = mix(_ONE, load_word(data, first) & _LOW_BYTES[size])
            value = mix(value, load_word(data, first + 8) & _LOW_BYTES[max(size - 8, 0)])
            for chunk in range(16, size, 8):
                value = mix(value, load_word(data, first + chunk) & _LOW_BYTES[size - chunk])
            of_letters = letters >> shift & bits
            count, skipped = count_ones(of_letters), trailing_zeros(of_letters)
            run = of_letters >> np.uint64(skipped & (WINDOW - 1))
            number = 0
            if run & (run + _ONE) == 0:
                number = _number_of(load_word(data, first + skipped), count)
                if number == _LONG:
                    number *= (load_word(data, first + skipped + 8) | _SMALL) & _LOW_BYTES[count - 8] == _LONG_TAIL
            elif count <= _MOST_LETTERS:
                number = _number_between(data, first, first + size)
            if _bit(line_starts, shift):
                before = (_ONE << shift) - _ONE
                begin_line(
                    lines, line_count, found, first, _end_of_words(in_word & before, at, behind),
                    _bit(paragraph_starts, shift) != 0, characters + count_ones(one_each & before),
                    sentences + count_ones(sentence_ends & before),
                )  # fmt: skip
                line_count += 1
            word = np.uint64(found)
            words[word], known[word], sizes[word] = value, number, count_ones(one_each >> shift & bits)
            found += 1
            if found == MAX_WORDS:
                used = stop
                in_word, read = in_word & _first_bits(used), _first_bits(used)
                break
        behind, before_window = _end_of_words(in_word, at, behind), behind
        line_ends = line_ends * (behind == before_window) + count_ones(newlines & read & ~_bits_below(behind - at))
        characters += count_ones(one_each & read)
        sentences += count_ones(sentence_ends & read)
        alphabetic += _count_touched(in_word, (letters | beyond) & in_word)
        hash_signs += count_ones(_hash_sign_window(data, at) & read)
        braces += count_ones(_brace_window(data, at) & read)
        third_dots = dots & dots << _ONE & dots << np.uint64(2)
        ellipses += count_ones(third_dots & ~(dots << np.uint64(3)) & read)
        if beyond & read != 0:
            ellipses += count_ones(_ellipsis_signs(data, at) & read)
        at += used
    begin_line(lines, line_count, found, end, behind, True, characters, sentences)
    signs[Sign.CHARACTERS] += characters
    signs[Sign.ALPHABETIC_WORDS] += alphabetic
    signs[Sign.HASH_SIGNS] += hash_signs
    signs[Sign.BRACES] += braces
    signs[Sign.ELLIPSES] += ellipses
    return found, line_count


@inlined
def _starts_behind(
    newlines: np.uint64, in_word: np.uint64, starts: np.uint64, line_ends: int
) -> tuple[np.uint64, np.uint64]:
    """Return which words of a window begin behind a newline, and which behind several; *line_ends* lie before it.

    Added to the gap that it lies in, a newline carries to the word behind it, and leaves a zero in its place: those
    after it in the same gap stay there.
    """
    gaps = ~in_word
    carried = gaps + newlines
    behind_one, behind_two = carried & starts, (gaps + (newlines & carried)) & starts
    first = starts & (~starts + _ONE)
    is_second = (line_ends > 1) | ((line_ends > 0) & (behind_one & first != 0))
    return behind_one | first * np.uint64(line_ends > 0), behind_two | first * np.uint64(is_second)


@inlined
def _count_touched(in_word: np.uint64, signs: np.uint64) -> int:
    """Return in how many words of a window one of *signs* lies: added to its word, it carries to the gap behind it."""
    carried = in_word + signs
    return int(count_ones(carried & ~in_word) + (carried < in_word))


@inlined
def _end_of_words(in_word: np.uint64, at: int, before: int) -> int:
    """Return where the last word of a window at *at* ends; *before* where there is none."""
    return at + WINDOW - leading_zeros(in_word) if in_word != 0 else before


@inlined
def _first_bits(count: int) -> np.uint64:
    """Return a mask of the lowest bits, 1 to 64 of them."""
    return _ALL >> np.uint64(WINDOW - count)


@inlined
def _bits_below(count: int) -> np.uint64:
    """Return a mask of the lowest bits, up to 64 of them; none for a *count* of 0 or less."""
    return _first_bits(count) if count > 0 else np.uint64(0)


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
def _take_long_word(data: Bytes, at: int, end: int, found: int, table: WordTable, signs: Counts) -> int:
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
    words, known, sizes = table
    words[found], sizes[found] = value, size
    known[found] = _number_between(data, first, at) if 0 < letters <= _MOST_LETTERS else 0
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
