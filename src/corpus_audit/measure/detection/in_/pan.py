"""Indian permanent account numbers of people: letters that code the holder's kind, digits, a letter."""

from stdnum.in_ import pan

from corpus_audit.measure.detection.checked_numbers import checked, number_detector
from corpus_audit.measure.detection.detector import ConfirmedBy, Match, context, propose_code
from corpus_audit.measure.detection.international.mostly_letters import FewDigits, find_mostly_letters

_NAMED_SCORE = 0.9
_WORDS = r"\bpan\b|permanent account n|pan card|पैन|প্যান|பான்|పాన్|પાન|ಪ್ಯಾನ್|പാൻ"


def _check(value: str) -> Match | None:
    return checked(value, pan, _NAMED_SCORE, ConfirmedBy.SHAPE)


_PLAIN = number_detector(
    "IN_PAN",
    pan,
    propose_code(r"\b[A-Z]{3}[PCHABGJLFT][A-Z][0-9]{4}[A-Z]\b"),
    score=0.5,
    context=context("pan, permanent account, income tax, pan card", _NAMED_SCORE),
    validator=ConfirmedBy.SHAPE,
    shape=r"[A-Z]{5}[0-9]{4}[A-Z]",
)
DETECTOR = find_mostly_letters(
    _PLAIN, FewDigits(_WORDS, r"[A-Z]{3}[PCHABGJLFT][A-Z][ ./_-]{1,2}[0-9]{4}[ ./_-]{0,2}[A-Z]", signs=""), _check
)
