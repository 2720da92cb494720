"""Compiled splitting of texts into words, lines and paragraphs, for the heuristics of quality.py.

Words are what stands between spaces; their size is in characters. At most ``MAX_WORDS`` words of a text are read: there
the published rules call a text too long, and it bounds the memory.
"""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import compiled, inlined
from corpus_audit.measure.prose.repetition import covered_by_repeated_runs, mix, most_frequent_run, repeated
from corpus_audit.measure.text_windows import Offsets

Bytes = NDArray[np.uint8]
Hashes = NDArray[np.uint64]
Counts = NDArray[np.int64]

MAX_WORDS = 100_001
FREQUENT_RUNS = (2, 3, 4)
REPEATED_RUNS = (5, 6, 7, 8, 9, 10)


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


COUNTS = Count.REPEATED_RUN_CHARACTERS + len(REPEATED_RUNS)

_ALPHABETIC, _ENDS_SENTENCE, _IS_BULLET, _ENDS_IN_ELLIPSIS, _STARTS_LINE, _STARTS_PARAGRAPH = 1, 2, 4, 8, 16, 32
_KEPT_LINE_WORDS = 5


_LETTER_MULTIPLIER, _LETTER_STEP = 0x100000001B3, 0x9E3779B97F4A7C15


def letters_hash(word: str) -> int:
    """Return the hash that the kernel gives to a word by its ASCII letters alone, case ignored."""
    value = 0
    for letter in word.lower().encode():
        value = ((value ^ letter) * _LETTER_MULTIPLIER + _LETTER_STEP) % 2**64
    return value


def _hashes(*words: str) -> Hashes:
    return np.array([letters_hash(word) for word in words], np.uint64)


@inlined
def _mix_letter(value: np.uint64, letter: np.uint64) -> np.uint64:
    return (value ^ letter) * np.uint64(_LETTER_MULTIPLIER) + np.uint64(_LETTER_STEP)


_STOP_WORDS = _hashes("the", "be", "to", "of", "and", "that", "have", "with")
_BOILERPLATE_WORDS = _hashes("javascript", "cookie", "cookies")
_BOILERPLATE_PAIRS = _hashes("privacy", "policy", "terms", "of", "rights", "reserved")
_LOREM = _hashes("lorem", "ipsum")
_JAVASCRIPT = np.uint64(letters_hash("javascript"))


@compiled
def read_prose(data: Bytes, starts: Offsets, ends: Offsets, counts: NDArray[np.float64]) -> None:
    """Fill one row of *counts* for each text; its columns are those of Count, the last ones one a length of run."""
    words, letters = np.empty(MAX_WORDS, np.uint64), np.empty(MAX_WORDS, np.uint64)
    sizes, flags = np.empty(MAX_WORDS, np.int64), np.empty(MAX_WORDS, np.uint8)
    for record in range(starts.size):
        row = counts[record]
        found = _split(data[starts[record] : ends[record]], words, letters, sizes, flags, row)
        _count_words(letters[:found], sizes[:found], flags[:found], row)
        _count_lines(letters[:found], flags[:found], row)
        _count_repetition(words[:found], sizes[:found], flags[:found], row)


