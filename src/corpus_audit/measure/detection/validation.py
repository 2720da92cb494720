"""Validation: from the end of an anchor match to a candidate, and to a detector's result."""

from dataclasses import replace

from corpus_audit.errors import CorpusAuditError
from corpus_audit.measure.detection.detector import Buffer, Candidate, Detector, Match, Pattern


class DetectorError(CorpusAuditError):
    """A detector raised; the message does not hold what it was looking at."""


def find_candidate(record: Buffer, anchor_end: int, proposal: Pattern, seen_until: int = 0) -> Candidate | None:
    """Return the candidate that holds an anchor's end, or None when what surrounds the anchor does not fit.

    Nothing in front of *seen_until* is looked at again.
    """
    low = max(seen_until, anchor_end - proposal.before)
    for match in proposal.extent.finditer(record, low, anchor_end + proposal.after):
        if match.start() >= anchor_end:
            return None
        if match.end() >= anchor_end:
            return Candidate(record, match.start(), match.end(), match[0])
    return None


def decide(candidate: Candidate, detector: Detector, *, needs_context: bool) -> Match | None:
    """Return the result of *detector* for a candidate and the text around it; None if it is rejected.

    Raises DetectorError when the detector fails.
    """
    if detector.standalone and candidate.is_glued:
        return None
    context = detector.context
    is_named = context is not None and candidate.near.has_any(context.words)
    if needs_context and not is_named:
        return None
    confirmed = _confirm(candidate, detector)
    if confirmed is None or context is None or not is_named:
        return confirmed
    score = max(confirmed.score, context.score)
    return replace(confirmed, score=score, validator=f"{confirmed.validator}+context")


def _confirm(candidate: Candidate, detector: Detector) -> Match | None:
    try:
        return detector.confirm(candidate)
    except Exception as error:  # noqa: BLE001 - any message may quote the value, so only its kind is passed on
        failure = type(error).__name__
    message = (
        f"The detector of {detector.entity_type} failed with {failure}. Leave it out, or report it to its authors."
    )
    raise DetectorError(message)
