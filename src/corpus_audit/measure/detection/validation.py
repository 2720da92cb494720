"""Validation: from the end of an anchor match to a candidate, and to a detector's result."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import TypeVar

from corpus_audit.errors import DetectorError
from corpus_audit.measure.detection.detector import (
    Buffer,
    Candidate,
    ConfirmedBy,
    ContextWords,
    Detector,
    Match,
    Pattern,
)
from corpus_audit.measure.detection.labelled import decide_labelled
from corpus_audit.measure.detection.labels import NOT_PERSONAL, are_of_person, groups_before
from corpus_audit.measure.detection.negatives import is_in_code, is_in_table, is_something_else
from corpus_audit.vocabulary import SpanStatus

Said = TypeVar("Said")

_NEVER_RAISED = (ConfirmedBy.LABEL, ConfirmedBy.PLACEHOLDER, ConfirmedBy.PRIVATE_RANGE, ConfirmedBy.UNKNOWN_ISSUER)
"""A word nearby makes none of these surer."""
_UNCONFIRMED = (ConfirmedBy.LABEL, ConfirmedBy.UNKNOWN_ISSUER)
_LABEL_BYTES = 120
_SURE = 0.9
"""A check that gives this score, or a check digit with a word nearby, outweighs the label of an order or an invoice."""


def find_candidate(record: Buffer, anchor_end: int, proposal: Pattern, seen_until: int = 0) -> Candidate | None:
    """Return the candidate that holds an anchor's end, or None when what surrounds the anchor does not fit.

    Nothing in front of *seen_until* is looked at again.
    """
    low = max(seen_until, anchor_end - proposal.before)
    for found in proposal.extent.finditer(record, low, anchor_end + proposal.after):
        start, end = found.span()
        if start >= anchor_end:
            return None
        if end >= anchor_end:
            return Candidate(record, start, end, bytes(record[start:end]))
    return None


def is_worth_asking(candidate: Candidate, proposal: Pattern, detectors: Sequence[Detector]) -> bool:
    """True unless a proposal says that none of the detectors which made it would confirm a candidate.

    Raises DetectorError when it fails to say so.
    """
    may_hold = proposal.may_hold
    return may_hold is None or _guarded(detectors[0], lambda: may_hold(candidate.value))


def decide(candidate: Candidate, detector: Detector, *, needs_context: bool) -> Match | None:
    """Return the result of *detector* for a candidate and the text around it; None if it is rejected.

    Raises DetectorError when the detector fails.
    """
    context = detector.context
    is_named = context is not None and candidate.near.has_any(context.words)
    if (detector.standalone and candidate.is_glued) or (needs_context and not is_named):
        return None
    confirmed = _guarded(detector, lambda: detector.confirm(candidate))
    if confirmed is None:
        return None
    if confirmed.validator in _NEVER_RAISED:
        return None if is_an_order(candidate, confirmed) else confirmed
    if detector.standalone and _is_probably_something_else(candidate, confirmed, is_named=is_named):
        return None
    return _raise(confirmed, context) if context and is_named else confirmed


def _raise(confirmed: Match, context: ContextWords) -> Match:
    score = max(confirmed.score, context.score)
    return replace(confirmed, score=score, validator=f"{confirmed.validator}+context")


def _is_probably_something_else(candidate: Candidate, confirmed: Match, *, is_named: bool) -> bool:
    end = len(candidate.value) if confirmed.end is None else confirmed.end
    value = candidate.value[confirmed.start : end].decode(errors="replace")
    if is_something_else(candidate, value):
        return True
    is_sure = confirmed.score >= _SURE or (is_named and confirmed.validator == ConfirmedBy.CHECKSUM)
    if not (is_sure or value.startswith("+")) and _is_labelled_otherwise(candidate):
        return True
    if confirmed.validator == ConfirmedBy.LIBRARY and not value.startswith("+") and _is_labelled_as_person(candidate):
        # What a telephone plan takes is the number that its label says.
        return True
    if is_named:
        return False
    return is_in_table(candidate) or (confirmed.score < _SURE and is_in_code(candidate))


def is_an_order(candidate: Candidate, confirmed: Match) -> bool:
    """True for what is made up beside the label of an order or an invoice."""
    return confirmed.validator == ConfirmedBy.PLACEHOLDER and _is_labelled_otherwise(candidate)


def _is_labelled_otherwise(candidate: Candidate) -> bool:
    """True if the label in front of a candidate is that of an order, an invoice or a postcode."""
    return _groups_before(candidate) == {NOT_PERSONAL}


def _is_labelled_as_person(candidate: Candidate) -> bool:
    """True if the label in front of a candidate is that of a person's number: of a card, social security, a driver."""
    return are_of_person(_groups_before(candidate))


def _groups_before(candidate: Candidate) -> frozenset[str]:
    return groups_before(candidate.before(_LABEL_BYTES).decode(errors="ignore"))


def decide_beside_label(candidate: Candidate, group: str, detector: Detector) -> Match | None:
    """Return the result of *detector* for a candidate beside a label of *group*; None if it is rejected.

    Raises DetectorError when the detector fails.
    """
    return _guarded(detector, lambda: decide_labelled(candidate, group, detector))


def match_alone(value: bytes, match: Callable[[bytes], Match | None], detector: Detector) -> Match | None:
    """Return what the *match* of a screen gives for a value that its detector would take for what it is.

    Raises DetectorError when it fails. A placeholder may still be the number of an order (``is_an_order``).
    """
    return _guarded(detector, lambda: match(value))


@cache
def status_of(validator: str) -> SpanStatus:
    """Return whether a check or a shape confirmed what *validator* names, or only a label says what it is."""
    return SpanStatus.LABELLED if validator in _UNCONFIRMED else SpanStatus.CONFIRMED


def _guarded(detector: Detector, step: Callable[[], Said]) -> Said:
    try:
        return step()
    except Exception as error:  # noqa: BLE001 - any message may quote the value, so only its kind is passed on
        failure = type(error).__name__
    message = (
        f"The detector of {detector.entity_type} failed with {failure}. Leave it out, or report it to its authors."
    )
    raise DetectorError(message)
