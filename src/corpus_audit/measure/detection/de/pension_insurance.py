"""German pension and social insurance numbers beside their label: area, birth date, initial, sequence, check digit."""

import re

from corpus_audit.measure.detection.checked_numbers import labelled_detector
from corpus_audit.measure.detection.detector import ConfirmedBy, LabelledForm, Match

_WEIGHTS = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)


def check_pension_insurance(value: str) -> Match | None:
    """Return the match of a number whose last digit is the sum of all, weighted (VKVV section 2, digit sums)."""
    compact = "".join(filter(str.isalnum, value)).upper()
    digits = f"{compact[:8]}{ord(compact[8]) - ord('A') + 1:02d}{compact[9:-1]}"
    products = (int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    if sum(sum(divmod(product, 10)) for product in products) % 10 != int(compact[-1]):
        return None
    return Match(compact.encode(), 0.95, f"{ConfirmedBy.CHECKSUM}+context")


DETECTOR = labelled_detector(
    "DE_PENSION_INSURANCE",
    LabelledForm(
        labels=("DE_PENSION_INSURANCE",),
        shape=re.compile(r"[0-9]{8}[A-Z][0-9]{3}"),
        check=check_pension_insurance,
        has_letters=True,
        is_near=True,
        is_sure=True,
    ),
)
