"""Compiled counts of words, lines and paragraphs in texts, for the heuristics of quality.py."""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import compiled, copy_first, inlined
from corpus_audit.measure.prose.repetition import (
    Hashes,
    Sizes,
    add_word,
    count_repeated,
    make_scratch,
    measure_runs,
    mix,
)
from corpus_audit.measure.prose.word_kernel import (
    BOILERPLATE_PAIRS,
    BOILERPLATE_WORDS,
    ENDS_IN_ELLIPSIS,
    ENDS_SENTENCE,
    IS_BULLET,
    KNOWN,
    MAX_WORDS,
    NUMBER,
    SIGNS,
    STARTS_LINE,
    STARTS_PARAGRAPH,
    STOP_WORDS,
    Bytes,
    Sign,
    WordTable,
    split_words,
)
from corpus_audit.measure.text_windows import Offsets
from corpus_audit.measure.vectors import count_ones

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


COUNTS = Count.REPEATED_RUN_CHARACTERS + len(REPEATED_RUNS)

_KEPT_LINE_WORDS = np.uint64(5)
_NO_WORD = 255
_ONE = np.uint64(1)

_LOREM, _IPSUM = NUMBER["lorem"], NUMBER["ipsum"]
_SECOND = np.array(
    [_NO_WORD] + [NUMBER.get(dict(BOILERPLATE_PAIRS).get(word, ""), _NO_WORD) for word in KNOWN], np.uint8
)
"""The known word behind a known word that makes both boilerplate."""


def _bits_of(*words: str) -> int:
    return sum(1 << NUMBER[word] for word in words)


_STOP_BITS, _BOILERPLATE_BITS = _bits_of(*STOP_WORDS), _bits_of(*BOILERPLATE_WORDS)
_SCRIPT_BIT, _PLACEHOLDER_BITS = _bits_of("javascript"), _bits_of("lorem", "ipsum")


@compiled
def read_prose(data: Bytes, starts: Offsets, ends: Offsets, counts: NDArray[np.float64]) -> None:
    """Fill one row of *counts* for each text; its columns are those of Count, the last ones one a length of run.

    *data* goes on for PADDING bytes behind the last text.
    """
    words, known = np.empty(MAX_WORDS, np.uint64), np.empty(MAX_WORDS, np.uint8)
    sizes, flags = np.empty(MAX_WORDS, np.int32), np.empty(MAX_WORDS, np.uint8)
    table, signs = WordTable(words, known, sizes, flags), np.empty(SIGNS, np.int64)
    lines, line_sizes = np.empty(MAX_WORDS, np.uint64), np.empty(MAX_WORDS, np.int32)
    paragraphs, paragraph_sizes = np.empty(MAX_WORDS, np.uint64), np.empty(MAX_WORDS, np.int32)
    scratch = make_scratch(MAX_WORDS)
    frequent, covered = np.empty(len(FREQUENT_RUNS), np.int64), np.empty(len(REPEATED_RUNS), np.int64)
    for record in range(starts.size):
        row = counts[record]
        found = split_words(data, starts[record], ends[record], table, signs)
        row[Count.WORDS], row[Count.CHARACTERS] = found, signs[Sign.CHARACTERS]
        row[Count.ALPHABETIC_WORDS], row[Count.HASH_SIGNS] = signs[Sign.ALPHABETIC_WORDS], signs[Sign.HASH_SIGNS]
        row[Count.BRACES], row[Count.ELLIPSES] = signs[Sign.BRACES], signs[Sign.ELLIPSES]
        those = WordTable(words[:found], known[:found], sizes[:found], flags[:found])
        line_count, paragraph_count = _count_lines(those, lines, line_sizes, paragraphs, paragraph_sizes, row)
        row[Count.REPEATED_LINES], row[Count.REPEATED_LINE_CHARACTERS] = count_repeated(
            lines[:line_count], line_sizes, scratch
        )
        row[Count.REPEATED_PARAGRAPHS], row[Count.REPEATED_PARAGRAPH_CHARACTERS] = count_repeated(
            paragraphs[:paragraph_count], paragraph_sizes, scratch
        )
        measure_runs(words[:found], sizes, frequent, covered, scratch)
        copy_first(frequent, row[Count.FREQUENT_RUN_CHARACTERS :], frequent.size)
        copy_first(covered, row[Count.REPEATED_RUN_CHARACTERS :], covered.size)


@inlined
def _count_lines(
    table: WordTable,
    lines: Hashes,
    line_sizes: Sizes,
    paragraphs: Hashes,
    paragraph_sizes: Sizes,
    row: NDArray[np.float64],
) -> tuple[int, int]:
    """Write the hash and the size of each line and paragraph; return how many of both there are."""
    words, known, sizes, flags = table
    line, paragraph, place, in_text = 0, -1, np.uint64(0), 0
    of_paragraph, paragraph_size, count = _ONE, 0, np.uint64(words.size)
    while place < count:
        if flags[place] & STARTS_PARAGRAPH:
            paragraph, of_paragraph, paragraph_size = paragraph + 1, _ONE, 0
        start, of_line, size, sentences, in_line, pairs, number = place, _ONE, 0, 0, 0, 0, np.uint64(0)
        while place == start or (place < count and not flags[place] & STARTS_LINE):
            of_line, of_paragraph = add_word(of_line, words[place]), add_word(of_paragraph, words[place])
            size += sizes[place]
            sentences += (flags[place] & ENDS_SENTENCE) != 0
            pairs += _SECOND[number] == known[place]
            number = np.uint64(known[place])
            in_line |= 1 << int(number)
            place += _ONE
        in_text |= in_line
        paragraph_size += size
        lines[line], line_sizes[line] = mix(_ONE, of_line), size
        paragraphs[paragraph], paragraph_sizes[paragraph] = mix(_ONE, of_paragraph), paragraph_size
        line += 1
        row[Count.BULLET_LINES] += (flags[start] & IS_BULLET) != 0
        row[Count.ELLIPSIS_LINES] += (flags[place - _ONE] & ENDS_IN_ELLIPSIS) != 0
        row[Count.BOILERPLATE_LINES] += in_line & _BOILERPLATE_BITS != 0 or pairs > 0
        is_long = place - start >= _KEPT_LINE_WORDS
        if flags[place - _ONE] & ENDS_SENTENCE and is_long and not in_line & _SCRIPT_BIT:
            row[Count.KEPT_LINES] += 1
            row[Count.KEPT_SENTENCES] += sentences
    row[Count.LINES], row[Count.PARAGRAPHS] = line, paragraph + 1
    row[Count.STOP_WORDS] = count_ones(np.uint64(in_text & _STOP_BITS))
    if in_text & _PLACEHOLDER_BITS == _PLACEHOLDER_BITS:
        for second in range(1, words.size):
            row[Count.LOREM_IPSUM] += known[second - 1] == _LOREM and known[second] == _IPSUM
    return line, paragraph + 1
