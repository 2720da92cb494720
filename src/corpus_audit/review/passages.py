"""The passages shared by two texts, for side-by-side display.

Whether two records are copies was decided long before, on the shingles of the kernel. Here runs of neighbouring words
that both texts hold are marked, in linear time, whatever order they stand in.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus_audit.review.excerpts import ExcerptSegment

WORDS_IN_A_ROW = 5
"""Shorter runs that two texts share say nothing: they are the phrases of the language."""

_WORD = re.compile(r"[^\W_]+?(?=[\u2e80-\u9fff\uac00-\ud7af]|\b)|[\u2e80-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True)
class MarkedPiece:
    """A stretch of an excerpt: its text, what is masked in it, and whether the other text has it too."""

    text: str
    entity_type: str
    is_shared: bool


def mark_shared(
    first: Sequence[ExcerptSegment], second: Sequence[ExcerptSegment]
) -> tuple[list[MarkedPiece], list[MarkedPiece]]:
    """Return both texts in pieces with the passages marked that they share."""
    words_a, words_b = _words(first), _words(second)
    runs_a, runs_b = _runs(words_a), _runs(words_b)
    shared = runs_a.keys() & runs_b.keys()
    return (
        list(_marked(first, _stretches(words_a, runs_a, shared))),
        list(_marked(second, _stretches(words_b, runs_b, shared))),
    )


_Word = tuple[int, int, str]
_Run = tuple[str, ...]


def _words(pieces: Sequence[ExcerptSegment]) -> list[_Word]:
    text = "".join(piece.text for piece in pieces)
    return [(found.start(), found.end(), found.group().casefold()) for found in _WORD.finditer(text)]


def _runs(words: Sequence[_Word]) -> dict[_Run, list[int]]:
    runs: dict[_Run, list[int]] = {}
    for at in range(len(words) - WORDS_IN_A_ROW + 1):
        runs.setdefault(tuple(word for _, _, word in words[at : at + WORDS_IN_A_ROW]), []).append(at)
    return runs


def _stretches(words: Sequence[_Word], runs: dict[_Run, list[int]], shared: set[_Run]) -> list[tuple[int, int]]:
    """Return where the text is shared, as character offsets that do not touch each other."""
    covered = sorted(at for run in shared for at in runs[run])
    stretches: list[tuple[int, int]] = []
    for at in covered:
        start, end = words[at][0], words[at + WORDS_IN_A_ROW - 1][1]
        if stretches and start <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(end, stretches[-1][1]))
        else:
            stretches.append((start, end))
    return stretches


def _marked(pieces: Sequence[ExcerptSegment], stretches: Sequence[tuple[int, int]]) -> Iterator[MarkedPiece]:
    edges = sorted({edge for stretch in stretches for edge in stretch})
    begun, at = 0, 0
    is_shared = False
    for piece in pieces:
        last = at
        while begun < len(edges) and edges[begun] < at + len(piece.text):
            edge = edges[begun]
            if edge > last:
                yield MarkedPiece(piece.text[last - at : edge - at], piece.entity_type, is_shared)
            is_shared, last, begun = not is_shared, edge, begun + 1
        if last < at + len(piece.text):
            yield MarkedPiece(piece.text[last - at :], piece.entity_type, is_shared)
        at += len(piece.text)
