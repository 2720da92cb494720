"""Hong Kong identity card numbers: one or two letters, six digits, a check digit modulo 11 in brackets."""

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

_SPACE = 36
_SHAPE = re.compile(r"[A-Z]{1,2}[0-9]{6}[0-9A]")


def _is_valid(compact: str) -> bool:
    """True if the weighted sum leaves no remainder; one-letter numbers count a leading space."""
    weights = range(len(compact), 0, -1)
    total = sum(weight * int(sign, 36) for weight, sign in zip(weights, compact, strict=True))
    return (total + (9 * _SPACE if len(compact) == 8 else 0)) % 11 == 0


def check_of_hong_kong(value: str) -> Match | None:
    """Return the match of a number in a labelled place, however it is grouped, that its last sign checks."""
    compact = "".join(filter(str.isalnum, value)).upper()
    holds = _SHAPE.fullmatch(compact) and _is_valid(compact)
    return Match(compact.encode(), 0.97, f"{ConfirmedBy.CHECKSUM}+context") if holds else None


def _confirm(candidate: Candidate) -> Match | None:
    compact = candidate.text.translate(str.maketrans("", "", "() ")).upper()
    return Match(compact.encode(), 0.8, ConfirmedBy.CHECKSUM) if _is_valid(compact) else None


DETECTOR = Detector(
    kind=SpanKind.PERSONAL_INFORMATION,
    entity_type="HK_ID",
    proposals=(
        propose_number(r"\b[A-Z]{1,2}[0-9]{6} ?\([0-9A]\)"),
        propose_number(r"\b[A-Z]{1,2}[0-9]{6}[0-9A]\b", is_common=True),
    ),
    confirm=_confirm,
    context=context("hkid, hong kong identity, hong kong id, hk id, 香港身份證, 香港身份证, 身份證號碼", 0.97),
    standalone=True,
    labelled=LabelledForm(
        ("HK_ID",), _SHAPE, check_of_hong_kong, has_letters=True, ends_in_letters=True, is_near=True, is_sure=True
    ),
)
