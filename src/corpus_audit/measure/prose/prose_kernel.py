"""Compiled splitting of texts into words, lines and paragraphs, for the heuristics of quality.py.

Words are what stands between spaces; their size is in characters. At most ``MAX_WORDS`` words of a text are read: there
the published rules call a text too long, and it bounds the memory.
"""

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import compiled, copy_first, inlined
from corpus_audit.measure.prose.repetition import Sizes, measure_runs, mix, repeated
from corpus_audit.measure.text_windows import Offsets
from corpus_audit.measure.vectors import (
    WINDOW,
    above_space_window,
    any_of_window,
    beyond_ascii_window,
    continuation_window,
    count_ones,
    digit_window,
    letter_window,
    load_word,
    trailing_zeros,
)

Bytes = NDArray[np.uint8]
Hashes = NDArray[np.uint64]
Counts = NDArray[np.int64]

MAX_WORDS = 100_001
FREQUENT_RUNS = (2, 3, 4)
REPEATED_RUNS = (5, 6, 7, 8, 9, 10)
"""Lengths in words, one after another from two: ``measure_runs`` goes from each to the next."""


class Count(IntEnum):
    """The columns that ``read_prose`` fills, one row a text."""

    WORDS = 0
    CHARACTERS = 1
    HASH_SIGNS = 2
    ELLIPSES = 3
    ALPHABETIC_WORDS = 4
    STOP_WORDS = 5
    LINES = 6
    BULLET_LINES = 7
    ELLIPSIS_LINES = 8
    REPEATED_LINES = 9
    REPEATED_LINE_CHARACTERS = 10
    PARAGRAPHS = 11
    REPEATED_PARAGRAPHS = 12
    REPEATED_PARAGRAPH_CHARACTERS = 13
    KEPT_LINES = 14
    KEPT_SENTENCES = 15
    BRACES = 16
    LOREM_IPSUM = 17
    BOILERPLATE_LINES = 18
    FREQUENT_RUN_CHARACTERS = 19
    REPEATED_RUN_CHARACTERS = 22


class WordTable(NamedTuple):
    """What is kept of each word: its hash, its number in _KNOWN, its size in characters, and flags."""

    hashes: Hashes
    known: Bytes
    sizes: Sizes
    flags: Bytes


COUNTS = Count.REPEATED_RUN_CHARACTERS + len(REPEATED_RUNS)

_ALPHABETIC, _ENDS_SENTENCE, _IS_BULLET, _ENDS_IN_ELLIPSIS, _STARTS_LINE, _STARTS_PARAGRAPH = 1, 2, 4, 8, 16, 32
_KEPT_LINE_WORDS = 5

_STOP_WORDS = ("the", "be", "to", "of", "and", "that", "have", "with")
_BOILERPLATE_WORDS = ("javascript", "cookie", "cookies")
_BOILERPLATE_PAIRS = (("privacy", "policy"), ("terms", "of"), ("rights", "reserved"))
_PAIRS = (("lorem", "ipsum"), *_BOILERPLATE_PAIRS)
_KNOWN = tuple(dict.fromkeys([*_STOP_WORDS, *_BOILERPLATE_WORDS, *(word for pair in _PAIRS for word in pair)]))
"""Words that a rule asks for, by their letters. A word's number is its place here, from 1; 0 is any other word."""

_LETTER_BITS = 5
_KNOWN_BITS = 7
_LETTER, _BEYOND_ASCII, _HASH_SIGN, _BRACE, _DOT, _ELLIPSIS_BYTE, _DIGIT = 1, 2, 4, 8, 16, 32, 64


def _letters_code(word: str) -> int:
    """Return a word's letters, five bits each, the first lowest: of up to twelve letters no two words share a code."""
    return sum((letter & 31) << _LETTER_BITS * place for place, letter in enumerate(word.encode()))


def _find_multiplier(codes: list[int]) -> int:
    """Return a factor by which each code has a place of its own in a table of 2 to the power of _KNOWN_BITS."""
    for number in range(1, 10_000, 2):
        factor = number * 0x9E3779B97F4A7C15 % 2**64
        if len({code * factor % 2**64 >> 64 - _KNOWN_BITS for code in codes}) == len(codes):
            return factor
    message = "no multiplier separates the known words"
    raise ValueError(message)


