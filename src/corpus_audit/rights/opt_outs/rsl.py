"""Really Simple Licensing: the training terms of an RSL document for the addresses that it covers.

Source: RSL 1.0, a recommendation of the RSL Technical Steering Committee of December 2025; tokens of its drafts are
read too. A use that needs a payment or a license of a server is reserved: nothing shows that it was obtained.
"""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from xml.parsers import expat

from corpus_audit.rights.opt_outs import Says
from corpus_audit.rights.opt_outs.paths import compile_pattern, path_of
from corpus_audit.rights.opt_outs.preferences import strictest
from corpus_audit.vocabulary import OptOutState

MAX_BYTES = 512 * 2**10
MAX_DEPTH = 32
_TERM_DEPTH = 4
_TRAINING = frozenset({"ai-train", "train-ai", "train-genai", "ai-all", "all", "ai"})
_FREE = frozenset({"free", "attribution"})
_CONDITIONS = frozenset({"user", "geo"})
_TOKENS = re.compile(r"[\s,]+")
_LICENSE_LINE = re.compile(r"(?im)^\s*license\s*:\s*\S")


@dataclass
class _License:
    """One license: the uses it permits and prohibits, and what it asks for."""

    permits: set[str] = field(default_factory=set)
    prohibits: set[str] = field(default_factory=set)
    payments: set[str] = field(default_factory=set)
    has_usage: bool = False
    has_conditions: bool = False

    def says(self, *, is_served: bool) -> OptOutState | None:
        """Return what it says of training; None where that depends on who trains, or where."""
        if self.prohibits & _TRAINING or (self.has_usage and not self.permits & _TRAINING):
            return OptOutState.RESERVED
        if is_served or self.payments - _FREE:
            return OptOutState.RESERVED
        return None if self.has_conditions else OptOutState.ALLOWED


@dataclass
class _Content:
    """The addresses that a part of the document covers, and their licenses, any of which may be chosen."""

    url: str
    is_served: bool
    licenses: list[_License] = field(default_factory=list)

    def covers(self, url: str) -> bool:
        """True if it covers an address; its own is a path, or an address with a host."""
        host = _host(self.url)
        if host and host != _host(url):
            return False
        return compile_pattern(self.pattern).match(path_of(url)) is not None

    @property
    def pattern(self) -> str:
        """The pattern of paths that it covers."""
        if not _host(self.url):
            return self.url if self.url.startswith(("/", "*")) else f"/{self.url}"
        return self.url.partition("://")[2].partition("/")[2].join(("/", ""))

    def says(self) -> OptOutState | None:
        """Return what the freest of its licenses says."""
        answers = [one.says(is_served=self.is_served) for one in self.licenses]
        if not answers:
            return None
        return next((state for state in (OptOutState.ALLOWED, None) if state in answers), OptOutState.RESERVED)


def names_rsl(robots: str) -> bool:
    """True if a robots.txt names a terms document in a License line."""
    return _LICENSE_LINE.search(robots) is not None


def read_rsl(content: str) -> Says | None:
    """Return an RSL document's answer for an address, by the longest matching path; None for no such document.

    A document with a document type, and so with entities, is none: RSL needs neither.
    """
    contents = _parse(content)
    if not contents:
        return None

    def says(url: str) -> OptOutState | None:
        covering = [one for one in contents if one.covers(url)]
        longest = max((len(one.pattern) for one in covering), default=0)
        answers = [one.says() for one in covering if len(one.pattern) == longest]
        return strictest([answer for answer in answers if answer is not None])

    return says


class _Reader:
    """Collects the parts of a document while it is parsed."""

    def __init__(self) -> None:
        self.contents: list[_Content] = []
        self._path: list[str] = []
        self._text: list[str] = []
        self._type = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        self._path.append(name.rpartition(":")[2])
        if len(self._path) > MAX_DEPTH or self._path[0] != "rsl":
            raise _NotRslError
        if len(self._path) == _TERM_DEPTH:
            self._text = []
            self._type = attributes.get("type", "").strip().lower()
        match self._path:
            case ["rsl", "content"]:
                self.contents.append(_Content(attributes.get("url", "").strip(), bool(attributes.get("server"))))
            case ["rsl", "content", "license"]:
                self.contents[-1].licenses.append(_License())

    def text(self, content: str) -> None:
        """Keep the text of an element."""
        self._text.append(content)

    def end(self, _name: str) -> None:
        """Take note of an element of a license."""
        if self._path[:3] == ["rsl", "content", "license"] and len(self._path) == _TERM_DEPTH:
            self._note(self.contents[-1].licenses[-1], self._path[-1])
        self._path.pop()

    def _note(self, one: _License, name: str) -> None:
        tokens = {token for token in _TOKENS.split("".join(self._text).lower()) if token}
        if name == "payment":
            one.payments.add(self._type)
        elif name in ("permits", "prohibits") and self._type in _CONDITIONS:
            one.has_conditions = True
        elif name == "permits":
            one.permits |= tokens
            one.has_usage = True
        elif name == "prohibits":
            one.prohibits |= tokens


class _NotRslError(ValueError):
    """The document is something else, or more than its standard asks for."""


def _parse(content: str) -> list[_Content]:
    if len(content) > MAX_BYTES:
        return []
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(content.encode(errors="replace"), True)
    except (expat.ExpatError, _NotRslError):
        return []
    return reader.contents


def _refuse(*_declaration: Any) -> None:
    raise _NotRslError


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower() if "://" in url else ""
    except ValueError:
        return ""
