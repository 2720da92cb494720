"""The ids of a record's people, given in a row as a list, a text or a number."""

from typing import Any

from corpus_audit.schemas.text_lists import SEPARATOR

SUBJECT_IDS = "subject_ids"
"""The column of RAW that holds them."""


def id_text(value: Any) -> str | None:
    """Return one JSON value's ids as one text, None for null; raises ValueError for what cannot be ids."""
    if value is None:
        return None
    ids = value if isinstance(value, list) else [value]
    if not all(isinstance(item, str | int) and not isinstance(item, bool) for item in ids):
        message = "neither text nor a number nor a list of them"
        raise ValueError(message)
    return SEPARATOR.join(map(str, ids))
