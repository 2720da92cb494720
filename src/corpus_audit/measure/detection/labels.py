"""The words beside a value that say what it is, in many languages (labels.yaml), and whether a place has one."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product

import yaml

from corpus_audit.measure.detection.detector import Buffer

BESIDES = "BESIDES"
"""The group of words that may stand between a label and its value."""
NOT_PERSONAL = "NOT_PERSONAL"
"""The group of labels of numbers that identify no person."""
WEAK = "_WEAK"
"""The end of the name of a group of labels that mean other things too: there a number must hold."""
COMMON = "_COMMON"
"""The end of the name of a group of labels that are common words: a colon or a word for a number makes them labels."""
MARKED = "_MARKED"
"""The end of the name of a group of words of few letters: without a colon or the like they are no labels at all."""

_DOUBT = re.compile(f"(?:{WEAK}|{COMMON}|{MARKED})$")
_GAP = re.compile(r"(?:[\s\"'`“”„«»‘’՝=:：,|>*_()（）\[\]【】{}~‐–—\-/\\]|<[^<>]{0,60}>){1,24}\Z")
_EXPLAINED = re.compile(r"\([^()\n0-9]{2,30}\)[\s:：=]{1,4}\Z")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
"""Where a camelCase name has its parts."""
_SHORTEST_UNABBREVIATED = 5
_SHORTEST_BEHIND_DIGIT = 4
"""Shorter labels behind a digit are parts of codes: "65CB" is no card."""
_MOST_WORDS_BETWEEN = 4
_SHORTEST_PLAIN = 7
"""Shorter words without their accents are often others: "ár", "für", "réf"."""
_SHORTEST_JOINED = 9
"""Shorter words in one are often others: "no tel", "us on"."""
_MOST_ACCENTED = 3
_LINKING = frozenset(["de", "del", "da", "do", "das", "dos", "di", "of", "the", "du", "des", "la"])
"""Words inside a label that keys and forms leave out: "tarjeta_identidad"."""
_FEWEST_WORDS_LEFT = 2
_ABBREVIATED = (
    (" number", " no"), ("nummer", "nr"), ("numéro ", "n° "), ("número ", "nº "), ("numer ", "nr "), ("номер ", "№ "),
)  # fmt: skip
"""How labels write the word for a number in short."""
_DOTTED = ("az", "tr")
"""Languages whose capital of "i" has a dot; no other capital has more bytes than its small letter."""
_NO_ACCENTS = str.maketrans("łŁđøıæ", "lLdoia")
_BEFORE_CHARACTERS = 96
_LAST_LETTERS = 4
"""By which labels at the end of a text are told apart."""
_CARD, _AMERICAN = "CREDIT_CARD", "US_SSN"
_ACCOUNTS = ("BANK_ACCOUNT", "IBAN_CODE")
_DIALLED = frozenset({"PHONE_NUMBER"})
_OF_PERSONS = re.compile(
    r"IDENTITY_|NATIONAL_ID|HEALTH_INSURANCE|DRIVER_LICENSE|PASSPORT|(?!US_(?:EIN|ROUTING))[A-Z]{2}_"
)
_WITHOUT_SPACES = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Thai, Lao, Burmese, Khmer, kana, Han and Hangul: a word may begin right behind another."""


@dataclass(frozen=True)
class _Words:
    """Words of every group, and by the last letters they end in their lengths, longest first."""

    groups: Mapping[str, frozenset[str]]
    lengths: Mapping[str, tuple[int, ...]]

    def at_end(self, text: str) -> str:
        """Return the longest word that *text* (lower case) ends in, or ''."""
        for letters in range(_LAST_LETTERS, 0, -1):
            for length in self.lengths.get(text[-letters:], ()):
                word = text[-length:]
                if word in self.groups and _begins_word(text, len(text) - length):
                    return word
        return ""


