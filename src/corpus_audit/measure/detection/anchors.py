"""Matches of the detectors' anchors, found with three pattern sets.

Few anchors are tried everywhere. Those of numbers are many and slow together, so they are tried only where digits are
dense, and the ones that are believed only next to a context word only where such a word is, too.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from enum import IntEnum
from functools import lru_cache, partial

import hyperscan

from corpus_audit.measure.detection.detector import NEAR_BEFORE_BYTES, Detector, Pattern
from corpus_audit.measure.detection.digit_windows import find_digit_windows
from corpus_audit.measure.detection.disguises import disguise_expressions
from corpus_audit.measure.text_windows import Pieces, TextWindow

ANCHOR_BITS = 16
"""A hit is a number: where the match ends in the record, then in this many bits which anchor it was."""

Route = tuple[tuple[int, Pattern, tuple[Detector, ...]], ...]
_OnHit = Callable[[int, int, int, int, object], None]
_Match = Callable[[memoryview, _OnHit], None]


class _Where(IntEnum):
    """Where an anchor is tried."""

    EVERYWHERE = 0
    NEAR_DIGITS = 1
    NEAR_DIGITS_AND_WORDS = 2


_Anchor = tuple[_Where, str]


class AnchorMatcher:
    """Matches the anchors of some detectors; belongs to one thread at a time.

    ``routes`` says, for each anchor, which proposals it serves, numbered, and the detectors that made them. Anchors
    from ``disguise`` on serve none: a value may hide there (disguises.py).
    """

    def __init__(self, detectors: Sequence[Detector], *, with_disguises: bool) -> None:
        anchors = sorted({_anchor(proposal) for detector in detectors for proposal in detector.proposals})
        self.routes = _routes(anchors, detectors)
        self.disguise = len(anchors)
        self._match = {where: _matcher(_numbered(anchors, where)) for where in _Where}
        # A database of its own: joined with the other anchors, it halves their speed.
        expressions = disguise_expressions() if with_disguises else []
        self._match_disguise = _matcher(tuple(enumerate(expressions, self.disguise)))
        self._match_word = _matcher(tuple(enumerate(_gate_expressions(detectors))), only_once=True)

    def hits(self, data: memoryview, pieces: Pieces) -> Iterator[tuple[TextWindow, list[int]]]:
        """Yield the pieces in which anchors match, and the hits, sorted."""
        hits: list[int] = []

        def on_hit(anchor: int, _start: int, end: int, _flags: int, _context: object) -> None:
            hits.append(end << ANCHOR_BITS | anchor)

        match_everywhere = self._match[_Where.EVERYWHERE]
        starts, ends, counts = (column.tolist() for column in find_digit_windows(data, pieces.first, pieces.last))
        for number, piece in enumerate(pieces):
            match_everywhere(data[piece.first : piece.last], on_hit)
            self._match_disguise(data[piece.first : piece.last], on_hit)
            _shift(hits, 0, piece.first - piece.start)
            for window in range(counts[number], counts[number + 1]):
                known = len(hits)
                self._match_window(data, piece.first, starts[window], ends[window], on_hit)
                _shift(hits, known, starts[window] - piece.start)
            if hits:
                yield piece, sorted(hits)
                hits.clear()

    def _match_window(self, data: memoryview, first: int, start: int, end: int, on_hit: _OnHit) -> None:
        window = data[start:end]
        self._match[_Where.NEAR_DIGITS](window, on_hit)
        words: list[int] = []
        around = data[max(first, start - NEAR_BEFORE_BYTES) : end]
        self._match_word(around, lambda word, *_: words.append(word))
        if words:
            self._match[_Where.NEAR_DIGITS_AND_WORDS](window, on_hit)


def _shift(hits: list[int], first: int, distance: int) -> None:
    """Move the hits from *first* on by *distance* bytes."""
    if distance:
        hits[first:] = [hit + (distance << ANCHOR_BITS) for hit in hits[first:]]


def _anchor(proposal: Pattern) -> _Anchor:
    if not proposal.near_digits:
        return (_Where.EVERYWHERE, proposal.anchor)
    return (_Where.NEAR_DIGITS_AND_WORDS if proposal.is_common else _Where.NEAR_DIGITS, proposal.anchor)


def _routes(anchors: Sequence[_Anchor], detectors: Sequence[Detector]) -> tuple[Route, ...]:
    askers: dict[Pattern, list[Detector]] = {}
    for detector in detectors:
        for proposal in detector.proposals:
            askers.setdefault(proposal, []).append(detector)
    numbered = [(number, proposal, tuple(asking)) for number, (proposal, asking) in enumerate(askers.items())]
    return tuple(tuple(entry for entry in numbered if _anchor(entry[1]) == anchor) for anchor in anchors)


def _numbered(anchors: Sequence[_Anchor], where: _Where) -> tuple[tuple[int, str], ...]:
    return tuple((number, expression) for number, (place, expression) in enumerate(anchors) if place is where)


def _gate_expressions(detectors: Sequence[Detector]) -> list[str]:
    """Return expressions that match every word needed by some common number shape."""
    words = {
        word.decode()
        for detector in detectors
        if detector.context and any(_anchor(p)[0] is _Where.NEAR_DIGITS_AND_WORDS for p in detector.proposals)
        for word in detector.context.words
    }
    return [_gate_expression(word) for word in sorted(words)]


def _gate_expression(word: str) -> str:
    """Return what matches *word* at the start of a word, of a part of a snake_case or of a camelCase name."""
    if not word[0].isascii():
        return re.escape(word)
    rest = f"(?i:{re.escape(word[1:])})"
    return f"(?:(?:^|[^A-Za-z]){re.escape(word[0])}{rest}|(?:^|[^A-Z]){re.escape(word[0].upper())}{rest})"


def _matcher(expressions: tuple[tuple[int, str], ...], *, only_once: bool = False) -> _Match:
    """Return a function that reports the matches of numbered expressions in a buffer, or only that they match."""
    if not expressions:
        return lambda _text, _on_hit: None
    database = _compile(expressions, hyperscan.HS_FLAG_SINGLEMATCH if only_once else 0)
    # The stub knows only str and bytes; every buffer works, and none is copied.
    return partial(database.scan, scratch=hyperscan.Scratch(database))


@lru_cache
def _compile(expressions: tuple[tuple[int, str], ...], flags: int) -> hyperscan.Database:
    numbers = [number for number, _ in expressions]
    patterns = [expression.encode() for _, expression in expressions]
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(expressions=patterns, ids=numbers, elements=len(patterns), flags=flags)
    return database
