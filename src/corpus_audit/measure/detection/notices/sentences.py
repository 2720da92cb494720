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
_SCORE = 0.8
_KANA, _HANGUL, _HAN = re.compile("[ぁ-ヿ]"), re.compile("[가-힣]"), re.compile("[㐀-鿿]")
_WORD = re.compile(r"[^\W_]+")
_PREFIX = 4
_FEWEST_WORDS = 2
_SHARE_OF_MOST = 0.9
"""Of the words of the language that has most of them: what is far below is none of the sentence's languages."""
_DECIDING = frozenset(
    ("forbid", "may_not", "not", "allow", "only", "ask", "reserve", "without", "unauthorised", "addressee")
)
"""Roles of which a notice has one."""


def _literals() -> str:
    words = {word.strip() for words in LITERALS.values() for word in words.split(", ")}
    sizes = sorted({len(word) for word in words})
    shortest = [word for word in sorted(words) if not _holds_other(word, words, sizes)]
    return f"(?i:{'|'.join(map(re.escape, shortest))})"


def _holds_other(word: str, words: Container[str], sizes: Iterable[int]) -> bool:
    """Return whether a shorter one of *words*, which have such *sizes*, stands in a word."""
    shorter = (size for size in sizes if size < len(word))
    return any(word[place : place + size] in words for size in shorter for place in range(len(word) - size + 1))


SENTENCES = tuple(Pattern(anchor, _SENTENCE, before=_BEFORE, after=_AFTER) for anchor in (_literals(), SHORT))


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
    """Return the languages by whose words a sentence may say whether something may be done, those with most first."""
    if _HANGUL.search(text):
        return ("ko",)
    if _HAN.search(text) or _KANA.search(text):
        return ("ja",) if _KANA.search(text) else ("zh", "ja")
    starts = _starts()
    counts: dict[str, int] = {}
    deciding: set[str] = set()
    for word in _WORD.findall(text.lower()):
        for language, decides in starts.get(word[:_PREFIX], ()):
            counts[language] = counts.get(language, 0) + 1
            if decides:
                deciding.add(language)
    most = max(counts.values(), default=0) * _SHARE_OF_MOST
    return tuple(language for language in sorted(deciding) if counts[language] >= max(most, _FEWEST_WORDS))


@cache
def _starts() -> Mapping[str, tuple[tuple[str, bool], ...]]:
    """Return, by the first letters of phrases, the languages that have such, and whether they decide there."""
    starts: dict[str, dict[str, bool]] = {}
    for language, by_role in phrase_table().items():
        if language in SPACELESS:
            continue
        for role, phrases in by_role.items():
            for phrase in phrases:
                known = starts.setdefault(re.split(r"[ '*-]", phrase, maxsplit=1)[0][:_PREFIX], {})
                known[language] = known.get(language, False) or role in _DECIDING
    return {start: tuple(sorted(known.items())) for start, known in starts.items()}


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