def _known_table(codes: list[int], factor: int) -> tuple[Hashes, Bytes]:
    table, numbers = np.zeros(2**_KNOWN_BITS, np.uint64), np.zeros(2**_KNOWN_BITS, np.uint8)
    for number, code in enumerate(codes, 1):
        place = code * factor % 2**64 >> 64 - _KNOWN_BITS
        table[place], numbers[place] = code, number
    return table, numbers


def _classes() -> Bytes:
    classes = np.zeros(256, np.uint8)
    classes[[*range(65, 91), *range(97, 123)]] = _LETTER
    classes[48:58] = _DIGIT
    classes[128:] = _BEYOND_ASCII
    for sign, kind in ((b"#", _HASH_SIGN), (b"{", _BRACE), (b".", _DOT)):
        classes[sign[0]] = kind
    classes[0xE2] |= _ELLIPSIS_BYTE
    return classes


_MOST_LETTERS = max(map(len, _KNOWN))
_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
_newline_window = any_of_window(b"\n")
_sign_window = any_of_window(b"#{.\xe2")
_CODES = [_letters_code(word) for word in _KNOWN]
_FACTOR = _find_multiplier(_CODES)
_TABLE, _NUMBERS = _known_table(_CODES, _FACTOR)
_CLASSES = _classes()
_KNOWN_SHIFT = 64 - _KNOWN_BITS
_NUMBER = {word: number for number, word in enumerate(_KNOWN, 1)}
_LAST_STOP_WORD = len(_STOP_WORDS)
_IS_STOP_WORD = np.array([0] + [word in _STOP_WORDS for word in _KNOWN], np.uint8)
_IS_BOILERPLATE = np.array([0] + [word in _BOILERPLATE_WORDS for word in _KNOWN], np.uint8)
_SECOND = np.array([0] + [_NUMBER.get(dict(_BOILERPLATE_PAIRS).get(word, ""), 255) for word in _KNOWN], np.uint8)
"""The word behind a word that makes both boilerplate; 255 and 0 for none."""
_LOREM, _IPSUM, _JAVASCRIPT = _NUMBER["lorem"], _NUMBER["ipsum"], _NUMBER["javascript"]


@compiled
def read_prose(data: Bytes, starts: Offsets, ends: Offsets, counts: NDArray[np.float64]) -> None:
    """Fill one row of *counts* for each text; its columns are those of Count, the last ones one a length of run."""
    words, known = np.empty(MAX_WORDS, np.uint64), np.empty(MAX_WORDS, np.uint8)
    sizes, flags = np.empty(MAX_WORDS, np.int32), np.empty(MAX_WORDS, np.uint8)
    table = WordTable(words, known, sizes, flags)
    for record in range(starts.size):
        row = counts[record]
        found = _split(data, starts[record], ends[record], table, row)
        _count_words(known[:found], sizes[:found], flags[:found], row)
        _count_lines(known[:found], flags[:found], row)
        _count_repetition(words[:found], sizes[:found], flags[:found], row)


