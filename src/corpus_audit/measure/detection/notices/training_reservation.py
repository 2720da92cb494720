"""Reservations in a text against text and data mining or model training.

In signs of machines (TDMRep, AIPREF, IPTC, robots), by the articles of law that allow them, and in words of twelve
languages. A topic such as mining is often only talked about, so it counts where what stands around it denies.
"""

import re

from corpus_audit.measure.detection.detector import Candidate, ConfirmedBy, DeferredExpression, Detector, Match, Pattern
from corpus_audit.measure.detection.notices import prose
from corpus_audit.measure.detection.notices.reservation_words import (
    ARTICLES,
    DENIALS,
    DIRECT,
    EXPLAINED,
    INSTRUCTIONS,
    LAWS,
    MINING,
    OTHERS_MAY,
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
_INSTRUCTION = "|".join(map(worded, INSTRUCTIONS))
_ARTICLE = "|".join(map(worded, ARTICLES))
_MINING = "|".join(map(worded, (*MINING, *LAWS)))
_TRAINING = "|".join(map(worded, TRAINING))
_DENIED = DeferredExpression("|".join(map(worded, DENIALS)).encode())
_RESERVED = DeferredExpression("|".join(map(worded, (*DENIALS, *RESERVED))).encode())
_EXPLAINED = DeferredExpression("|".join(map(worded, EXPLAINED)).encode())
_OTHERS_MAY = re.compile("|".join(map(worded, OTHERS_MAY)).encode())
_CONDITION = re.compile(
    rb"(?i)\b(?:unless|if|where|provided|sofern|soweit|wenn|es sei denn|sauf si|sauf|salvo|a menos que"
    rb"|a meno che|tenzij|chyba)\b"
    rb"[^.\n]{0,90}?\b(?:has|have|is|been|hat|haben|wurde|kein\w*|ont?|ait|hayan?|abbiano?|heeft|zastrzeg\w*)\b"
    rb"[^.\n]{0,60}?(?:reserv|opted|vorbeh|r\xc3\xa9serv|riserv|voorbehoud|zastrze)\w*"
)
"""What a law says of reservations, which is none."""
_REPORTED = re.compile(
    rb"(?i)\b(?:would|could|should|might|ruled|plans? to|wants? to|calls? (?:on|to)|urged?s?)\b[^.\n]{0,60}?"
    rb"(?:prohibit|forbid)\w*|\b(?:was|were|had been) (?:not )?(?:permitted|allowed|prohibited|forbidden|authori[sz]ed)"
)
"""What was or would be forbidden by others."""
_TELLS_THE_READER = re.compile(
    r"(?:\A|[.!?:;,\n\"'*>#(\[–—-]\s*|\b(?:please|kindly|and|or)\s+|\b(?:you|users?|bots?|crawlers?|third parties)\s+"
    r"(?:may|must|shall|can|will|agree to|are)\s*)\Z",
    re.IGNORECASE,
)
_NO_DENIAL = re.compile(r"不可(?:欠|能|避|分)")
_PARAGRAPH = re.compile(rb"\n[ \t*#/]{0,8}\n")
_FORMS = (_DIRECT, _INSTRUCTION, _ARTICLE, _MINING, _TRAINING)
_WHOLE = DeferredExpression(
    f"(?P<direct>{_DIRECT})|(?P<instruction>{_INSTRUCTION})|(?P<article>{_ARTICLE})|(?P<mining>{_MINING})"
    f"|(?P<training>{_TRAINING})".encode()
)

_SCORE = 0.9
_SCORE_OF_AN_ARTICLE = 0.6
"""Of a text that names the article under which rights are reserved, and does not deny in so many words."""

_NAME = "TRAINING_RESERVATION"


def _confirm(candidate: Candidate) -> Match | None:
    match = _WHOLE.fullmatch(candidate.value)
    if match is None or _only_speaks_of_it(candidate, match):
        return None
    if not (match["direct"] or match["instruction"]) and _EXPLAINED.search(prose.sentence(candidate)) is not None:
        return None
    if (
        match["direct"]
        or match["instruction"]
        or _stands_beside(candidate, _DENIED if match["training"] else _RESERVED)
    ):
        return Match(_NAME.encode(), _SCORE, ConfirmedBy.SHAPE)
    return Match(_NAME.encode(), _SCORE_OF_AN_ARTICLE, ConfirmedBy.SHAPE) if match["article"] else None


def _only_speaks_of_it(candidate: Candidate, match: re.Match[bytes]) -> bool:
    """True of a question, of *indispensable*, which holds *not possible*, and of what a third party does not do."""
    if match["instruction"] and _TELLS_THE_READER.search(prose.before(candidate)) is None:
        return True
    return prose.is_asked(candidate) or _NO_DENIAL.search(candidate.text + prose.after(candidate)[:1]) is not None


def _stands_beside(candidate: Candidate, words: DeferredExpression) -> bool:
    """True if one of *words* is in the same paragraph, near the candidate."""
    before = _PARAGRAPH.split(candidate.before(_AROUND))[-1]
    after = _PARAGRAPH.split(candidate.after(_AROUND))[0]
    said = b" ".join((before, candidate.value, after))
    return words.search(_OTHERS_MAY.sub(b"", _REPORTED.sub(b"", _CONDITION.sub(b"", said)))) is not None


DETECTOR = Detector(
    kind=SpanKind.OPT_OUT,
    entity_type=_NAME,
    proposals=tuple(Pattern(form, _WHOLE, before=320, after=320) for form in _FORMS),
    confirm=_confirm,
    mask=lambda _value: _NAME,
)
