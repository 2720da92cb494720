"""The grammar of Creative Commons licenses: deed addresses, and their names in twelve languages.

A name is words for the elements (Attribution, NonCommercial …), a version, sometimes a country, and words that carry
no meaning. One that holds anything else is not read: nothing is guessed.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus_audit.measure.detection.creative_commons_words import (
    COUNTRIES,
    ELEMENTS,
    FILLERS,
    LEADS,
    SUFFIXES,
    VERSION_WORDS,
    ZERO_WORDS,
)

VERSIONS = ("1.0", "2.0", "2.1", "2.5", "3.0", "4.0")

_PORTED = VERSIONS[:-1]
"""Versions that were adapted to the law of countries; 4.0 is one text for all, in many languages."""

_ORDER = ("by", "nc", "nd", "sa")
_ADDRESS = re.compile(
    r"(?:https?:)?(?://)?(?:www\.)?creativecommons\.org/"
    r"(?:licen[sc]es/(?P<elements>[a-z]{2}(?:-[a-z]{2}){0,3})(?:/(?P<version>[1-4]\.[015]))?(?:/(?P<country>[a-z]{2,8}))?"
    r"|publicdomain/(?P<domain>zero|mark)(?:/1\.0)?(?:/[a-z]{2})?)"
    r"(?:/(?:deed|legalcode|legalcode-plain|rdf)(?:\.[a-z]{2,3}(?:[-_][a-z0-9]{2,4})?|\.txt)?)?/?"
)
_IN_BRACKETS = re.compile(r"(?P<outer>.+?) ?\((?P<inner>[^()]+)\)")


@dataclass(frozen=True)
class CreativeCommons:
    """One of the six licenses, CC0 (``zero``) or the public domain mark (``mark``), as far as a name says which."""

    elements: tuple[str, ...]
    version: str = ""
    country: str = ""

    @property
    def kind(self) -> str:
        """The elements as SPDX writes them: ``CC-BY-NC-SA``, ``CC0`` or ``CC-PDM``."""
        if self.elements in (("zero",), ("mark",)):
            return "CC0" if self.elements == ("zero",) else "CC-PDM"
        return "-".join(("CC", *self.elements)).upper()

    @property
    def license_id(self) -> str:
        """The id without the country: ``CC-BY-4.0``; ``CC-BY`` where the version is not said."""
        return f"{self.kind}-{self.version}" if self.version else self.kind

    @property
    def ported_id(self) -> str:
        """The id with the country, as SPDX writes it: ``CC-BY-SA-3.0-DE``."""
        return f"{self.license_id}-{self.country.upper()}" if self.country else self.license_id


def parse_address(address: str) -> CreativeCommons | None:
    """Return what the address of a deed or a legal code names, with or without scheme and language; None if nothing."""
    match = _ADDRESS.fullmatch(address.lower())
    if match is None:
        return None
    if match["domain"]:
        return CreativeCommons((match["domain"],), "1.0")
    return _license(match["elements"].split("-"), match["version"] or "", match["country"] or "")


def parse_name(name: str) -> CreativeCommons | None:
    """Return the license of a whole name, or None; a name repeated in brackets must agree with itself."""
    plain = " ".join(unicodedata.normalize("NFKC", name).lower().split())
    brackets = _IN_BRACKETS.fullmatch(plain)
    if brackets:
        outer, inner = _read(brackets["outer"]), _read(brackets["inner"])
        if inner is not None and inner.elements:
            return _named(outer.joined(inner)) if outer is not None and outer.elements == inner.elements else None
    found = _read(plain)
    return None if found is None else _named(found)


@lru_cache(maxsize=256)
def find_name(text: str) -> tuple[CreativeCommons, int] | None:
    """Return the license that the start of a text names and where the name ends, or None; what follows may be prose."""
    folded = text.lower()
    if len(folded) != len(text):
        return None
    tokens: list[tuple[str, str]] = []
    found, position = None, 0
    while match := _token().match(folded, position):
        kind = match.lastgroup or ""
        if match.end() == position or (kind == "filler" and _ends_a_sentence(match[0])):
            break
        position = match.end()
        tokens.append((kind, match[0]))
        named = _named(_summary(tokens)) if kind != "filler" else None
        found = (named, position) if named is not None else found
    return found


def _ends_a_sentence(gap: str) -> bool:
    return ("." in gap and not gap.endswith(".")) or "\n\n" in gap


@dataclass(frozen=True)
class _Words:
    """What the words of a name say."""

    elements: tuple[str, ...]
    versions: frozenset[str]
    countries: frozenset[str]
    has_lead: bool
    has_suffix: bool

    def joined(self, other: "_Words") -> "_Words":
        """Return these words with another spelling of the same elements."""
        return _Words(
            self.elements,
            self.versions | other.versions,
            self.countries | other.countries,
            self.has_lead or other.has_lead,
            self.has_suffix or other.has_suffix,
        )


def _read(name: str) -> _Words | None:
    """Return what a name says, or None when it holds a word that is not known."""
    tokens: list[tuple[str, str]] = []
    position = 0
    while position < len(name):
        match = _token().match(name, position)
        if match is None or match.end() == position:
            return None
        position = match.end()
        tokens.append((match.lastgroup or "", match[0]))
    return _summary(tokens)


def _summary(tokens: list[tuple[str, str]]) -> _Words:
    found: dict[str, list[str]] = {}
    for kind, text in tokens:
        found.setdefault(kind, []).append(text)
    return _Words(
        _elements(found.get("element", ())),
        frozenset(map(_version, found.get("version", ()))),
        frozenset(COUNTRIES.get(country, country) for country in found.get("country", ())),
        "lead" in found,
        "suffix" in found or "country" in found,
    )


def _elements(words: Iterable[str]) -> tuple[str, ...]:
    """Return the elements that words name, sorted; a name that is said again in another language is said once."""
    times = Counter(map(_element, words))
    repeated = min(times.values(), default=1)
    is_said_again = repeated > 1 and set(times.values()) == {repeated}
    return tuple(sorted(times if is_said_again else times.elements()))


def _element(text: str) -> str:
    return next(element for element, pattern in _element_patterns() if pattern.fullmatch(text))


def _version(text: str) -> str:
    number = re.sub(r"[^\d.]", "", text).strip(".")
    return number if "." in number else f"{number}.0"


def _named(words: _Words) -> CreativeCommons | None:
    """Return what words name, or None when they say too little to be sure, or more than one thing."""
    if not _are_enough(words) or len(words.versions) > 1 or len(words.countries) > 1:
        return None
    version, country = next(iter(words.versions), ""), next(iter(words.countries), "")
    return _license(list(words.elements), version, country)


def _are_enough(words: _Words) -> bool:
    """True if the words clearly mean Creative Commons; "Attribution" alone could be any license's."""
    if words.has_lead or words.elements == ("mark",):
        return True
    return bool(words.versions) and (words.has_suffix or len(words.elements) > 1)