@cache
def label_table() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return the words by group and language, as labels.yaml has them."""
    content = yaml.load(files(__package__).joinpath("labels.yaml").read_text(), Loader=yaml.CSafeLoader)
    return {
        group: {language: tuple(_split(words)) for language, words in by_language.items()}
        for group, by_language in content.items()
    }


def labels_of(group: str) -> tuple[str, ...]:
    """Return the words of a group in every language, sorted."""
    return _labels_of(group)


@cache
def _labels_of(group: str) -> tuple[str, ...]:
    table = label_table().get(group, {})
    words = {word for words in table.values() for word in words}
    words |= {_without_tonos(word) for word in table.get("el", ())}
    words |= {word.replace("i", "İ") for language in _DOTTED for word in table.get(language, ())}
    words |= {short for word in words for short in _abbreviated(word)}
    words |= {without for word in words if len(without := _without_links(word)) >= _SHORTEST_JOINED}
    words |= {plain for word in words for plain in _plain_forms(word) if len(plain) >= _SHORTEST_PLAIN}
    return tuple(sorted(words | {joined for word in words if len(joined := _joined(word)) >= _SHORTEST_JOINED}))


def _abbreviated(word: str) -> Iterator[str]:
    """Yield a label with its word for a number in short: "taxpayer identification no", "n° de passeport"."""
    for whole, short in _ABBREVIATED:
        # Of two words the shorter form may be common: "licence no".
        if whole in word and word.count(" ") != 1:
            yield word.replace(whole, short, 1)


def _without_tonos(word: str) -> str:
    """Return a Greek word as it is written in capitals and in messages: without its accents, and as long."""
    return "".join(unicodedata.normalize("NFD", sign)[0] for sign in word)


def _joined(word: str) -> str:
    """Return the words of a label as one, as camelCase names have them; "" for a word of other signs than letters."""
    joined = word.replace(" ", "")
    return joined if joined != word and joined.isascii() and joined.isalpha() else ""


def _without_links(word: str) -> str:
    """Return a label without the words that keys and forms leave out; "" where it has none, or one word is left."""
    words = word.split(" ")
    kept = [words[0], *(part for part in words[1:] if part not in _LINKING)]
    return " ".join(kept) if _FEWEST_WORDS_LEFT <= len(kept) < len(words) and kept[-1] == words[-1] else ""


def _plain_forms(word: str) -> set[str]:
    """Return a label without accents, and with those of some of its words alone: "carné de extranjeria"."""
    words = word.split(" ")
    plain = [_plain(part) or part for part in words]
    accented = sum(map(str.__ne__, words, plain))
    if not 1 < accented <= _MOST_ACCENTED:
        return {_plain(word)}
    choices = (dict.fromkeys(pair) for pair in zip(words, plain, strict=True))
    return {" ".join(choice) for choice in product(*choices)}


def _plain(word: str) -> str:
    """Return a word of Latin letters as keys and messages have it, without its accents; "" for other scripts."""
    if word.isascii():
        return word
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", word.translate(_NO_ACCENTS)) if sign.isascii())
    return plain if len(plain) == len(word) else ""


def groups_before(text: str) -> frozenset[str]:
    """Return the groups of the label directly in front of the end of *text*: none without one.

    What a label says more about its value may stand between them: "DNI (Argentina): ".
    """
    found = _groups_directly_before(text)
    explained = None if found else _EXPLAINED.search(text[-_BEFORE_CHARACTERS:])
    return _groups_directly_before(text[-_BEFORE_CHARACTERS:][: explained.start()]) if explained else found


def _groups_directly_before(text: str) -> frozenset[str]:
    rest = _HUMP.sub(" ", text[-_BEFORE_CHARACTERS:]).lower().replace("_", " ").replace("i\u0307", "i")
    for _ in range(_MOST_WORDS_BETWEEN):
        gap = _GAP.search(rest)
        rest = rest[: gap.start()] if gap else rest
        abbreviated = rest.endswith(".") and not (gap and gap[0].startswith(":"))
        rest = rest.removesuffix(".")
        word = _labels().at_end(rest)
        if abbreviated and not is_abbreviation(word):
            return frozenset()
        if word:
            groups = _labels().groups[word]
            further = _groups_of_person(rest[: -len(word)]) if is_any_number(word) else frozenset()
            return further or groups
        word = _besides().at_end(rest)
        if not word:
            return frozenset()
        rest = rest[: -len(word)]
    return frozenset()


def is_any_number(word: str) -> bool:
    """True of a label of telephone numbers that says no more than that a number follows: "number is"."""
    if _labels().groups.get(word) != _DIALLED:
        return False
    besides = _besides().groups
    return all(part in besides for part in word.split(" "))


def _groups_of_person(text: str) -> frozenset[str]:
    """Return the groups of the label directly in front of the end of *text* if it is that of a person's number."""
    groups = _groups_directly_before(text)
    return groups if are_of_person(groups) else frozenset()


def is_part_of_other(record: Buffer, start: int, end: int, word: str) -> bool:
    """True if *word*, at *start* to *end* of a record, is a part of a label of what identifies no person.

    What says only that a number follows is a part of the label of a person's number in front of it: "NIN number is".
    """
    longer, is_any = _longer_others(word), is_any_number(word)
    if not (longer or is_any):
        return False
    before = bytes(record[max(0, start - _BEFORE_CHARACTERS) : start]).decode(errors="ignore")
    if is_any and _groups_of_person(before):
        return True
    before = before.lower()
    behind = bytes(record[end : end + _BEFORE_CHARACTERS]).decode(errors="ignore").lower()
    beside = {(ahead, rest) for ahead in (before[-1:], "") for rest in (behind[:1], "")}
    return any(
        _ends_in_words(before, ahead) and _begins_with_words(behind, rest)
        for signs in beside
        for ahead, rest in longer.get(signs, ())
    )


