"""Telephone numbers that match a numbering plan of phonenumbers, or follow a label.

International numbers, numbers grouped the North American way and those in the shapes of national_phones.py are looked
for everywhere; other digits only beside a label, because any digits are a number somewhere. Which country a national
number belongs to is the first in a list where it is valid. Mainland Chinese mobiles are CN_MOBILE.
"""

import re
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat

from corpus_audit.measure.detection.detector import (
    LABELLED_SCORE,
    Candidate,
    ConfirmedBy,
    Detector,
    LabelledForm,
    Match,
    Pattern,
    context,
)
from corpus_audit.measure.detection.international import national_phones
from corpus_audit.measure.detection.international.phone_plans import is_valid, may_be_of
from corpus_audit.measure.detection.international.phone_reading import read_number
from corpus_audit.measure.detection.labelled import NEAR
from corpus_audit.measure.detection.labels import groups_before
from corpus_audit.measure.detection.negatives import is_something_else
from corpus_audit.vocabulary import SpanKind

_REGIONS = (
    "US", "GB", "CN", "DE", "FR", "IT", "ES", "NL", "BE", "PL", "SE", "AT", "CH", "DK", "NO", "FI", "IE", "PT", "CZ",
    "HU", "RO", "GR", "IN", "JP", "KR", "HK", "TW", "SG", "AU", "NZ", "BR", "MX", "ZA", "TR", "RU", "UA", "IL", "TH",
    "VN", "ID", "BG", "HR", "SK", "SI", "LT", "LV", "EE", "IR", "SA", "AE", "EG", "PK", "BD", "PH", "MY", "AR", "CL",
    "CO",
)  # fmt: skip
_REMEMBERED = 1024
"""A signature, and a number beside a label, are looked at again and again."""
_EXTENSION = r"(?: ?(?:x|ext\.?(?![234]\b)|#) ?[0-9]{1,6}\b)?"

_INTERNATIONAL = Pattern(
    anchor=r"(?:^|[^0-9A-Za-z_)\]])\+[1-9][0-9 ()./-]{6,18}[0-9]\b",
    extent=re.compile(rf"(?<![0-9A-Za-z_)\]])\(?\+[1-9](?:[ ()./-]{{0,2}}[0-9]){{6,14}}\b{_EXTENSION}".encode()),
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
_PLAINLY_A_PHONE = re.compile(
    r"\([2-9][0-9]{2}\) ?[0-9]{3}-[0-9]{4}(?: ?(?:x|ext\.?) ?[0-9]{1,6})?"
    r"|(?:001-|1-)?[2-9][0-9]{2}[-.][0-9]{3}[-.][0-9]{4} ?(?:x|ext\.?) ?[0-9]{1,6}|001-[2-9][0-9]{2}-[0-9]{3}-[0-9]{4}"
)
"""Numbers of no known range that nothing but a North American telephone number is written like."""
_NOT_A_NUMBER = re.compile(
    r"(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d|(?!0\d)\d+\.\d+"
    r"|[0-3]\d[01]\d(?:19|20)\d\d|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
)
_FICTIONAL = re.compile(rb"\+1(?:[2-9][0-9]{2}55501[0-9]{2}|[0-9]{3}5551212)")
"""Numbers kept for fiction, and those of directory assistance: they belong to no person."""


def _confirm(candidate: Candidate) -> Match | None:
    text = candidate.text
    if _is_no_number(text):
        return None
    number = _parse(text, _REGIONS[:1])
    if number is not None:
        return _match(number, 0.85 if "+" in text else 0.6)
    if "+" in text:
        return None if is_something_else(candidate, text) else _unknown_range(text)
    number = national_phones.parse_national(candidate)
    if number is not None:
        return None if _is_of_another_label(candidate) else _match(number, 0.6)
    is_one = _PLAINLY_A_PHONE.fullmatch(text) and not is_something_else(candidate, text)
    return Match("".join(filter(str.isdigit, text)).encode(), LABELLED_SCORE, ConfirmedBy.LABEL) if is_one else None


def _is_of_another_label(candidate: Candidate) -> bool:
    """True if the label directly in front of a number, a line above it say, is that of another number."""
    groups = groups_before(candidate.before(_LABEL_BYTES).decode(errors="ignore"))
    return bool(groups) and groups.isdisjoint(_LABELS)


def _unknown_range(text: str) -> Match | None:
    """Return the match of an international number of a possible length that no plan knows: its sign is its label."""
    number = read_number(text)
    if number is None:
        return None
    digits = sum(map(str.isdigit, text))
    is_grouped = not text.removeprefix("+").isdigit()
    is_one = digits >= _FULL_DIGITS + (not is_grouped) and phonenumbers.is_possible_number(number)
    return Match(_e164(number), LABELLED_SCORE, ConfirmedBy.LABEL) if is_one else None


def _match(number: PhoneNumber, score: float) -> Match:
    normalised = _e164(number)
    if _FICTIONAL.fullmatch(normalised):
        return Match(normalised, 0.2, ConfirmedBy.PLACEHOLDER)
    return Match(normalised, score, ConfirmedBy.LIBRARY)


def _e164(number: PhoneNumber) -> bytes:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164).encode()


