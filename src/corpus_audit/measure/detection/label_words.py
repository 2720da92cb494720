"""Expressions for the words beside values, thousands of them: as literals where a word is long enough to be rare.

Hyperscan compiles literals a hundred times faster than expressions that say what stands in front of a word. What does
is looked at where a literal was met; short words are met inside too many others for that.
"""

import hashlib
import re
import string
import sys
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path

import hyperscan
import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.detection.pattern_cache import Expression, compiled_from, kept_from
from corpus_audit.measure.detection.text_kernel import sign_table
from corpus_audit.measure.text_windows import Offsets

_LITERAL_FROM = 5
"""Characters of an ASCII word from which it is a literal."""
_SHORT_NAME = 4
_SPACE, _BETWEEN = "\\ ", "[ _]"
"""Between the words of a label: a space as re.escape writes it, or what the names of columns have there."""
_SMALL, _CAPITAL = sign_table(string.ascii_lowercase.encode()), sign_table(string.ascii_uppercase.encode())
_LETTER = _SMALL | _CAPITAL
_CASELESS = hyperscan.HS_FLAG_CASELESS


@lru_cache(maxsize=4)
def word_database(labels: tuple[str, ...], gate_words: tuple[str, ...]) -> hyperscan.Database:
    """Return the database of labels, reported by their numbers, and behind them of words of which one opens a gate."""
    return compiled_from(
        _made_from(labels, gate_words),
        lambda: label_expressions(labels) + gate_expressions(gate_words, len(labels)),
    )


@lru_cache(maxsize=4)
def kept_word_database(labels: tuple[str, ...], gate_words: tuple[str, ...]) -> "hyperscan.Database | None":
    """Return the same database where it was compiled before this process asked; None elsewhere."""
    return kept_from(_made_from(labels, gate_words))


def _made_from(labels: tuple[str, ...], gate_words: tuple[str, ...]) -> object:
    return [_made_by(), labels, gate_words]


@cache
def _made_by() -> str:
    """Return what makes expressions of words: this file, and how this Python writes words in capitals."""
    return f"{hashlib.sha256(Path(__file__).read_bytes()).hexdigest()} {sys.version}"


def label_expressions(labels: Sequence[str]) -> tuple[Expression, ...]:
    """Return expressions for labels, reported by their numbers; see ``stand_apart``."""
    return tuple(expression for number, label in enumerate(labels) for expression in _of_label(number, label))


def gate_expressions(words: Sequence[str], first: int) -> tuple[Expression, ...]:
    """Return expressions for words of which one opens a gate, reported by numbers from *first* on."""
    return tuple((number, _expression(word), 0) for number, word in enumerate(words, first))


def word_expressions(
    labels: Sequence[str], gate_words: Sequence[str], numbers: Iterable[int]
) -> tuple[Expression, ...]:
    """Return the expressions for some words of such a database, by the numbers that they are reported by there."""
    first = len(labels)
    some = ((number, number - first) for number in numbers)
    return tuple(
        expression
        for number, gate in some
        for expression in (
            _of_label(number, labels[number]) if gate < 0 else gate_expressions([gate_words[gate]], number)
        )
    )


@lru_cache(maxsize=4)
def literal_sizes(labels: tuple[str, ...]) -> tuple[int, ...]:
    """Return the bytes of each label that is looked for as a literal and must stand apart; 0 of all others."""
    return tuple(len(label) if _is_literal(label) else 0 for label in labels)


def stand_apart(signs: NDArray[np.uint8], low: Offsets, start: Offsets) -> NDArray[np.bool_]:
    """Return whether words begin at places of a text, looked at from *low* on: behind no letter, or in camelCase."""
    first, before = signs[start], signs[np.maximum(start - 1, 0)]
    is_glued = np.where(_SMALL[first], _LETTER[before], _CAPITAL[before])
    return (start <= low) | ~is_glued


def _is_literal(label: str) -> bool:
    return label.isascii() and len(label) >= _LITERAL_FROM


def _of_label(number: int, label: str) -> list[Expression]:
    if label.isascii() and not _is_literal(label):
        return [(number, _expression(label), 0)]
    return [(number, re.escape(form), _CASELESS) for form in _forms(label)]


def _forms(label: str) -> list[str]:
    """Return a label as it is written; hyperscan folds only ASCII without more tables."""
    cased = {label} if label.isascii() else {label, label.upper(), label.title(), label.capitalize()}
    cased |= {_with_short_names(form) for form in cased if not label.isascii()}
    return sorted({form.replace(" ", between) for form in cased for between in " _"})


def _with_short_names(label: str) -> str:
    """Return a label with its short words in capitals, as names of states and authorities are written."""
    return " ".join(word.upper() if len(word) <= _SHORT_NAME else word for word in label.split(" "))


@cache
def _expression(word: str) -> str:
    """Return what matches *word* at the start of a word, of a part of a snake_case or of a camelCase name."""
    if not word.isascii():
        return "".join(_any_case(sign) for sign in word)
    rest = f"(?i:{re.escape(word[1:])})".replace(_SPACE, _BETWEEN)
    return f"(?:(?:^|[^A-Za-z]){re.escape(word[0])}{rest}|(?:^|[^A-Z]){re.escape(word[0].upper())}{rest})"


def _any_case(sign: str) -> str:
    """Return what matches a character in either case."""
    if sign == " ":
        return _BETWEEN
    forms = sorted({sign, sign.upper()}) if len(sign.upper()) == 1 else [sign]
    return re.escape(sign) if len(forms) == 1 else f"(?:{'|'.join(map(re.escape, forms))})"
