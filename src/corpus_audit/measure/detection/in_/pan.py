"""Indian permanent account numbers of people: letters that code the holder's kind, digits, a letter."""

from stdnum.in_ import pan

from corpus_audit.measure.detection.checked_numbers import number_detector
from corpus_audit.measure.detection.detector import ConfirmedBy, context, propose_code

DETECTOR = number_detector(
    "IN_PAN",
    pan,
    propose_code(r"\b[A-Z]{3}[PCHABGJLFT][A-Z][0-9]{4}[A-Z]\b"),
    score=0.5,
    context=context("pan, permanent account, income tax, pan card", 0.9),
    validator=ConfirmedBy.SHAPE,
    shape=r"[A-Z]{5}[0-9]{4}[A-Z]",
)
