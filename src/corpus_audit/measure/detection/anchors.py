"""Matches of the detectors' anchors, found with four pattern sets.

The anchors that begin with a word are tried everywhere. Those of addresses and other codes are tried only around a sign
of one, those of numbers, many and slow together, only where digits are dense, and the ones that are believed only next
to a context word only where such a word is, too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.detection.code_windows import find_code_windows
from corpus_audit.measure.detection.detector import NEAR_BEFORE_BYTES, Detector, Pattern
from corpus_audit.measure.detection.digit_windows import find_digit_windows
from corpus_audit.measure.detection.disguises import disguise_expressions
from corpus_audit.measure.detection.divided import divide
from corpus_audit.measure.detection.few_words import WordMatcher, match_nothing, matcher_of
from corpus_audit.measure.detection.joined import (
    JoinedHits,
    JoinedPieces,
    PatternSet,
    may_be_joined,
    stays_within_pieces,
)
from corpus_audit.measure.detection.label_routes import LabelRoute, label_routes
from corpus_audit.measure.detection.label_words import literal_sizes, stand_apart, word_database
from corpus_audit.measure.detection.pattern_cache import compiled
from corpus_audit.measure.text_windows import Offsets, Pieces

Route = tuple[tuple[int, Pattern, tuple[Detector, ...]], ...]


class _Where(IntEnum):
    """Where an anchor is tried."""

    EVERYWHERE = 0
    NEAR_DIGITS = 1
    NEAR_DIGITS_AND_WORDS = 2
    NEAR_CODE = 3


_Anchor = tuple[_Where, str]
_Numbered = tuple[int, str]


class Hits(NamedTuple):
    """Where anchors match in some pieces, sorted by piece, end and anchor: the piece's number, the end in the data."""

    piece: Offsets
    end: Offsets
    anchor: Offsets

    def take(self, chosen: NDArray[np.bool_] | Offsets) -> "Hits":
        """Return some of the hits."""
        return Hits(self.piece[chosen], self.end[chosen], self.anchor[chosen])

    def by_piece(self) -> Iterator[tuple[int, slice]]:
        """Yield the number of each piece that has hits, and which they are."""
        numbers, firsts = np.unique(self.piece, return_index=True)
        bounds = [*firsts.tolist(), self.piece.size]
        for place, number in enumerate(numbers.tolist()):
            yield number, slice(bounds[place], bounds[place + 1])


@dataclass(frozen=True)
class _Anchors:
    """The anchors of some detectors, numbered, and the expressions of each pattern set."""

    routes: tuple[Route, ...]
    disguise: int
    label: int
    label_routes: tuple[LabelRoute, ...]
    label_words: tuple[str, ...]
    everywhere: tuple[_Numbered, ...]
    near_digits: tuple[_Numbered, ...]
    near_words: tuple[_Numbered, ...]
    near_code: tuple[_Numbered, ...]
    disguises: tuple[_Numbered, ...]
    gate_words: tuple[str, ...]


@lru_cache(maxsize=8)
def _anchors(detectors: tuple[Detector, ...], with_disguises: bool) -> _Anchors:
    """Return the anchors of detectors; each shard of a run asks for those of the same ones."""
    anchors = sorted({_anchor(proposal) for detector in detectors for proposal in detector.proposals})
    expressions = disguise_expressions() if with_disguises else []
    label = len(anchors) + len(expressions)
    routes = label_routes(detectors)
    labels = tuple(route.word for route in routes)
    return _Anchors(
        routes=_routes(anchors, detectors),
        disguise=len(anchors),
        label=label,
        label_routes=routes,
        label_words=labels,
        everywhere=_numbered(anchors, _Where.EVERYWHERE),
        near_digits=_numbered(anchors, _Where.NEAR_DIGITS),
        near_words=_numbered(anchors, _Where.NEAR_DIGITS_AND_WORDS),
        near_code=_numbered(anchors, _Where.NEAR_CODE),
        disguises=tuple(enumerate(expressions, len(anchors))),
        gate_words=_gate_words(detectors),
    )


def compile_words(detectors: Sequence[Detector]) -> None:
    """Compile and keep all words beside values of some detectors, which little text is looked through without."""
    anchors = _anchors(tuple(detectors), True)
    word_database(anchors.label_words, anchors.gate_words)


