"""Resolution of conflicting detections on the same stretch of text."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator

from corpus_audit.measure.detection.detector import LABELLED_SCORE, ConfirmedBy
from corpus_audit.measure.detection.spans import Span
from corpus_audit.vocabulary import SpanKind

_RIVALS = {SpanKind.PERSONAL_INFORMATION.value: "value", SpanKind.SECRET.value: "value"}
"""Kinds that name values compete with each other; a notice may hold a value and both stay."""

_DIALLED = ("CN_MOBILE", "PHONE_NUMBER")
_UNSURE = 0.8
"""The most that a telephone number scores without a plus sign or a word that means a telephone."""


def resolve_conflicts(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the spans that stay, in order: of overlapping rivals the higher score wins, then the longer one.

    *spans* come sorted; only one chain of spans that overlap is in memory at a time.
    """
    chain: list[Span] = []
    chain_end = 0
    for span in spans:
        if chain and (span.start >= chain_end or span.position != chain[0].position):
            yield from _winners(chain)
            chain, chain_end = [], 0
        chain.append(span)
        chain_end = max(chain_end, span.end)
    yield from _winners(chain)


def _winners(chain: list[Span]) -> list[Span]:
    if len(chain) == 1:
        return chain
    taken: dict[str, list[tuple[int, int]]] = {}
    kept = []
    weight = _weight if any(span.details.entity_type not in _DIALLED for span in chain) else _score
    for span in sorted(chain, key=lambda span: (-weight(span), span.start - span.end, span)):
        others = taken.setdefault(_RIVALS.get(span.details.kind, span.details.kind), [])
        if _is_free(others, span.start, span.end):
            insort(others, (span.start, span.end))
            kept.append(span)
    return sorted(kept)


def _score(span: Span) -> float:
    return span.details.score


def _weight(span: Span) -> float:
    """Return the score of a span; less of a telephone that is one by "my number" and a plan: it may be a cédula."""
    details = span.details
    is_unsure = details.entity_type in _DIALLED and details.validator == ConfirmedBy.LIBRARY
    return min(details.score, LABELLED_SCORE / 2) if is_unsure and details.score <= _UNSURE else details.score


def _is_free(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    """True if no stretch in *taken*, sorted and disjoint, overlaps *start* to *end*."""
    place = bisect_left(taken, (start, end))
    if place < len(taken) and taken[place][0] < end:
        return False
    return place == 0 or taken[place - 1][1] <= start
