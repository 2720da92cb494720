"""Telephone numbers that the numbering plans of phonenumbers accept.

International numbers and numbers grouped the North American way are looked for everywhere; numbers as they are dialled
inside other countries only behind a label, because any digits are a number somewhere. Mainland Chinese mobiles are
CN_MOBILE.
"""

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

from corpus_audit.measure.detector import Candidate, Confirmed, Detector, Proposal, Validator, context
from corpus_audit.vocabulary import SpanKind

_REGIONS = (
    "US", "GB", "CN", "DE", "FR", "IT", "ES", "NL", "BE", "PL", "SE", "AT", "CH", "DK", "NO", "FI", "IE", "PT", "CZ",
    "HU", "RO", "GR", "IN", "JP", "KR", "HK", "TW", "SG", "AU", "NZ", "BR", "MX", "ZA", "TR",
)  # fmt: skip
_EXTENSION = rb"(?: ?(?:x|ext\.?|#) ?[0-9]{1,6}\b)?"

_INTERNATIONAL = Proposal(
    anchor=r"(?:^|[^0-9A-Za-z_)\]])\+[1-9][0-9 ().-]{6,18}[0-9]\b",
    extent=re.compile(rb"(?<![0-9A-Za-z_)\]])\+[1-9](?:[ ().-]{0,2}[0-9]){6,14}\b" + _EXTENSION),
    before=40,
    after=16,
    near_digits=True,
)
_NORTH_AMERICAN = Proposal(
    anchor=r"(?:\([2-9][0-9]{2}\) ?|\b[2-9][0-9]{2}[-.])[0-9]{3}[-.][0-9]{4}",
    extent=re.compile(
        rb"(?:(?<![0-9A-Za-z+])(?:\+?1|001)[-. ])?(?:(?<![0-9A-Za-z])\([2-9][0-9]{2}\) ?|\b[2-9][0-9]{2}[-.])"
        rb"[0-9]{3}[-.][0-9]{4}(?![0-9A-Za-wyz])" + _EXTENSION
    ),
    before=24,
    after=12,
    near_digits=True,
)
_LABEL = (
    r"(?:[Pp]hone|PHONE|\b[Tt]el|TEL|[Mm]obile|MOBILE|\b[Cc]ell|\b[Ff]ax|FAX|\b[Cc]all|[Ww]hats[Aa]pp|[Tt]elefon|"
    r"[Tt][ée]l[ée]phone|电话|電話|传真|座机|热线|手机|联系方式|전화)"
)
_NUMBER = r"[0-9(+][0-9 ().\-/]{5,18}[0-9]"
_LABELLED = Proposal(
    anchor=_LABEL + r"[^0-9\n(+]{0,24}" + _NUMBER,
    extent=re.compile(_LABEL.encode() + rb"[^0-9\n(+]{0,24}" + rb"[0-9(+](?:[ ().\-/]{0,2}[0-9]){5,14}\b" + _EXTENSION),
    before=64,
    after=24,
)
_FIRST_DIGIT = re.compile(rb"[0-9(+]")
_DATE = re.compile(r"(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d")


def _confirm(candidate: Candidate) -> Confirmed | None:
    start = _number_start(candidate.value)
    text = candidate.value[start:].decode()
    is_labelled = start > 0
    number = _parse(text, _REGIONS if is_labelled else _REGIONS[:1])
    if number is None or _DATE.search(text) or len(set(filter(str.isdigit, text))) < 3:
        return None
    normalised = phonenumbers.format_number(number, PhoneNumberFormat.E164).encode()
    return Confirmed(normalised, _score(text, is_labelled), Validator.LIBRARY, start)


def _number_start(value: bytes) -> int:
    found = _FIRST_DIGIT.search(value)
    return found.start() if found else 0


def _score(text: str, is_labelled: bool) -> float:
    if text.startswith("+"):
        return 0.85
    return 0.7 if is_labelled else 0.6


def _parse(text: str, regions: tuple[str, ...]) -> PhoneNumber | None:
    """Return the number that the first of *regions* where it is valid reads, or None."""
    for region in (None,) if text.startswith("+") else regions:
        try:
            number = phonenumbers.parse(text, region)
        except NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return number
    return None


DETECTOR = Detector(
    kind=SpanKind.PERSONAL_INFORMATION,
    entity_type="PHONE_NUMBER",
    proposals=(_INTERNATIONAL, _NORTH_AMERICAN, _LABELLED),
    confirm=_confirm,
    context=context("phone, telephone, tel, mobile, cell, fax, call, whatsapp, 电话, 電話, 手机, 传真", 0.9),
)
