"""Patterns shared by several detectors, so that each is matched only once."""

from corpus_audit.measure.detection.detector import Pattern, propose_number

_GROUP_SEPARATORS = str.maketrans("", "", " -")


def digits(count: int) -> Pattern:
    """Return the shape of a run of exactly *count* digits, which is common in any text."""
    return propose_number(rf"\b[0-9]{{{count}}}\b", reach=count + 1, is_common=True)


def ungrouped(number: str) -> str:
    """Return a number without the spaces and dashes between its groups."""
    return number.translate(_GROUP_SEPARATORS)
