"""United States social security numbers: no check digit, so the dashes or a word nearby must speak for them.

Numbers that forms and handbooks print as an example belong to no person, and score low.
"""

from dataclasses import replace

from stdnum.us import ssn

from corpus_audit.measure.detection.checked_numbers import labelled_number, number_detector
from corpus_audit.measure.detection.detector import Candidate, ConfirmedBy, Match, context, propose_number
from corpus_audit.measure.detection.shapes import digits

_EXAMPLES = frozenset((b"111223333", b"123456789"))
_NAMED_SCORE = 0.9

_ANY = number_detector(
    "US_SSN",
    ssn,
    propose_number(r"\b[0-8][0-9]{2}-[0-9]{2}-[0-9]{4}\b"),
    digits(9),
    score=0.6,
    context=context("ssn, ssns, social security, soc sec, social sec", _NAMED_SCORE),
    validator=ConfirmedBy.SHAPE,
)
_BESIDE_LABEL = labelled_number("US_SSN", ssn, r"[0-9]{9}", _NAMED_SCORE, ConfirmedBy.SHAPE)


def _confirm(candidate: Candidate) -> Match | None:
    return _weighed(_ANY.confirm(candidate))


def _check(value: str) -> Match | None:
    return _weighed(_BESIDE_LABEL.check(value))


def _weighed(match: Match | None) -> Match | None:
    """Return a match with a low score where it is of an example."""
    if match is None or match.normalised not in _EXAMPLES:
        return match
    return replace(match, score=0.2, validator=ConfirmedBy.PLACEHOLDER)


DETECTOR = replace(_ANY, confirm=_confirm, labelled=replace(_BESIDE_LABEL, check=_check))