@cache
def _longer_others(word: str) -> Mapping[tuple[str, str], list[tuple[str, str]]]:
    """Return what stands in front of a word and behind it in longer labels of what identifies no person.

    They are grouped by the signs directly beside the word. A label of bank cards and accounts, and of social security
    in the United States, may also be a part of one of a person's numbers.
    """
    is_part = any(word in labels_of(group) for group in (_CARD, _AMERICAN, *_ACCOUNTS))
    groups = [NOT_PERSONAL, *(_groups_of_persons() if is_part else ())]
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for other in sorted({other for group in groups for other in labels_of(group) if word in other and word != other}):
        ahead, _, behind = other.partition(word)
        found.setdefault((ahead[-1:], behind[:1]), []).append((ahead, behind))
    return found


def _groups_of_persons() -> list[str]:
    return [group for group in label_table() if is_of_person(group) and group != _AMERICAN]


def _ends_in_words(text: str, words: str) -> bool:
    return not words or (text.endswith(words) and _begins_word(text, len(text) - len(words)))


def _begins_with_words(text: str, words: str) -> bool:
    if not text.startswith(words):
        return False
    is_separate = bool(words) and is_written_without_spaces(words[-1])
    return is_separate or not (words[-1:].isalpha() and text[len(words) : len(words) + 1].isalpha())


def is_of_person(group: str) -> bool:
    """True of a group of labels of numbers of people that mean nothing else."""
    return _OF_PERSONS.match(group) is not None and not group.endswith((WEAK, COMMON, MARKED))


def are_of_person(groups: frozenset[str]) -> bool:
    """True of the groups of a label that says of a number whose it is: weak ones beside one that means nothing else."""
    return any(map(is_of_person, groups)) and all(is_of_person(_DOUBT.sub("", group)) for group in groups)


def made_sure(group: str) -> str:
    """Return the group of a label of a common word, or of few letters, that something marks as a label."""
    return group.removesuffix(COMMON).removesuffix(MARKED)


def is_abbreviation(word: str) -> bool:
    """True if a full stop behind a label is no end of a sentence: it is short, abbreviated, or ends in "nr"."""
    last = word.rpartition(" ")[2]
    return len(last) < _SHORTEST_UNABBREVIATED or "." in word or last.endswith("nr")


def is_written_without_spaces(sign: str) -> bool:
    """True for a character of a script whose words stand without spaces between them."""
    return bool(_WITHOUT_SPACES.match(sign))


def begins_word(record: Buffer, start: int, word: str) -> bool:
    """True if *word*, at *start* of a record, is not the end of a longer one."""
    if _WITHOUT_SPACES.match(word):
        return True
    ahead = bytes(record[max(0, start - 4) : start]).decode(errors="ignore")[-1:]
    if ahead.isdigit() and len(word) < _SHORTEST_BEHIND_DIGIT:
        return False
    first = bytes(record[start : start + 4]).decode(errors="ignore")[:1]
    return not ahead.isalpha() or (ahead.islower() and first.isupper())


def ends_word(record: Buffer, end: int, word: str) -> bool:
    """True if *word*, that ends at *end* of a record, is not the start of a longer one."""
    if _WITHOUT_SPACES.match(word[-1]):
        return True
    behind = bytes(record[end : end + 4]).decode(errors="ignore")[:1]
    last = bytes(record[max(0, end - 4) : end]).decode(errors="ignore")[-1:]
    return not (behind.isalpha() and word[-1].isalpha()) or (last.islower() and behind.isupper())


def _split(words: str) -> list[str]:
    return [word.strip().strip('"') for word in str(words).split(",") if word.strip()]


@cache
def _labels() -> _Words:
    return _words(tuple(group for group in label_table() if group != BESIDES))


@cache
def _besides() -> _Words:
    return _words((BESIDES,))


def _words(groups: tuple[str, ...]) -> _Words:
    by_word: dict[str, set[str]] = {}
    for group in groups:
        for word in labels_of(group):
            by_word.setdefault(word, set()).add(group)
    lengths: dict[str, set[int]] = {}
    for word in by_word:
        lengths.setdefault(word[-_LAST_LETTERS:], set()).add(len(word))
    return _Words(
        {word: frozenset(found) for word, found in by_word.items()},
        {last: tuple(sorted(some, reverse=True)) for last, some in lengths.items()},
    )


def _begins_word(text: str, place: int) -> bool:
    ahead = text[place - 1 : place]
    return not ahead.isalpha() or bool(_WITHOUT_SPACES.match(text[place]))
