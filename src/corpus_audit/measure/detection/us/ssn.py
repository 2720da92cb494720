"""United States social security numbers: no check digit, so the dashes or a word nearby must speak for them.

Numbers that forms and handbooks print as an example belong to no person, and score low.
"""

from dataclasses import replace

from stdnum.us import ssn

from corpus_audit.measure.detection.checked_numbers import number_detector
from corpus_audit.measure.detection.detector import Candidate, ConfirmedBy, Match, context, propose_number
from corpus_audit.measure.detection.shapes import digits

_EXAMPLES = frozenset((b"111223333", b"123456789"))

_ANY = number_detector(
    "US_SSN",
    ssn,
    propose_number(r"\b[0-8][0-9]{2}-[0-9]{2}-[0-9]{4}\b"),
    digits(9),
    score=0.6,
    context=context("ssn, ssns, social security, soc sec, social sec", 0.9),
    validator=ConfirmedBy.SHAPE,
    shape=r"[0-9]{9}",
)


def _confirm(candidate: Candidate) -> Match | None:
    match = _ANY.confirm(candidate)
    if match is None or match.normalised not in _EXAMPLES:
        return match
    return replace(match, score=0.2, validator=ConfirmedBy.PLACEHOLDER)


DETECTOR = replace(_ANY, confirm=_confirm)
