"""Identifiers of mobile devices: fifteen digits with a Luhn digit, accepted only next to a context word."""

from stdnum import imei

from corpus_audit.measure.detection.checked_numbers import number_detector
from corpus_audit.measure.detection.detector import context, propose_number
from corpus_audit.measure.detection.shapes import digits

DETECTOR = number_detector(
    "IMEI",
    imei,
    digits(15),
    propose_number(r"\b[0-9]{2}-[0-9]{6}-[0-9]{6}-[0-9]\b", is_common=True),
    score=0.7,
    context=context("imei, 手机串号, 串号", 0.95),
    shape=r"[0-9]{15}",
)
