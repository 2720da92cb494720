"""Mobile numbers of mainland China, with or without the country's prefix, in ranges that are in use."""

import re

from corpus_audit.measure.detection.detector import Candidate, ConfirmedBy, Detector, Match, Pattern, context
from corpus_audit.measure.detection.international.phone_plans import is_valid
from corpus_audit.measure.detection.international.phone_reading import read_number
from corpus_audit.vocabulary import SpanKind

_EXTENT = re.compile(rb"(?:(?:\+ ?|\b00|\b)86[ -]?|(?<!\+)\b)1[3-9][0-9](?:[0-9]{8}|[ -][0-9]{4}[ -][0-9]{4})\b")
_ANCHORS = (
    r"\b(?:(?:00)?86)?1[3-9][0-9]{9}\b",
    r"\b(?:(?:00)?86)?1[3-9][0-9][ -][0-9]{4}[ -][0-9]{4}\b",
)
_NATIONAL_DIGITS = 11
_LEAST_DIFFERENT = 3
_TWO_TO_THE_34TH = "17179869184"
_FRACTION = re.compile(rb"\.[0-9,]")
"""What follows a number that a program writes with a decimal point."""


def _confirm(candidate: Candidate) -> Match | None:
    national = re.sub(r"\D", "", candidate.text)[-_NATIONAL_DIGITS:]
    if _FRACTION.match(candidate.after(2)) or national == _TWO_TO_THE_34TH:
        return None
    number = read_number(national, "CN") if len(set(national[3:])) >= _LEAST_DIFFERENT else None
    if number is None or not is_valid(number):
        return None
    has_prefix = len(candidate.value) > len(national) + 2
    return Match(f"+86{national}".encode(), 0.9 if has_prefix else 0.6, ConfirmedBy.LIBRARY)


DETECTOR = Detector(
    kind=SpanKind.PERSONAL_INFORMATION,
    entity_type="CN_MOBILE",
    proposals=tuple(Pattern(anchor, _EXTENT, before=24, after=4, near_digits=True) for anchor in _ANCHORS),
    confirm=_confirm,
    context=context(
        "手机, 手機, 电话, 電話, 联系, 微信, 致电, mobile, phone, tel, cell, call, sms, whatsapp, wechat", 0.97
    ),
    standalone=True,
)
