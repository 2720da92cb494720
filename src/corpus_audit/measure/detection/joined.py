"""Pieces in which nothing matches, told by matching many short ones as one text with ends of lines between them.

A call of hyperscan takes as long as going through a thousand bytes, and in most pieces nothing matches. What matches
in a piece alone matches there in the joined text too, of expressions that ``may_be_joined``; not the other way round,
so a piece with a match is looked at again by itself.
"""

import re
from array import array
from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.text_windows import Offsets

_SHORT_BYTES = 8192
"""Longer pieces are worth a call each."""
_BETWEEN = b"\n"

_EDGE_OR_END_OF_LINE = re.compile(r"\(\?:\\A\|\\n\)|\(\?:\^\|\[\^[^\]\\\n]*\]")
"""A beginning of the text, or a sign that the end of a line is one of."""
_ESCAPED_EDGE = re.compile(r"\\[AZzGB]")
_ESCAPED, _CLASS = re.compile(r"\\."), re.compile(r"\[\^?\]?[^\]]*\]")
_EDGES = frozenset("^$")

OnHit = Callable[[int, int, int, int, object], None]
Match = Callable[[memoryview | bytes, OnHit], None]


def may_be_joined(expressions: Iterable[str]) -> bool:
    """Return whether no expression tells the edge of a text from the end of a line."""
    return not any(map(_needs_edge, expressions))


def _needs_edge(expression: str) -> bool:
    rest = _EDGE_OR_END_OF_LINE.sub("", expression)
    return bool(_ESCAPED_EDGE.search(rest)) or not _EDGES.isdisjoint(_CLASS.sub("", _ESCAPED.sub("", rest)))


class JoinedPieces:
    """The short ones of some pieces of a text, which lie between *first* and *last* in it."""

    def __init__(self, data: memoryview, first: Offsets, last: Offsets) -> None:
        sizes = last - first
        self._is_short = sizes <= _SHORT_BYTES
        short = zip(first[self._is_short].tolist(), last[self._is_short].tolist(), strict=True)
        self._text = _BETWEEN.join([data[low:high] for low, high in short])
        self._sizes = sizes[self._is_short]
        self._starts = np.cumsum(self._sizes + len(_BETWEEN)) - self._sizes - len(_BETWEEN)

    def may_match(self, match: Match) -> NDArray[np.bool_]:
        """Return for each piece whether one of the expressions that *match* reports may match in it."""
        found = array("q")

        def on_hit(_number: int, _start: int, end: int, _flags: int, _context: object) -> None:
            found.append(end)

        match(self._text, on_hit)
        ends = np.frombuffer(found, np.int64) if found else np.empty(0, np.int64)
        piece = np.searchsorted(self._starts, ends - 1, side="right") - 1
        has_hit = np.zeros(self._sizes.size, np.bool_)
        has_hit[piece[ends <= self._starts[piece] + self._sizes[piece]]] = True
        may = ~self._is_short
        may[self._is_short] = has_hit
        return may
