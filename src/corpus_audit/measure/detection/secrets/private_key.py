"""Private keys in PEM or PGP armour (RFC 7468, RFC 9580), also inside a string with escaped line ends."""

import re

from corpus_audit.measure.detection.detector import Candidate, ConfirmedBy, Detector, Match, Pattern
from corpus_audit.measure.detection.secrets.strength import entropy_bits
from corpus_audit.vocabulary import SpanKind

_HEADER = r"-----BEGIN (?:[A-Z0-9]{2,12} ){0,2}PRIVATE KEY(?: BLOCK)?-----"
_BODY = re.compile(_HEADER.encode() + rb"(?:[A-Za-z0-9+/=:,.() \t\r\n\\\"']){64,8000}+-----END")
_BASE64 = re.compile(rb"[A-Za-z0-9+/]{32,}")
_LEAST_BITS = 4.0


def _confirm(candidate: Candidate) -> Match | None:
    lines = _BASE64.findall(candidate.value.replace(rb"\n", b"\n"))
    body = b"".join(lines)
    if entropy_bits(body) < _LEAST_BITS:
        return None
    return Match(body, 0.98, ConfirmedBy.ENTROPY)


DETECTOR = Detector(
    kind=SpanKind.SECRET,
    entity_type="PRIVATE_KEY",
    proposals=(Pattern(_HEADER, _BODY, before=80, after=9000),),
    confirm=_confirm,
    mask=lambda _value: "-----BEGIN ***",
)
