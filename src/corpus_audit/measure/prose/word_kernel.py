"""Compiled splitting of a text into words, for the heuristics of quality.py.

Words are what stands between spaces; their size is in characters. At most ``MAX_WORDS`` words of a text are read: there
the published rules call a text too long, and it bounds the memory.
"""

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import inlined
from corpus_audit.measure.prose.known_words import (
    FIRST_LETTERS,
    LONG,
    LONG_TAIL,
    LOW_BYTES,
    MOST_LETTERS,
    SMALL,
    is_marked,
    number_between,
    number_of,
)
from corpus_audit.measure.prose.line_kernel import LineTable, begin_line, ends_sentence, stops_beyond_ascii
from corpus_audit.measure.prose.repetition import Hashes, add_word, mix
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
    KNOWN_WORDS = 5
    """Which words of KNOWN there are: bits by their numbers."""
    MARKED_WORDS = 6
    LINES = 7


SIGNS = len(Sign)


class WordTable(NamedTuple):
    """What is kept of each word: the hash of all before it, its number in KNOWN, and how many characters are before it.

    ``hashes`` and ``characters`` have a row more for the end, so that any run of words is told by two rows of each.
    ``marked`` are the words that are boilerplate or filler by themselves or behind the word before.
    """

    hashes: Hashes
    known: Bytes
    characters: Counts
    marked: Counts


class Window(NamedTuple):
    """64 bytes of a text from a place *at* on: which are in words, begin words, paragraphs, and end sentences."""

    at: int
    in_word: np.uint64
    starts: np.uint64
    paragraph_starts: np.uint64
    sentence_ends: np.uint64


class SoFar(NamedTuple):
    """What the words of a text up to a place come to: their hash, their characters, which are known and marked."""

    hashed: np.uint64
    characters: int
    known: np.uint64
    last_known: int
    marked: int


_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
_ONE = np.uint64(1)
_LAST_BIT = np.uint64(WINDOW - 1)
_EIGHT = np.uint64(8)
_HIGH_BYTES = np.concatenate([np.zeros(8, np.uint64), LOW_BYTES])
"""The same of the bytes behind the first eight."""
_LOW_FACTOR, _HIGH_FACTOR = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)

_newline_window = any_of_window(b"\n")
_hash_sign_window = any_of_window(b"#")
_brace_window = any_of_window(b"{")
_dot_window = any_of_window(b".")
_stop_window = any_of_window(b'.!?"')
_ellipsis_first, _ellipsis_second, _ellipsis_third = map(any_of_window, (b"\xe2", b"\x80", b"\xa6"))


@inlined
def make_word_table() -> WordTable:
    """Return memory for the words of one text after another."""
    hashes, characters = np.empty(MAX_WORDS + 1, np.uint64), np.empty(MAX_WORDS + 1, np.int64)
    return WordTable(hashes, np.empty(MAX_WORDS, np.uint8), characters, np.empty(MAX_WORDS + 1, np.int64))


