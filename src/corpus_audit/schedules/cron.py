"""Cron expressions: which are understood, and whether a moment is one of those they name."""

import re
from collections.abc import Iterator
from datetime import datetime

from corpus_audit.manifest.values import refusal

_NAMED = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@quarterly": "0 0 1 */3 *",
    "@yearly": "0 0 1 1 *",
}
_RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
_PART = re.compile(r"(?P<first>\*|\d{1,2})(?:-(?P<last>\d{1,2}))?(?:/(?P<step>\d{1,2}))?", re.ASCII)
_SUNDAY = 7


def check_cron(value: str) -> str:
    """Return a cron expression as it is; raises the refusal of one that is not understood."""
    if value in _NAMED:
        return value
    fields = value.split()
    if len(fields) != len(_RANGES):
        raise refusal("must be five fields such as '0 3 * * 1', or @daily, @weekly, @monthly …")
    for field, (low, high) in zip(fields, _RANGES, strict=True):
        if not all(_is_part(part, low, high) for part in field.split(",")):
            raise refusal(f"has a field that is not made of numbers from {low} to {high}, '*', '-', ',' and '/'")
    return value


def is_due(cron: str, moment: datetime) -> bool:
    """Does a cron expression name this minute? Where it names days of the month and of the week, either will do."""
    fields = _NAMED.get(cron, cron).split()
    minutes, hours, days, months, weekdays = (
        set(_numbers(field, *limits)) for field, limits in zip(fields, _RANGES, strict=True)
    )
    is_day = moment.day in days
    is_weekday = bool({moment.isoweekday(), moment.isoweekday() % _SUNDAY} & weekdays)
    is_restricted = not fields[2].startswith("*") and not fields[4].startswith("*")
    fits = (is_day or is_weekday) if is_restricted else (is_day and is_weekday)
    return moment.minute in minutes and moment.hour in hours and moment.month in months and fits


def _numbers(field: str, low: int, high: int) -> Iterator[int]:
    for part in field.split(","):
        match = _PART.fullmatch(part)
        if match is None:
            return
        first = low if match["first"] == "*" else int(match["first"])
        is_open = match["first"] == "*" or match["step"]
        last = int(match["last"]) if match["last"] else high if is_open else first
        yield from range(first, last + 1, int(match["step"] or 1))


def _is_part(part: str, low: int, high: int) -> bool:
    match = _PART.fullmatch(part)
    if match is None:
        return False
    numbers = [int(number) for number in (match["first"], match["last"]) if number not in ("*", None)]
    stepped = match["step"] is None or int(match["step"]) > 0
    return stepped and all(low <= number <= high for number in numbers) and numbers == sorted(numbers)
