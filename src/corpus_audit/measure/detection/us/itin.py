"""United States individual taxpayer numbers, issued to people without a social security number."""

from stdnum.us import itin

from corpus_audit.measure.detection.checked_numbers import number_detector
from corpus_audit.measure.detection.detector import context, propose_number

DETECTOR = number_detector(
    "US_ITIN",
    itin,
    propose_number(r"\b9[0-9]{2}-[0-9]{2}-[0-9]{4}\b", is_common=True),
    score=0.5,
    context=context("itin, taxpayer, tax id, tin", 0.9),
    shape=r"9[0-9]{8}",
)
