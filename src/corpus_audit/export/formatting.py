"""Figures formatted for reading; the content is chosen elsewhere."""

from collections.abc import Iterable

from corpus_audit.vocabulary import NOT_RECORDED

_UNITS = ("bytes", "kB", "MB", "GB", "TB", "PB")


def format_count(value: int) -> str:
    """Return a whole number with its thousands set apart."""
    return f"{value:,}"


def count_noun(count: int, noun: str) -> str:
    """Return a number with its English noun in the right form: 1 file, 2 files."""
    return f"{format_count(count)} {noun}{'' if count == 1 else 's'}"


def format_size(value: int) -> str:
    """Return a size in decimal units with three significant digits."""
    size, unit = float(value), 0
    while size >= 999.5 and unit < len(_UNITS) - 1:
        size, unit = size / 1000, unit + 1
    return f"{value} {_UNITS[0]}" if unit == 0 else f"{size:.3g} {_UNITS[unit]}"


def format_share(value: float) -> str:
    """Return a share as a percentage; what is there but rounds to nothing is shown as less than the last digit."""
    return "< 0.1 %" if 0 < value < 0.0005 else f"{value * 100:.1f} %"


def format_month(date: str) -> str:
    """Return a date (ISO 8601, any precision) as MM/YYYY, or as YYYY when no month is recorded."""
    year, _, rest = date.partition("-")
    return f"{rest[:2]}/{year}" if rest else year


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def format_date(date: str) -> str:
    """Return a date (ISO 8601, any precision) in English words: 2 February 2025, February 2025, 2025."""
    year, *rest = date.split("-")
    if not rest or not rest[0].isdigit():
        return date
    month = _MONTHS[int(rest[0]) - 1]
    return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"


def format_day(date: str) -> str:
    """Return a date with its preposition: on 2 February 2025, in February 2025."""
    return f"{'on' if date.count('-') == 2 else 'in'} {format_date(date)}"


def listed(parts: Iterable[str]) -> str:
    """Return *parts* as an English enumeration: a, b and c."""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def recorded(values: Iterable[str]) -> list[str]:
    """Return the recorded values, each once, in their original order."""
    return list(dict.fromkeys(value for value in values if value != NOT_RECORDED))


def language_name(tag: str) -> str:
    """Return the English name of a language; the tag itself where Unicode's data has no name for it."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(tag, sep="-").get_display_name("en") or tag
    except (UnknownLocaleError, ValueError):
        return tag