@inlined
def split_words(  # noqa: C901, PLR0915 - a call in the loop over words costs as much as the word
    data: Bytes, start: int, end: int, table: WordTable, lines: LineTable, signs: Counts
) -> int:
    """Fill the tables and *signs*; return how many words there are. PADDING bytes must lie behind *end*.

    A window of 64 bytes is looked at at once, and then word by word what lies whole in it. What every word needs is
    done without branches: no processor foresees what the next word is like.
    """
    signs[:] = 0
    so_far = SoFar(np.uint64(0), 0, np.uint64(0), 0, 0)
    alphabetic, hash_signs, braces, ellipses, sentences = 0, 0, 0, 0, 0
    found, line_count, at, behind, line_ends = 0, 0, start, start, 2
    while at < end and found < MAX_WORDS:
        used = min(end - at, WINDOW)
        in_word = above_space_window(data, at) & _first_bits(used)
        if in_word == _ALL and at + WINDOW < end:
            if line_ends > 0:
                begin_line(lines, line_count, found, at, behind, line_ends > 1, sentences)
                line_count += 1
            at, value, number, size = _take_long_word(data, at, end, signs)
            so_far, behind = _add(table, np.uint64(found), value, number, size, so_far), at
            sentences += ends_sentence(data, start, at)
            found, line_ends = found + 1, 0
            continue
        starts = in_word & ~(in_word << _ONE)
        if at + WINDOW < end and in_word >> _LAST_BIT != 0:
            used = WINDOW - 1 - leading_zeros(starts)  # the word goes on behind the window: the next one begins with it
        if count_ones(starts & _first_bits(used)) > MAX_WORDS - found:
            used = _end_of_word(in_word, starts, MAX_WORDS - found)
        read = _first_bits(used)
        in_word, starts = in_word & read, starts & read
        letters, beyond = letter_window(data, at), beyond_ascii_window(data, at)
        one_each, dots = in_word & ~continuation_window(data, at), _dot_window(data, at)
        newlines = _newline_window(data, at) & read
        line_starts, paragraph_starts = _starts_behind(newlines, in_word, starts, line_ends)
        last_signs = in_word & ~(in_word >> _ONE)
        sentence_ends = _stop_window(data, at) & last_signs
        sentence_ends |= stops_beyond_ascii(data, start, at, beyond & last_signs)
        window = Window(at, in_word, starts, paragraph_starts, sentence_ends)
        # Mostly there is one line or none: its row is written either way, as no processor foresees which.
        _begin_line_at(lines, line_count, window, line_starts, found, behind, sentences)
        line_starts, line_count = line_starts & (line_starts - _ONE), line_count + int(line_starts != 0)
        while line_starts != 0:
            _begin_line_at(lines, line_count, window, line_starts, found, behind, sentences)
            line_starts, line_count = line_starts & (line_starts - _ONE), line_count + 1
        while starts != 0:
            place, word = np.uint64(trailing_zeros(starts)), np.uint64(found)
            starts, found = starts & (starts - _ONE), found + 1
            first, taken = np.uint64(at) + place, np.uint64(trailing_zeros(~(in_word >> place)))
            value = _begin_hash(
                load_word(data, first) & LOW_BYTES[taken], load_word(data, first + _EIGHT) & _HIGH_BYTES[taken]
            )
            for chunk in range(2 * _EIGHT, taken, _EIGHT):
                value = mix(value, load_word(data, first + chunk) & LOW_BYTES[taken - chunk])
            bits = _first_bits(taken)
            of_letters, number = letters >> place & bits, 0
            count, skipped = np.uint64(count_ones(of_letters)), np.uint64(trailing_zeros(of_letters))
            run = of_letters >> (skipped & _LAST_BIT)
            if run & (run + _ONE) == 0:
                number = number_of(load_word(data, first + skipped), count)
                if number == LONG:
                    tail = (load_word(data, first + skipped + _EIGHT) | SMALL) & LOW_BYTES[count - _EIGHT]
                    number *= tail == LONG_TAIL
            elif count <= MOST_LETTERS and FIRST_LETTERS[count] >> np.int64(data[first + skipped] & 31) & 1:
                number = number_between(data, first, first + taken)
            so_far = _add(table, word, value, number, count_ones(one_each >> place & bits), so_far)
        behind, before_window = _end_of_words(in_word, at, behind), behind
        line_ends = line_ends * (behind == before_window) + count_ones(newlines & read & ~_bits_below(behind - at))
        sentences += count_ones(sentence_ends & read)
        alphabetic += _count_touched(in_word, (letters | beyond) & in_word)
        hash_signs += count_ones(_hash_sign_window(data, at) & read)
        braces += count_ones(_brace_window(data, at) & read)
        third_dots = dots & dots << _ONE & dots << np.uint64(2)
        ellipses += count_ones(third_dots & ~(dots << np.uint64(3)) & read)
        if beyond & read != 0:
            ellipses += count_ones(_ellipsis_signs(data, at) & read)
        at += used
    begin_line(lines, line_count, found, end, behind, True, sentences)
    table.hashes[found], table.characters[found] = so_far.hashed, so_far.characters
    signs[Sign.CHARACTERS], signs[Sign.MARKED_WORDS] = so_far.characters, so_far.marked
    signs[Sign.KNOWN_WORDS], signs[Sign.LINES] = np.int64(so_far.known), line_count
    signs[Sign.ALPHABETIC_WORDS] += alphabetic
    signs[Sign.HASH_SIGNS] += hash_signs
    signs[Sign.BRACES] += braces
    signs[Sign.ELLIPSES] += ellipses
    return found


