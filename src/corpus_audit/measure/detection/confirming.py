"""From the hits of anchors to spans: the candidates that detectors confirm, and what is stored of each."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple

import numpy as np

from corpus_audit.measure.detection.anchors import AnchorMatcher, Hits
from corpus_audit.measure.detection.detector import Buffer, Candidate, ConfirmedBy, Detector, Match, Screen
from corpus_audit.measure.detection.label_routes import LabelRoute
from corpus_audit.measure.detection.label_screen import label_screen
from corpus_audit.measure.detection.labelled import labelled_candidates
from corpus_audit.measure.detection.spans import KeyedHash, Span, SpanDetails
from corpus_audit.measure.detection.text_kernel import ASK
from corpus_audit.measure.detection.validation import (
    decide,
    decide_beside_label,
    find_candidate,
    is_an_order,
    is_worth_asking,
    match_alone,
    status_of,
)
from corpus_audit.measure.text_windows import Offsets, Pieces

_Decided = tuple[int, int, str, int]
"""Where a candidate lies, the group of its label, the detector: a place may have several labels ("mobile tel.")."""
_Taken = tuple[int, int, str]
"""Where a value lies, and its type."""
_FEWEST_SCREENED = 16
"""For fewer hits the detector is asked: loading compiled code takes longer."""


class _Places(NamedTuple):
    """Where values lie: the numbers of their pieces, where they begin and end in the data."""

    piece: Offsets
    start: Offsets
    stop: Offsets


class _Alone(NamedTuple):
    """What a value is by itself."""

    match: Match
    details: SpanDetails


class _BesideLabels(NamedTuple):
    """What was decided beside the labels of one record, and of which types values were found to begin where."""

    decided: set[_Decided]
    begun: dict[int, set[str]]

    def is_of_other(self, candidate: Candidate, detector: Detector) -> bool:
        """True if a detector is asked last, and another type was found to begin where the candidate does."""
        is_asked_last = detector.labelled is not None and detector.labelled.is_of_others
        return is_asked_last and bool(self.begun.get(candidate.start, set()) - {detector.entity_type})


class _Records:
    """The texts of pieces of some data."""

    def __init__(self, data: memoryview, pieces: Pieces) -> None:
        self._data = data
        self._start, self._end = pieces.start.tolist(), pieces.end.tolist()

    def at(self, number: int) -> tuple[memoryview, int]:
        """Return the text of a piece, and where it begins in the data."""
        low = self._start[number]
        return self._data[low : self._end[number]], low


class Describer:
    """Says what is stored of a match: never the value, but its mask and its keyed hash."""

    def __init__(self, key: bytes) -> None:
        self._hash = KeyedHash(key)

    def describe(self, detector: Detector, value: bytes, match: Match) -> SpanDetails:
        """Return what is stored of a match on *value*, the bytes that it narrows its candidate to."""
        return SpanDetails(
            entity_type=detector.entity_type,
            kind=detector.kind,
            score=match.score,
            status=status_of(match.validator),
            validator=match.validator,
            masked=detector.mask(value),
            keyed_hash=self._hash.of(match.normalised),
        )


class Confirmer:
    """Asks the detectors of a matcher about its hits."""

    def __init__(self, matcher: AnchorMatcher, describer: Describer) -> None:
        self.matcher = matcher
        self._describer = describer
        self._screens = tuple(_screens(matcher))
        self._labels = label_screen(matcher.label_words)

    def confirm(self, data: memoryview, pieces: Pieces, hits: Hits) -> Iterator[Span]:
        """Yield what is confirmed at hits in pieces, in any order, some more than once.

        The position of a span is the number of its piece.
        """
        records, alone = _Records(data, pieces), defaultdict[int, set[_Taken]](set)
        asked = hits.anchor < self.matcher.disguise
        for anchor, screen, detector in self._screens:
            chosen = np.flatnonzero(hits.anchor == anchor)
            if chosen.size >= _FEWEST_SCREENED:
                start, stop = _screened(screen, data, pieces, hits, chosen)
                asked[chosen] = start == ASK
                found = np.flatnonzero(start >= 0)
                places = _Places(hits.piece[chosen[found]], start[found], stop[found])
                yield from self._plain(records, places, screen, detector)
        yield from self._proposed(records, hits.take(asked), alone)
        labels = np.flatnonzero(hits.anchor >= self.matcher.label)
        are_words = self._labels.may_be_words(data, pieces, hits, labels, self.matcher.label)
        yield from self._beside_labels(records, hits.take(labels[are_words]), alone)

    def _plain(self, records: "_Records", places: _Places, screen: Screen, detector: Detector) -> Iterator[Span]:
        """Yield what a screen found; a value that stands in many places is described once."""
        known: dict[bytes, _Alone | None] = {}
        for number, start, stop in zip(*(column.tolist() for column in places), strict=True):
            record, low = records.at(number)
            begin, end = start - low, stop - low
            value = record[begin:end].tobytes()
            if value not in known:
                known[value] = self._alone(value, screen, detector)
            alone = known[value]
            if alone is None:
                continue
            is_made_up = alone.match.validator == ConfirmedBy.PLACEHOLDER
            if not (is_made_up and is_an_order(Candidate(record, begin, end, value), alone.match)):
                yield Span(number, begin, end, alone.details)

    def _alone(self, value: bytes, screen: Screen, detector: Detector) -> _Alone | None:
        """Return what is stored of a value that a screen found, whatever is around it; None where it is nothing."""
        match = match_alone(value, screen.match, detector)
        return None if match is None else _Alone(match, self._describer.describe(detector, value, match))

    def _proposed(self, records: "_Records", hits: Hits, alone: Mapping[int, set[_Taken]]) -> Iterator[Span]:
        """Yield what is confirmed at hits that propose something, and add to *alone* what needs no label, by piece.

        All hits of an anchor follow each other, whatever their pieces: that is a fifth faster than piece by piece.
        """
        order = np.lexsort((hits.end, hits.piece, hits.anchor))
        columns = (hits.anchor[order], hits.piece[order], hits.end[order])
        before: tuple[int, int] | None = None
        seen_until: dict[int, int] = {}
        for anchor, number, end_in_data in zip(*(column.tolist() for column in columns), strict=True):
            if before != (anchor, number):
                before, seen_until = (anchor, number), {}
                record, low = records.at(number)
            end = end_in_data - low
            for pattern, proposal, detectors in self.matcher.routes[anchor]:
                seen = seen_until.get(pattern, 0)
                candidate = find_candidate(record, end, proposal, seen) if end > seen else None
                if candidate is None:
                    continue
                seen_until[pattern] = candidate.end
                if not is_worth_asking(candidate, proposal, detectors):
                    continue
                for detector in detectors:
                    match = decide(candidate, detector, needs_context=proposal.is_common)
                    if match is not None:
                        span = self._span(number, candidate, match, detector)
                        if detector.context is not None and match.score >= detector.context.score:
                            alone[number].add((span.start, span.end, detector.entity_type))
                        yield span

    def _beside_labels(self, records: "_Records", hits: Hits, alone: Mapping[int, Set[_Taken]]) -> Iterator[Span]:
        """Yield what stands beside labels, which come sorted by where they end in each piece."""
        for number, some in hits.by_piece():
            record, low = records.at(number)
            beside = _BesideLabels(set(), {})
            for anchor, end in zip(hits.anchor[some].tolist(), hits.end[some].tolist(), strict=True):
                route = self.matcher.label_routes[anchor - self.matcher.label]
                yield from self._labelled(route, record, number, end - low, beside, alone.get(number, frozenset()))

    def _labelled(
        self, route: LabelRoute, record: Buffer, number: int, end: int, beside: _BesideLabels, alone: Set[_Taken]
    ) -> Iterator[Span]:
        """Yield what stands beside a label that ends at *end*, but for what was decided *beside* another.

        What was confirmed *alone*, as surely as with a word nearby, needs no label to say what it is.
        """
        taken: set[tuple[int, str]] = set()
        for candidate, group, detector in labelled_candidates(record, end, route):
            question = candidate.start, candidate.end, group, id(detector)
            # What is left of a number that was taken as a whole is no second one.
            whole = candidate.end, detector.entity_type
            if (candidate.start, *whole) in alone:
                beside.begun.setdefault(candidate.start, set()).add(detector.entity_type)
                continue
            if question in beside.decided or whole in taken or beside.is_of_other(candidate, detector):
                continue
            beside.decided.add(question)
            match = decide_beside_label(candidate, group, detector)
            if match is not None:
                taken.add(whole)
                beside.begun.setdefault(candidate.start, set()).add(detector.entity_type)
                yield self._span(number, candidate, match, detector)

    def _span(self, number: int, candidate: Candidate, match: Match, detector: Detector) -> Span:
        end = len(candidate.value) if match.end is None else match.end
        described = self._describer.describe(detector, candidate.value[match.start : end], match)
        return Span(number, candidate.start + match.start, candidate.start + end, described)


def _screens(matcher: AnchorMatcher) -> Iterator[tuple[int, Screen, Detector]]:
    """Yield the anchors that serve one pattern with a screen and no other."""
    for anchor, route in enumerate(matcher.routes):
        if len(route) == 1:
            [(_, pattern, detectors)] = route
            if pattern.screen is not None and len(detectors) == 1:
                yield anchor, pattern.screen, detectors[0]


def _screened(screen: Screen, data: memoryview, pieces: Pieces, hits: Hits, chosen: Offsets) -> tuple[Offsets, Offsets]:
    """Return where the values at some hits begin, or ASK or REJECT, and where they end."""
    start, stop = np.full(chosen.size, ASK, np.int64), np.zeros(chosen.size, np.int64)
    piece = hits.piece[chosen]
    low, high = pieces.start[piece], pieces.end[piece]
    screen.find(np.frombuffer(data, np.uint8), low, high, hits.end[chosen], start, stop)
    return start, stop
