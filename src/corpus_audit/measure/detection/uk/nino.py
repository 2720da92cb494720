"""United Kingdom national insurance numbers: two letters, six digits, a letter; no check digit (HMRC NIM39110)."""

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

_PREFIX_NEVER_GIVEN = re.compile(rb"BG|GB|KN|NK|NT|TN|ZZ")

_GIVEN = re.compile(rb"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]")


def _confirm(candidate: Candidate) -> Match | None:
    if _PREFIX_NEVER_GIVEN.match(candidate.value):
        return None
    return Match(candidate.value.replace(b" ", b""), 0.5, ConfirmedBy.SHAPE)


def _check(value: str) -> Match | None:
    compact = "".join(filter(str.isalnum, value)).upper().encode()
    is_given = _GIVEN.fullmatch(compact) and not _PREFIX_NEVER_GIVEN.match(compact)
    return Match(compact, 0.9, f"{ConfirmedBy.SHAPE}+context") if is_given else None


DETECTOR = Detector(
    kind=SpanKind.PERSONAL_INFORMATION,
    entity_type="UK_NINO",
    proposals=(
        propose_number(r"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] [0-9]{2} [0-9]{2} [0-9]{2} [A-D]\b"),
        propose_number(r"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]\b", is_common=True),
    ),
    confirm=_confirm,
    context=context("nino, national insurance, ni number, ni no, insurance number", 0.9),
    standalone=True,
    labelled=LabelledForm(
        ("UK_NINO",),
        re.compile(r"[A-Z]{2}[0-9]{6}[A-Z]"),
        _check,
        has_letters=True,
        ends_in_letters=True,
        is_near=True,
    ),
)
