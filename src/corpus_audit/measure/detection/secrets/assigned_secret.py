"""Random values assigned, in code or configuration, to a name that suggests a secret."""

import re

from corpus_audit.measure.detection.detector import Candidate, ConfirmedBy, Detector, Match, Pattern
from corpus_audit.measure.detection.secrets.strength import entropy_bits, is_stand_in
from corpus_audit.vocabulary import SpanKind

_NAME = (
    r"(?i:api[_-]?key|api[_-]?secret|secret[_-]?(?:access[_-]?)?key|access[_-]?(?:key|token)|auth[_-]?(?:key|token)|"
    r"client[_-]?secret|app[_-]?secret|encryption[_-]?key|signing[_-]?key|bearer|password|passwd)"
)
_ASSIGNED = r"[\"']?\]?[ \t]{0,8}(?::|=|:=|=>)[ \t]{0,8}"
_VALUE = r"[A-Za-z0-9+/_.~!@#%^&*=-]"
_EXTENT = re.compile(rf"{_NAME}{_ASSIGNED}(?P<quote>[\"'])(?P<value>{_VALUE}{{12,160}})(?P=quote)".encode())
_WORDS = re.compile(rb"[A-Z]?[a-z]{2,}")
_LEAST_BITS = 3.6
_MOST_IN_WORDS = 0.5


def _confirm(candidate: Candidate) -> Match | None:
    found = _EXTENT.fullmatch(candidate.value)
    if found is None:
        return None
    value = found["value"]
    if is_stand_in(value) or entropy_bits(value) < _LEAST_BITS or not _is_mixed(value):
        return None
    return Match(value, 0.6, ConfirmedBy.ENTROPY, *found.span("value"))


def _is_mixed(value: bytes) -> bool:
    """True if it has letters and digits, and few stretches that could be words or names."""
    in_words = sum(len(word) for word in _WORDS.findall(value) if len(word) > 3)
    has_both = any(48 <= sign < 58 for sign in value) and any(chr(sign).isalpha() for sign in value)
    return has_both and in_words < _MOST_IN_WORDS * len(value)


DETECTOR = Detector(
    kind=SpanKind.SECRET,
    entity_type="ASSIGNED_SECRET",
    proposals=(Pattern(rf"{_NAME}{_ASSIGNED}[\"']{_VALUE}{{12}}", _EXTENT, before=80, after=180),),
    confirm=_confirm,
    mask=lambda _value: "***",
)
