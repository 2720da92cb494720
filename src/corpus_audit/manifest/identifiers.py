"""Identifiers made from names that were not written to be identifiers."""

import re
from collections.abc import Container
from itertools import chain, count

_NOT_ALLOWED = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 120


def make_identifier(name: str, taken: Container[str] = ()) -> str:
    """Return an identifier close to *name*, numbered when it is taken; 'unnamed' when nothing of it can stay."""
    close = _NOT_ALLOWED.sub("-", name).strip("._-")[:_LONGEST] or "unnamed"
    candidates = chain([close], (f"{close}-{number}" for number in count(2)))
    return next(candidate for candidate in candidates if candidate not in taken)
