"""Streaming JSON decoder: entries of lists, members of objects, concatenated values.

Every value is decoded by itself, so that memory holds one entry, however long the list is. Keys that stand twice in an
object are noticed.
"""

import codecs
import json
from collections.abc import Iterator
from itertools import count
from typing import Any, BinaryIO, NamedTuple

from corpus_audit.corpus.inputs import MAX_HELD_BYTES

_SPACE = " \t\r\n"
_CHUNK = 1 << 20


class RepeatedKeys(dict[str, Any]):
    """A JSON object with repeated keys, *repeated* ones of its own or of an object within it.

    The value of each is the last one.
    """

    repeated: frozenset[str] = frozenset()


def object_of(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the object whose keys and values are *pairs*; RepeatedKeys where they are ambiguous."""
    value = dict(pairs)
    is_ambiguous = len(value) < len(pairs)
    # Objects within an object come first, so that one that is ambiguous makes those around it so.
    if not is_ambiguous and not any(map(_holds_repeated, value.values())):
        return value
    found = RepeatedKeys(value)
    names = [name for name, _ in pairs] if is_ambiguous else []
    found.repeated = frozenset(name for name in value if names.count(name) > 1)
    return found


def _holds_repeated(value: Any) -> bool:
    if type(value) is list:
        return any(map(_holds_repeated, value))
    return type(value) is RepeatedKeys


_DECODER = json.JSONDecoder(object_pairs_hook=object_of)


def decode_json(text: str) -> Any:
    """Return the value of a text, with RepeatedKeys for ambiguous objects; raises ValueError."""
    try:
        return _DECODER.decode(text)
    except RecursionError:
        message = "a value is nested too deeply"
        raise ValueError(message) from None


class ListEntry(NamedTuple):
    """Where an entry of a list is: its number within the list, from 0, and the characters before and up to its end."""

    number: int
    start: int
    end: int


class JsonStream:
    """JSON that is decoded as it is needed; bytes that are not UTF-8 stay as they are, as surrogates.

    One that *keeps* what was taken hands it over as text, so that it can be written again.
    """

    def __init__(self, stream: BinaryIO, *, keeps: bool = False) -> None:
        self.entry: ListEntry | None = None
        """The entry that ``entries`` yielded last."""
        self._keeps = keeps
        self._kept: list[str] = []
        self._kept_from = 0
        self._stream = stream
        self._decode = codecs.getincrementaldecoder("utf-8-sig")("surrogateescape").decode
        self._at_end = False
        self._text = ""
        self._at = 0
        self._dropped = 0

    @property
    def position(self) -> int:
        """How many characters were taken so far."""
        return self._dropped + self._at

    def taken(self) -> str:
        """Return the text that was taken since this was asked last, if it is kept."""
        found = "".join((*self._kept, self._text[self._kept_from : self._at]))
        self._kept, self._kept_from = [], self._at
        return found

    def peek(self) -> str:
        """Return the next character that is no space, '' at the end."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in _SPACE:
                    return self._text[self._at]
                self._at += 1
            if not self._more():
                return ""

    def take(self, expected: str) -> str:
        """Return the next character, one of *expected*, and go on behind it; raises ValueError for any other."""
        found = self.peek()
        if not found or found not in expected:
            message = "the JSON is not well-formed"
            raise ValueError(message)
        self._at += 1
        return found

    def value(self) -> Any:
        """Return the next value; raises ValueError where it is not well-formed or too long to be held."""
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError:
                if not self._more():
                    raise
            except RecursionError:
                message = "an entry is nested too deeply"
                raise ValueError(message) from None
            else:
                # A number may go on in what was not read yet.
                if end < len(self._text) or not self._more():
                    self._at = end
                    return value

    def entries(self) -> Iterator[Any]:
        """Yield the entries of the list that comes next, one by one; behind it there is no ``entry``."""
        self.take("[")
        if self.peek() == "]":
            self.take("]")
            return
        for number in count():
            self.peek()
            start, value = self.position, self.value()
            self.entry = ListEntry(number, start, self.position)
            yield value
            if self.take(",]") == "]":
                self.entry = None
                return

    def members(self) -> Iterator[str]:
        """Yield the keys of the object that comes next; the value of each is to be taken before the next key."""
        self.take("{")
        if self.peek() == "}":
            self.take("}")
            return
        while True:
            if self.peek() != '"':
                message = "a key is not a string"
                raise ValueError(message)
            key = self.value()
            self.take(":")
            yield key
            if self.take(",}") == "}":
                return

    def _more(self) -> bool:
        """Return whether there was more to read, which is now part of the text."""
        if self._at_end:
            return False
        chunk = self._stream.read(max(_CHUNK, len(self._text)))
        self._at_end = not chunk
        if self._keeps:
            self._kept.append(self._text[self._kept_from : self._at])
        self._kept_from = 0
        self._dropped += self._at
        self._text = self._text[self._at :] + self._decode(chunk, self._at_end)
        self._at = 0
        if len(self._text) > MAX_HELD_BYTES:
            message = "one entry is too long"
            raise ValueError(message)
        return True
