"""Indian permanent account numbers of people: letters that code the holder's kind, digits, a letter."""

from stdnum.in_ import pan

from corpus_audit.measure.checked_numbers import number_detector
from corpus_audit.measure.detector import Validator, context, propose

DETECTOR = number_detector(
    "IN_PAN",
    pan,
    propose(r"\b[A-Z]{3}[PCHABGJLFT][A-Z][0-9]{4}[A-Z]\b"),
    score=0.5,
    context=context("pan, permanent account, income tax, pan card", 0.9),
    validator=Validator.SHAPE,
)
