"""United States social security numbers: no check digit, so the dashes or a word nearby must speak for them."""

from stdnum.us import ssn

from corpus_audit.measure.detection.checked_numbers import number_detector
from corpus_audit.measure.detection.detector import ConfirmedBy, context, propose_number
from corpus_audit.measure.detection.shapes import digits

DETECTOR = number_detector(
    "US_SSN",
    ssn,
    propose_number(r"\b[0-8][0-9]{2}-[0-9]{2}-[0-9]{4}\b"),
    digits(9),
    score=0.6,
    context=context("ssn, ssns, social security, soc sec, social sec", 0.9),
    validator=ConfirmedBy.SHAPE,
    shape=r"[0-9]{9}",
)
