"""Chinese resident identity numbers (GB 11643): county, date of birth, sequence, check digit."""

from stdnum.cn import ric

from corpus_audit.measure.detection.checked_numbers import number_detector
from corpus_audit.measure.detection.detector import context, propose_number

DETECTOR = number_detector(
    "CN_RESIDENT_ID",
    ric,
    propose_number(r"\b[1-9][0-9]{5}(?:18|19|20)[0-9]{2}[01][0-9][0-3][0-9]{4}[0-9Xx]\b"),
    score=0.95,
    context=context("身份证, 身份證, 公民身份号码, 证件号, 证件号码, id card, idcard, id_card, sfz, sfzh", 0.99),
    shape=r"[1-9][0-9]{16}[0-9X]",
)