@inlined
def _split(  # noqa: C901, PLR0915 - a call in the loop over words costs as much as the word
    data: Bytes, start: int, end: int, table: WordTable, row: NDArray[np.float64]
) -> int:
    """Fill *table*; count signs; return how many words there are.

    A window of 64 bytes is looked at at once, and then word by word what lies whole in it.
    """
    words, known, sizes, flags = table
    found, at, line_ends = 0, start, 2
    while at < end and found < MAX_WORDS:
        if at + WINDOW + 8 > data.size:
            at, found, line_ends = _take_byte_by_byte(data, at, end, found, line_ends, table, row)
            continue
        room = min(end - at, WINDOW)
        inside = _ALL >> np.uint64(WINDOW - room)
        in_word = above_space_window(data, at) & inside
        newlines = _newline_window(data, at) & inside
        letters, beyond = letter_window(data, at), beyond_ascii_window(data, at)
        plain_ends = letters | digit_window(data, at)
        signs, continuations = _sign_window(data, at), continuation_window(data, at)
        place = 0
        while found < MAX_WORDS:
            rest = in_word >> np.uint64(place) if place < WINDOW else np.uint64(0)
            if rest == 0:
                line_ends += count_ones(newlines >> np.uint64(place)) if place < WINDOW else 0
                at += room
                break
            gap = trailing_zeros(rest)
            line_ends += count_ones((newlines >> np.uint64(place)) & ((np.uint64(1) << np.uint64(gap)) - np.uint64(1)))
            place += gap
            size = min(trailing_zeros(~in_word >> np.uint64(place)), WINDOW - place)
            if place + size == WINDOW and at + WINDOW < end:
                # The word goes on behind the window: the next one begins with it, or it is longer than any window.
                at += place
                if place == 0:
                    at, found, line_ends = _take_byte_by_byte(data, at, end, found, line_ends, table, row)
                break
            bits = (_ALL >> np.uint64(WINDOW - size)) << np.uint64(place)
            first, last = at + place, at + place + size
            # Helpers that take an array and loop cost a counted reference: what every word needs stands here.
            value, chunk = np.uint64(1), first
            while chunk + 8 < last:
                value = mix(value, load_word(data, chunk))
                chunk += 8
            words[found] = mix(value, load_word(data, chunk) & (_ALL >> np.uint64(8 * (8 - (last - chunk)))))
            of_letters = letters & bits
            count, skipped, code = count_ones(of_letters), trailing_zeros(of_letters), np.uint64(0)
            if 0 < count <= 8 and of_letters >> np.uint64(skipped) == _ALL >> np.uint64(WINDOW - count):
                code = _packed_letters(load_word(data, at + skipped) & (_ALL >> np.uint64(64 - 8 * count)))
            elif 0 < count <= _MOST_LETTERS:
                code = _letters_between(data, first, last)
            known[found] = _number_of(code)
            sizes[found] = size - count_ones(continuations & bits)
            if signs & bits:
                _count_signs(data, first, last, row)
            flags[found] = (
                _ALPHABETIC * (((letters | beyond) & bits) > 0)
                + _STARTS_LINE * (line_ends > 0)
                + _STARTS_PARAGRAPH * (line_ends > 1)
            )
            if not (plain_ends >> np.uint64(place + size - 1)) & np.uint64(1):
                flags[found] += _word_flags(data, first, last)
            line_ends = 0
            found += 1
            place += size
    return found


@inlined
def _packed_letters(letters: np.uint64) -> np.uint64:
    """Return the code (``_letters_code``) of up to eight letters, one a byte."""
    # Neighbours are moved together: five bits, then ten, then twenty.
    letters = (letters & np.uint64(0x001F001F001F001F)) | (letters & np.uint64(0x1F001F001F001F00)) >> np.uint64(3)
    letters = (letters & np.uint64(0x000003FF000003FF)) | (letters & np.uint64(0x03FF000003FF0000)) >> np.uint64(6)
    return (letters & np.uint64(0xFFFFF)) | (letters & np.uint64(0xFFFFF00000000)) >> np.uint64(12)


@inlined
def _letters_between(data: Bytes, first: int, last: int) -> np.uint64:
    letters, shift = np.uint64(0), np.uint64(0)
    for place in range(first, last):
        if _CLASSES[data[place]] & _LETTER and shift < np.uint64(64):
            letters |= np.uint64(data[place] & 31) << shift
            shift += np.uint64(_LETTER_BITS)
    return letters


@inlined
def _number_of(letters: np.uint64) -> int:
    spot = letters * np.uint64(_FACTOR) >> np.uint64(_KNOWN_SHIFT)
    return int(_NUMBERS[spot]) if _TABLE[spot] == letters else 0


