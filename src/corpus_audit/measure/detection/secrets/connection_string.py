"""Passwords and keys in connection strings of databases and message services."""

import re

from corpus_audit.measure.detection.detector import Candidate, ConfirmedBy, Detector, Match, Pattern
from corpus_audit.measure.detection.secrets.strength import is_stand_in
from corpus_audit.vocabulary import SpanKind

_PLACE = r"(?i:server|data source|host|endpoint|accountname|addr|address)"
_NAME = r"(?i:password|pwd|accountkey|sharedaccesskey)"
_EXTENT = re.compile(
    rf"{_PLACE} ?=[^\n\"'=;]{{1,160}};(?:[^\n\"';]{{1,160}};){{0,6}}? ?"
    rf"{_NAME} ?= ?(?P<password>[^;\"'\s]{{6,128}})".encode()
)


def _confirm(candidate: Candidate) -> Match | None:
    found = _EXTENT.fullmatch(candidate.value)
    if found is None or is_stand_in(found["password"]):
        return None
    return Match(found["password"], 0.8, ConfirmedBy.SHAPE, *found.span("password"))


DETECTOR = Detector(
    kind=SpanKind.SECRET,
    entity_type="CONNECTION_STRING",
    proposals=(Pattern(rf"; ?{_NAME} ?= ?[^;\"'\s]{{6}}", _EXTENT, before=600, after=140),),
    confirm=_confirm,
    mask=lambda _value: "***",
)