def _license(elements: list[str], version: str, country: str) -> CreativeCommons | None:
    if set(elements) in ({"zero"}, {"mark"}):
        return CreativeCommons((elements[0],), "1.0") if version in ("", "1.0") else None
    ordered = tuple(element for element in _ORDER if element in elements)
    is_valid = len(ordered) == len(elements) and "by" in ordered and not {"nd", "sa"} <= set(ordered)
    if not is_valid or (version and version not in VERSIONS):
        return None
    return CreativeCommons(ordered, version, country if version in _PORTED else "")


@cache
def _element_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    words = {**ELEMENTS, "zero": ZERO_WORDS, "mark": (r"public domain mark",)}
    return tuple((element, re.compile("|".join(spelled))) for element, spelled in words.items())


@cache
def _token() -> re.Pattern[str]:
    """Return what one word of a name may be; longer spellings come first where one starts another."""
    elements = "|".join(pattern.pattern for _, pattern in _element_patterns())
    countries = "|".join(map(re.escape, sorted(COUNTRIES, key=len, reverse=True)))
    codes = "|".join(sorted(set(COUNTRIES.values()), key=len, reverse=True))
    return re.compile(
        rf"(?P<lead>{'|'.join(LEADS)})"
        rf"|(?P<suffix>{'|'.join(SUFFIXES)})"
        rf"|(?P<country>(?:{countries})(?![a-z])|(?:(?<=[\d.][ _-])|(?<= \())(?:{codes})(?![a-z]))"
        rf"|(?P<element>{elements})"
        rf"|(?P<version>(?:{'|'.join(VERSION_WORDS)})? ?[1-4](?:\.[015])?(?![\d.]*\d))"
        rf"|(?P<filler>{'|'.join(FILLERS)}|[\s\-_–—,./#:()·・「」『』«»\"'“”*`]+)"
    )
