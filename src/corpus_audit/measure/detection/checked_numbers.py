"""Builds detectors of numbers whose shape and check digits python-stdnum knows."""

import re
from functools import partial
from typing import Protocol

from corpus_audit.measure.detection.detector import (
    Candidate,
    Confirm,
    ConfirmedBy,
    ContextWords,
    Detector,
    LabelledForm,
    Match,
    Pattern,
)
from corpus_audit.vocabulary import SpanKind

_LETTER_LAST = re.compile(r"[A-Z]\](?:\{[0-9,]+\})?\Z")
"""The end of a shape whose last sign is a letter, or may be one."""


class NumberFormat(Protocol):
    """What every module of python-stdnum offers."""

    def is_valid(self, number: str) -> bool:
        """Return whether a number has the right shape and check digits."""
        ...

    def compact(self, number: str) -> str:
        """Return a number without its separators."""
        ...


def holds(number_format: NumberFormat, number: str) -> bool:
    """Return whether a format takes a number.

    False too where python-stdnum stumbles over one, as over a Chinese province that it knows without its counties.
    """
    try:
        return number_format.is_valid(number)
    except (LookupError, ValueError, ArithmeticError):
        return False


def confirm_by(number_format: NumberFormat, score: float, validator: ConfirmedBy = ConfirmedBy.CHECKSUM) -> Confirm:
    """Return a decision that *number_format* makes; two ways to write one number are one value."""

    def confirm(candidate: Candidate) -> Match | None:
        if not holds(number_format, candidate.text):
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
    shape: str = "",
) -> Detector:
    """Return a detector of a number that *number_format* decides about.

    With *shape* (of the number in capitals, without separators) it is also found, however it is grouped and whether or
    not it holds, where a label of its entity type in labels.yaml stands beside it.
    """
    named_score = context.score if context else score
    return Detector(
        kind=SpanKind.PERSONAL_INFORMATION,
        entity_type=entity_type,
        proposals=proposals,
        confirm=confirm_by(number_format, score, validator),
        context=context,
        standalone=True,
        labelled=labelled_number(entity_type, number_format, shape, named_score, validator) if shape else None,
    )


def labelled_number(
    group: str,
    number_format: NumberFormat,
    shape: str,
    score: float,
    validator: ConfirmedBy = ConfirmedBy.CHECKSUM,
) -> LabelledForm:
    """Return the labelled form of a number that *number_format* decides about, and that scores so much if it holds."""

    has_letters = bool(re.search("[A-Z]", shape))
    return LabelledForm(
        (group,),
        re.compile(shape),
        partial(checked, number_format=number_format, score=score, validator=validator),
        has_letters=has_letters,
        ends_in_letters=ends_in_letters(shape),
        is_near=True,
        is_sure=validator is ConfirmedBy.CHECKSUM,
    )


def checked(
    value: str, number_format: NumberFormat, score: float, validator: ConfirmedBy = ConfirmedBy.CHECKSUM
) -> Match | None:
    """Return the match of a value in a labelled place that *number_format* takes, as it is or without separators."""
    for text in (value, "".join(filter(str.isalnum, value))):
        if holds(number_format, text):
            return Match(number_format.compact(text).upper().encode(), score, f"{validator}+context")
    return None


def ends_in_letters(shape: str) -> bool:
    """True if the last sign of a shape is a letter."""
    return bool(_LETTER_LAST.search(shape))


def labelled_detector(entity_type: str, form: LabelledForm) -> Detector:
    """Return a detector of values that are looked for in labelled places only."""
    return Detector(
        kind=SpanKind.PERSONAL_INFORMATION,
        entity_type=entity_type,
        proposals=(),
        confirm=lambda _candidate: None,
        labelled=form,
    )
