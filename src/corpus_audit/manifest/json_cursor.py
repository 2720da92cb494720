"""A JSON text that is read value by value, so that no tree of all of it is ever held."""

import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from corpus_audit.manifest.syntax import as_number, is_doubtful
from corpus_audit.manifest.tree import recorded

_SPACE = re.compile(r"[ \t\n\r]*")
_NEXT = re.compile(r"[ \t\n\r]*,[ \t\n\r]*")


class DoubtfulError(ValueError):
    """What is to be read in another way, which says what is wrong with it: a key that is there twice, a NaN, …"""


def fields_of(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return what is recorded of a mapping; raises DoubtfulError for what would be refused in it."""
    kept = recorded(pairs)
    if is_doubtful(pairs, kept):
        raise DoubtfulError
    return kept


class JsonCursor:
    """A place in a text that moves on from value to value; raises ValueError where none of those asked for is there."""

    def __init__(self, text: str) -> None:
        decoder = json.JSONDecoder(
            object_pairs_hook=fields_of, parse_int=as_number, parse_float=str, parse_constant=_refuse
        )
        self._text = text
        self._decode = decoder.raw_decode
        self._at = 0
        self._skip_space()

    def is_at(self, mark: str) -> bool:
        """True if a character comes next."""
        return self._text.startswith(mark, self._at)

    def value(self) -> Any:
        """Return the value that comes next."""
        value, self._at = self._decode(self._text, self._at)
        return value

    def values(self) -> Iterator[Any]:
        """Yield the entries of a list."""
        return (self.value() for _ in self.entries())

    def entries(self) -> Iterator[None]:
        """Step to each entry of a list; each has to be read before the next."""
        return self._parts("[", "]")

    def members(self) -> Iterator[str]:
        """Yield the keys of a mapping; the value of each has to be read before the next."""
        for _ in self._parts("{", "}"):
            if not self.is_at('"'):
                raise DoubtfulError
            key = self.value()
            self._skip_space()
            self._take(":")
            yield key

    def end(self) -> None:
        """Raise unless all of the text was read."""
        self._skip_space()
        if self._at != len(self._text):
            raise DoubtfulError

    def _parts(self, first: str, last: str) -> Iterator[None]:
        self._take(first)
        if not self.is_at(last):
            yield
            while match := _NEXT.match(self._text, self._at):
                self._at = match.end()
                yield
            self._skip_space()
        self._take(last)

    def _take(self, mark: str) -> None:
        if not self.is_at(mark):
            raise DoubtfulError
        self._at += 1
        self._skip_space()

    def _skip_space(self) -> None:
        self._at = _SPACE.match(self._text, self._at).end()  # type: ignore[union-attr]


def _refuse(_constant: str) -> NoReturn:
    raise DoubtfulError
