"""Content credentials (C2PA 2.4, annex A.8) inside a text: a manifest written in invisible variation selectors.

The manifest is reported, not read: what it says of the text's making, and whether it is intact, stays unknown.
"""

from corpus_audit.measure.detection.detector import Detector
from corpus_audit.measure.detection.notices.statements import statement
from corpus_audit.vocabulary import SpanKind

_FIRST_SELECTORS = 0xFE00
_FURTHER_SELECTORS = 0xE0100
_FURTHER_FROM = 16
_MAGIC = b"C2PATXT\0"


def _selector(byte: int) -> str:
    """Return the variation selector that stands for a byte."""
    return chr(_FIRST_SELECTORS + byte if byte < _FURTHER_FROM else _FURTHER_SELECTORS + byte - _FURTHER_FROM)


_WRAPPER = "\ufeff" + "".join(map(_selector, _MAGIC))

DETECTOR: Detector = statement("CONTENT_CREDENTIALS", SpanKind.NOTICE, _WRAPPER)
