"""Matches of the detectors' anchors, found with four pattern sets.

The anchors that begin with a word are tried everywhere. Those of addresses and other codes are tried only around a sign
of one, those of numbers, many and slow together, only where digits are dense, and the ones that are believed only next
to a context word only where such a word is, too.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache, partial
from typing import NamedTuple

import hyperscan
import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.detection.code_windows import find_code_windows
from corpus_audit.measure.detection.detector import NEAR_BEFORE_BYTES, Detector, Pattern
from corpus_audit.measure.detection.digit_windows import find_digit_windows
from corpus_audit.measure.detection.disguises import disguise_expressions
from corpus_audit.measure.detection.joined import JoinedPieces, Match, may_be_joined, stays_within_lines
from corpus_audit.measure.detection.label_routes import LabelRoute, label_routes
from corpus_audit.measure.detection.label_words import (
    literal_sizes,
    stands_apart,
    word_database,
)
from corpus_audit.measure.detection.pattern_cache import compiled
from corpus_audit.measure.text_windows import Offsets, Pieces

_ANCHOR_BITS = 16
"""A packed hit is a number: where the match ends in the data, then in this many bits which anchor it was."""
_ANCHOR_MASK = (1 << _ANCHOR_BITS) - 1

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

    def take(self, chosen: NDArray[np.bool_]) -> "Hits":
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
        self._literal_sizes = literal_sizes(anchors.label_words)
        # Disguises have a database of their own: joined with the other anchors, they halve their speed.
        self._everywhere = tuple(map(_everywhere, (anchors.everywhere, anchors.disguises)))
        self._match_near_digits = _matcher(anchors.near_digits)
        self._match_near_words = _matcher(anchors.near_words)
        self._match_near_code = _matcher(anchors.near_code)
        # Numbered by themselves, so that it is one for all matchers.
        words = (anchors.label_words, anchors.gate_words)
        self._match_word = _matcher_of(word_database(*words)) if any(words) else _match_nothing

    def hits(self, data: memoryview, pieces: Pieces) -> Hits:
        """Return where anchors match in some pieces of the data."""
        found = _Hits(self.label, self._literal_sizes)
        first, last = pieces.first, pieces.last
        codes = _Windows(*find_code_windows(data, first, last))
        digits = _Windows(*find_digit_windows(data, first, last))
        wholes = list(self._whole_pieces(data, first, last))
        may_hit = np.logical_or.reduce([codes.has_any, digits.has_any, *(whole.again for whole in wholes)])
        again = [(whole.match, whole.again.tolist()) for whole in wholes]
        counts = np.zeros(first.size, np.int64)
        for number in np.flatnonzero(may_hit).tolist():
            before = len(found.hits)
            low, high = int(first[number]), int(last[number])
            found.distance = low
            for match, is_matched in again:
                if is_matched[number]:
                    match(data[low:high], found.on_hit)
            for start, end in codes.of_piece(number):
                found.distance = start
                self._match_near_code(data[start:end], found.on_hit)
            for start, end in digits.of_piece(number):
                self._match_window(data, low, start, end, found)
            counts[number] = len(found.hits) - before
        return found.sorted(counts, wholes)

    def _whole_pieces(self, data: memoryview, first: Offsets, last: Offsets) -> Iterator["_Whole"]:
        """Yield what is matched in whole pieces: which of them are still to be matched, and hits in the others."""
        joined = JoinedPieces(data, first, last)
        for match, stays_in_piece in self._everywhere:
            if stays_in_piece is None:
                none = np.empty(0, np.int64)
                yield _Whole(match, np.ones(first.size, np.bool_), none, none)
                continue
            hits = joined.hits(match)
            is_sure = stays_in_piece[hits.expression]
            again = ~joined.is_short
            again[hits.piece[~is_sure]] = True
            taken = ~again[hits.piece]
            yield _Whole(match, again, hits.piece[taken], (hits.end << _ANCHOR_BITS | hits.expression)[taken])

    def _match_window(self, data: memoryview, lowest: int, start: int, end: int, found: "_Hits") -> None:
        found.distance, found.is_gate_open = max(lowest, start - NEAR_BEFORE_BYTES), False
        found.window = data[found.distance : end]
        self._match_word(found.window, found.on_word)
        found.distance = start
        window = data[start:end]
        self._match_near_digits(window, found.on_hit)
        if found.is_gate_open:
            self._match_near_words(window, found.on_hit)


class _Whole(NamedTuple):
    """What is matched in whole pieces, in which of them it is still to be matched, and hits in others, packed."""

    match: Match
    again: NDArray[np.bool_]
    piece: Offsets
    packed: Offsets


class _Hits:
    """Hits so far, packed; ``distance`` is added to the place of those to come, ``label`` to the number of a label."""

    __slots__ = ("distance", "hits", "is_gate_open", "label", "literal_sizes", "window")

    def __init__(self, label: int, literal_sizes: Sequence[int]) -> None:
        self.hits = array("q")
        self.distance = 0
        self.label = label
        self.literal_sizes = literal_sizes
        self.window = memoryview(b"")
        self.is_gate_open = False

    def on_hit(self, anchor: int, _start: int, end: int, _flags: int, _context: object) -> None:
        """Take a hit of hyperscan."""
        self.hits.append(end + self.distance << _ANCHOR_BITS | anchor)

    def on_word(self, word: int, _start: int, end: int, _flags: int, _context: object) -> None:
        """Take the hit of a label, or of a word that lets common shapes be tried."""
        if word >= len(self.literal_sizes):
            self.is_gate_open = True
            return
        size = self.literal_sizes[word]
        if not size or stands_apart(self.window, end - size):
            self.hits.append(end + self.distance << _ANCHOR_BITS | self.label + word)

    def sorted(self, counts: Offsets, others: Sequence["_Whole"]) -> Hits:
        """Return the hits, of which each piece has so many, and the *others*."""
        own = np.frombuffer(self.hits, np.int64) if self.hits else np.empty(0, np.int64)
        packed = np.concatenate([own, *(other.packed for other in others)])
        piece = np.concatenate([np.repeat(np.arange(counts.size), counts), *(other.piece for other in others)])
        order = np.lexsort((packed, piece))
        packed = packed[order]
        return Hits(piece[order], packed >> _ANCHOR_BITS, packed & _ANCHOR_MASK)


class _Windows:
    """Where windows start and end; *counts* holds the number of the first one of each piece, and one more."""

    def __init__(self, starts: Offsets, ends: Offsets, counts: Offsets) -> None:
        self._starts, self._ends, self._counts = starts, ends, counts
        self.has_any = counts[1:] > counts[:-1]

    def of_piece(self, number: int) -> Iterator[tuple[int, int]]:
        """Yield where the windows of a piece start and end."""
        chosen = slice(self._counts[number], self._counts[number + 1])
        return zip(self._starts[chosen].tolist(), self._ends[chosen].tolist(), strict=True)


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


def _everywhere(expressions: Sequence[_Numbered]) -> tuple[Match, NDArray[np.bool_] | None]:
    """Return what matches expressions, and by number which stay in a piece; None if none may be joined."""
    if not may_be_joined(text for _, text in expressions):
        return _matcher(expressions), None
    stays = np.zeros(1 << _ANCHOR_BITS, np.bool_)
    for number, text in expressions:
        stays[number] = stays_within_lines(text)
    return _matcher(expressions), stays


def _matcher(expressions: Sequence[_Numbered]) -> Match:
    """Return a function that reports the matches of numbered expressions in a buffer."""
    if not expressions:
        return _match_nothing
    return _matcher_of(compiled(tuple((number, text, 0) for number, text in expressions)))


def _match_nothing(_text: object, _on_hit: object) -> None:
    """Match as a database without expressions."""


def _matcher_of(database: hyperscan.Database) -> Match:
    # The stub knows only str and bytes; every buffer works, and none is copied.
    return partial(database.scan, scratch=hyperscan.Scratch(database))
