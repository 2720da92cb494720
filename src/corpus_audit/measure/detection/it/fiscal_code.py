"""Italian fiscal codes: letters of the name, birth date, place and a check letter."""

from stdnum.it import codicefiscale

from corpus_audit.measure.detection.checked_numbers import number_detector
from corpus_audit.measure.detection.detector import context, propose_code

DETECTOR = number_detector(
    "IT_FISCAL_CODE",
    codicefiscale,
    propose_code(r"\b[A-Z]{6}[0-9LMNP-V]{2}[A-EHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]\b"),
    score=0.9,
    context=context("codice fiscale, cod. fisc, c.f., cf", 0.99),
    shape=r"[A-Z]{6}[0-9LMNPQRSTUV]{2}[A-EHLMPR-T][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]",
)
