"""The lines of a text, for the heuristics of quality.py: where they begin, how their words end."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import inlined
from corpus_audit.measure.vectors import trailing_zeros

Bytes = NDArray[np.uint8]
Counts = NDArray[np.int64]

_ONE = np.uint64(1)


class LineTable(NamedTuple):
    """What is kept of each line with a word: where it begins, and what was before it; a row more for the end.

    ``words`` is the number of its first word, ``starts`` the byte where that begins, ``stops`` where the last word in
    front of the line ends; ``sentences`` are how many are in front of it.
    """

    words: Counts
    starts: Counts
    stops: Counts
    are_paragraphs: NDArray[np.bool_]
    sentences: Counts


@inlined
def make_line_table(most_lines: int) -> LineTable:
    """Return memory for the lines of one text after another."""
    rows = most_lines + 1
    words, starts, stops = np.empty(rows, np.int64), np.empty(rows, np.int64), np.empty(rows, np.int64)
    return LineTable(words, starts, stops, np.empty(rows, np.bool_), np.empty(rows, np.int64))


@inlined
def begin_line(
    lines: LineTable, line: int, words: int, at: int, behind: int, is_paragraph: bool, sentences: int
) -> None:
    """Note where a line begins and what is in front of it: words, ends of sentences, and its last word."""
    first_words, starts, stops, are_paragraphs, sentences_before = lines
    number = np.uint64(line)
    first_words[number], starts[number], stops[number], are_paragraphs[number] = words, at, behind, is_paragraph
    sentences_before[number] = sentences


@inlined
def stops_beyond_ascii(data: Bytes, start: int, at: int, last_signs: np.uint64) -> np.uint64:
    """Return where words of a window end in a final stop, of those whose last bytes, none of ASCII, are given."""
    stops = np.uint64(0)
    while last_signs != 0:
        place = trailing_zeros(last_signs)
        last_signs &= last_signs - _ONE
        stops |= np.uint64(ends_sentence(data, start, at + place + 1)) << np.uint64(place)
    return stops


@inlined
def ends_sentence(data: Bytes, start: int, stop: int) -> bool:
    """True if the word that ends at *stop*, in a text from *start* on, ends in a final stop."""
    last = data[stop - 1]
    if last < 0x80 or stop - start < 3:
        return bool(last in (33, 34, 46, 63))
    high, middle = data[stop - 3], data[stop - 2]
    # The closing curly quotation mark, and the full-width stops of Chinese.
    return bool(
        (high == 0xE2 and middle == 0x80 and last == 0x9D)
        or (high == 0xE3 and middle == 0x80 and last == 0x82)
        or (high == 0xEF and middle == 0xBC and last in (0x81, 0x9F))
    )


@inlined
def ends_in_ellipsis(data: Bytes, start: int, stop: int) -> bool:
    """True if the word that ends at *stop*, in a text from *start* on, ends in three dots or the sign for them."""
    if stop - start < 3:
        return False
    high, middle, last = data[stop - 3], data[stop - 2], data[stop - 1]
    return bool((high == 46 and middle == 46 and last == 46) or (high == 0xE2 and middle == 0x80 and last == 0xA6))


@inlined
def is_bullet(data: Bytes, place: int, end: int) -> bool:
    """True if the word at *place* of a text, which goes to *end*, is a bullet and nothing else.

    One way through it: numba counts references to an array where a function may return early.
    """
    at = np.uint64(place)
    first, middle, last = data[at], data[at + _ONE], data[at + np.uint64(2)]
    is_sign = ((middle == 0x80) & ((last == 0xA2) | (last == 0xA3))) | ((middle == 0x97) & (last == 0x8F))
    size = ((first == 42) | (first == 45)) + 3 * ((first == 0xE2) & is_sign)
    behind = data[at + np.uint64(size)]
    return bool((size > 0) & ((place + size == end) | ((place + size < end) & (behind <= 0x20))))
