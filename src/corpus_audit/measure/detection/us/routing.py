"""United States bank routing numbers: nine digits with a check digit, believed next to a word that says so."""

from stdnum.us import rtn

from corpus_audit.measure.detection.checked_numbers import number_detector
from corpus_audit.measure.detection.detector import context
from corpus_audit.measure.detection.shapes import digits

DETECTOR = number_detector(
    "US_ROUTING",
    rtn,
    digits(9),
    score=0.5,
    context=context("routing, aba number, aba no, rtn, transit number", 0.9),
    shape=r"[0-9]{9}",
)
