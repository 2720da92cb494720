"""Data licenses named in the text of a dataset card, below the front matter.

Only what is about the data counts: sections on licenses, and sentences whose subject is the dataset. A card tells of
many other works and their licenses.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus_audit.rights.licenses import resolve_license
from corpus_audit.vocabulary import LicenseState

_MOST_CHARACTERS = 1_000_000
_MOST_WORDS = 14
_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"[ \t]{0,3}#{1,6}[ \t]+(?P<title>.*)")
_ABOUT_LICENSES = re.compile(r"licen[cs]", re.IGNORECASE)
_LABEL = re.compile(r"[\W_]*licen[cs]e(?: of the data(?:set)?)?[\W_]*:(?P<name>.*)", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s)>\]\"']+")
_GRANT = r"(?:licen[cs]ed|released|distributed|available|published|provided|shared) under(?: the terms of)?(?P<name>.*)"
_GRANTED = re.compile(_GRANT, re.IGNORECASE)
_DATA_GRANTED = re.compile(
    r"\b(?:this|the|our|all)\s(?:[\w-]+\s){0,3}?(?:data|data ?sets?|corpus|corpora|collection)\b.{0,80}?\b(?:is|are)\s"
    rf"(?:\w+\s){{0,3}}?{_GRANT}",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"[*_`\[\]]|\(https?://[^)]*\)")
_SENTENCE_END = re.compile(r"[.;!?](?=\s|$)|\)(?=[.,]?\s*$)")
_ARTICLE = re.compile(r"[\s:]*(?:(?:the|a|an)\s+)?", re.IGNORECASE)


class CardLicense(NamedTuple):
    """A license named in the text of a card: as written, and with its line in the file, from 1."""

    stated: str
    line: int


def read_card_text(card: str) -> Iterator[CardLicense]:
    """Yield what the text below a card's front matter names as licenses of the data; only what resolves."""
    match = _FRONT_MATTER.match(card)
    body = card[match.end() if match else 0 :][:_MOST_CHARACTERS]
    first = card.count("\n", 0, match.end() if match else 0) + 1
    about_licenses = False
    for number, line in enumerate(body.split("\n"), start=first):
        heading = _HEADING.match(line)
        if heading:
            about_licenses = _ABOUT_LICENSES.search(heading["title"]) is not None
            continue
        for stated in dict.fromkeys(_names(line, about_licenses)):
            yield CardLicense(stated, number)


def _names(line: str, about_licenses: bool) -> Iterator[str]:
    label = _LABEL.match(line)
    if about_licenses or label:
        yield from filter(_is_license, (address.rstrip(".,;") for address in _ADDRESS.findall(line)))
    plain = _MARKUP.sub("", line)
    granted = _DATA_GRANTED.search(plain) or (_GRANTED.search(plain) if about_licenses else None)
    phrases = [found["name"] for found in (granted, _LABEL.match(plain)) if found]
    named = [name for name in map(_longest_name, phrases) if name]
    if about_licenses and not named:
        named = [name for name in (_longest_name(plain.strip(" -+#>|\t")),) if name]
    yield from named


def _longest_name(phrase: str) -> str | None:
    """Return the most words from the beginning of a phrase that name a license."""
    sentence = _SENTENCE_END.split(_ARTICLE.sub("", phrase, count=1), maxsplit=1)[0]
    words = sentence.split()[:_MOST_WORDS]
    candidates = (" ".join(words[:count]).rstrip(".,;:") for count in range(len(words), 0, -1))
    return next((name for name in candidates if _is_license(name)), None)


def _is_license(name: str) -> bool:
    return resolve_license(name).state is LicenseState.RESOLVED
