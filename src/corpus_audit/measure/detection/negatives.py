"""Numbers that look personal and are not: citations, identifiers of works, years, versions, sequences, tables.

The table grows with every false hit that is found; labels.yaml holds the labels of such numbers (NOT_PERSONAL).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from corpus_audit.measure.detection.detector import Candidate

_YEAR = r"(?:1[89]|20)[0-9]{2}"


_VERSION = r"(?:0|[1-9][0-9]{0,2})(?:\.(?:0|[1-9][0-9]{0,2})){1,3}"


_DIALLED = r"[178] ?\([0-9]{3}\) ?[0-9]{3}-[0-9]{4}\b"
"""A Russian or North American telephone number, whose last groups are no pages."""


@dataclass(frozen=True)
class Negative:
    """What the value itself looks like, what stands directly in front of it, or both."""

    name: str
    value: re.Pattern[str] | None = None
    before: re.Pattern[str] | None = None

    def fits(self, value: str, before: str) -> bool:
        """True if *value* with *before* in front of it is of this kind."""
        if self.value is not None and not self.value.fullmatch(value):
            return False
        return self.before is None or bool(self.before.search(before))


NEGATIVES = (
    Negative("range of years", re.compile(rf"\(?{_YEAR} ?[-–/] ?(?:{_YEAR}|[0-9]{{2}})\)?")),
    Negative("years in a row", re.compile(rf"{_YEAR}(?:[ ,/-]+{_YEAR})+")),
    Negative("date", re.compile(rf"{_YEAR}[-./ ][0-9]{{1,2}}[-./ ][0-9]{{1,2}}")),
    Negative("date, day first", re.compile(rf"[0-9]{{1,2}}[-./ ][0-9]{{1,2}}[-./ ]{_YEAR}")),
    Negative("date and time", re.compile(rf"{_YEAR}[-./]?[01][0-9][-./]?[0-3][0-9][ T][0-9]{{2}}(?:[: ]?[0-9]{{2}})*")),
    Negative("time stamp", re.compile(r"20[0-9]{2}[01][0-9][0-3][0-9][0-2][0-9][0-5][0-9][0-5][0-9]")),
    Negative("year, volume and pages", re.compile(rf"\(?{_YEAR}[ ;,).]+[0-9]{{1,4}}[ :(][ 0-9():-]*[0-9]+[-–][0-9]+")),
    Negative("volume and pages", re.compile(r"[0-9]{1,4}[ :]+[0-9]+[-–][0-9]+"), re.compile(rf"\b{_YEAR}[ ;,]+\Z")),
    Negative("volume, issue and pages", re.compile(
             rf"(?!{_DIALLED})[0-9]{{1,4}} ?\([0-9]{{1,4}}\) ?:? ?[0-9]{{1,6}}[-–][0-9]{{1,6}}")),
    Negative("act of the Union", before=re.compile(rf"(?i:directive|regulation)[^0-9\n]{{0,24}}(?:{_YEAR}/)?\Z")),
    Negative("preprint", before=re.compile(r"(?:arXiv:? ?|(?:astro-ph|cond-mat|gr-qc|hep-[a-z]{2}|math|quant-ph)/)\Z")),
    Negative("identifier of a work", before=re.compile(r"\b10\.[0-9]{4,9}/\S*\Z")),
    Negative("address on the web", before=re.compile(r"(?:https?://(?!wa\.me/)|www\.)[^\s\"'<>?=&]*\Z")),
    Negative("row of numbers", re.compile(r"(?:[0-9]+ )*(?:[0-9] ){2}[0-9](?: [0-9]+)*")),
    Negative("network", re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?:/[0-9]{1,3})+")),
    Negative("decimal fraction", re.compile(r"[0-9]+\.[0-9]+|[+-][0-9]{4,}\.[0-9]+")),
    Negative("decimal fractions", re.compile(r"-?[0-9]{1,3}\.[0-9]{1,2}(?: -?[0-9]{1,3}\.[0-9]{1,2}){2,}")),
    # No colon directly behind a word: "Mob:-98…" is a telephone number.
    Negative("negative number", re.compile(r"[1-9][0-9]*"),
             re.compile(r"(?:[=(,\[] ?|[\"'\])] ?: ?|[A-Za-z_]: )[-\u2212]\Z")),
    Negative("year, volume and page", re.compile(rf"{_YEAR} [0-9]{{1,4}} [0-9]{{1,6}}"),
             re.compile(r"(?i)\b(?:cell|nature|science|j\.|lett\.|rev\.)[ ,]+\Z")),
    Negative("article and year", re.compile(rf"[0-9]{{4,6}},? \(?{_YEAR}\)?"), re.compile(r"\b[0-9]{1,4}, \Z")),
    Negative("number of a standard",
             before=re.compile(r"\b(?:ISO|IEC|IEEE|ANSI|DIN|ITU|ECMA|MIL|ISO-IR|GB/T)(?: Std\.?| Standard)?[- ]\Z")),
    Negative("postcode of Brazil", re.compile(r"[0-9]{5}-[0-9]{3}"), re.compile(r"\b(?i:cep):? \Z")),
    Negative("postcode of the United States", re.compile(r"[0-9]{5}-[0-9]{4}"), re.compile(r"\b[A-Z]{2} \Z")),
    Negative("date and hour",
             re.compile(rf"\(?(?:{_YEAR}-[0-9]{{2}}-[0-9]{{2}}|[0-9]{{1,2}}/[0-9]{{1,2}}/{_YEAR})[ T][0-9]{{1,2}}")),
    Negative("short date", re.compile(r"[0-3]?[0-9]/[0-3]?[0-9]/[0-9]{2}")),
    Negative("version", re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){2,5}(?:[-+][0-9]+)?"),
             re.compile(r"(?i)(?:version|kernel|release|build|linux|\bv)[ :=\"']*\Z")),
    Negative("versions from and to", re.compile(rf"{_VERSION} ?[-–/] ?{_VERSION}")),
    Negative("version and date", re.compile(rf"[0-9]{{1,3}}(?:\.[0-9]{{1,3}})+ \({_YEAR}-[0-9]{{2}}-[0-9]{{2}}\)?")),
    Negative("colour", re.compile(r"[0-9]{6}"), re.compile(r"(?:color|colour|background|fill|stroke)[^\s;]{0,20}#\Z")),
    Negative("money", before=re.compile(r"(?:[$€£¥₹₽]|\b(?:USD|EUR|GBP|CNY|RMB|JPY|CHF|PLN)) ?\Z")),
)  # fmt: skip


def _joined(patterns: Iterable[re.Pattern[str] | None]) -> re.Pattern[str]:
    """Return one pattern for several: it is tried once, and most values are of no kind in the table."""
    return re.compile("|".join(f"(?:{pattern.pattern})" for pattern in patterns if pattern is not None))


_VALUES = _joined(negative.value for negative in NEGATIVES if negative.before is None)
_BEFORE = _joined(negative.before for negative in NEGATIVES if negative.value is None)
_BOTH = tuple(negative for negative in NEGATIVES if negative.value is not None and negative.before is not None)

_SEQUENCES = ("01234567890123456789012345", "98765432109876543210987654")
_LEAST_DIFFERENT = 3
_LEAST_IN_SEQUENCE = 12
"""Shorter ones are also what people print for a passport or an insurance number."""
_IN_TABLE_BEFORE = re.compile(r"(?:^|[\s,(])-?[0-9.]{1,5}[ \t]\Z")
_IN_TABLE_BEHIND = re.compile(r"[ \t]-?[0-9.]{1,5}(?:[\s,)]|\Z)")
_BEFORE_BYTES = 64
_REMEMBERED = 64
"""A number beside several labels is looked at once."""


def is_something_else(candidate: Candidate, value: str) -> bool:
    """True if *value* at the start of *candidate* is of a kind in the table, or no more than a sequence."""
    return _is_something_else(value, candidate.before(_BEFORE_BYTES))


@lru_cache(maxsize=_REMEMBERED)
def _is_something_else(value: str, ahead: bytes) -> bool:
    digits = "".join(filter(str.isdigit, value))
    is_sequence = len(digits) >= _LEAST_IN_SEQUENCE and any(digits in sequence for sequence in _SEQUENCES)
    if len(set(digits)) < _LEAST_DIFFERENT or is_sequence:
        return True
    before = ahead.decode(errors="replace")
    if _VALUES.fullmatch(value) or _BEFORE.search(before):
        return True
    return any(negative.fits(value, before) for negative in _BOTH)


@dataclass(frozen=True)
class PlaceInCode:
    """Where a bare integer stands in source code: what is in front of it and behind it."""

    name: str
    before: str
    behind: str = ""


_IN_CODE = (
    PlaceInCode("argument of a call", r"(?<![A-Za-z])[a-z_][A-Za-z0-9_]*\([-+]?", r"\s*[,)]"),
    PlaceInCode("set to a name", r"[A-Za-z0-9_\])] (?:[-+*/%]?=|==|!=|<|>) ", r"\s*(?:[;,)\n#+*/%-]|\Z)"),
    PlaceInCode("term", r"", r"(?:\*{1,2}|\^)[A-Za-z_(0-9]"),
    PlaceInCode("term between signs", r"[\w)\]] [-+*/%] ", r" [-+*/%] [\w(]"),
    PlaceInCode("negative integers before it", r"-[0-9]{3,},\s+", r"\s*[\]),]"),
    PlaceInCode("negative integer behind it", r"[\[(,]\s{0,20}", r", -[0-9]"),
    PlaceInCode("identifier of a record", r"(?i:(?<![a-z])id[\"']? ?[=:] ?[\"']?)"),
    PlaceInCode("part of a path", r"/[a-z_-]+/", r"(?:/|\Z|[\s\"'?#])"),
)
_CODE_BEFORE = 40
_CODE = tuple((re.compile(rf"(?:{place.before})\Z"), re.compile(place.behind)) for place in _IN_CODE)


def is_in_code(candidate: Candidate) -> bool:
    """True if a bare integer stands where source code has numbers: seeds, terms, tables, identifiers of records."""
    if not candidate.value.isdigit():
        return False
    before, behind = (
        candidate.before(_CODE_BEFORE).decode(errors="replace"),
        candidate.after(8).decode(errors="replace"),
    )
    return any(ahead.search(before) and follows.match(behind) for ahead, follows in _CODE)


def is_in_table(candidate: Candidate) -> bool:
    """True if a number grouped by spaces is a row of short numbers, as tables hold them."""
    if b" " not in candidate.value:
        return False
    before, behind = candidate.before(8).decode(errors="replace"), candidate.after(8).decode(errors="replace")
    return bool(_IN_TABLE_BEFORE.search(before) or _IN_TABLE_BEHIND.match(behind))
