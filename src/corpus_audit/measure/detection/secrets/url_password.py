"""Passwords in the user part of a URL (RFC 3986, section 3.2.1)."""

import re

from corpus_audit.measure.detection.detector import Candidate, ConfirmedBy, Detector, Match, Pattern
from corpus_audit.measure.detection.secrets.strength import is_stand_in
from corpus_audit.vocabulary import SpanKind

_USER = r"[^\s:/@\"'<>\\]{0,64}"
_PASSWORD = r"[^\s:/@\"'<>\\]{4,128}"  # noqa: S105 - a pattern, not a password
_EXTENT = re.compile(
    rf"[a-z][a-z0-9+.-]{{1,20}}://(?P<user>{_USER}):(?P<password>{_PASSWORD})@(?P<host>[A-Za-z0-9.-]+)".encode()
)
_EVERYBODYS = frozenset(
    b"admin, guest, hunter2, letmein, minio, mysql, postgres, pass, root, tiger, user, username, welcome".split(b", ")
)
_NOWHERE = re.compile(rb"(?:\A|\.)(?:example(?:\.(?:com|net|org))?|test|invalid|localhost)\Z")


def _confirm(candidate: Candidate) -> Match | None:
    found = _EXTENT.fullmatch(candidate.value)
    if found is None or is_stand_in(found["password"]):
        return None
    password, user = found["password"], found["user"]
    if password.lower() in _EVERYBODYS or password == user or _NOWHERE.search(found["host"]):
        return None
    return Match(password, 0.8, ConfirmedBy.SHAPE, *found.span("password"))


DETECTOR = Detector(
    kind=SpanKind.SECRET,
    entity_type="URL_PASSWORD",
    proposals=(Pattern(rf"[a-z0-9]://{_USER}:{_PASSWORD}@[A-Za-z0-9]", _EXTENT, before=240, after=64, near_code=True),),
    confirm=_confirm,
    mask=lambda _value: "***",
)
