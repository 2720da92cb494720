"""United States employer numbers: a prefix that exists and a word nearby."""

from stdnum.us import ein

from corpus_audit.measure.detection.checked_numbers import number_detector
from corpus_audit.measure.detection.detector import context, propose_number

DETECTOR = number_detector(
    "US_EIN",
    ein,
    propose_number(r"\b[0-9]{2}-[0-9]{7}\b", is_common=True),
    score=0.5,
    context=context("ein, fein, employer identification, employer id, federal tax id, tax id", 0.85),
    shape=r"[0-9]{9}",
)
