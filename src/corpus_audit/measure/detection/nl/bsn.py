"""Dutch citizen service numbers: nine digits, modulus 11."""

from stdnum.nl import bsn

from corpus_audit.measure.detection.checked_numbers import number_detector
from corpus_audit.measure.detection.detector import context
from corpus_audit.measure.detection.shapes import digits

DETECTOR = number_detector(
    "NL_BSN",
    bsn,
    digits(9),
    score=0.5,
    context=context("bsn, burgerservicenummer, sofinummer, sofi-nummer, sofi", 0.95),
    shape=r"[0-9]{8,9}",
)
