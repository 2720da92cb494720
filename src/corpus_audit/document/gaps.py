"""Omit unrecorded claims from a document: a format without a word for unknown gets no value, never a guess."""

from typing import Any

from corpus_audit.vocabulary import NOT_RECORDED

Json = dict[str, Any]


def known(text: str) -> str | None:
    """Return a claim, or None if it is not recorded."""
    return None if text == NOT_RECORDED else text


def without_gaps(part: Json) -> Json:
    """Return the members of an object that say something."""
    return {key: value for key, value in part.items() if value not in (None, [], {})}