@compiled
def _take_byte_by_byte(
    data: Bytes,
    at: int,
    end: int,
    found: int,
    line_ends: int,
    table: WordTable,
    row: NDArray[np.float64],
) -> tuple[int, int, int]:
    """Take one word, and the space before it, where no window fits; return what comes next.

    That is the place, how many words there are, and how many line ends were seen since.
    """
    words, known, sizes, flags = table
    while at < end and data[at] <= 32:
        line_ends += data[at] == 10
        at += 1
    if at == end:
        return at, found, line_ends
    first, value, packed, seen, letters = at, np.uint64(1), np.uint64(0), np.uint8(0), 0
    while at < end and data[at] > 32:
        kind = _CLASSES[data[at]]
        seen |= kind
        letters += kind & _LETTER
        packed |= np.uint64(data[at]) << np.uint64(8 * ((at - first) & 7))
        at += 1
        if (at - first) & 7 == 0:
            value, packed = mix(value, packed), np.uint64(0)
    words[found] = mix(value, packed) if (at - first) & 7 else value
    known[found] = _number_of(_letters_between(data, first, at)) if letters <= _MOST_LETTERS else 0
    sizes[found] = _characters(data, first, at)
    if seen & (_HASH_SIGN | _BRACE | _DOT | _ELLIPSIS_BYTE):
        _count_signs(data, first, at, row)
    flags[found] = (
        _ALPHABETIC * ((seen & (_LETTER | _BEYOND_ASCII)) > 0)
        + _STARTS_LINE * (line_ends > 0)
        + _STARTS_PARAGRAPH * (line_ends > 1)
    )
    if not _CLASSES[data[at - 1]] & (_LETTER | _DIGIT):
        flags[found] += _word_flags(data, first, at)
    return at, found + 1, 0


@inlined
def _characters(text: Bytes, start: int, end: int) -> int:
    total = 0
    for place in range(start, end):
        total += (text[place] & 0xC0) != 0x80
    return total


@inlined
def _count_signs(text: Bytes, start: int, end: int, row: NDArray[np.float64]) -> None:
    for place in range(start, end):
        row[Count.HASH_SIGNS] += text[place] == 35
        row[Count.BRACES] += text[place] == 123
    row[Count.ELLIPSES] += _ellipses(text, start, end)


@inlined
def _ellipses(text: Bytes, start: int, end: int) -> int:
    total, dots = 0, 0
    for place in range(start, end):
        dots = dots + 1 if text[place] == 46 else 0
        total += dots == 3
        total += place + 2 < end and text[place] == 0xE2 and text[place + 1] == 0x80 and text[place + 2] == 0xA6
    return total


@inlined
def _word_flags(text: Bytes, start: int, end: int) -> int:
    last = text[end - 1]
    size = end - start
    flags = 0
    in_three = size >= 3 and text[end - 3] == 0xE2 and text[end - 2] == 0x80
    if (in_three and last == 0xA6) or (size >= 3 and last == 46 and text[end - 2] == 46 and text[end - 3] == 46):
        flags += _ENDS_IN_ELLIPSIS
    # . ! ? " and the closing curly quotation mark, and the full-width stops of Chinese.
    is_curly = in_three and last == 0x9D
    is_wide = size >= 3 and (
        (text[end - 3] == 0xE3 and text[end - 2] == 0x80 and last == 0x82)
        or (text[end - 3] == 0xEF and text[end - 2] == 0xBC and last in (0x81, 0x9F))
    )
    if last in (33, 34, 46, 63) or is_curly or is_wide:
        flags += _ENDS_SENTENCE
    is_sign = size == 1 and last in (42, 45)
    is_dot = (
        size == 3
        and text[start] == 0xE2
        and ((text[start + 1] == 0x80 and last in (0xA2, 0xA3)) or (text[start + 1] == 0x97 and last == 0x8F))
    )
    return flags + _IS_BULLET * (is_sign or is_dot)


