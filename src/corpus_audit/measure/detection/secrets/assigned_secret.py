"""Random values assigned to a name that suggests a secret: in code, JSON, notebooks, YAML, .env files and shells."""

import re

from corpus_audit.measure.detection.detector import Candidate, ConfirmedBy, Detector, Match, Pattern
from corpus_audit.measure.detection.secrets.strength import entropy_bits, is_stand_in
from corpus_audit.vocabulary import SpanKind

_NAME = (
    r"(?i:api[_-]?key|api[_-]?secret|secret[_-]?(?:access[_-]?)?key|access[_-]?(?:key|token)|auth[_-]?(?:key|token)|"
    r"client[_-]?secret|app[_-]?secret|encryption[_-]?key|signing[_-]?key|bearer|password|passwd)"
)
# Names that are too common in code for a short value.
_WEAK_NAME = r"(?i:token|secret|pwd|credential|private[_-]?key|webhook[_-]?secret)"
_ASSIGNED = r"(?:\\?[\"'])?\]?[ \t]{0,8}(?::|=|:=|=>)[ \t]{0,8}"
_ARGUMENT = r"[\"'],[ \t]{0,4}"
"""What stands between the name and the value in define('DB_PASSWORD', '…')."""
_VARIABLE = r"(?:PASSWORD|PASSWD|SECRET|TOKEN|API_KEY|SECRET_KEY|ACCESS_KEY)="
"""The end of the name of a variable of a shell, which no space parts from its value."""
_VALUE = r"[A-Za-z0-9+/_.~!@#%^&*=-]"
_BARE = r"[A-Za-z0-9+/_=-]"
_QUOTE = r"\\?[\"']"
_EXTENT = re.compile(
    rf"(?:(?:{_NAME}{_ASSIGNED}|{_NAME}{_ARGUMENT})(?P<quote>{_QUOTE})(?P<value>{_VALUE}{{12,160}})(?P=quote)"
    rf"|{_WEAK_NAME}{_ASSIGNED}(?P<weak_quote>{_QUOTE})(?P<weak>{_VALUE}{{32,160}})(?P=weak_quote)"
    rf"|(?:(?:{_NAME}|{_WEAK_NAME}){_ASSIGNED}(?P<bare>{_BARE}{{32,160}})|{_VARIABLE}(?P<short>{_BARE}{{14,31}}))(?=[\s,;#]|\Z))".encode()
)
_LONG_ENOUGH = (
    rf"{_NAME}{_ASSIGNED}{_QUOTE}{_VALUE}{{12}}|{_WEAK_NAME}{_ASSIGNED}{_QUOTE}{_VALUE}{{32}}"
    rf"|(?:{_NAME}|{_WEAK_NAME}){_ASSIGNED}{_BARE}{{32}}|{_VARIABLE}{_BARE}{{14}}"
)
"""A value as long as it must be behind such a name: most names in code are given values that are shorter."""
_WORDS = re.compile(rb"[A-Z]?[a-z]{2,}")
_LEAST_BITS = 3.6
_MOST_IN_WORDS = 0.5


def _confirm(candidate: Candidate) -> Match | None:
    found = _EXTENT.fullmatch(candidate.value)
    if found is None:
        return None
    name = next(name for name in ("value", "weak", "bare", "short") if found[name])
    value = found[name]
    if is_stand_in(value) or entropy_bits(value) < _LEAST_BITS or not _is_mixed(value):
        return None
    return Match(value, 0.6, ConfirmedBy.ENTROPY, *found.span(name))


def _is_mixed(value: bytes) -> bool:
    """True if it has letters and digits, and few stretches that could be words or names."""
    in_words = sum(len(word) for word in _WORDS.findall(value) if len(word) > 3)
    has_both = any(48 <= sign < 58 for sign in value) and any(chr(sign).isalpha() for sign in value)
    return has_both and in_words < _MOST_IN_WORDS * len(value)


DETECTOR = Detector(
    kind=SpanKind.SECRET,
    entity_type="ASSIGNED_SECRET",
    proposals=(
        Pattern(rf"{_NAME}{_ARGUMENT}{_QUOTE}{_VALUE}{{12}}", _EXTENT, before=80, after=180),
        Pattern(_LONG_ENOUGH, _EXTENT, before=80, after=180),
    ),
    confirm=_confirm,
    mask=lambda _value: "***",
)
