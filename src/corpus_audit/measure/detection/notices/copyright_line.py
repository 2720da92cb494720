"""Copyright lines: years and a holder. The holder may be a person, so only the first letter is shown."""

import re

from corpus_audit.measure.detection.detector import Candidate, ConfirmedBy, Detector, Match, Pattern
from corpus_audit.vocabulary import SpanKind

_MARK = r"(?:[Cc]opyright(?: ?\([Cc]\)| ?©|:)?|COPYRIGHT(?: ?\([Cc]\)| ?©|:)?|©|\([Cc]\)|版权所有)"
_YEARS = r"(?:19|20)[0-9]{2}(?:(?: ?[-,/] ?|–|—| to )(?:(?:19|20)?[0-9]{2}|present|now))*"
_HOLDER = r"(?P<holder>[^\n\r\\<>|;{}=]{2,96})(?![\x80-\xbf])"
"""What is longer is cut between characters, not within one."""
_LINE = re.compile(rf"{_MARK}[ :,]{{0,3}}(?P<years>{_YEARS})[ ,.:]{{0,3}}(?:by )?{_HOLDER}".encode())
_HOLDER_END = re.compile(
    rb"(?i)[\s.,]*\ball rights reserved.*|\s*\(?\b(?:https?://|www\.).*|\.\s.*|\s*(?:\*/|-->|\"|'\s*[,)]).*|[\s,.*#/\"'-]+\Z"
)


def _confirm(candidate: Candidate) -> Match | None:
    found = _LINE.fullmatch(candidate.value)
    holder = _HOLDER_END.sub(b"", found["holder"]).strip() if found else b""
    if found is None or not holder or not _starts_a_name(holder):
        return None
    start = found.start("holder") + found["holder"].index(holder)
    return Match(b" ".join(holder.lower().split()), 0.9, ConfirmedBy.SHAPE, 0, start + len(holder))


def _starts_a_name(holder: bytes) -> bool:
    first = holder[:4].decode(errors="ignore")[:1]
    return first.isalpha() and sum(sign > 64 for sign in holder) > 1


def _mask(value: bytes) -> str:
    found = _LINE.fullmatch(value)
    if found is None:
        return "© ***"
    holder = found["holder"].decode(errors="replace").strip()
    return f"© {found['years'].decode(errors='replace')} {holder[:1]}***"


DETECTOR = Detector(
    kind=SpanKind.NOTICE,
    entity_type="COPYRIGHT_LINE",
    proposals=(Pattern(rf"{_MARK}[ :,]{{0,3}}(?:19|20)[0-9]{{2}}", _LINE, before=40, after=200),),
    confirm=_confirm,
    mask=_mask,
)
