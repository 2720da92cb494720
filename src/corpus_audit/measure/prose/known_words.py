"""The words that a rule of quality.py asks for, and how compiled code tells them by their letters."""

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import inlined
from corpus_audit.measure.vectors import WINDOW

Bytes = NDArray[np.uint8]

STOP_WORDS = ("the", "be", "to", "of", "and", "that", "have", "with")
BOILERPLATE_WORDS = ("javascript", "cookie", "cookies")
BOILERPLATE_PAIRS = (("privacy", "policy"), ("terms", "of"), ("rights", "reserved"))
_PAIRS = (("lorem", "ipsum"), *BOILERPLATE_PAIRS)
KNOWN = tuple(dict.fromkeys([*STOP_WORDS, *BOILERPLATE_WORDS, *(word for pair in _PAIRS for word in pair)]))
"""Words that a rule asks for, by their letters. A word's number is its place here, from 1; 0 is any other word."""

NUMBER = {word: number for number, word in enumerate(KNOWN, 1)}

_KNOWN_BITS = 7
_CODE_LETTERS = 8
_MORE = 0x80
"""A bit of the first letter that no letter of ASCII has."""


def _first_letters(word: str) -> int:
    """Return a word's first eight letters, one a byte, the first lowest."""
    return int.from_bytes(word[:_CODE_LETTERS].encode(), "little")


def _letters_code(word: str) -> int:
    """Return a word's first eight letters, marked where it has more: no two known words have the same."""
    return _first_letters(word) | (_MORE if len(word) > _CODE_LETTERS else 0)


def _find_multiplier(codes: list[int]) -> int:
    """Return a factor by which each code has a place of its own in a table of 2 to the power of _KNOWN_BITS."""
    for number in range(1, 10_000, 2):
        factor = number * 0x9E3779B97F4A7C15 % 2**64
        if len({code * factor % 2**64 >> 64 - _KNOWN_BITS for code in codes}) == len(codes):
            return factor
    message = "no multiplier separates the known words"
    raise ValueError(message)


def _known_table(factor: int) -> tuple[NDArray[np.uint64], Bytes]:
    table, numbers = np.zeros(2**_KNOWN_BITS, np.uint64), np.zeros(2**_KNOWN_BITS, np.uint8)
    for word, number in NUMBER.items():
        place = _letters_code(word) * factor % 2**64 >> 64 - _KNOWN_BITS
        table[place], numbers[place] = _letters_code(word), number
    return table, numbers


def _marks() -> Bytes:
    """Return which known words are marked, a row for each that may be in front of them, and for none."""
    marks = np.zeros((_MARKS_ROW, _MARKS_ROW), np.uint8)
    marks[:, [NUMBER[word] for word in BOILERPLATE_WORDS]] = 1
    for first, second in _PAIRS:
        marks[NUMBER[first], NUMBER[second]] = 1
    return marks.reshape(-1)


_MARKS_BITS = 5
_MARKS_ROW = 2**_MARKS_BITS
_MARKS = _marks()
_FACTOR = _find_multiplier([_letters_code(word) for word in KNOWN])
_CODES, _NUMBERS = _known_table(_FACTOR)
_KNOWN_SHIFT = 64 - _KNOWN_BITS
MOST_LETTERS = max(map(len, KNOWN))
[(LONG, LONG_TAIL)] = [
    (number, np.uint64(_first_letters(word[_CODE_LETTERS:]))) for word, number in NUMBER.items() if word[_CODE_LETTERS:]
]
"""The one known word that is longer than its code, and the code of its other letters."""

SMALL = np.uint64(0x2020202020202020)
"""A bit in each byte that makes letters of ASCII small ones."""
LOW_BYTES = np.array([2 ** (8 * size) - 1 for size in range(9)] + [2**64 - 1] * WINDOW, np.uint64)
"""A mask of the first bytes of a word of memory, by how many: from eight on, all of them."""
_LETTER_BYTES = np.array([mask & ~_MORE for mask in LOW_BYTES[:9].tolist()] + [2**64 - 1] * WINDOW, np.uint64)
"""The same of letters, of which the first has the mark _MORE: kept where there are more than eight."""
FIRST_LETTERS = np.zeros(WINDOW + 1, np.int64)
"""The letters, as bits, that known words of so many letters begin with."""
for _word in KNOWN:
    FIRST_LETTERS[len(_word)] |= 1 << (ord(_word[0]) & 31)


@inlined
def is_marked(before: int, number: int) -> int:
    """Return 1 for a known word that is boilerplate or filler by itself or behind another, told by their numbers."""
    mark: int = _MARKS[np.uint64(before) << np.uint64(_MARKS_BITS) | np.uint64(number)]
    return mark


@inlined
def number_of(letters: np.uint64, count: np.uint64) -> int:
    """Return the number of the known word with such letters, of which *letters* holds the first eight; 0 for none."""
    code = (letters | SMALL | np.uint64(_MORE)) & _LETTER_BYTES[count]
    spot = code * np.uint64(_FACTOR) >> np.uint64(_KNOWN_SHIFT)
    number: int = _NUMBERS[spot] * (_CODES[spot] == code)
    return number


@inlined
def number_between(data: Bytes, first: int | np.uint64, last: int | np.uint64) -> int:
    """Return the number of the known word that the letters from *first* to *last* make, leaving other signs out."""
    code, tail, count = np.uint64(0), np.uint64(0), 0
    for place in range(first, last):
        small = data[place] | 32
        if 97 <= small <= 122 and count < MOST_LETTERS:
            shifted = np.uint64(small) << np.uint64(8 * (count & 7))
            code, tail = (code | shifted, tail) if count < 8 else (code, tail | shifted)
            count += 1
    number = number_of(code, np.uint64(count))
    return number * (number != LONG or tail == LONG_TAIL)