@inlined
def _split(text: Bytes, words: Hashes, letters: Hashes, sizes: Counts, flags: Bytes, row: NDArray[np.float64]) -> int:
    """Write each word's hash, letters' hash, size and flags; count signs; return how many words there are."""
    found, place = 0, 0
    line_ends = 2
    while place < text.size and found < MAX_WORDS:
        if text[place] <= 32:
            line_ends += text[place] == 10
            place += 1
            continue
        start, size = place, 0
        value, of_letters, is_alphabetic = np.uint64(1), np.uint64(0), False
        while place < text.size and text[place] > 32:
            sign = text[place]
            value = mix(value, np.uint64(sign))
            size += (sign & 0xC0) != 0x80
            folded = sign | 32
            is_letter = 97 <= folded <= 122
            if is_letter:
                of_letters = _mix_letter(of_letters, np.uint64(folded))
            is_alphabetic |= is_letter or sign >= 0x80
            row[Count.HASH_SIGNS] += sign == 35
            row[Count.BRACES] += sign == 123
            place += 1
        row[Count.ELLIPSES] += _ellipses(text, start, place)
        words[found], letters[found], sizes[found] = value, of_letters, size
        flags[found] = (
            _ALPHABETIC * is_alphabetic
            + _word_flags(text, start, place)
            + _STARTS_LINE * (line_ends > 0)
            + _STARTS_PARAGRAPH * (line_ends > 1)
        )
        line_ends = 0
        found += 1
    return found


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
def _count_words(letters: Hashes, sizes: Counts, flags: Bytes, row: NDArray[np.float64]) -> None:
    row[Count.WORDS] = letters.size
    row[Count.CHARACTERS] = sizes.sum()
    seen = np.zeros(_STOP_WORDS.size, np.uint8)
    for place in range(letters.size):
        row[Count.ALPHABETIC_WORDS] += flags[place] & _ALPHABETIC
        for number in range(_STOP_WORDS.size):
            seen[number] |= letters[place] == _STOP_WORDS[number]
        is_lorem = place > 0 and letters[place - 1] == _LOREM[0] and letters[place] == _LOREM[1]
        row[Count.LOREM_IPSUM] += is_lorem
    row[Count.STOP_WORDS] = seen.sum()


@inlined
def _count_lines(letters: Hashes, flags: Bytes, row: NDArray[np.float64]) -> None:
    start = 0
    while start < letters.size:
        end = start + 1
        while end < letters.size and not flags[end] & _STARTS_LINE:
            end += 1
        sentences, is_boilerplate, has_script = 0, False, False
        for place in range(start, end):
            sentences += (flags[place] & _ENDS_SENTENCE) > 0
            has_script |= letters[place] == _JAVASCRIPT
            for number in range(_BOILERPLATE_WORDS.size):
                is_boilerplate |= letters[place] == _BOILERPLATE_WORDS[number]
            for number in range(0, _BOILERPLATE_PAIRS.size, 2):
                is_boilerplate |= (
                    place + 1 < end
                    and letters[place] == _BOILERPLATE_PAIRS[number]
                    and letters[place + 1] == _BOILERPLATE_PAIRS[number + 1]
                )
        row[Count.LINES] += 1
        row[Count.BULLET_LINES] += (flags[start] & _IS_BULLET) > 0
        row[Count.ELLIPSIS_LINES] += (flags[end - 1] & _ENDS_IN_ELLIPSIS) > 0
        row[Count.BOILERPLATE_LINES] += is_boilerplate
        if flags[end - 1] & _ENDS_SENTENCE and end - start >= _KEPT_LINE_WORDS and not has_script:
            row[Count.KEPT_LINES] += 1
            row[Count.KEPT_SENTENCES] += sentences
        start = end


@inlined
def _count_repetition(words: Hashes, sizes: Counts, flags: Bytes, row: NDArray[np.float64]) -> None:
    lines, line_sizes = _joined(words, sizes, flags, _STARTS_LINE)
    row[Count.REPEATED_LINES], row[Count.REPEATED_LINE_CHARACTERS] = repeated(lines, line_sizes)
    paragraphs, paragraph_sizes = _joined(words, sizes, flags, _STARTS_PARAGRAPH)
    row[Count.PARAGRAPHS] = paragraphs.size
    row[Count.REPEATED_PARAGRAPHS], row[Count.REPEATED_PARAGRAPH_CHARACTERS] = repeated(paragraphs, paragraph_sizes)
    for number, length in enumerate(FREQUENT_RUNS):
        row[Count.FREQUENT_RUN_CHARACTERS + number] = most_frequent_run(words, sizes, length)
    for number, length in enumerate(REPEATED_RUNS):
        row[Count.REPEATED_RUN_CHARACTERS + number] = covered_by_repeated_runs(words, sizes, length)


@inlined
def _joined(words: Hashes, sizes: Counts, flags: Bytes, start_flag: int) -> tuple[Hashes, Counts]:
    """Return the hash and the size of each line or paragraph."""
    hashes, totals = np.empty(words.size, np.uint64), np.empty(words.size, np.int64)
    found = -1
    for place in range(words.size):
        if flags[place] & start_flag:
            found += 1
            hashes[found], totals[found] = np.uint64(7), 0
        hashes[found] = mix(hashes[found], words[place])
        totals[found] += sizes[place]
    return hashes[: found + 1], totals[: found + 1]