@inlined
def _count_words(known: Bytes, sizes: Sizes, flags: Bytes, row: NDArray[np.float64]) -> None:
    characters, alphabetic, lorem = 0, 0, 0
    seen = np.zeros(_LAST_STOP_WORD + 1, np.uint8)
    for place in range(known.size):
        characters += sizes[place]
        alphabetic += flags[place] & _ALPHABETIC
        if known[place]:
            seen[min(known[place], _LAST_STOP_WORD + 1) % (_LAST_STOP_WORD + 1)] = 1
            lorem += known[place] == _IPSUM and place > 0 and known[place - 1] == _LOREM
    row[Count.WORDS], row[Count.CHARACTERS], row[Count.ALPHABETIC_WORDS] = known.size, characters, alphabetic
    row[Count.LOREM_IPSUM], row[Count.STOP_WORDS] = lorem, seen[1:].sum()


@inlined
def _count_lines(known: Bytes, flags: Bytes, row: NDArray[np.float64]) -> None:
    start = 0
    while start < known.size:
        end, sentences, is_boilerplate, has_script = start, 0, False, False
        while end < known.size and (end == start or not flags[end] & _STARTS_LINE):
            sentences += (flags[end] & _ENDS_SENTENCE) > 0
            number = known[end]
            if number:
                has_script |= number == _JAVASCRIPT
                is_boilerplate |= _IS_BOILERPLATE[number] > 0
                is_boilerplate |= end > start and _SECOND[known[end - 1]] == number
            end += 1
        row[Count.LINES] += 1
        row[Count.BULLET_LINES] += (flags[start] & _IS_BULLET) > 0
        row[Count.ELLIPSIS_LINES] += (flags[end - 1] & _ENDS_IN_ELLIPSIS) > 0
        row[Count.BOILERPLATE_LINES] += is_boilerplate
        if flags[end - 1] & _ENDS_SENTENCE and end - start >= _KEPT_LINE_WORDS and not has_script:
            row[Count.KEPT_LINES] += 1
            row[Count.KEPT_SENTENCES] += sentences
        start = end


@inlined
def _count_repetition(words: Hashes, sizes: Sizes, flags: Bytes, row: NDArray[np.float64]) -> None:
    lines, line_sizes, paragraphs, paragraph_sizes = _joined(words, sizes, flags)
    row[Count.REPEATED_LINES], row[Count.REPEATED_LINE_CHARACTERS] = repeated(lines, line_sizes)
    row[Count.PARAGRAPHS] = paragraphs.size
    row[Count.REPEATED_PARAGRAPHS], row[Count.REPEATED_PARAGRAPH_CHARACTERS] = repeated(paragraphs, paragraph_sizes)
    frequent, covered = np.empty(len(FREQUENT_RUNS), np.int64), np.empty(len(REPEATED_RUNS), np.int64)
    measure_runs(words, sizes, frequent, covered)
    copy_first(frequent, row[Count.FREQUENT_RUN_CHARACTERS :], frequent.size)
    copy_first(covered, row[Count.REPEATED_RUN_CHARACTERS :], covered.size)


@inlined
def _joined(words: Hashes, sizes: Sizes, flags: Bytes) -> tuple[Hashes, Sizes, Hashes, Sizes]:
    """Return the hash and the size of each line, and those of each paragraph."""
    lines, line_sizes = np.empty(words.size, np.uint64), np.empty(words.size, np.int32)
    paragraphs, paragraph_sizes = np.empty(words.size, np.uint64), np.empty(words.size, np.int32)
    line, paragraph = -1, -1
    of_line, of_paragraph = np.uint64(7), np.uint64(7)
    line_size, paragraph_size = np.int32(0), np.int32(0)
    for place in range(words.size):
        if flags[place] & _STARTS_LINE:
            line, of_line, line_size = line + 1, np.uint64(7), np.int32(0)
        if flags[place] & _STARTS_PARAGRAPH:
            paragraph, of_paragraph, paragraph_size = paragraph + 1, np.uint64(7), np.int32(0)
        of_line, of_paragraph = mix(of_line, words[place]), mix(of_paragraph, words[place])
        line_size += sizes[place]
        paragraph_size += sizes[place]
        lines[line], line_sizes[line] = of_line, line_size
        paragraphs[paragraph], paragraph_sizes[paragraph] = of_paragraph, paragraph_size
    return lines[: line + 1], line_sizes[: line + 1], paragraphs[: paragraph + 1], paragraph_sizes[: paragraph + 1]
