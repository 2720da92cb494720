"""French social security numbers: sex, birth month, place, order and a key modulo 97."""

from stdnum.fr import nir

from corpus_audit.measure.detection.checked_numbers import number_detector
from corpus_audit.measure.detection.detector import context, propose_number

DETECTOR = number_detector(
    "FR_NIR",
    nir,
    propose_number(r"\b[12][0-9]{2}(?:0[1-9]|1[0-2]|[2-9][0-9])[0-9][0-9AB][0-9]{8}\b"),
    propose_number(r"\b[12] [0-9]{2} [0-9]{2} [0-9][0-9AB] [0-9]{3} [0-9]{3} [0-9]{2}\b"),
    score=0.6,
    context=context("nir, sécurité sociale, securite sociale, numéro de sécu, insee, carte vitale, ssn", 0.98),
    shape=r"[12378][0-9]{5}[0-9AB][0-9]{6}(?:[0-9]{2})?",
)
