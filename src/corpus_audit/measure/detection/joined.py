"""Matches in many short pieces, found by matching them as one text with gaps between them.

A call of hyperscan takes as long as going through a thousand bytes, and in most pieces nothing matches. What matches
in a piece alone matches there in the joined text too, of expressions that ``may_be_joined``. The other way round is
true of those that stay within pieces; where another one matches, the piece is looked at again by itself.
"""

import re
from array import array
from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.text_windows import Offsets

_SHORT_BYTES = 8192
"""Longer pieces are worth a call each."""
_LINE_END, _NO_TEXT = "\n", "\0"
_GAP = f"{_LINE_END}{_NO_TEXT}{_LINE_END}".encode()
"""A piece begins and ends as a line does; words that stand in several lines have no null character between them."""

_EDGE_OR_END_OF_LINE = re.compile(r"\(\?:\\A\|\\n\)|\(\?:\^\|\[\^(?:[^\]\\\n]|\\[^nsWD])*\](?=\))")
"""A beginning of the text, or a sign that the end of a line is one of."""
_EDGE_AT_START = re.compile(rf"^(\(\?:)?(?:{_EDGE_OR_END_OF_LINE.pattern})\)?")
_ESCAPED_EDGE = re.compile(r"\\[AZzGB]")
_ESCAPED, _CLASS = re.compile(r"\\."), re.compile(r"\[\^?\]?[^\]]*\]")
_EDGES = frozenset("^$")
_PART = re.compile(
    r"\(\?[a-z]*:|\\x[0-9A-Fa-f]{2}|\\.|\[\^?\]?(?:[^\]\\]|\\.)*\]|[?*+]\??|\{[0-9]+(?:,[0-9]*)?\}\??|.", re.DOTALL
)
"""A part of an expression: the beginning or end of a group, how often something occurs, an escape, a class, a sign."""
_HOW_OFTEN = re.compile(r"[?*+]\??|\{.*")
_MAY_BE_LEFT_OUT = re.compile(r"[?*]|\{0")
_NO_SIGN = frozenset((r"\b", "^", "$"))
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


def stays_within_pieces(expression: str) -> bool:
    """Return whether it is sure that no match of an expression has anything of a gap between pieces in it.

    An edge of a text that the expression begins with may be matched by the gap.
    """
    if _DOT_IS_ANY_SIGN.search(expression):
        return False
    parts = _PART.findall(_EDGE_AT_START.sub(r"\1", expression))
    goes_on = all(any(_may_match(part, sign) for part in parts) for sign in (_LINE_END, _NO_TEXT))
    return not (goes_on or _may_begin_with_line_end(parts))


def _may_begin_with_line_end(parts: Iterable[str]) -> bool:
    """Return whether what the parts of an expression make up may match a text that begins with the end of a line."""
    is_first = was_first = True
    groups = [(is_first, False)]
    for part in parts:
        if part.startswith("("):
            groups.append((is_first, False))
        elif part == "|":
            opened, ends_first = groups[-1]
            groups[-1] = (opened, ends_first or is_first)
            is_first = opened
        elif part == ")":
            was_first, ends_first = groups.pop()
            is_first = is_first or ends_first
        elif _HOW_OFTEN.fullmatch(part):
            is_first = is_first or (was_first and _MAY_BE_LEFT_OUT.match(part) is not None)
        elif part not in _NO_SIGN:
            if is_first and _may_match(part, _LINE_END):
                return True
            was_first, is_first = is_first, False
    return False


@cache
def _may_match(part: str, sign: str) -> bool:
    """Return whether a part of an expression may match the end of a line or a null character."""
    if part == ".":
        return sign != _LINE_END
    if part == sign or part in _OTHER_LINE_ENDS:
        return True
    try:
        return part[0] in "\\[" and re.fullmatch(part, sign) is not None
    except re.error:
        return True


class PatternSet(NamedTuple):
    """What matches numbered expressions, and by number which stay in their piece; None where none may be joined."""

    match: Match
    stays: NDArray[np.bool_] | None


class JoinedHits(NamedTuple):
    """Matches in pieces: the numbers of their expressions and pieces, and where they end in the data."""

    expression: Offsets
    piece: Offsets
    end: Offsets

    def take(self, chosen: NDArray[np.bool_]) -> "JoinedHits":
        """Return some of the hits."""
        return JoinedHits(*(column[chosen] for column in self))


class JoinedPieces:
    """Some pieces of a text, which lie between *first* and *last* in it, the short ones joined."""

    def __init__(self, data: memoryview, first: Offsets, last: Offsets) -> None:
        self._data, self._first, self._last = data, first, last
        sizes = last - first
        self._is_short = sizes <= _SHORT_BYTES
        self._number = np.flatnonzero(self._is_short)
        self._short_first, self._sizes = first[self._number], sizes[self._number]
        short = zip(self._short_first.tolist(), last[self._number].tolist(), strict=True)
        self._text = _GAP.join([data[low:high] for low, high in short])
        self._starts = np.cumsum(self._sizes + len(_GAP)) - self._sizes - len(_GAP)

    def hits(self, patterns: PatternSet) -> JoinedHits:
        """Return what matches in each piece as if it were alone, in any order."""
        if patterns.stays is None:
            return self._alone(patterns.match, np.arange(self._first.size))
        joined = self._joined(patterns.match)
        is_alone = ~self._is_short
        is_alone[joined.piece[~patterns.stays[joined.expression]]] = True
        alone = self._alone(patterns.match, np.flatnonzero(is_alone))
        taken = joined.take(~is_alone[joined.piece])
        return JoinedHits(*map(np.concatenate, zip(taken, alone, strict=True)))

    def _joined(self, match: Match) -> JoinedHits:
        """Return where expressions match in the joined text."""
        hits = _Hits()
        if self._text:
            match(self._text, hits.on_hit)
        found, end = hits.columns()
        short = np.searchsorted(self._starts, end - 1, side="right") - 1
        within = end - self._starts[short]
        is_of_piece = within <= self._sizes[short]
        places = JoinedHits(found, self._number[short], self._short_first[short] + within)
        return places.take(is_of_piece)

    def _alone(self, match: Match, numbers: Offsets) -> JoinedHits:
        """Return where expressions match in some pieces, each by itself."""
        hits, counts = _Hits(), []
        for number in numbers.tolist():
            low, before = int(self._first[number]), len(hits.ends)
            hits.distance = low
            match(self._data[low : int(self._last[number])], hits.on_hit)
            counts.append(len(hits.ends) - before)
        found, end = hits.columns()
        return JoinedHits(found, np.repeat(numbers, np.array(counts, np.int64)), end)


class _Hits:
    """Hits so far; ``distance`` is added to the place of those to come."""

    __slots__ = ("distance", "ends", "numbers")

    def __init__(self) -> None:
        self.numbers, self.ends = array("q"), array("q")
        self.distance = 0

    def on_hit(self, number: int, _start: int, end: int, _flags: int, _context: object) -> None:
        """Take a hit of hyperscan."""
        self.numbers.append(number)
        self.ends.append(end + self.distance)

    def columns(self) -> tuple[Offsets, Offsets]:
        """Return the numbers of expressions, and where they end."""
        return np.array(self.numbers, np.int64), np.array(self.ends, np.int64)
