"""Credentials in commands, request headers, addresses and configuration files (curl, .netrc, Docker, JDBC).

The place says what they are, so that a password need not be random; a stand-in is none.
"""

import binascii
import re
from base64 import b64decode

from corpus_audit.measure.detection.detector import Candidate, ConfirmedBy, Detector, Match, Pattern
from corpus_audit.measure.detection.secrets.strength import entropy_bits, is_stand_in
from corpus_audit.vocabulary import SpanKind

_REACH_BYTES = 300
_LEAST_BITS = 2.5
_AUTHORIZATION = r"(?i:authorization)[\"']?[ \t]{0,4}[:=,][ \t]{0,4}[\"']?(?i:bearer|basic|token)"
_PLACES = (
    # the anchor, and the whole up to the value
    (
        rf"{_AUTHORIZATION} [A-Za-z0-9+/=_.~-]{{16}}",
        rf"{_AUTHORIZATION} (?P<value>[A-Za-z0-9+/=_.~-]{{16,280}})",
    ),
    (
        r"curl [^\n]{0,120}(?:-u|--user)[ =][\"']?[^\s:\"']{1,64}:[^\s\"']{6}",
        r"curl [^\n]{0,120}?(?:-u|--user)[ =][\"']?[^\s:\"']{1,64}:(?P<value>[^\s\"']{6,128})",
    ),
    (
        r"\blogin[ \t]+[^\s]{1,64}\s+password[ \t]+[^\s]{6}",
        r"\blogin[ \t]+(?!(?:and|or|with|und|et|y|e|o|i)\b)[^\s]{1,64}\s+password[ \t]+(?P<value>[^\s]{6,128})",
    ),
    (
        r"\"auth\"[ \t]{0,4}:[ \t]{0,4}\"[A-Za-z0-9+/]{12}",
        r"\"auth\"[ \t]{0,4}:[ \t]{0,4}\"(?P<encoded>[A-Za-z0-9+/]{12,280}={0,2})\"",
    ),
    (
        r"jdbc:[^\s\"']{1,200}[?&;](?:password|pwd)=[^\s\"'&;]{6}",
        r"jdbc:[^\s\"']{1,200}?[?&;](?:password|pwd)=(?P<value>[^\s\"'&;]{6,128})",
    ),
    (
        r"jdbc:oracle:thin:[^\s/\"']{1,64}/[^\s@\"']{6}",
        r"jdbc:oracle:thin:[^\s/\"']{1,64}/(?P<value>[^\s@\"']{6,128})@",
    ),
    (r"[?&]sig=[A-Za-z0-9%]{40}", r"[?&]sig=(?P<value>[A-Za-z0-9%]{40,80})"),
)


def _confirm(candidate: Candidate) -> Match | None:
    for extent in _EXTENTS:
        found = extent.fullmatch(candidate.value)
        if found is not None:
            name = "encoded" if "encoded" in extent.groupindex else "value"
            value = found[name]
            holds = _is_user_and_password(value) if name == "encoded" else _is_secret(value)
            return Match(value, 0.8, ConfirmedBy.SHAPE, *found.span(name)) if holds else None
    return None


def _is_secret(value: bytes) -> bool:
    return not is_stand_in(value) and entropy_bits(value) >= _LEAST_BITS


def _is_user_and_password(value: bytes) -> bool:
    """True if *value* is the base64 of a user, a colon and a password that is no stand-in."""
    try:
        user, colon, password = b64decode(value, validate=True).partition(b":")
    except binascii.Error:
        return False
    return bool(user and colon and password) and password.isascii() and _is_secret(password)


_EXTENTS = tuple(re.compile(extent.encode()) for _, extent in _PLACES)

DETECTOR = Detector(
    kind=SpanKind.SECRET,
    entity_type="CREDENTIAL",
    proposals=tuple(
        Pattern(anchor, extent, before=_REACH_BYTES, after=_REACH_BYTES)
        for (anchor, _), extent in zip(_PLACES, _EXTENTS, strict=True)
    ),
    confirm=_confirm,
    mask=lambda _value: "***",
)
