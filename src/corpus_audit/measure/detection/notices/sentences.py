"""Patterns of the sentences that rules judge (sentence_rules.py), and what detectors make of them."""

import re
from collections.abc import Container, Iterable, Mapping
from functools import cache, lru_cache

from corpus_audit.measure.detection.detector import (
    Candidate,
    ConfirmedBy,
    DeferredExpression,
    Detector,
    Match,
    Pattern,
)
from corpus_audit.measure.detection.notices import prose
from corpus_audit.measure.detection.notices.phrases import SPACELESS, phrase_table
from corpus_audit.measure.detection.notices.sentence_anchors import LITERALS, SHORT
from corpus_audit.measure.detection.notices.sentence_rules import Says, judge
from corpus_audit.vocabulary import SpanKind

_SENTENCE = DeferredExpression(
    rb"(?:[^.!?\n\xe3\xef]++|\.(?![\s\"')\]]|\Z)|(?<=[ (\n][A-Za-z])\.|(?<=[ (\n]\w\w)\.|(?<=\b[Aa]rt)\.|(?<=\bAbs)\."
    rb"|(?<=\w)\.(?=\s\d)|\n(?![ \t*#/;%>|-]*\n|[ \t]*[*-][ \t])|\xe3(?!\x80\x82)|\xef(?!\xbc[\x81\x9f]))++[.!?]?"
)
"""A sentence; a full stop behind one or two letters, or in front of a number, ends none."""
_BEFORE, _AFTER = 420, 320
_CONTINUATION = bytes(range(0x80, 0xC0))
"""Bytes inside a character, where a stretch of text may be cut."""
_SPACE = r"[^!-~\t-\r]"
"""A space, in a class with bytes that stand between no words: in literals, it makes many of them alike to hyperscan."""
_SCORE = 0.8
_KANA, _HANGUL, _HAN = re.compile("[ぁ-ヿ]"), re.compile("[가-힣]"), re.compile("[㐀-鿿]")
_WORD = re.compile(r"[^\W_]+")
_PREFIX = 4
_FEWEST_WORDS = 2
_COUNT_BITS = 16
_COUNT = (1 << _COUNT_BITS) - 1
_SPACED = tuple(sorted(LITERALS.keys() - SPACELESS))
"""Languages that part words by spaces."""
_SHARE_OF_MOST = 0.9
"""Of the words of the language that has most of them: what is far below is none of the sentence's languages."""
_DECIDING = frozenset(
    ("forbid", "may_not", "not", "allow", "only", "ask", "reserve", "without", "unauthorised", "unasked", "addressee")
)
"""Roles of which a notice has one."""


def _literals(languages: Iterable[str]) -> str:
    words = {word for language in languages for word in LITERALS[language].split(", ")}
    sizes = sorted({len(word) for word in words})
    shortest = [word for word in sorted(words) if not _holds_other(word, words, sizes)]
    return f"(?i:{'|'.join(map(re.escape, shortest))})".replace(r"\ ", _SPACE)


def _holds_other(word: str, words: Container[str], sizes: Iterable[int]) -> bool:
    """Return whether a shorter one of *words*, which have such *sizes*, stands in a word."""
    shorter = (size for size in sizes if size < len(word))
    return any(word[place : place + size] in words for size in shorter for place in range(len(word) - size + 1))


def _says_something(sentence: bytes) -> bool:
    return bool(_found(sentence))


SENTENCES = tuple(
    Pattern(anchor, _SENTENCE, before=_BEFORE, after=_AFTER, may_hold=_says_something)
    for anchor in (*map(_literals, (_SPACED[:5], _SPACED[5:], sorted(SPACELESS))), SHORT)
)
"""Hyperscan takes expressions of up to 16,000 bytes."""


def _is_asked(candidate: Candidate) -> bool:
    return candidate.value.endswith(b"?") or prose.is_asked(candidate)


@lru_cache(maxsize=4096)
def _found(value: bytes) -> Mapping[Says, tuple[int, int]]:
    """Return what a sentence says, each with where in it, in bytes."""
    cut = len(value) - len(value.lstrip(_CONTINUATION))
    text = value[cut:].decode(errors="ignore")
    places: dict[Says, tuple[int, int]] = {}
    for language in languages_of(text):
        for found in judge(text, language):
            start, end = len(text[: found.start].encode()), len(text[: found.end].encode())
            places.setdefault(found.says, (cut + start, cut + end))
    return places


def languages_of(text: str) -> tuple[str, ...]:
    """Return the languages by whose words a sentence may say whether something may be done, sorted.

    None has far fewer of its words in the sentence than the language that has most.
    """
    if not text.isascii():
        if _HANGUL.search(text):
            return ("ko",)
        if _HAN.search(text) or _KANA.search(text):
            return ("ja",) if _KANA.search(text) else ("zh", "ja")
    starts = _starts()
    total = sum([starts.get(word[:_PREFIX], 0) for word in _WORD.findall(text.lower())])
    counts = [total >> place & _COUNT for place in range(0, len(_SPACED) * _COUNT_BITS, _COUNT_BITS)]
    deciding = total >> len(_SPACED) * _COUNT_BITS
    fewest = max(max(counts) * _SHARE_OF_MOST, _FEWEST_WORDS)
    return tuple(
        language
        for number, (language, count) in enumerate(zip(_SPACED, counts, strict=True))
        if count >= fewest and deciding >> number * _COUNT_BITS & _COUNT
    )


@cache
def _starts() -> Mapping[str, int]:
    """Return, by the first letters of phrases, what such a word adds to the counts of its languages.

    One number holds them all: for each language how many words it has, then for each how many of them decide there.
    """
    words: dict[str, set[int]] = {}
    for number, language in enumerate(_SPACED):
        for role, phrases in phrase_table()[language].items():
            for phrase in phrases:
                known = words.setdefault(re.split(r"[ '*-]", phrase, maxsplit=1)[0][:_PREFIX], set())
                known |= {number, len(_SPACED) + number} if role in _DECIDING else {number}
    return {start: sum(1 << place * _COUNT_BITS for place in known) for start, known in words.items()}


def _detector(says: Says, kind: SpanKind, entity_type: str) -> Detector:
    def confirm(candidate: Candidate) -> Match | None:
        found = _found(candidate.value).get(says)
        if found is None or _is_asked(candidate):
            return None
        return Match(says.value.encode(), _SCORE, ConfirmedBy.SHAPE, *found)

    return Detector(kind, entity_type, SENTENCES, confirm, lambda _value: says.value)


DETECTORS = (
    _detector(Says.RESERVED_FROM_AI, SpanKind.OPT_OUT, "TRAINING_RESERVATION"),
    _detector(Says.ALL_RIGHTS_RESERVED, SpanKind.NOTICE, "ALL_RIGHTS_RESERVED"),
    _detector(Says.DO_NOT_DISTRIBUTE, SpanKind.NOTICE, "DO_NOT_DISTRIBUTE"),
    _detector(Says.CONFIDENTIAL, SpanKind.NOTICE, "CONFIDENTIAL"),
    _detector(Says.NON_COMMERCIAL, SpanKind.NOTICE, "LICENSE_NOTICE"),
    _detector(Says.RESEARCH_ONLY, SpanKind.NOTICE, "LICENSE_NOTICE"),
)
"""What sentences say, beside the detectors of the same types that know fixed wordings."""
