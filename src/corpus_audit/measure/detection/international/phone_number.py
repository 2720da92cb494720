"""Telephone numbers that match a numbering plan of phonenumbers, or follow a label.

International numbers and numbers grouped the North American way are looked for everywhere; numbers as they are dialled
inside other countries only beside a label, because any digits are a number somewhere. Which country a national number
belongs to is the first in a list where it is valid. Mainland Chinese mobiles are CN_MOBILE.
"""

import re
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

from corpus_audit.measure.detection.detector import (
    Candidate,
    ConfirmedBy,
    Detector,
    LabelledForm,
    Match,
    Pattern,
    context,
)
from corpus_audit.vocabulary import SpanKind

_REGIONS = (
    "US", "GB", "CN", "DE", "FR", "IT", "ES", "NL", "BE", "PL", "SE", "AT", "CH", "DK", "NO", "FI", "IE", "PT", "CZ",
    "HU", "RO", "GR", "IN", "JP", "KR", "HK", "TW", "SG", "AU", "NZ", "BR", "MX", "ZA", "TR",
)  # fmt: skip
_REMEMBERED = 1024
"""A signature, and a number beside a label, are looked at again and again."""
_EXTENSION = r"(?: ?(?:x|ext\.?|#) ?[0-9]{1,6}\b)?"

_INTERNATIONAL = Pattern(
    anchor=r"(?:^|[^0-9A-Za-z_)\]])\+[1-9][0-9 ().-]{6,18}[0-9]\b",
    extent=re.compile(rf"(?<![0-9A-Za-z_)\]])\+[1-9](?:[ ().-]{{0,2}}[0-9]){{6,14}}\b{_EXTENSION}".encode()),
    before=40,
    after=16,
    near_digits=True,
)
_NORTH_AMERICAN = Pattern(
    anchor=r"(?:\([2-9][0-9]{2}\) ?|\b[2-9][0-9]{2}[-.])[0-9]{3}[-.][0-9]{4}",
    extent=re.compile(
        r"(?:(?<![0-9A-Za-z+])(?:\+?1|001)[-. ])?(?:(?<![0-9A-Za-z])\([2-9][0-9]{2}\) ?|\b[2-9][0-9]{2}[-.])"
        rf"[0-9]{{3}}[-.][0-9]{{4}}(?![0-9A-Za-wyz]){_EXTENSION}".encode()
    ),
    before=24,
    after=12,
    near_digits=True,
)

_FULL_DIGITS = 10
_NOT_A_NUMBER = re.compile(r"(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d|\d+\.\d+")
_FICTIONAL = re.compile(rb"\+1(?:[2-9][0-9]{2}55501[0-9]{2}|[0-9]{3}5551212)")
"""Numbers kept for fiction, and those of directory assistance: they belong to no person."""


def _confirm(candidate: Candidate) -> Match | None:
    text = candidate.text
    number = None if _is_no_number(text) else _parse(text, _REGIONS[:1])
    return None if number is None else _match(number, 0.85 if text.startswith("+") else 0.6)


def _match(number: PhoneNumber, score: float) -> Match:
    normalised = phonenumbers.format_number(number, PhoneNumberFormat.E164).encode()
    if _FICTIONAL.fullmatch(normalised):
        return Match(normalised, 0.2, ConfirmedBy.PLACEHOLDER)
    return Match(normalised, score, ConfirmedBy.LIBRARY)


def _check(value: str) -> Match | None:
    """Return the match of a number in a labelled place that is valid in one of the regions."""
    number = None if _is_no_number(value) else _parse(value, _REGIONS)
    return None if number is None else _match(number, 0.8)


def _accept(value: str, group: str) -> bool:
    """True if it may be a number beside such a label: a verb does not tell what is dialled from what is counted."""
    if _is_no_number(value):
        return False
    digits = sum(sign.isdigit() for sign in value)
    is_grouped = not value.isdigit() and digits >= _LEAST_GROUPED_DIGITS
    return group in _NOUNS or is_grouped or digits >= _FULL_DIGITS


_NOUNS = ("PHONE_NUMBER", "PHONE_BEHIND")
_LEAST_GROUPED_DIGITS = 7


def _is_no_number(text: str) -> bool:
    """True if it is a date, a fraction, or has too few different digits for a real number."""
    return bool(_NOT_A_NUMBER.fullmatch(text)) or len(set(filter(str.isdigit, text))) < 3


def _parse(text: str, regions: tuple[str, ...]) -> PhoneNumber | None:
    """Return the number that the first of *regions* where it is valid reads, or None."""
    found = (_parse_in(text, region) for region in ((None,) if text.startswith("+") else regions))
    return next((number for number in found if number is not None), None)


@lru_cache(maxsize=_REMEMBERED)
def _parse_in(text: str, region: str | None) -> PhoneNumber | None:
    """Return a number that is valid in a region, or with its own prefix. A label asks for what its shape found too."""
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


DETECTOR = Detector(
    kind=SpanKind.PERSONAL_INFORMATION,
    entity_type="PHONE_NUMBER",
    proposals=(_INTERNATIONAL, _NORTH_AMERICAN),
    confirm=_confirm,
    standalone=True,
    context=context("phone, telephone, tel, mobile, cell, fax, call, whatsapp, 电话, 電話, 手机, 传真", 0.9),
    labelled=LabelledForm(
        labels=("PHONE_NUMBER", "PHONE_CALL"),
        behind=("PHONE_NUMBER", "PHONE_BEHIND"),
        shape=re.compile(r"\+?[0-9]{6,15}"),
        check=_check,
        accepts=_accept,
        is_near=True,
        tail=re.compile(r" ?(?:x|ext\.?|#) ?[0-9]{1,6}\b"),
    ),
)
