"""Polish identity numbers: birth date, sequence, check digit."""

from stdnum.pl import pesel

from corpus_audit.measure.detection.checked_numbers import number_detector
from corpus_audit.measure.detection.detector import context
from corpus_audit.measure.detection.shapes import digits

DETECTOR = number_detector(
    "PL_PESEL",
    pesel,
    digits(11),
    score=0.5,
    context=context("pesel", 0.98),
    shape=r"[0-9]{11}",
)