def _check(value: str) -> Match | None:
    """Return the match of a number in a labelled place that is valid in one of the regions."""
    is_local = sum(map(str.isdigit, value)) < _LEAST_CONFIRMED_DIGITS
    number = None if is_local or _is_no_number(value) else _parse(value, _REGIONS)
    return None if number is None else _match(number, 0.8)


def _accept(value: str, group: str) -> bool:
    """True if it may be a number beside such a label: a verb does not tell what is dialled from what is counted."""
    if _is_no_number(value) or "\n" in value:
        return False
    digits = sum(map(str.isdigit, value))
    counted = _COUNTED_FURTHER if group == NEAR else _COUNTED
    is_grouped = not value.isdigit() and digits >= _LEAST_GROUPED_DIGITS and not counted.fullmatch(value)
    is_dialled = value.startswith("0") and digits >= _LEAST_DIALLED_DIGITS
    return group in _NOUNS or is_grouped or is_dialled or digits >= _FULL_DIGITS


_LABELS = ("PHONE_NUMBER", "PHONE_CALL", "PHONE_BEHIND")
_LABEL_BYTES = 96
_NOUNS = ("PHONE_NUMBER", "PHONE_BEHIND")
_COUNTED = re.compile(r"[1-9](?:[ .][0-9]{3}){2}")
_COUNTED_FURTHER = re.compile(r"[1-9][0-9]?(?:[ .][0-9]{3}){2}")
_LEAST_GROUPED_DIGITS = 7
_LEAST_DIALLED_DIGITS = 8
_LEAST_CONFIRMED_DIGITS = 8
"""Shorter ones lack their area code, so that some plan of some country takes nearly all of them."""


def _is_no_number(text: str) -> bool:
    """True if it is a date, a fraction, or has too few different digits for a real number."""
    return bool(_NOT_A_NUMBER.fullmatch(text)) or len(set(filter(str.isdigit, text))) < 3


def _parse(text: str, regions: tuple[str, ...]) -> PhoneNumber | None:
    """Return the number that the first of *regions* where it is valid reads, or None."""
    found = (_parse_in(text, region) for region in ((None,) if text.startswith(("+", "(+")) else regions))
    return next((number for number in found if number is not None), None)


@lru_cache(maxsize=_REMEMBERED)
def _parse_in(text: str, region: str | None) -> PhoneNumber | None:
    """Return a number that is valid in a region, or with its own prefix. A label asks for what its shape found too."""
    if region is not None and not may_be_of(text, region):
        return None
    number = read_number(text, region)
    return number if number and is_valid(number) else None


DETECTOR = Detector(
    kind=SpanKind.PERSONAL_INFORMATION,
    entity_type="PHONE_NUMBER",
    proposals=(_INTERNATIONAL, _NORTH_AMERICAN, national_phones.PATTERN),
    confirm=_confirm,
    standalone=True,
    context=context("phone, telephone, tel, mobile, cell, fax, call, whatsapp, 电话, 電話, 手机, 传真", 0.9),
    labelled=LabelledForm(
        labels=_LABELS[:2],
        behind=("PHONE_NUMBER", "PHONE_BEHIND"),
        # With an extension of its own, set apart like any other group, a number is longer than a plan allows.
        shape=re.compile(r"\+?[0-9]{6,15}|\+[0-9]{16,18}"),
        check=_check,
        accepts=_accept,
        is_near=True,
        unmistakable=re.compile(
            r"(?:(?:\+?1|001)[-. ])?(?:\([0-9]{3}\) ?|[0-9]{3}[-. ])[0-9]{3}[-. ][0-9]{4}(?: ?x[0-9]{1,6})?"
        ),
        tail=re.compile(r" ?(?:x|ext\.?(?![234]\b)|#) ?[0-9]{1,6}\b"),
    ),
)
