"""German tax identification numbers: eleven digits, one of them repeated, ISO 7064."""

from stdnum.de import idnr

from corpus_audit.measure.detection.checked_numbers import number_detector
from corpus_audit.measure.detection.detector import context, propose_number
from corpus_audit.measure.detection.shapes import digits

DETECTOR = number_detector(
    "DE_TAX_ID",
    idnr,
    digits(11),
    propose_number(r"\b[0-9]{2} [0-9]{3} [0-9]{3} [0-9]{3}\b", is_common=True),
    score=0.5,
    context=context(
        "steuer-id, steuerid, steuer-identifikationsnummer, steueridentifikationsnummer, identifikationsnummer, idnr, "
        "steuernummer, tax id",
        0.95,
    ),
    shape=r"[1-9][0-9]{10}",
)
