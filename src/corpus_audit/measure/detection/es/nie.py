"""Spanish identity numbers of foreigners: X, Y or Z, seven digits, a check letter."""

from stdnum.es import nie

from corpus_audit.measure.detection.checked_numbers import number_detector
from corpus_audit.measure.detection.detector import context, propose_number

DETECTOR = number_detector(
    "ES_NIE",
    nie,
    propose_number(r"\b[XYZ]-?[0-9]{7}-?[A-HJ-NP-TV-Z]\b"),
    score=0.6,
    context=context("nie, nif, n.i.e, extranjero, identidad", 0.95),
    shape=r"[XYZ][0-9]{7}[A-Z]",
)
