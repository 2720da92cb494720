"""What ``read_prose`` counts, as it is defined: for little text, and for tests to compare.

A text is taken for bytes, as there: what is no UTF-8 is counted all the same.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice, pairwise

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.prose.known_words import BOILERPLATE_PAIRS, BOILERPLATE_WORDS, STOP_WORDS
from corpus_audit.measure.prose.prose_kernel import FREQUENT_RUNS, KEPT_LINE_WORDS, REPEATED_RUNS, Count
from corpus_audit.measure.prose.word_kernel import MAX_WORDS
from corpus_audit.measure.text_windows import Offsets

Words = list[bytes]

_WORD = re.compile(rb"[^\x00-\x20]+")
_BETWEEN_PARAGRAPHS = re.compile(rb"\n[\x00-\x20]*\n")
_DOTS = re.compile(rb"\.{3,}")
_DOTS_SIGN = "…".encode()
_ELLIPSES = (b"...", _DOTS_SIGN)
_STOPS = tuple(sign.encode() for sign in '.!?"”。！？')
_BULLETS = frozenset(sign.encode() for sign in "*-•‣●")
_CONTINUATIONS = bytes(range(0x80, 0xC0))
_ALL_BUT_LETTERS = bytes(byte for byte in range(256) if not (byte < 0x80 and chr(byte).isalpha()))


def read_plainly(data: NDArray[np.uint8], starts: Offsets, ends: Offsets, counts: NDArray[np.float64]) -> None:
    """Fill one row of *counts* for each text, as ``read_prose`` does."""
    for row, start, end in zip(counts, starts.tolist(), ends.tolist(), strict=True):
        text = _first_words(data[start:end].tobytes())
        # The sign may end behind a text that ends within a character.
        signs = data[start : start + len(text) + len(_DOTS_SIGN) - 1].tobytes().count(_DOTS_SIGN)
        for column, count in (_count_words(text) | _count_parts(text) | _count_runs(text)).items():
            row[column] = count
        row[Count.ELLIPSES] = signs + len(_DOTS.findall(text))


def _first_words(text: bytes) -> bytes:
    """Return a text to the end of the last word that is read."""
    last = next(islice(_WORD.finditer(text), MAX_WORDS - 1, None), None)
    return text if last is None else text[: last.end()]


def _count_words(text: bytes) -> dict[int, int]:
    words = _WORD.findall(text)
    letters = list(map(_letters, words))
    return {
        Count.WORDS: len(words),
        Count.CHARACTERS: _size(words),
        Count.HASH_SIGNS: text.count(b"#"),
        Count.BRACES: text.count(b"{"),
        Count.ALPHABETIC_WORDS: sum(bool(_letters(word)) or not word.isascii() for word in words),
        Count.STOP_WORDS: len(set(letters).intersection(STOP_WORDS)),
        Count.LOREM_IPSUM: list(pairwise(letters)).count(("lorem", "ipsum")),
    }


def _count_parts(text: bytes) -> dict[int, int]:
    """Return what is counted of lines and paragraphs with words."""
    lines, paragraphs = list(_with_words(text.split(b"\n"))), list(_with_words(_BETWEEN_PARAGRAPHS.split(text)))
    kept = list(filter(_is_kept, lines))
    repeated_lines, repeated_paragraphs = _repeated(lines), _repeated(paragraphs)
    return {
        Count.LINES: len(lines),
        Count.BULLET_LINES: sum(line[0] in _BULLETS for line in lines),
        Count.ELLIPSIS_LINES: sum(line[-1].endswith(_ELLIPSES) for line in lines),
        Count.BOILERPLATE_LINES: sum(map(_is_boilerplate, lines)),
        Count.REPEATED_LINES: len(repeated_lines),
        Count.REPEATED_LINE_CHARACTERS: sum(map(_size, repeated_lines)),
        Count.PARAGRAPHS: len(paragraphs),
        Count.REPEATED_PARAGRAPHS: len(repeated_paragraphs),
        Count.REPEATED_PARAGRAPH_CHARACTERS: sum(map(_size, repeated_paragraphs)),
        Count.KEPT_LINES: len(kept),
        Count.KEPT_SENTENCES: sum(word.endswith(_STOPS) for line in kept for word in line),
    }


def _count_runs(text: bytes) -> dict[int, int]:
    """Return how many characters the most frequent run of each length covers, and repeated runs of longer ones."""
    words = _WORD.findall(text)
    sizes = [_size([word]) for word in words]
    frequent = {Count.FREQUENT_RUN_CHARACTERS + i: _frequent_run(words, n) for i, n in enumerate(FREQUENT_RUNS)}
    repeated = {Count.REPEATED_RUN_CHARACTERS + i: _repeated_runs(words, sizes, n) for i, n in enumerate(REPEATED_RUNS)}
    return frequent | repeated


def _with_words(parts: list[bytes]) -> Iterator[Words]:
    return filter(None, map(_WORD.findall, parts))


def _size(words: Words) -> int:
    """Return how many characters words have: their bytes that do not go on with a character."""
    return sum(len(word.translate(None, _CONTINUATIONS)) for word in words)


def _letters(word: bytes) -> str:
    """Return the letters of ASCII of a word, as small ones."""
    return word.translate(None, _ALL_BUT_LETTERS).decode().lower()


def _is_kept(line: Words) -> bool:
    is_script = "javascript" in map(_letters, line)
    return len(line) >= KEPT_LINE_WORDS and line[-1].endswith(_STOPS) and not is_script


def _is_boilerplate(line: Words) -> bool:
    letters = list(map(_letters, line))
    return not set(BOILERPLATE_WORDS).isdisjoint(letters) or not set(BOILERPLATE_PAIRS).isdisjoint(pairwise(letters))


def _repeated(parts: list[Words]) -> list[Words]:
    """Return the parts that were there before, each as often as it is there again."""
    seen: set[tuple[bytes, ...]] = set()
    again = []
    for part in parts:
        if tuple(part) in seen:
            again.append(part)
        seen.add(tuple(part))
    return again


def _runs(words: Words, length: int) -> list[tuple[bytes, ...]]:
    return [tuple(words[place : place + length]) for place in range(len(words) - length + 1)]


def _frequent_run(words: Words, length: int) -> int:
    """Return what the most frequent run covers, of equally frequent ones the longest; 0 where none is repeated."""
    runs = Counter(_runs(words, length))
    most = max(runs.values(), default=0)
    return most * max(_size(list(run)) for run, count in runs.items() if count == most) if most > 1 else 0


def _repeated_runs(words: Words, sizes: list[int], length: int) -> int:
    """Return the size of all words that lie in a run that is there more than once."""
    runs = _runs(words, length)
    counts = Counter(runs)
    covered = {word for place, run in enumerate(runs) if counts[run] > 1 for word in range(place, place + length)}
    return sum(sizes[word] for word in covered)
