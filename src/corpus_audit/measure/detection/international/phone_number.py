"""Telephone numbers that match a numbering plan of phonenumbers, or follow a label.

International numbers and numbers grouped the North American way are looked for everywhere; numbers as they are dialled
inside other countries only beside a label, because any digits are a number somewhere. Which country a national number
belongs to is the first in a list where it is valid. Mainland Chinese mobiles are CN_MOBILE.
"""

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

from corpus_audit.measure.detection.detector import Candidate, ConfirmedBy, Detector, Match, Pattern, context
from corpus_audit.vocabulary import SpanKind

_REGIONS = (
    "US", "GB", "CN", "DE", "FR", "IT", "ES", "NL", "BE", "PL", "SE", "AT", "CH", "DK", "NO", "FI", "IE", "PT", "CZ",
    "HU", "RO", "GR", "IN", "JP", "KR", "HK", "TW", "SG", "AU", "NZ", "BR", "MX", "ZA", "TR",
)  # fmt: skip
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

_NOUN = (
    r"(?:[Pp]hone|PHONE|\b[Tt]el|TEL|[Mm]obile|MOBILE|\b[Cc]ell|\b[Ff]ax|FAX|[Ww]hats[Aa]pp|[Tt]elefon|"
    r"[Tt](?:e|é)l(?:e|é)phone)\b|电话|電話|传真|座机|热线|手机|联系方式|전화"
)
_VERB = r"\b(?:[Cc]all|[Dd]ial|answering|[Rr]each|[Rr]ing)\b"
_DIGITS = r"[0-9(+](?:[ ().\-/]{0,2}[0-9]){6,14}(?![0-9])"
_LOOSE_DIGITS = r"[0-9(+][0-9 ().\-/]{5,18}[0-9]"
_BEHIND_LABEL = Pattern(
    anchor=rf"(?:{_NOUN}|{_VERB})[^0-9\n(+]{{0,24}}{_LOOSE_DIGITS}",
    extent=re.compile(
        rf"(?:(?P<noun>{_NOUN})|{_VERB})(?P<gap>[^0-9\n(+]{{0,24}})(?P<number>{_DIGITS}{_EXTENSION})".encode()
    ),
    before=80,
    after=24,
)
_LABEL_AFTER = r"[ (-]{1,3}(?:[Oo]ffice|[Ff]ax|[Mm]obile|[Cc]ell|[Pp]hone|[Ww]ork|[Hh]ome)\b"
_BEFORE_LABEL = Pattern(
    anchor=rf"{_LOOSE_DIGITS}(?:x[0-9]{{1,6}})?{_LABEL_AFTER}",
    extent=re.compile(rf"(?<![0-9A-Za-z+(/])(?P<number>{_DIGITS}{_EXTENSION}){_LABEL_AFTER}".encode()),
    before=48,
    after=4,
    near_digits=True,
)
_ADJACENT = re.compile(rb"[\"']?[ \t]*(?:[Nn]umber|[Nn]o\.?)?[ \t]*(?:[:=.|]|\xef\xbc\x9a)?[ \t]*[\"']?")
_FULL_DIGITS = 10
_NOT_A_NUMBER = re.compile(r"(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d|\d+\.\d+")


def _confirm(candidate: Candidate) -> Match | None:
    for proposal in (_BEHIND_LABEL, _BEFORE_LABEL):
        if labelled := proposal.extent.fullmatch(candidate.value):
            return _confirm_labelled(labelled)
    text = candidate.text
    number = None if _is_no_number(text) else _parse(text, _REGIONS[:1])
    if number is None:
        return None
    return Match(_normalised(number), 0.85 if text.startswith("+") else 0.6, ConfirmedBy.LIBRARY)


def _confirm_labelled(found: re.Match[bytes]) -> Match | None:
    text = found["number"].decode()
    if _is_no_number(text):
        return None
    start, end = found.span("number")
    parts = found.groupdict()
    is_behind_verb = "noun" in parts and parts["noun"] is None
    # A verb alone does not tell a number that is dialled from one that is counted.
    number = None if is_behind_verb and text.isdigit() and len(text) < _FULL_DIGITS else _parse(text, _REGIONS)
    if number is not None:
        return Match(_normalised(number), 0.8, ConfirmedBy.LIBRARY, start, end)
    if is_behind_verb or ("gap" in parts and not _ADJACENT.fullmatch(parts["gap"])):
        return None
    return Match(re.sub(r"\D", "", text).encode(), 0.5, ConfirmedBy.LABEL, start, end)


def _is_no_number(text: str) -> bool:
    """True if it is a date, a fraction, or has too few different digits for a real number."""
    return bool(_NOT_A_NUMBER.fullmatch(text)) or len(set(filter(str.isdigit, text))) < 3


def _normalised(number: PhoneNumber) -> bytes:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164).encode()


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
    proposals=(_INTERNATIONAL, _NORTH_AMERICAN, _BEHIND_LABEL, _BEFORE_LABEL),
    confirm=_confirm,
    standalone=True,
    context=context("phone, telephone, tel, mobile, cell, fax, call, whatsapp, 电话, 電話, 手机, 传真", 0.9),
)
