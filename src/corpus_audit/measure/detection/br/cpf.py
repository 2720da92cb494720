"""Brazilian taxpayer numbers of people: nine digits and two check digits."""

from stdnum.br import cpf

from corpus_audit.measure.detection.checked_numbers import number_detector
from corpus_audit.measure.detection.detector import context, propose_number
from corpus_audit.measure.detection.shapes import digits

DETECTOR = number_detector(
    "BR_CPF",
    cpf,
    propose_number(r"\b[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}\b"),
    digits(11),
    score=0.9,
    context=context("cpf, cadastro de pessoa, cadastro de pessoas", 0.98),
    shape=r"[0-9]{11}",
)
