"""United Kingdom health service numbers: ten digits, modulus 11."""

from stdnum.gb import nhs

from corpus_audit.measure.detection.checked_numbers import number_detector
from corpus_audit.measure.detection.detector import context, propose_number
from corpus_audit.measure.detection.shapes import digits

DETECTOR = number_detector(
    "UK_NHS",
    nhs,
    digits(10),
    propose_number(r"\b[0-9]{3}[ -][0-9]{3}[ -][0-9]{4}\b", is_common=True),
    score=0.5,
    context=context("nhs, national health, health service", 0.95),
    shape=r"[0-9]{10}",
)
