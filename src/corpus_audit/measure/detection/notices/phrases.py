"""The words of notices in twelve languages by role (phrases.yaml), and a sentence read as a string of roles.

Each phrase that the table knows gives one letter, every other word a dash, and what parts a sentence a comma: "please
don't copy my photos" reads ``enuMO``. Rules over such strings (sentence_rules.py) fit any words of these roles.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from itertools import takewhile
from typing import NamedTuple

import yaml

ROLES = {
    "ai": "a", "learning": "j", "model": "l", "train": "t", "mining": "T", "for_ai": "F", "copy": "U", "use": "u",
    "work": "O", "own": "M", "this": "H", "message": "d", "pass_on": "y", "others": "x", "addressee": "R",
    "commercial": "c", "non_commercial": "k", "research": "p", "private": "s", "internal": "I", "secret": "C",
    "forbid": "D", "may_not": "N", "may": "m", "not": "n", "be": "b", "allow": "A", "without": "w",
    "unauthorised": "W", "only": "L", "reserve": "r", "rights": "g", "all": "E", "please": "e", "ask": "K",
    "if": "i", "reported": "P", "break": "z", "unasked": "Q", "available": "V",
}  # fmt: skip
"""Names of roles in the table, and the letter of each."""

_BIT_OF = {letter: bit for bit, letter in enumerate(ROLES.values())}

SPACELESS = frozenset({"zh", "ja", "ko"})
"""Languages whose words may begin and end inside a run of letters."""
_GAP = r"[^\w。！？；]{1,12}"
_TOKEN = re.compile(r"[^\W_]+|[,;:，、；：]")
_WORD = re.compile(r"[^\W_]+")
_BETWEEN_WORDS = re.compile(r"[^\w*]+")
_STOPS = frozenset(",;:，、；：")
_REMEMBERED = 2**14
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


class _Word(NamedTuple):
    """A word of a phrase, or how it begins where its ending is open."""

    start: str
    is_open: bool

    def fits(self, word: str) -> bool:
        """True if *word* may be this one."""
        return word.startswith(self.start) if self.is_open else word == self.start


@dataclass(frozen=True)
class _Phrase:
    """A phrase, the letter of its role, and by which words it is told that a text may have it.

    Most phrases are never met, so what else it must look like is compiled only where these words are.
    """

    text: str
    letter: str

    @cached_property
    def words(self) -> tuple[_Word, ...]:
        """The words of the phrase, as far as it is known how they begin."""
        words = filter(None, _BETWEEN_WORDS.split(self.text))
        return tuple(_Word(start, bool(star)) for start, star, _ in (word.partition("*") for word in words))

    @property
    def second(self) -> str:
        """How the word begins that follows the first one; "" if that is not known."""
        return self.words[1].start if len(self.words) > 1 else ""

    @cached_property
    def is_plain(self) -> bool:
        """True if the first word is all of the phrase."""
        return self.text.removesuffix("*") == self.words[0].start if self.words else False

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """What matches the phrase."""
        words = self.text.split(" ")
        escaped = (re.escape(word).replace(r"\*", r"[^\W_]*").replace("'", "['’]") for word in words)
        return re.compile(f"{_GAP.join(escaped)}(?![^\\W_])")


class _Beginning(NamedTuple):
    """The phrases that a word may begin."""

    role: str
    """The letter of the word alone; a dash if it has no role."""
    longer: tuple[_Phrase, ...]
    following: tuple[str, ...]
    """How a word begins that follows in the longer phrases."""
    roles: int
    longer_roles: int

    def longest(self, text: str, start: int) -> tuple[str, int] | None:
        """Return the letter of the longest of several words at a place of a text, and where it ends."""
        for phrase in self.longer:
            if match := phrase.expression.match(text, start):
                return phrase.letter, match.end()
        return None


_Part = tuple[str, int, int]
"""The letter of a role, and where its phrase begins and ends."""


def role_bits(letters: Iterable[str]) -> int:
    """Return some letters of roles as a set of bits."""
    return sum(1 << _BIT_OF[letter] for letter in set(letters) - {"-"})


def possible_roles(sentence: str, language: str) -> int:
    """Return, as ``role_bits`` does, the letters of all phrases that a sentence may hold by two words of each."""
    if language in SPACELESS:
        expression, letters = _runs(language)
        return role_bits(letters[_unspaced(phrase)] for phrase in set(expression.findall(_lowered(sentence))))
    words = _WORD.findall(_lowered(sentence))
    found = 0
    for word, following in zip(words, [*words[1:], ""], strict=True):
        known = _beginning_with_word(language, word)
        found |= known.roles
        if known.longer and following.startswith(known.following):
            found |= known.longer_roles
    return found


def _lowered(sentence: str) -> str:
    """Return a sentence in small letters, if they take as many places."""
    lowered = sentence.lower()
    return lowered if len(lowered) == len(sentence) else sentence


def read(sentence: str, language: str) -> RoleString:
    """Return the roles of the phrases in a sentence of a language; of two that begin together the longer one counts."""
    text = _lowered(sentence)
    parts = list(_parts_of_runs(text, language) if language in SPACELESS else _parts_of_words(text, language))
    return RoleString("".join(role for role, _, _ in parts), tuple((start, end) for _, start, end in parts))


def _parts_of_words(text: str, language: str) -> Iterator[_Part]:
    tokens = list(_TOKEN.finditer(text))
    words = [token[0] for token in tokens]
    position = 0
    for number, word in enumerate(words):
        start = tokens[number].start()
        if start < position:
            continue
        if word in _STOPS:
            yield ",", start, start
            continue
        known = _beginning_with_word(language, word)
        found = None
        if known.longer and _word_from(words, number + 1).startswith(known.following):
            found = known.longest(text, start)
        role, position = found or (known.role, start if known.role == "-" else tokens[number].end())
        yield role, start, position


def _word_from(words: Sequence[str], number: int) -> str:
    """Return the first word from a place on, whatever parts the sentence there; "" if there is none."""
    return next((word for word in words[number:] if word not in _STOPS), "")


def _parts_of_runs(text: str, language: str) -> Iterator[_Part]:
    position = 0
    expression, letters = _runs(language)
    for found in expression.finditer(text):
        yield from _unknown(text, position, found.start())
        position = found.end()
        yield letters[_unspaced(found[0])], found.start(), position
    yield from _unknown(text, position, len(text))


def _unknown(text: str, start: int, end: int) -> Iterator[_Part]:
    for token in _TWO_LETTERS.finditer(text, start, end):
        yield "," if token[0] in _STOPS else "-", token.start(), token.start()


def _unspaced(phrase: str) -> str:
    """Return a phrase of a run of letters without the spaces that it may have anywhere."""
    return "".join(phrase.split())


@cache
def _runs(language: str) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Return what matches the phrases of a language without spaces, the longest first, and the letter of each."""
    phrases = _longest_first(_phrases(language))
    by_first: dict[str, list[str]] = {}
    for phrase in phrases:
        words = map(re.escape, phrase.text.split(" "))
        by_first.setdefault(phrase.text[0], []).append(r"\s*".join(words).removeprefix(re.escape(phrase.text[0])))
    # Grouped by their first letters, so that most of them are not tried at a place.
    expression = "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in by_first.items())
    return re.compile(expression), {_unspaced(phrase.text): phrase.letter for phrase in reversed(phrases)}


