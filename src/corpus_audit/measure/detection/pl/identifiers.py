"""Polish numbers beside their label: tax (NIP), statistics (REGON), identity cards."""

import re

from stdnum.pl import nip, regon

from corpus_audit.measure.detection.checked_numbers import labelled_detector, labelled_number
from corpus_audit.measure.detection.detector import ConfirmedBy, LabelledForm, Match

_CARD_WEIGHTS = (7, 3, 1, 9, 7, 3, 1, 7, 3)


def _check_card(value: str) -> Match | None:
    """Return the match of an identity card: letters, a check digit and five digits, weighted to a multiple of ten."""
    compact = "".join(filter(str.isalnum, value)).upper()
    total = sum(int(sign, 36) * weight for sign, weight in zip(compact, _CARD_WEIGHTS, strict=True))
    return Match(compact.encode(), 0.95, f"{ConfirmedBy.CHECKSUM}+context") if total % 10 == 0 else None


NIP = labelled_detector("PL_NIP", labelled_number("PL_NIP", nip, r"(?:PL)?[0-9]{10}", 0.95))
REGON = labelled_detector("PL_REGON", labelled_number("PL_REGON", regon, r"[0-9]{9}(?:[0-9]{5})?", 0.95))
IDENTITY_CARD = labelled_detector(
    "PL_ID_CARD",
    LabelledForm(
        ("PL_ID_CARD",), re.compile(r"[A-Z]{3}[0-9]{6}"), _check_card, has_letters=True, is_near=True, is_sure=True
    ),
)
