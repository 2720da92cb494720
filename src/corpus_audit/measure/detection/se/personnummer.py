"""Swedish identity numbers: birth date, sequence, Luhn digit."""

from stdnum.se import personnummer

from corpus_audit.measure.detection.checked_numbers import number_detector
from corpus_audit.measure.detection.detector import context, propose_number

DETECTOR = number_detector(
    "SE_PERSONNUMMER",
    personnummer,
    propose_number(r"\b(?:19|20)?[0-9]{2}[01][0-9][0-3][0-9][-+][0-9]{4}\b"),
    score=0.6,
    context=context("personnummer, personnr, person nr, samordningsnummer, pnr", 0.97),
    shape=r"(?:[12][0-9])?[0-9]{10}",
)
