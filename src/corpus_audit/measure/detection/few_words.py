"""Words beside values, looked for in little text before the database of all of them was ever compiled.

Compiling thousands of words takes seconds. Of little text it is told in milliseconds which of them it may hold at all,
and only these are compiled. What is found is the same.
"""

from functools import lru_cache, partial

import hyperscan

from corpus_audit.measure.detection.joined import Match, OnHit
from corpus_audit.measure.detection.label_words import kept_word_database, word_database, word_expressions
from corpus_audit.measure.detection.pattern_cache import compile_patterns
from corpus_audit.measure.little_text import LittleText

_HEAD = 4
"""Characters at the beginning of a word that are looked up before the whole word is."""


class WordMatcher:
    """Matches labels, reported by their numbers, and behind them words that open a gate; belongs to one thread."""

    def __init__(self, labels: tuple[str, ...], gate_words: tuple[str, ...]) -> None:
        self._words = (labels, gate_words)
        self._text = LittleText()
        kept = kept_word_database(labels, gate_words)
        self._match = None if kept is None else matcher_of(kept)

    def __call__(self, text: memoryview | bytes, on_hit: OnHit) -> None:
        """Match a text, and call *on_hit* for each hit."""
        if self._match is None and not self._text.holds(len(text)):
            self._match = matcher_of(word_database(*self._words))
        match = self._few(bytes(text)) if self._match is None else self._match
        match(text, on_hit)

    def _few(self, text: bytes) -> Match:
        """Return what matches the words that a text may hold."""
        expressions = word_expressions(*self._words, words_in(text, (*self._words[0], *self._words[1])))
        return matcher_of(compile_patterns(expressions)) if expressions else match_nothing


def words_in(text: bytes, words: tuple[str, ...]) -> list[int]:
    """Return the numbers of words that a text may hold in any of the forms that they are looked for in."""
    folded = fold(text.decode(errors="replace"))
    heads = {folded[place : place + _HEAD] for place in range(len(folded))}
    return [
        number
        for number, word in enumerate(_folded(words))
        if (len(word) < _HEAD or word[:_HEAD] in heads) and word in folded
    ]


def fold(text: str) -> str:
    """Return a text as all forms of a word have it in common, in capitals, small, and as the name of a column."""
    return text.upper().casefold().replace("_", " ")


@lru_cache(maxsize=4)
def _folded(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(fold, words))


def match_nothing(_text: object, _on_hit: object) -> None:
    """Match as a database without expressions."""


def matcher_of(database: hyperscan.Database) -> Match:
    """Return what matches the expressions of a database, for one thread at a time."""
    # The stub knows only str and bytes; every buffer works, and none is copied.
    return partial(database.scan, scratch=hyperscan.Scratch(database))
