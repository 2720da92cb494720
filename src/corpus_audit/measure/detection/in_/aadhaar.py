"""Indian identity numbers: twelve digits with a Verhoeff digit, believed next to a word that says so."""

from stdnum.in_ import aadhaar

from corpus_audit.measure.detection.checked_numbers import number_detector
from corpus_audit.measure.detection.detector import context, propose_number
from corpus_audit.measure.detection.shapes import digits

DETECTOR = number_detector(
    "IN_AADHAAR",
    aadhaar,
    digits(12),
    propose_number(r"\b[2-9][0-9]{3}[ -][0-9]{4}[ -][0-9]{4}\b", is_common=True),
    score=0.6,
    context=context("aadhaar, aadhar, adhaar, uidai, uid, आधार", 0.98),
    shape=r"[0-9]{12}",
)