@inlined
def _begin_line_at(
    lines: LineTable, line: int, window: Window, line_starts: np.uint64, words: int, behind: int, sentences: int
) -> None:
    """Note the first of the lines that begin in a window; *words* and *sentences* are in front of the window."""
    place = np.uint64(trailing_zeros(line_starts)) & _LAST_BIT
    before = (_ONE << place) - _ONE
    begin_line(
        lines, line, words + count_ones(window.starts & before), window.at + int(np.int64(place)),
        _end_of_words(window.in_word & before, window.at, behind), _bit(window.paragraph_starts, place) != 0,
        sentences + count_ones(window.sentence_ends & before),
    )  # fmt: skip


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
def _end_of_word(in_word: np.uint64, starts: np.uint64, number: int) -> int:
    """Return where in a window the word ends that has a *number*, from 1; *starts* are those of the words there."""
    for _ in range(1, number):
        starts &= starts - _ONE
    place = trailing_zeros(starts)
    end: int = place + trailing_zeros(~(in_word >> np.uint64(place)))
    return end


@inlined
def _first_bits(count: int | np.uint64) -> np.uint64:
    """Return a mask of the lowest bits, 1 to 64 of them."""
    return _ALL >> (np.uint64(WINDOW) - np.uint64(count))


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
def _add(table: WordTable, word: np.uint64, value: np.uint64, number: int, size: int, so_far: SoFar) -> SoFar:
    """Write what is kept of a word of some hash, number and size; return what the words come to with it."""
    table.hashes[word], table.characters[word], table.known[word] = so_far.hashed, so_far.characters, number
    table.marked[np.uint64(so_far.marked)] = word
    mark = is_marked(so_far.last_known, number)
    known = so_far.known | _ONE << np.uint64(number)
    return SoFar(add_word(so_far.hashed, value), so_far.characters + size, known, number, so_far.marked + mark)


@inlined
def _begin_hash(low: np.uint64, high: np.uint64) -> np.uint64:
    """Return the hash of a word's first sixteen bytes: those behind its end are zero."""
    value = low * _LOW_FACTOR + high * _HIGH_FACTOR
    return value ^ value >> np.uint64(29)


@inlined
def _take_long_word(data: Bytes, at: int, end: int, signs: Counts) -> tuple[int, np.uint64, int, int]:
    """Count the signs of a word that may be longer than a window; return its end, hash, number and size."""
    first, size, letters, beyond, has_dots = at, 0, 0, np.uint64(0), False
    value, hashed = _begin_hash(load_word(data, at), load_word(data, at + 8)), 16
    taken = WINDOW
    while taken == WINDOW and at < end:
        in_word = above_space_window(data, at) & _first_bits(min(end - at, WINDOW))
        taken = trailing_zeros(~in_word)
        if taken == 0:
            break
        bits = _first_bits(taken)
        for chunk in range(hashed, taken, 8):
            value = mix(value, load_word(data, at + chunk) & LOW_BYTES[taken - chunk])
        hashed = 0
        size += taken - count_ones(continuation_window(data, at) & bits)
        letters += count_ones(letter_window(data, at) & bits)
        beyond |= beyond_ascii_window(data, at) & bits
        has_dots |= _dot_window(data, at) & bits != 0
        signs[Sign.HASH_SIGNS] += count_ones(_hash_sign_window(data, at) & bits)
        signs[Sign.BRACES] += count_ones(_brace_window(data, at) & bits)
        signs[Sign.ELLIPSES] += count_ones(_ellipsis_signs(data, at) & bits)
        at += taken
    number = number_between(data, first, at) if 0 < letters <= MOST_LETTERS else 0
    signs[Sign.ALPHABETIC_WORDS] += letters > 0 or beyond != 0
    if has_dots:
        signs[Sign.ELLIPSES] += _dotted_ellipses(data, first, at)
    return at, value, number, size


@inlined
def _dotted_ellipses(data: Bytes, start: int, end: int) -> int:
    total, dots = 0, 0
    for place in range(start, end):
        dots = dots + 1 if data[place] == 46 else 0
        total += dots == 3
    return total
