"""Chinese unified social credit identifiers (GB 32100): organisations, and people who trade under their own name."""

from stdnum.cn import uscc

from corpus_audit.measure.detection.checked_numbers import number_detector
from corpus_audit.measure.detection.detector import context, propose_number

DETECTOR = number_detector(
    "CN_USCC",
    uscc,
    propose_number(r"\b[159Y][1239][0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}\b"),
    score=0.9,
    context=context("统一社会信用代码, 信用代码, 税号, 纳税人识别号, uscc, credit code", 0.98),
)
