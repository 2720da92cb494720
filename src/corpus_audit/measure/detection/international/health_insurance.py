"""Numbers of people with health insurance beside their label: Germany and Austria by check digit."""

import re

from stdnum.at import vnr

from corpus_audit.measure.detection.checked_numbers import labelled_detector
from corpus_audit.measure.detection.detector import ConfirmedBy, LabelledForm, Match

_GERMAN = re.compile(r"[A-Z][0-9]{9}")


def _check(value: str) -> Match | None:
    compact = "".join(filter(str.isalnum, value)).upper()
    if (_GERMAN.fullmatch(compact) and _holds_german(compact)) or vnr.is_valid(compact):
        return Match(compact.encode(), 0.9, f"{ConfirmedBy.CHECKSUM}+context")
    return None


def _holds_german(number: str) -> bool:
    """True if the last digit is the sum of all, every second doubled (SGB V section 290); the letter is two digits."""
    digits = f"{ord(number[0]) - 64:02d}{number[1:-1]}"
    products = (int(digit) * (1 + place % 2) for place, digit in enumerate(digits))
    return sum(sum(divmod(product, 10)) for product in products) % 10 == int(number[-1])


DETECTOR = labelled_detector(
    "HEALTH_INSURANCE_NUMBER",
    LabelledForm(
        labels=("HEALTH_INSURANCE",),
        shape=re.compile(r"[A-Z]{0,3}[0-9]{8,12}[A-Z]{0,2}"),
        check=_check,
        has_letters=True,
        ends_in_letters=True,
    ),
)
