"""Dates of birth: a date after an English or Chinese label for one."""

import re
from datetime import date

from corpus_audit.measure.detection.detector import Candidate, ConfirmedBy, Detector, Match, Pattern
from corpus_audit.vocabulary import SpanKind

_LABEL = (
    r"(?:[Dd]ate[ _-]?[Oo]f[ _-]?[Bb]irth|DATE[ _]OF[ _]BIRTH|[Bb]irth[ _-]?[Dd]a(?:te|y)|\b[Dd]\.?[Oo]\.?[Bb]\b|"
    r"\b[Bb]orn(?: on)?\b|出生(?:日期|年月日?|时间|于)?|生日|生于)"
)
_MONTH = r"(?:[Jj]an|[Ff]eb|[Mm]ar|[Aa]pr|[Mm]ay|[Jj]un|[Jj]ul|[Aa]ug|[Ss]ep|[Oo]ct|[Nn]ov|[Dd]ec)[a-z]{0,6}"
_DATE = (
    r"(?:(?:18|19|20)[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.](?:18|19|20)[0-9]{2}|"
    r"(?:18|19|20)[0-9]{2} ?年 ?[0-9]{1,2} ?月 ?[0-9]{1,2} ?日|"
    rf"[0-9]{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH},? (?:18|19|20)[0-9]{{2}}|"
    rf"{_MONTH} [0-9]{{1,2}}(?:st|nd|rd|th)?,? (?:18|19|20)[0-9]{{2}}|(?:19|20)[0-9]{{2}}[01][0-9][0-3][0-9]\b)"
)
_SHAPE = _LABEL + r"[ \t\"'=:>*|,(：为是于]{0,16}" + _DATE
_DATE_IN_IT = re.compile(_DATE.encode())
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PARTS = re.compile(r"[0-9]+|[A-Za-z]{3,}")


def _confirm(candidate: Candidate) -> Match | None:
    found = _DATE_IN_IT.search(candidate.value)
    born = _parse(found[0].decode()) if found else None
    if found is None or born is None:
        return None
    return Match(born.isoformat().encode(), 0.85, ConfirmedBy.DATE, found.start(), found.end())


def _parse(text: str) -> date | None:
    """Return the date, reading the day first where year comes last and both orders make sense; None where none does."""
    parts = [_number(part) for part in _PARTS.findall(text) if part.isdigit() or part[:3].lower() in _MONTHS]
    if len(parts) == 1:
        parts = [parts[0] // 10000, parts[0] // 100 % 100, parts[0] % 100]
    year = max(parts)
    first, second = [part for part in parts if part != year]
    orders = ((first, second),) if parts[0] == year else ((second, first), (first, second))
    for month, day in orders:
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return None


def _number(part: str) -> int:
    return int(part) if part.isdigit() else _MONTHS.index(part[:3].lower()) + 1


DETECTOR = Detector(
    kind=SpanKind.PERSONAL_INFORMATION,
    entity_type="DATE_OF_BIRTH",
    proposals=(Pattern(_SHAPE, re.compile(_SHAPE.encode()), before=96, after=12),),
    confirm=_confirm,
)