class AnchorMatcher:
    """Matches the anchors of some detectors; belongs to one thread at a time.

    ``routes`` says, for each anchor, which proposals it serves, numbered, and the detectors that made them. Anchors
    from ``disguise`` on serve none: a value may hide there (disguises.py); those from ``label`` on are labels, in the
    order of ``label_routes``.
    """

    def __init__(self, detectors: Sequence[Detector], *, with_disguises: bool) -> None:
        anchors = _anchors(tuple(detectors), with_disguises)
        self.routes, self.label_routes = anchors.routes, anchors.label_routes
        self.label_words = anchors.label_words
        self.disguise, self.label = anchors.disguise, anchors.label
        self._literal_sizes = np.array(literal_sizes(anchors.label_words), np.int64)
        # Disguises have a database of their own: joined with the other anchors, they halve their speed.
        self._everywhere = (_pattern_set(anchors.everywhere), _pattern_set(anchors.disguises))
        self._near_digits = _pattern_set(anchors.near_digits)
        self._near_words = _pattern_set(anchors.near_words)
        self._near_code = _pattern_set(anchors.near_code)
        # Numbered by themselves, so that it is one for all matchers. No word has the end of a line in it.
        words = (anchors.label_words, anchors.gate_words)
        match = WordMatcher(*words) if any(words) else match_nothing
        self._words = PatternSet(match, np.ones(sum(map(len, words)), np.bool_))

    def hits(self, data: memoryview, pieces: Pieces) -> Hits:
        """Return where anchors match in some pieces of the data."""
        first, last = pieces.first, pieces.last
        whole = JoinedPieces(data, first, last)
        found = [whole.hits(patterns) for patterns in self._everywhere]
        found.append(_windows(*find_code_windows(data, first, last)).hits(data, self._near_code))
        found += self._hits_near_digits(data, first, _windows(*find_digit_windows(data, first, last)))
        expression, piece, end = map(np.concatenate, zip(*found, strict=True))
        order = np.lexsort((expression, end, piece))
        return Hits(piece[order], end[order], expression[order])

    def _hits_near_digits(self, data: memoryview, first: Offsets, windows: "_Windows") -> Iterator[JoinedHits]:
        """Yield where anchors match where digits are dense, and where labels are there or in front of it."""
        low = np.maximum(first[windows.piece], windows.start - NEAR_BEFORE_BYTES)
        words = JoinedPieces(data, low, windows.end).hits(self._words)
        is_label = words.expression < self._literal_sizes.size
        is_opened = np.zeros(low.size, np.bool_)
        is_opened[words.piece[~is_label]] = True
        yield windows.in_pieces(self._labels(data, low, words.take(is_label)))
        yield windows.hits(data, self._near_digits)
        yield windows.take(is_opened).hits(data, self._near_words)

    def _labels(self, data: memoryview, low: Offsets, words: JoinedHits) -> JoinedHits:
        """Return which words are labels, numbered as anchors; the window of each is looked at from its *low* on."""
        size = self._literal_sizes[words.expression]
        is_label, is_literal = np.ones(size.size, np.bool_), size > 0
        start = (words.end - size)[is_literal]
        is_label[is_literal] = stand_apart(np.frombuffer(data, np.uint8), low[words.piece[is_literal]], start)
        return words._replace(expression=words.expression + self.label).take(is_label)


class _Windows(NamedTuple):
    """Where windows lie in the data, and the numbers of their pieces."""

    start: Offsets
    end: Offsets
    piece: Offsets

    def take(self, chosen: NDArray[np.bool_]) -> "_Windows":
        """Return some of the windows."""
        return _Windows(*(column[chosen] for column in self))

    def hits(self, data: memoryview, patterns: PatternSet) -> JoinedHits:
        """Return what matches in each window as if it were alone, with the numbers of pieces."""
        return self.in_pieces(JoinedPieces(data, self.start, self.end).hits(patterns))

    def in_pieces(self, hits: JoinedHits) -> JoinedHits:
        """Return hits in windows with the numbers of pieces in place of those of windows."""
        return hits._replace(piece=self.piece[hits.piece])


def _windows(starts: Offsets, ends: Offsets, counts: Offsets) -> _Windows:
    """Return windows; *counts* holds the number of the first one of each piece, and one more."""
    return _Windows(starts, ends, np.repeat(np.arange(counts.size - 1), np.diff(counts)))


def _anchor(proposal: Pattern) -> _Anchor:
    if not proposal.near_digits:
        return (_Where.NEAR_CODE if proposal.near_code else _Where.EVERYWHERE, proposal.anchor)
    return (_Where.NEAR_DIGITS_AND_WORDS if proposal.is_common else _Where.NEAR_DIGITS, proposal.anchor)


def _routes(anchors: Sequence[_Anchor], detectors: Sequence[Detector]) -> tuple[Route, ...]:
    askers: dict[Pattern, list[Detector]] = {}
    for detector in detectors:
        for proposal in detector.proposals:
            askers.setdefault(proposal, []).append(detector)
    routes: dict[_Anchor, list[tuple[int, Pattern, tuple[Detector, ...]]]] = {anchor: [] for anchor in anchors}
    for number, (proposal, asking) in enumerate(askers.items()):
        routes[_anchor(proposal)].append((number, proposal, tuple(asking)))
    return tuple(map(tuple, routes.values()))


def _numbered(anchors: Sequence[_Anchor], where: _Where) -> tuple[_Numbered, ...]:
    return tuple((number, expression) for number, (place, expression) in enumerate(anchors) if place is where)


def _gate_words(detectors: Sequence[Detector]) -> tuple[str, ...]:
    """Return every word needed by some common number shape."""
    words = {
        word.decode()
        for detector in detectors
        if detector.context and any(_anchor(p)[0] is _Where.NEAR_DIGITS_AND_WORDS for p in detector.proposals)
        for word in detector.context.words
    }
    return tuple(sorted(words))


def _pattern_set(expressions: Sequence[_Numbered]) -> PatternSet:
    """Return what matches numbered expressions in pieces."""
    if not expressions:
        return PatternSet(match_nothing, np.zeros(0, np.bool_))
    match = matcher_of(compiled(tuple((number, part, 0) for number, text in expressions for part in divide(text))))
    if not may_be_joined(text for _, text in expressions):
        return PatternSet(match, None)
    stays = np.zeros(expressions[-1][0] + 1, np.bool_)
    for number, text in expressions:
        stays[number] = stays_within_pieces(text)
    return PatternSet(match, stays)
