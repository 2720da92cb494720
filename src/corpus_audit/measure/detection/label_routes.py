"""Which detectors look beside which labels."""

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from corpus_audit.measure.detection.detector import Detector
from corpus_audit.measure.detection.labels import labels_of

_Asking = tuple[tuple[str, Detector], ...]


class LabelRoute(NamedTuple):
    """A label, and the detectors that look behind it and in front of it, each with the label's group."""

    word: str
    ahead: _Asking
    behind: _Asking

    def of_sure(self) -> "LabelRoute":
        """Return the route to the detectors alone whose check says enough, whatever the label is a part of."""
        return LabelRoute(self.word, *(tuple(filter(_is_sure, some)) for some in (self.ahead, self.behind)))


def label_routes(detectors: Sequence[Detector]) -> tuple[LabelRoute, ...]:
    """Return a route for every label of the detectors' groups, sorted by label."""
    return _routes(tuple(detector for detector in detectors if detector.labelled is not None))


@lru_cache(maxsize=4)
def _routes(detectors: tuple[Detector, ...]) -> tuple[LabelRoute, ...]:
    forms = [(detector, detector.labelled) for detector in detectors if detector.labelled is not None]
    ahead = _asking_of(tuple((group, detector) for detector, form in forms for group in form.labels))
    behind = _asking_of(tuple((group, detector) for detector, form in forms for group in form.behind))
    groups = {group for _, form in forms for group in (*form.labels, *form.behind)}
    words = sorted({word for group in groups for word in labels_of(group)})
    return tuple(LabelRoute(word, ahead(word), behind(word)) for word in words)


def _asking_of(pairs: _Asking) -> Callable[[str], _Asking]:
    """Return what looks up which pairs of a group and a detector have a word as a label; most words share theirs."""
    numbers: dict[str, list[int]] = {}
    for number, (group, _) in enumerate(pairs):
        for word in labels_of(group):
            numbers.setdefault(word, []).append(number)

    @cache
    def chosen(of_word: tuple[int, ...]) -> _Asking:
        return tuple(pairs[number] for number in of_word)

    return lambda word: chosen(tuple(numbers.get(word, ())))


def _is_sure(asking: tuple[str, Detector]) -> bool:
    form = asking[1].labelled
    return form is not None and form.is_sure
