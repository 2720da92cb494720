"""Japanese individual numbers: twelve digits with a check digit, believed next to a word that says so."""

from stdnum.jp import in_

from corpus_audit.measure.detection.checked_numbers import number_detector
from corpus_audit.measure.detection.detector import context, propose_number
from corpus_audit.measure.detection.shapes import digits

DETECTOR = number_detector(
    "JP_MY_NUMBER",
    in_,
    digits(12),
    propose_number(r"\b[0-9]{4}[ -][0-9]{4}[ -][0-9]{4}\b", is_common=True),
    score=0.6,
    context=context("マイナンバー, 個人番号, my number, mynumber, individual number", 0.97),
    shape=r"[0-9]{12}",
)
