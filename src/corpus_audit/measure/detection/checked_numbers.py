"""Builds detectors of numbers whose shape and check digits python-stdnum knows."""

from typing import Protocol

from corpus_audit.measure.detection.detector import (
    Candidate,
    Confirm,
    ConfirmedBy,
    ContextWords,
    Detector,
    Match,
    Pattern,
)
from corpus_audit.vocabulary import SpanKind


class NumberFormat(Protocol):
    """What every module of python-stdnum offers."""

    def is_valid(self, number: str) -> bool:
        """Return whether a number has the right shape and check digits."""
        ...

    def compact(self, number: str) -> str:
        """Return a number without its separators."""
        ...


def confirm_by(number_format: NumberFormat, score: float, validator: ConfirmedBy = ConfirmedBy.CHECKSUM) -> Confirm:
    """Return a decision that *number_format* makes; two ways to write one number are one value."""

    def confirm(candidate: Candidate) -> Match | None:
        if not number_format.is_valid(candidate.text):
            return None
        return Match(number_format.compact(candidate.text).upper().encode(), score, validator)

    return confirm


def number_detector(
    entity_type: str,
    number_format: NumberFormat,
    *proposals: Pattern,
    score: float,
    context: ContextWords | None,
    validator: ConfirmedBy = ConfirmedBy.CHECKSUM,
) -> Detector:
    """Return a detector of a number that *number_format* decides about."""
    return Detector(
        kind=SpanKind.PERSONAL_INFORMATION,
        entity_type=entity_type,
        proposals=proposals,
        confirm=confirm_by(number_format, score, validator),
        context=context,
        standalone=True,
    )