@lru_cache(maxsize=_REMEMBERED)
def _beginning_with_word(language: str, word: str) -> _Beginning:
    """Return what phrases a word may begin."""
    by_start = _by_start(language)
    known = (phrase for size in range(1, len(word) + 1) for phrase in by_start.get(word[:size], ()))
    phrases = _longest_first(phrase for phrase in known if phrase.words[0].fits(word))
    longer = tuple(takewhile(lambda phrase: not phrase.is_plain, phrases))
    role = phrases[len(longer)].letter if len(longer) < len(phrases) else "-"
    following = tuple({phrase.second for phrase in longer})
    return _Beginning(role, longer, following, role_bits(role), role_bits(phrase.letter for phrase in longer))


def _longest_first(phrases: Iterable[_Phrase]) -> tuple[_Phrase, ...]:
    return tuple(sorted(phrases, key=lambda phrase: (-len(phrase.text), phrase.text, phrase.letter)))


@cache
def _by_start(language: str) -> Mapping[str, list[_Phrase]]:
    """Return phrases by their first words, as far as it is known how those begin."""
    by_start: dict[str, list[_Phrase]] = {}
    for phrase in _phrases(language):
        by_start.setdefault(phrase.words[0].start if phrase.words else "", []).append(phrase)
    return by_start


def _phrases(language: str) -> Iterator[_Phrase]:
    for role, phrases in phrase_table()[language].items():
        yield from (_Phrase(text, ROLES[role]) for text in phrases)
