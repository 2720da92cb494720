"""Postal addresses after an English or Chinese label, down to the street or the village."""

import re

from corpus_audit.measure.detection.detector import Candidate, ConfirmedBy, Detector, Match, Pattern
from corpus_audit.vocabulary import SpanKind

_CHINESE_LABEL = r"(?:住址|户籍所在地|家住|地址)"
_CHINESE_GAP = r"[ \t\"'=:：为是]{1,12}"
_CHINESE = re.compile(
    (_CHINESE_LABEL + _CHINESE_GAP).encode() + rb"(?P<address>(?:[\xe4-\xe9][\x80-\xbf]{2}|[0-9A-Za-z#()-]){6,60})"
)
_STREET = (
    "street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|square|sq|terrace|place|pl|way|highway|hwy|"
    "parkway|pkwy|crescent|close|circle|cir"
)
_ENGLISH_LABEL = r"(?:[Aa]ddress|ADDRESS|[Ll]ives at|[Ll]iving at|[Rr]esid(?:es|ing) at)"
_ENGLISH_GAP = r"[ \t\"'=:>]{1,8}(?:is )?"
_ENGLISH = re.compile(
    rf"{_ENGLISH_LABEL}{_ENGLISH_GAP}(?P<address>[0-9]{{1,5}}[A-Za-z]? (?:[A-Z0-9][A-Za-z0-9.'-]* ){{1,4}}"
    rf"(?i:{_STREET})\b\.?(?:,? (?:[A-Z0-9#][A-Za-z0-9.#-]*)){{0,6}})".encode()
)
_CHINESE_PARTS = ("省", "市", "区", "县", "镇", "乡", "村", "路", "街", "号", "弄", "巷", "栋", "室", "小区")
_LEAST_PARTS = 3


def _confirm(candidate: Candidate) -> Match | None:
    for whole in (_CHINESE, _ENGLISH):
        found = whole.fullmatch(candidate.value)
        if found is None:
            continue
        address = found["address"].decode(errors="ignore")
        is_chinese = whole is _CHINESE
        if is_chinese and sum(part in address for part in _CHINESE_PARTS) < _LEAST_PARTS:
            return None
        normalised = " ".join(address.lower().split()).encode()
        return Match(normalised, 0.7, ConfirmedBy.SHAPE, found.start("address"), found.end("address"))
    return None


DETECTOR = Detector(
    kind=SpanKind.PERSONAL_INFORMATION,
    entity_type="ADDRESS",
    proposals=(
        Pattern(_CHINESE_LABEL + _CHINESE_GAP + r"[\xe4-\xe9]", _CHINESE, before=64, after=200),
        Pattern(rf"{_ENGLISH_LABEL}{_ENGLISH_GAP}[0-9]{{1,5}}[A-Za-z]? [A-Z]", _ENGLISH, before=48, after=128),
    ),
    confirm=_confirm,
)
