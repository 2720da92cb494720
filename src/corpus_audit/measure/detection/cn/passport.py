"""Chinese passport numbers: no check digit in print, so a word nearby must speak for them."""

from corpus_audit.measure.detection.detector import Candidate, ConfirmedBy, Detector, Match, context, propose_number
from corpus_audit.vocabulary import SpanKind


def _confirm(candidate: Candidate) -> Match:
    return Match(candidate.value.upper(), 0.4, ConfirmedBy.SHAPE)


DETECTOR = Detector(
    kind=SpanKind.PERSONAL_INFORMATION,
    entity_type="CN_PASSPORT",
    proposals=(
        propose_number(r"\b(?:[DEGKMPS][0-9]{8}|E[A-HJ-NP-Z][0-9]{7}|[DPS]E[0-9]{7}|1[45][0-9]{7})\b", is_common=True),
    ),
    confirm=_confirm,
    context=context("护照, 護照, passport, passports", 0.85),
    standalone=True,
)
