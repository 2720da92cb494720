"""Leaving out of a document what nobody recorded: a format with no word for unknown says nothing, never a guess."""

from typing import Any

from corpus_audit.vocabulary import NOT_RECORDED

Json = dict[str, Any]


def known(text: str) -> str | None:
    """Return a claim, or None when nobody recorded it."""
    return None if text == NOT_RECORDED else text


def without_gaps(part: Json) -> Json:
    """Return the members of an object that say something."""
    return {key: value for key, value in part.items() if value not in (None, [], {})}
