"""Identifiers derived from free-form names."""

import re
from collections.abc import Container
from itertools import chain, count

_NOT_ALLOWED = re.compile(r"[^A-Za-z0-9._-]+")
_NOT_ALLOWED_IN_MODELS = re.compile(r"[^A-Za-z0-9._:/+-]+")
_LONGEST = 120


def make_identifier(name: str, taken: Container[str] = ()) -> str:
    """Return an identifier close to *name*, numbered when it is taken; 'unnamed' when nothing of it can stay."""
    close = _NOT_ALLOWED.sub("-", name).strip("._-")[:_LONGEST] or "unnamed"
    candidates = chain([close], (f"{close}-{number}" for number in count(2)))
    return next(candidate for candidate in candidates if candidate not in taken)


def make_model_identifier(name: str) -> str:
    """Return an identifier of a model close to *name*, which may hold an owner and a tag."""
    return _NOT_ALLOWED_IN_MODELS.sub("-", name).strip("._:/+-")[:_LONGEST] or "unnamed"


class IdentifierSeries:
    """Identifiers that never repeat, handed out in constant time each."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def take(self, name: str) -> str:
        """Return an identifier close to *name* that was not handed out before."""
        close = make_identifier(name)
        candidate, number = close, self._next.get(close, 2)
        while candidate in self._taken:
            candidate, number = f"{close}-{number}", number + 1
        self._next[close] = number
        self._taken.add(candidate)
        return candidate
