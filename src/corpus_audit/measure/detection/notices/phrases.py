"""The words of notices in twelve languages by role (phrases.yaml), and a sentence read as a string of roles.

Each phrase that the table knows gives one letter, every other word a dash, and what parts a sentence a comma: "please
don't copy my photos" reads ``enuMO``. Rules over such strings (sentence_rules.py) fit any words of these roles.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import yaml

ROLES = {
    "ai": "a", "learning": "j", "model": "l", "train": "t", "mining": "T", "for_ai": "F", "copy": "U", "use": "u",
    "work": "O", "own": "M", "this": "H", "message": "d", "pass_on": "y", "others": "x", "addressee": "R",
    "commercial": "c", "non_commercial": "k", "research": "p", "private": "s", "internal": "I", "secret": "C",
    "forbid": "D", "may_not": "N", "may": "m", "not": "n", "be": "b", "allow": "A", "without": "w",
    "unauthorised": "W", "only": "L", "reserve": "r", "rights": "g", "all": "E", "please": "e", "ask": "K",
    "if": "i", "reported": "P", "break": "z",
}  # fmt: skip
"""Names of roles in the table, and the letter of each."""

SPACELESS = frozenset({"zh", "ja", "ko"})
"""Languages whose words may begin and end inside a run of letters."""
_GAP = r"[^\w。！？；]{1,12}"
_TOKEN = re.compile(r"[^\W_]+|[,;:，、；：]")
_END_OF_STEM = re.compile(r"[ '*]")
_STOPS = ",;:，、；："
_PREFIX = 3
_TWO_LETTERS = re.compile(r"[^\W_]{1,2}|[,;:，、；：]")


@dataclass(frozen=True)
class RoleString:
    """The roles in a sentence, a letter each, and where the phrase of each letter lies; a dash has no width."""

    roles: str
    places: tuple[tuple[int, int], ...]


@cache
def phrase_table() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return the phrases by language and role, as phrases.yaml has them."""
    content = yaml.load(files(__package__).joinpath("phrases.yaml").read_text(), Loader=yaml.CSafeLoader)
    return {
        language: {role: tuple(_split(phrases)) for role, phrases in by_role.items()}
        for language, by_role in content.items()
    }


def _split(phrases: str) -> Iterator[str]:
    return filter(None, (phrase.strip() for phrase in phrases.split(",")))


def read(sentence: str, language: str) -> RoleString:
    """Return the roles of the phrases in a sentence of a language; of two that begin together the longer one counts."""
    lowered = sentence.lower()
    text = lowered if len(lowered) == len(sentence) else sentence
    parts = list(_parts_of_runs(text, language) if language in SPACELESS else _parts_of_words(text, language))
    return RoleString("".join(role for role, _, _ in parts), tuple((start, end) for _, start, end in parts))


def _parts_of_words(text: str, language: str) -> Iterator[tuple[str, int, int]]:
    position = 0
    for token in _TOKEN.finditer(text):
        start = token.start()
        if start < position:
            continue
        if text[start] in _STOPS:
            yield ",", start, start
        elif (found := _phrase_at(text, start, text[start : start + _PREFIX], language)) is None:
            yield "-", start, start
        else:
            role, position = found
            yield role, start, position


def _parts_of_runs(text: str, language: str) -> Iterator[tuple[str, int, int]]:
    position = 0
    for start, character in enumerate(text):
        if start < position or (found := _phrase_at(text, start, character, language)) is None:
            continue
        yield from _unknown(text, position, start)
        role, position = found
        yield role, start, position
    yield from _unknown(text, position, len(text))


def _unknown(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    for token in _TWO_LETTERS.finditer(text, start, end):
        yield "," if token[0] in _STOPS else "-", token.start(), token.start()


def _phrase_at(text: str, start: int, prefix: str, language: str) -> tuple[str, int] | None:
    """Return the letter of the longest phrase that begins at a place, and where it ends."""
    known = _beginning_with(language, prefix)
    match = known[0].match(text, start) if known else None
    return (
        None
        if known is None or match is None or match.lastindex is None
        else (known[1][match.lastindex - 1], match.end())
    )


@lru_cache(maxsize=8192)
def _beginning_with(language: str, prefix: str) -> tuple[re.Pattern[str], str] | None:
    """Return an expression with a group for each phrase that may begin with some letters, and their roles' letters."""
    by_start = _by_start(language)
    phrases = [entry for size in range(1, len(prefix) + 1) for entry in by_start.get(prefix[:size], ())]
    if not phrases:
        return None
    longest_first = sorted(phrases, key=lambda entry: (-len(entry[0]), entry))
    expression = "|".join(f"({_expression(phrase, language)})" for phrase, _ in longest_first)
    return re.compile(expression), "".join(letter for _, letter in longest_first)


@cache
def _by_start(language: str) -> Mapping[str, list[tuple[str, str]]]:
    """Return phrases, each with the letter of its role, by the first letters of their first words."""
    size = 1 if language in SPACELESS else _PREFIX
    by_start: dict[str, list[tuple[str, str]]] = {}
    for role, phrases in phrase_table()[language].items():
        for phrase in phrases:
            start = _END_OF_STEM.split(phrase, maxsplit=1)[0][:size]
            by_start.setdefault(start, []).append((phrase, ROLES[role]))
    return by_start


def _expression(phrase: str, language: str) -> str:
    if language in SPACELESS:
        return r"\s*".join(re.escape(word) for word in phrase.split(" "))
    words = (re.escape(word).replace(r"\*", r"[^\W_]*").replace("'", "['’]") for word in phrase.split(" "))
    return f"{_GAP.join(words)}(?![^\\W_])"
