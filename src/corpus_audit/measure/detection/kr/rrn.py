"""Korean resident registration numbers: birth date, sex, place, check digit.

Those issued since October 2020 have no check digit and are found only when theirs happens to fit.
"""

from stdnum.kr import rrn

from corpus_audit.measure.detection.checked_numbers import number_detector
from corpus_audit.measure.detection.detector import context, propose_number

DETECTOR = number_detector(
    "KR_RRN",
    rrn,
    propose_number(r"\b[0-9]{2}[01][0-9][0-3][0-9]-[0-9]{7}\b"),
    score=0.85,
    context=context("주민등록번호, 주민번호, 주민등록, rrn, resident registration", 0.98),
    shape=r"[0-9]{13}",
)
