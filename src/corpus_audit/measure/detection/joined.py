"""Matches in many short pieces, found by matching them as one text with ends of lines between them.

A call of hyperscan takes as long as going through a thousand bytes, and in most pieces nothing matches. What matches
in a piece alone matches there in the joined text too, of expressions that ``may_be_joined``. The other way round is
true of those that stay within lines; where another one matches, the piece is to be looked at again by itself.
"""

import re
from array import array
from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

import numpy as np

from corpus_audit.measure.text_windows import Offsets

_SHORT_BYTES = 8192
"""Longer pieces are worth a call each."""
_BETWEEN = b"\n"

_EDGE_OR_END_OF_LINE = re.compile(r"\(\?:\\A\|\\n\)|\(\?:\^\|\[\^[^\]\\\n]*\]")
"""A beginning of the text, or a sign that the end of a line is one of."""
_ESCAPED_EDGE = re.compile(r"\\[AZzGB]")
_ESCAPED, _CLASS = re.compile(r"\\."), re.compile(r"\[\^?\]?[^\]]*\]")
_EDGES = frozenset("^$")
_PART = re.compile(r"\\x[0-9A-Fa-f]{2}|\\.|\[\^?\]?(?:[^\]\\]|\\.)*\]|.", re.DOTALL)
"""A part of an expression: an escape, a class or a sign."""
_OTHER_LINE_ENDS = frozenset((r"\v", r"\R", r"\X", r"\C"))
"""What hyperscan reads otherwise than Python does."""
_DOT_IS_ANY_SIGN = re.compile(r"\(\?[a-z]*s")

OnHit = Callable[[int, int, int, int, object], None]
Match = Callable[[memoryview | bytes, OnHit], None]


def may_be_joined(expressions: Iterable[str]) -> bool:
    """Return whether no expression tells the edge of a text from the end of a line."""
    return not any(map(_needs_edge, expressions))


def _needs_edge(expression: str) -> bool:
    rest = _EDGE_OR_END_OF_LINE.sub("", expression)
    return bool(_ESCAPED_EDGE.search(rest)) or not _EDGES.isdisjoint(_CLASS.sub("", _ESCAPED.sub("", rest)))


def stays_within_lines(expression: str) -> bool:
    """Return whether it is sure that no match of an expression has the end of a line in it."""
    parts = _PART.findall(expression)
    return not (_DOT_IS_ANY_SIGN.search(expression) or any(map(_may_be_line_end, parts)))


@cache
def _may_be_line_end(part: str) -> bool:
    if part in _OTHER_LINE_ENDS or part == "\n":
        return True
    try:
        return part[0] in "\\[" and re.fullmatch(part, "\n") is not None
    except re.error:
        return True


class JoinedHits(NamedTuple):
    """Matches in joined pieces: the numbers of their expressions and pieces, and where they end in the data."""

    expression: Offsets
    piece: Offsets
    end: Offsets


class JoinedPieces:
    """The short ones of some pieces of a text, which lie between *first* and *last* in it."""

    def __init__(self, data: memoryview, first: Offsets, last: Offsets) -> None:
        sizes = last - first
        self.is_short = sizes <= _SHORT_BYTES
        self._number = np.flatnonzero(self.is_short)
        self._first, self._sizes = first[self._number], sizes[self._number]
        short = zip(self._first.tolist(), last[self._number].tolist(), strict=True)
        self._text = _BETWEEN.join([data[low:high] for low, high in short])
        self._starts = np.cumsum(self._sizes + len(_BETWEEN)) - self._sizes - len(_BETWEEN)

    def hits(self, match: Match) -> JoinedHits:
        """Return where the expressions that *match* reports match in short pieces, in the order they are reported."""
        found, ends = array("q"), array("q")

        def on_hit(number: int, _start: int, end: int, _flags: int, _context: object) -> None:
            found.append(number)
            ends.append(end)

        match(self._text, on_hit)
        if not found:
            return JoinedHits(*(np.empty(0, np.int64) for _ in JoinedHits._fields))
        end = np.frombuffer(ends, np.int64)
        short = np.searchsorted(self._starts, end - 1, side="right") - 1
        within = end - self._starts[short]
        is_of_piece = within <= self._sizes[short]
        short, within = short[is_of_piece], within[is_of_piece]
        return JoinedHits(np.frombuffer(found, np.int64)[is_of_piece], self._number[short], self._first[short] + within)
