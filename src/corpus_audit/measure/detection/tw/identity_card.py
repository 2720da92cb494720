"""Taiwan identity numbers: a letter for the place, sex, eight digits of which the last checks the rest."""

import re

from corpus_audit.measure.detection.detector import (
    Candidate,
    ConfirmedBy,
    Detector,
    LabelledForm,
    Match,
    context,
    propose_number,
)
from corpus_audit.vocabulary import SpanKind

_SHAPE = re.compile(r"[A-Z][1289][0-9]{8}")
_LETTER_VALUES = {letter: 10 + place for place, letter in enumerate("ABCDEFGHJKLMNPQRSTUVXYWZIO")}


def _is_valid(number: str) -> bool:
    tens, ones = divmod(_LETTER_VALUES[number[0]], 10)
    weighted = sum(int(digit) * weight for digit, weight in zip(number[1:], (8, 7, 6, 5, 4, 3, 2, 1, 1), strict=True))
    return (tens + 9 * ones + weighted) % 10 == 0


def check_taiwanese(value: str) -> Match | None:
    """Return the match of a number in a labelled place, however it is grouped, that its last digit checks."""
    compact = "".join(filter(str.isalnum, value)).upper()
    holds = _SHAPE.fullmatch(compact) and _is_valid(compact)
    return Match(compact.encode(), 0.95, f"{ConfirmedBy.CHECKSUM}+context") if holds else None


def _confirm(candidate: Candidate) -> Match | None:
    return Match(candidate.value, 0.6, ConfirmedBy.CHECKSUM) if _is_valid(candidate.text) else None


DETECTOR = Detector(
    kind=SpanKind.PERSONAL_INFORMATION,
    entity_type="TW_ID",
    proposals=(propose_number(r"\b[A-Z][1289][0-9]{8}\b"),),
    confirm=_confirm,
    context=context("身分證, 身份證, 身分證字號, 統一編號, 居留證, taiwan id, national id", 0.95),
    standalone=True,
    labelled=LabelledForm(("TW_ID",), _SHAPE, check_taiwanese, has_letters=True, is_near=True, is_sure=True),
)
