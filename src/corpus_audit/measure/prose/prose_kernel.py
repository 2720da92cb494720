"""Compiled counts of words, lines and paragraphs in texts, for the heuristics of quality.py."""

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import compiled, copy_first, inlined
from corpus_audit.measure.prose.known_words import BOILERPLATE_PAIRS, BOILERPLATE_WORDS, KNOWN, NUMBER, STOP_WORDS
from corpus_audit.measure.prose.line_kernel import (
    LineTable,
    ends_in_ellipsis,
    ends_sentence,
    is_bullet,
    make_line_table,
)
from corpus_audit.measure.prose.repetition import (
    Hashes,
    Lengths,
    Sizes,
    count_repeated,
    hash_run,
    make_scratch,
    measure_runs,
)
from corpus_audit.measure.prose.word_kernel import (
    MAX_WORDS,
    SIGNS,
    Bytes,
    Sign,
    WordTable,
    make_word_table,
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

KEPT_LINE_WORDS = 5
_NO_WORD = 255
_ONE = np.uint64(1)

_IPSUM = NUMBER["ipsum"]
_SECOND = np.array(
    [_NO_WORD] + [NUMBER.get(dict(BOILERPLATE_PAIRS).get(word, ""), _NO_WORD) for word in KNOWN], np.uint8
)
"""The known word behind a known word that makes both boilerplate."""


def _bits_of(*words: str) -> int:
    return sum(1 << NUMBER[word] for word in words)


_STOP_BITS, _BOILERPLATE_BITS, _SCRIPT_BIT = _bits_of(*STOP_WORDS), _bits_of(*BOILERPLATE_WORDS), _bits_of("javascript")


class HashedLines(NamedTuple):
    """Hash and size in characters of each line and paragraph."""

    lines: Hashes
    line_sizes: Sizes
    paragraphs: Hashes
    paragraph_sizes: Sizes


@compiled
def read_prose(data: Bytes, starts: Offsets, ends: Offsets, counts: NDArray[np.float64]) -> None:
    """Fill one row of *counts* for each text; its columns are those of Count, the last ones one a length of run.

    *data* goes on for PADDING bytes behind the last text.
    """
    table, signs = make_word_table(), np.empty(SIGNS, np.int64)
    lines, hashed = make_line_table(MAX_WORDS), _make_hashed_lines()
    scratch = make_scratch(MAX_WORDS)
    frequent, covered = np.empty(len(FREQUENT_RUNS), np.int64), np.empty(len(REPEATED_RUNS), np.int64)
    for record in range(starts.size):
        start, end, row = starts[record], ends[record], counts[record]
        found = split_words(data, start, end, table, lines, signs)
        row[Count.WORDS], row[Count.CHARACTERS] = found, signs[Sign.CHARACTERS]
        row[Count.ALPHABETIC_WORDS], row[Count.HASH_SIGNS] = signs[Sign.ALPHABETIC_WORDS], signs[Sign.HASH_SIGNS]
        row[Count.BRACES], row[Count.ELLIPSES] = signs[Sign.BRACES], signs[Sign.ELLIPSES]
        row[Count.STOP_WORDS] = count_ones(np.uint64(signs[Sign.KNOWN_WORDS] & _STOP_BITS))
        paragraph_count = _count_lines(data, start, end, table, signs, lines, hashed, row)
        row[Count.REPEATED_LINES], row[Count.REPEATED_LINE_CHARACTERS] = count_repeated(
            hashed.lines[: signs[Sign.LINES]], hashed.line_sizes, scratch
        )
        row[Count.REPEATED_PARAGRAPHS], row[Count.REPEATED_PARAGRAPH_CHARACTERS] = count_repeated(
            hashed.paragraphs[:paragraph_count], hashed.paragraph_sizes, scratch
        )
        measure_runs(table.hashes[: found + 1], table.characters, frequent, covered, scratch)
        copy_first(frequent, row[Count.FREQUENT_RUN_CHARACTERS :], frequent.size)
        copy_first(covered, row[Count.REPEATED_RUN_CHARACTERS :], covered.size)


@inlined
def _make_hashed_lines() -> HashedLines:
    """Return memory for the lines and paragraphs of one text after another."""
    lines, line_sizes = np.empty(MAX_WORDS, np.uint64), np.empty(MAX_WORDS, np.int32)
    return HashedLines(lines, line_sizes, np.empty(MAX_WORDS, np.uint64), np.empty(MAX_WORDS, np.int32))


@inlined
def _count_lines(
    data: Bytes,
    start: int,
    end: int,
    table: WordTable,
    signs: Lengths,
    lines: LineTable,
    hashed: HashedLines,
    row: NDArray[np.float64],
) -> int:
    """Count lines by what they are like, and write the hash and the size of each; return how many paragraphs there are.

    A line is followed by another row of *lines*, which says what lies in front of it.
    """
    hashes, characters = table.hashes, table.characters
    line_count, marked = signs[Sign.LINES], signs[Sign.MARKED_WORDS]
    first_words, starts, stops, are_paragraphs, sentences = lines
    paragraph, begun, mark = -1, np.uint64(0), 0
    for line in range(np.uint64(line_count)):
        behind = line + _ONE
        first, last = np.uint64(first_words[line]), np.uint64(first_words[behind])
        if are_paragraphs[line]:
            paragraph, begun = paragraph + 1, first
        is_boilerplate, is_script = False, False
        while mark < marked and table.marked[mark] < np.int64(last):
            word = table.marked[mark]
            number, mark = table.known[word], mark + 1
            is_script |= _SCRIPT_BIT >> number & 1 != 0
            is_boilerplate |= _BOILERPLATE_BITS >> number & 1 != 0
            if word > np.int64(first):
                is_boilerplate |= _SECOND[table.known[word - 1]] == number
            row[Count.LOREM_IPSUM] += number == _IPSUM
        hashed.lines[line], hashed.line_sizes[line] = (
            hash_run(hashes, first, last),
            characters[last] - characters[first],
        )
        hashed.paragraphs[paragraph] = hash_run(hashes, begun, last)
        hashed.paragraph_sizes[paragraph] = characters[last] - characters[begun]
        row[Count.BULLET_LINES] += is_bullet(data, starts[line], end)
        row[Count.ELLIPSIS_LINES] += ends_in_ellipsis(data, start, stops[behind])
        row[Count.BOILERPLATE_LINES] += is_boilerplate
        is_kept = (last - first >= np.uint64(KEPT_LINE_WORDS)) & (not is_script)
        is_kept &= ends_sentence(data, start, stops[behind])
        row[Count.KEPT_LINES] += is_kept
        row[Count.KEPT_SENTENCES] += (sentences[behind] - sentences[line]) * is_kept
    row[Count.LINES], row[Count.PARAGRAPHS] = line_count, paragraph + 1
    return paragraph + 1
