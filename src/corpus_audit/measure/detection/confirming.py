"""From the hits of anchors to spans: the candidates that detectors confirm, and what is stored of each."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from corpus_audit.measure.detection.anchors import AnchorMatcher, Hits
from corpus_audit.measure.detection.detector import Buffer, Candidate, Detector, Match, Screen
from corpus_audit.measure.detection.label_screen import label_screen
from corpus_audit.measure.detection.labelled import LabelRoute, labelled_candidates
from corpus_audit.measure.detection.spans import KeyedHash, Span, SpanDetails
from corpus_audit.measure.detection.text_kernel import ASK
from corpus_audit.measure.detection.validation import (
    decide,
    decide_alone,
    decide_beside_label,
    find_candidate,
    status_of,
)
from corpus_audit.measure.text_windows import Offsets, Pieces

_Decided = tuple[int, int, str, str]
"""Where a candidate lies, the group of its label, the entity type: a place may have several labels ("mobile tel.")."""
_FEWEST_SCREENED = 16
"""For fewer hits the detector is asked: loading compiled code takes longer."""


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
            status=status_of(match),
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
        asked = hits.anchor < self.matcher.disguise
        labels = np.flatnonzero(hits.anchor >= self.matcher.label)
        for anchor, screen, detector in self._screens:
            chosen = np.flatnonzero(hits.anchor == anchor)
            if chosen.size >= _FEWEST_SCREENED:
                start, stop = _screened(screen, data, pieces, hits, chosen)
                asked[chosen] = start == ASK
                found = np.flatnonzero(start >= 0)
                places = zip(
                    hits.piece[chosen[found]].tolist(), start[found].tolist(), stop[found].tolist(), strict=True
                )
                yield from self._plain(data, pieces, places, screen, detector)
        asked[labels] = self._labels.may_be_words(data, pieces, hits, labels, self.matcher.label)
        left = hits.take(asked)
        for number, some in left.by_piece():
            low, high = int(pieces.start[number]), int(pieces.end[number])
            ends = (left.end[some] - low).tolist()
            yield from self._confirm_record(data[low:high], number, ends, left.anchor[some].tolist())

    def _plain(
        self,
        data: memoryview,
        pieces: Pieces,
        places: Iterable[tuple[int, int, int]],
        screen: Screen,
        detector: Detector,
    ) -> Iterator[Span]:
        """Yield what a screen found: pieces, and where a value begins and ends in the data."""
        for number, start, stop in places:
            low, high = int(pieces.start[number]), int(pieces.end[number])
            first, last = start - low, stop - low
            value = Candidate(data[low:high], first, last, bytes(data[start:stop]))
            match = decide_alone(value, screen.match, detector)
            if match is not None:
                yield Span(number, first, last, self._describer.describe(detector, value.value, match))

    def _confirm_record(
        self, record: memoryview, number: int, ends: Sequence[int], anchors: Sequence[int]
    ) -> Iterator[Span]:
        """Yield what is confirmed at the hits of one piece, which come sorted by where they end."""
        matcher = self.matcher
        seen_until: dict[int, int] = {}
        decided: set[_Decided] = set()
        for end, anchor in zip(ends, anchors, strict=True):
            if anchor >= matcher.label:
                route = matcher.label_routes[anchor - matcher.label]
                yield from self._labelled(route, record, number, end, decided)
                continue
            for pattern, proposal, detectors in matcher.routes[anchor]:
                seen = seen_until.get(pattern, 0)
                candidate = find_candidate(record, end, proposal, seen) if end > seen else None
                if candidate is None:
                    continue
                seen_until[pattern] = candidate.end
                for detector in detectors:
                    match = decide(candidate, detector, needs_context=proposal.is_common)
                    if match is not None:
                        yield self._span(number, candidate, match, detector)

    def _labelled(
        self, route: LabelRoute, record: Buffer, number: int, end: int, decided: set[_Decided]
    ) -> Iterator[Span]:
        """Yield what stands beside a label that ends at *end*, but for what was *decided* beside another."""
        taken: set[tuple[int, str]] = set()
        for candidate, group, detector in labelled_candidates(record, end, route):
            question = candidate.start, candidate.end, group, detector.entity_type
            # What is left of a number that was taken as a whole is no second one.
            whole = candidate.end, detector.entity_type
            if question in decided or whole in taken:
                continue
            decided.add(question)
            match = decide_beside_label(candidate, group, detector)
            if match is not None:
                taken.add(whole)
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
