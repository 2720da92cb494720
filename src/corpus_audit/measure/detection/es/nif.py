"""Spanish tax numbers of people: the eight digits of an identity card and a check letter."""

from stdnum.es import dni

from corpus_audit.measure.detection.checked_numbers import number_detector
from corpus_audit.measure.detection.detector import context, propose_number

DETECTOR = number_detector(
    "ES_NIF",
    dni,
    propose_number(r"\b[0-9]{8}-?[A-HJ-NP-TV-Z]\b", is_common=True),
    score=0.5,
    context=context("dni, nif, n.i.f, d.n.i, documento nacional, identidad", 0.95),
    shape=r"[0-9KLM][0-9]{7}[A-Z]",
)
