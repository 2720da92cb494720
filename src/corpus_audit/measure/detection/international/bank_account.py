"""Bank account numbers without an IBAN, beside their label: most banks' have no check digits."""

import re

from stdnum import iban

from corpus_audit.measure.detection.checked_numbers import labelled_detector
from corpus_audit.measure.detection.detector import ConfirmedBy, LabelledForm, Match
from corpus_audit.measure.detection.labelled import is_no_amount


def _check(value: str) -> Match | None:
    """Return the match of a Polish account, which is an IBAN without its country."""
    digits = "".join(filter(str.isdigit, value))
    if len(digits) != _POLISH or not iban.is_valid(f"PL{digits}", check_country=False):
        return None
    return Match(f"PL{digits}".encode(), 0.95, f"{ConfirmedBy.CHECKSUM}+context")


_POLISH = 26

DETECTOR = labelled_detector(
    "BANK_ACCOUNT",
    LabelledForm(
        ("BANK_ACCOUNT", "BANK_ACCOUNT_COMMON"), re.compile(r"[0-9]{6,28}"), _check, accepts=is_no_amount, is_near=True
    ),
)
