"""Reservations in a text against text and data mining or model training.

In signs of machines (TDMRep, AIPREF, IPTC, robots), by the articles of law that allow them, and in words of twelve
languages. A topic such as mining is often only talked about, so it counts where what stands around it denies.
"""

import re

from corpus_audit.measure.detection.detector import Candidate, ConfirmedBy, Detector, Match, Pattern
from corpus_audit.measure.detection.notices.reservation_words import (
    ARTICLES,
    DENIALS,
    DIRECT,
    LAWS,
    MINING,
    RESERVED,
    TRAINING,
)
from corpus_audit.measure.detection.notices.statements import worded
from corpus_audit.vocabulary import SpanKind

_AROUND = 240
"""Bytes in front of a topic and behind it in which it may be denied."""

_SIGNS = (
    r"(?i:tdm-reservation[\"']?[ \t]{0,4}(?::|=|content=)?[ \t]{0,4}(?:content=)?[\"']?1\b|"
    r"content=[\"'](?:[a-z, ]{0,40})?\bno(?:image)?ai\b|"
    r"\bai-train[ \t]{0,4}=[ \t]{0,4}(?:no|n)\b|\btrain-ai[ \t]{0,4}=[ \t]{0,4}n\b|DMI-PROHIBITED[A-Z-]{0,40})"
)
_DIRECT = "|".join((_SIGNS, *map(worded, DIRECT)))
_ARTICLE = "|".join(map(worded, ARTICLES))
_MINING = "|".join(map(worded, (*MINING, *LAWS)))
_TRAINING = "|".join(map(worded, TRAINING))
_DENIED = re.compile("|".join(map(worded, DENIALS)).encode())
_RESERVED = re.compile("|".join(map(worded, (*DENIALS, *RESERVED))).encode())
_PARAGRAPH = re.compile(rb"\n[ \t*#/]{0,8}\n")
_FORMS = (_DIRECT, _ARTICLE, _MINING, _TRAINING)
_WHOLE = re.compile(
    f"(?P<direct>{_DIRECT})|(?P<article>{_ARTICLE})|(?P<mining>{_MINING})|(?P<training>{_TRAINING})".encode()
)

_SCORE = 0.9
_SCORE_OF_AN_ARTICLE = 0.6
"""Of a text that names the article under which rights are reserved, and does not deny in so many words."""

_NAME = "TRAINING_RESERVATION"


def _confirm(candidate: Candidate) -> Match | None:
    match = _WHOLE.fullmatch(candidate.value)
    if match is None:
        return None
    if match["direct"] or _stands_beside(candidate, _DENIED if match["training"] else _RESERVED):
        return Match(_NAME.encode(), _SCORE, ConfirmedBy.SHAPE)
    return Match(_NAME.encode(), _SCORE_OF_AN_ARTICLE, ConfirmedBy.SHAPE) if match["article"] else None


def _stands_beside(candidate: Candidate, words: re.Pattern[bytes]) -> bool:
    """True if one of *words* is in the same paragraph, near the candidate."""
    before = _PARAGRAPH.split(candidate.before(_AROUND))[-1]
    after = _PARAGRAPH.split(candidate.after(_AROUND))[0]
    return words.search(b" ".join((before, candidate.value, after))) is not None


DETECTOR = Detector(
    kind=SpanKind.OPT_OUT,
    entity_type=_NAME,
    proposals=tuple(Pattern(form, _WHOLE, before=320, after=320) for form in _FORMS),
    confirm=_confirm,
    mask=lambda _value: _NAME,
)
