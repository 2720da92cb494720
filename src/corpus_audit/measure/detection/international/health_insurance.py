"""Numbers of people with health insurance beside their label, of nine countries and provinces by check digit."""

import re

from stdnum.at import vnr
from stdnum.ca import bc_phn

from corpus_audit.measure.detection.checked_numbers import labelled_detector
from corpus_audit.measure.detection.detector import ConfirmedBy, LabelledForm, Match
from corpus_audit.measure.detection.international import identity_formats
from corpus_audit.measure.detection.international.mostly_letters import FewDigits, find_mostly_letters
from corpus_audit.measure.detection.labelled import has_letters_or_label
from corpus_audit.measure.detection.labels import WEAK

_GERMAN = re.compile(r"[A-Z][0-9]{9}")
_FORMATS = (
    vnr,
    bc_phn,
    identity_formats.AU_MEDICARE,
    identity_formats.BR_CNS,
    identity_formats.CA_OHIP,
    identity_formats.ES_NUSS,
    identity_formats.GB_CHI,
)


def _check(value: str) -> Match | None:
    compact = "".join(filter(str.isalnum, value)).upper()
    if (_GERMAN.fullmatch(compact) and _holds_german(compact)) or any(number.is_valid(compact) for number in _FORMATS):
        return Match(compact.encode(), 0.9, f"{ConfirmedBy.CHECKSUM}+context")
    return None


def _accept(value: str, group: str) -> bool:
    """True of what a common word may label, and of a number that holds beside a label of other insurances too."""
    return _check(value) is not None if group.endswith(WEAK) else has_letters_or_label(value, group)


def _holds_german(number: str) -> bool:
    """True if the last digit is the sum of all, every second doubled (SGB V section 290); the letter is two digits."""
    digits = f"{ord(number[0]) - 64:02d}{number[1:-1]}"
    products = (int(digit) * (1 + place % 2) for place, digit in enumerate(digits))
    return sum(sum(divmod(product, 10)) for product in products) % 10 == int(number[-1])


_LABELLED = labelled_detector(
    "HEALTH_INSURANCE_NUMBER",
    LabelledForm(
        labels=("HEALTH_INSURANCE", "HEALTH_INSURANCE_WEAK", "HEALTH_INSURANCE_COMMON"),
        shape=re.compile(r"[A-Z]{0,4}[0-9]{8,13}[A-Z]{0,2}|[0-9]{7}[A-Z]|[0-9]{15,16}|80[0-9]{18}"),
        check=_check,
        accepts=_accept,
        has_letters=True,
        ends_in_letters=True,
        is_near=True,
    ),
)

_LETTER = "[AC-HJKMNP-RT-Y]"
_MEDICARE = rf"[1-9]{_LETTER}[0-9AC-HJKMNP-RT-Y][0-9]-?{_LETTER}[0-9AC-HJKMNP-RT-Y][0-9]-?{_LETTER}{{2}}[0-9]{{2}}"
"""Beneficiaries of Medicare in the United States: letters and digits in their places, without S, L, O, I, B and Z."""


def _check_shape(value: str) -> Match:
    return Match(value.replace("-", "").encode(), 0.85, f"{ConfirmedBy.SHAPE}+context")


_MEDICAID = r"[A-Z]{2}[0-9]{5}[A-Z]"
_WORDS = r"medicare|medicaid|\bmbi\b|beneficiary|recipient id|insured.s i\.?d|white and blue card"
DETECTOR = find_mostly_letters(_LABELLED, FewDigits(_WORDS, f"{_MEDICARE}|{_MEDICAID}"), _check_shape)
