"""Numbers that look personal and are not: citations, identifiers of works, years, versions, sequences, tables.

The table grows with every false hit that is found; labels.yaml holds the labels of such numbers (NOT_PERSONAL).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from corpus_audit.measure.detection.detector import Candidate

_YEAR = r"(?:1[89]|20)[0-9]{2}"


_VERSION = r"(?:0|[1-9][0-9]{0,2})(?:\.(?:0|[1-9][0-9]{0,2})){1,3}"


_DIALLED = r"[178] ?\([0-9]{3}\) ?[0-9]{3}-[0-9]{4}\b"
"""A Russian or North American telephone number, whose last groups are no pages."""


_CURRENCIES = (
    "USD|EUR|GBP|CNY|RMB|JPY|CHF|PLN|CZK|HUF|SEK|NOK|DKK|RON|RUB|UAH|TRY|INR|BRL|IDR|VND|KRW|zł|zl|złotych|kr|kronor|"
    "kroner|Kč|Ft|forint|лв|руб|рублей|грн|гривень|TL|lira|Rp|đồng|euros?|Euro|dollars?|dólares|pesos|reais|reales"
)
_UNITS = (
    # measures
    "k?[Bb]ytes?|[kKMGT]i?B|[KMG]bit|km|[cm]m|km²|m²|m2|kg|hPa|[kMG]?Hz|k?Wh?|ms|sec|seconds?|years|habitants|"
    "habitantes|abitanti|Einwohner|inwoners|mieszkańców|invånare|innbyggere|indbyggere|obyvatel|lakos|человек|жителей|"
    # people and things
    "people|persons|users|customers|subscribers|visitors|holders|members|drivers|patients|calls|cards|pages|lines|records|"
    "rows|items|copies|times|units|Menschen|Personen|Kunden|Nutzer|Versicherten?|Anrufe|mal|Stück|personnes|abonnés|clients|"
    "vues|fois|personas|clientes|usuarios|ciudadanos|veces|persone|clienti|utenti|visitatori|chiamate|volte|pessoas|"
    "usuários|vezes|personen|klanten|gebruikers|keer|osób|klientów|sztuk|razy|personer|kunder|gånger|ganger|henkilöä|"
    "kappaletta|osob|lidí|fő|darab|persoane|kişi|adet|клиентов|пользователей|абонентов|граждан|раз|штук|единиц|гражданам|осіб|громадян|"
    "одиниць|разів|stuks|exemplaren|keren|unités|exemplaires|appels|unidades|llamadas|unità|copie|chamadas|jednotek|"
    "kusů|kusov|ľudí|komada|osoba|ljudi|броя|души|çağrı|τεμάχια|άτομα|κλήσεις|buc|bucăți|gabali|vienetų|tükki|stk|samtal|"
    "samtaler|puhelua|unit|orang|buah|cái|người|lượt|คน|ชิ้น|ครั้ง|เครื่อง"
)
_COUNTERS = "[件台部张張本冊册个個名人次건개대명万萬億亿]"


@dataclass(frozen=True)
class Negative:
    """What the value itself looks like, what stands directly in front of it or behind it, or several of these."""

    name: str
    value: re.Pattern[str] | None = None
    before: re.Pattern[str] | None = None
    behind: re.Pattern[str] | None = None
    reach: int = 64
    """How many characters in front of the value *before* is looked for in: more than it may match."""

    def fits(self, value: str, before: str, behind: str) -> bool:
        """True if *value* between *before* and *behind* is of this kind."""
        if self.value is not None and not self.value.fullmatch(value):
            return False
        if self.before is not None and not self.before.search(before):
            return False
        return self.behind is None or bool(self.behind.match(behind))


NEGATIVES = (
    Negative("range of years", re.compile(rf"\(?{_YEAR} ?[-–/] ?(?:{_YEAR}|[0-9]{{2}})\)?")),
    Negative("years in a row", re.compile(rf"(?:[0-9]{{1,2}} )?{_YEAR}(?:[ ,/-]+{_YEAR})+")),
    Negative("date", re.compile(rf"{_YEAR}[-./ ][0-9]{{1,2}}[-./ ][0-9]{{1,2}}")),
    Negative("date, day first", re.compile(rf"[0-9]{{1,2}}[-./ ][0-9]{{1,2}}[-./ ]{_YEAR}")),
    Negative("date and time", re.compile(rf"{_YEAR}[-./]?[01][0-9][-./]?[0-3][0-9][ T][0-9]{{2}}(?:[: ]?[0-9]{{2}})*")),
    Negative("time stamp", re.compile(r"20[0-9]{2}[01][0-9][0-3][0-9][0-2][0-9][0-5][0-9][0-5][0-9]")),
    Negative("year, volume and pages", re.compile(rf"\(?{_YEAR}[ ;,).]+[0-9]{{1,4}}[ :(][ 0-9():-]*[0-9]+[-–][0-9]+")),
    Negative("volume and pages", re.compile(r"[0-9]{1,4}[ :]+[0-9]+[-–][0-9]+"), re.compile(rf"\b{_YEAR}[ ;,]+\Z")),
    Negative("volume, issue and pages", re.compile(
             rf"(?!{_DIALLED})[0-9]{{1,4}} ?\([0-9]{{1,4}}\) ?:? ?[0-9]{{1,6}}[-–][0-9]{{1,6}}")),
    Negative("act of the Union", before=re.compile(rf"(?i:directive|regulation)[^0-9\n]{{0,24}}(?:{_YEAR}/)?\Z")),
    Negative("preprint", reach=24,
             before=re.compile(r"(?:arXiv:? ?|(?:astro-ph|cond-mat|gr-qc|hep-[a-z]{2}|math|quant-ph)/)\Z")),
    Negative("identifier of a work", before=re.compile(r"\b10\.[0-9]{4,9}/\S*\Z")),
    Negative("address on the web", before=re.compile(r"(?:https?://(?!wa\.me/)|www\.)[^\s\"'<>?=&]*\Z")),
    Negative("row of numbers", re.compile(r"(?:[0-9]+ )*(?:[0-9] ){2}[0-9](?: [0-9]+)*")),
    Negative("network", re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?:/[0-9]{1,3})+")),
    Negative("address of a host", re.compile(
             r"(?:1[0-9]{2}|2[0-4][0-9]|25[0-5])(?:\.[0-9]{1,3}){3}|(?=.*\.[0-9](?:\.|\Z))[0-9]{1,3}(?:\.[0-9]{1,3}){3}")),
    Negative("decimal fraction", re.compile(r"(?!0[0-9])[0-9]+\.[0-9]+|[+-][0-9]{4,}\.[0-9]+")),
    Negative("decimal fractions", re.compile(r"-?[0-9]{1,3}\.[0-9]{1,2}(?: -?[0-9]{1,3}\.[0-9]{1,2}){2,}")),
    # No colon directly behind a word: "Mob:-98…" is a telephone number.
    Negative("negative number", re.compile(r"[1-9][0-9]*"),
             re.compile(r"(?:[=(,\[] ?|[\"'\])] ?: ?|[A-Za-z_]: )[-\u2212]\Z")),
    Negative("year, volume and page", re.compile(rf"{_YEAR} [0-9]{{1,4}} [0-9]{{1,6}}"),
             re.compile(r"(?i)\b(?:cell|nature|science|j\.|lett\.|rev\.)[ ,]+\Z")),
    Negative("number and year of a file", re.compile(rf"[0-9]{{1,5}}/{_YEAR}")),
    Negative("article and year", re.compile(rf"[0-9]{{4,6}},? \(?{_YEAR}\)?"), re.compile(r"\b[0-9]{1,4}, \Z")),
    Negative("number of a standard",
             before=re.compile(r"\b(?:ISO|IEC|IEEE|ANSI|DIN|ITU|ECMA|MIL|ISO-IR|GB/T)(?: Std\.?| Standard)?[- ]\Z"),
             reach=24),
    Negative("postcode of Brazil", re.compile(r"[0-9]{5}-[0-9]{3}"), re.compile(r"\b(?i:cep):? \Z")),
    Negative("postcode of the United States", re.compile(r"0?[0-9]{5}-[0-9]{4}"), re.compile(r"\b[A-Z]{2} \Z")),
    Negative("date and hour",
             re.compile(rf"\(?(?:{_YEAR}-[0-9]{{2}}-[0-9]{{2}}|[0-9]{{1,2}}/[0-9]{{1,2}}/{_YEAR})[ T][0-9]{{1,2}}")),
    Negative("short date", re.compile(r"[0-3]?[0-9]/[0-3]?[0-9]/[0-9]{2}")),
    Negative("version", re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){2,5}(?:[-+][0-9]+)?"),
             re.compile(r"(?i)(?:version|kernel|release|build|linux|\bv)[ :=\"']*\Z")),
    Negative("versions from and to", re.compile(rf"{_VERSION} ?[-–/] ?{_VERSION}")),
    Negative("version and date", re.compile(rf"[0-9]{{1,3}}(?:\.[0-9]{{1,3}})+ \({_YEAR}-[0-9]{{2}}-[0-9]{{2}}\)?")),
    Negative("colour", re.compile(r"[0-9]{6}"), re.compile(r"(?:color|colour|background|fill|stroke)[^\s;]{0,20}#\Z")),
    Negative("version of many parts", re.compile(r"[0-9]\.[0-9](?:\.[0-9]{1,7}){1,3}")),
    Negative("clause of an act", before=re.compile(
             r"\b(?:D?FARS?|[0-9] (?:C\. ?F\. ?R\.|CFR|U\. ?S\. ?C\.|USC))[\s,]{0,12}"
             r"(?:(?:§§?|clauses?|sections?|parts?) ?)?\Z")),
    Negative("clause of an acquisition", re.compile(r"2?52\.2[0-9]{2}-[0-9]{1,4}")),
    Negative("number of a standard, in words", re.compile(r"[1-9][0-9]{2,8}(?:-(?:19|20)[0-9]{2})?"),
             re.compile(r"(?i)\bstandards?\)? \Z")),
    Negative("sections of a standard", re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})+/[0-9]{1,2}(?:\.[0-9]{1,2})+")),
    Negative("code points", re.compile(r"0[0-9]{3}(?: 0[0-9]{3})+")),
    Negative("example of a plan", before=re.compile(r"\b(?i:example_?number)[\"']? ?[:=] ?[\"']\Z"), reach=24),
    Negative("bytes in a row", re.compile(r"0[0-9](?: 0[0-9]){3,}")),
    Negative("numbers in a row, one of them negative", before=re.compile(r"[0-9] -\Z"), reach=24),
    Negative("seconds since 1970", re.compile(r"[0-9]{9,19}"), re.compile(r"@\Z")),
    Negative("round amount", re.compile(r"[1-9][0-9]?(?:[ .][0-9]{3})*[ .]000")),
    Negative("amount of money", re.compile(r"[0-9][0-9 .,]*"),
             behind=re.compile(rf"(?:[.,][0-9]{{2}})?[ \u00a0]?(?:[$€£¥₹₽₺₩₴฿元円]|(?:{_CURRENCIES})\b)")),
    Negative("quantity", re.compile(r"[0-9][0-9 .,]*"), behind=re.compile(rf"[ \u00a0]?(?:%|(?:{_UNITS})\b)")),
    Negative("quantity, with a counter", re.compile(r"[0-9]{5,9}"),
             behind=re.compile(rf" ?{_COUNTERS}(?![\u3400-\u9fff\uac00-\ud7af])")),
    Negative("amount of something", re.compile(r"[1-9][0-9]?(?:[ .][0-9]{3}){2}"), re.compile(r"[^\W\d_] \Z"),
             re.compile(r" (?![A-Z]|e[mx]\w{3,6}d[ao]s?\b)[^\W\d_]{4}")),
    Negative("pattern of numbers", behind=re.compile(r"[ -]?(?:##|XX|xx|\*\*)")),
    Negative("size of a file system", behind=re.compile(r" *ext[234]\b")),
    Negative("money", before=re.compile(r"(?:[$€£¥₹₽]|\b(?:USD|EUR|GBP|CNY|RMB|JPY|CHF|PLN)) ?\Z"), reach=24),
)  # fmt: skip


def _joined(patterns: Iterable[re.Pattern[str] | None]) -> re.Pattern[str]:
    """Return one pattern for several: it is tried once, and most values are of no kind in the table."""
    return re.compile("|".join(f"(?:{pattern.pattern})" for pattern in patterns if pattern is not None))


_ANYTHING = re.compile(r"(?s:.*)")


def _sides(negative: Negative) -> int:
    return sum(part is not None for part in (negative.value, negative.before, negative.behind))


_VALUES = _joined(negative.value for negative in NEGATIVES if _sides(negative) == 1)
_BEFORE = tuple(
    (reach, _joined(negative.before for negative in NEGATIVES if _sides(negative) == 1 and negative.reach == reach))
    for reach in sorted({negative.reach for negative in NEGATIVES if negative.before is not None})
)
_BEHIND = _joined(negative.behind for negative in NEGATIVES if _sides(negative) == 1)
_SEVERAL = tuple(negative for negative in NEGATIVES if _sides(negative) > 1)
_VALUES_OF_SEVERAL = _joined(negative.value or _ANYTHING for negative in _SEVERAL)

_SEQUENCES = ("01234567890123456789012345", "98765432109876543210987654")
_LEAST_DIFFERENT, _LEAST_COUNTED = 3, 3
_LEAST_IN_SEQUENCE = 12
"""Shorter ones are also what people print for a passport or an insurance number."""
_HEX = "(?=[0-9]{0,3}[A-F])[0-9A-F]{4}"
_IN_TABLE_BEFORE = re.compile(rf"(?:^|[\s,(])(?:-?[0-9.]{{1,5}}[ \t]|{_HEX}\s|(?:[0-9A-Fa-f]{{2}} ){{3}})\Z")
_IN_TABLE_BEHIND = re.compile(rf"(?:[ \t]-?[0-9.]{{1,5}}|\s{_HEX})(?:[\s,)]|\Z)")
_BEFORE_BYTES, _BEHIND_BYTES = 64, 24
_REMEMBERED = 64
"""A number beside several labels is looked at once."""


def is_something_else(candidate: Candidate, value: str) -> bool:
    """True if *value* at the start of *candidate* is of a kind in the table, or no more than a sequence."""
    rest = candidate.value[len(value.encode()) :] + candidate.after(_BEHIND_BYTES)
    return _is_something_else(value, candidate.before(_BEFORE_BYTES), rest[:_BEHIND_BYTES])


@lru_cache(maxsize=_REMEMBERED)
def _is_something_else(value: str, ahead: bytes, rest: bytes) -> bool:
    digits = "".join(filter(str.isdigit, value))
    is_sequence = len(digits) >= _LEAST_IN_SEQUENCE and any(digits in sequence for sequence in _SEQUENCES)
    if len(set(digits)) < _LEAST_DIFFERENT or is_sequence:
        return True
    if _counts_up(value):
        return True
    before, behind = ahead.decode(errors="replace"), rest.decode(errors="replace")
    if _VALUES.fullmatch(value) or _is_led(before) or _BEHIND.match(behind):
        return True
    may_fit = _VALUES_OF_SEVERAL.fullmatch(value) is not None
    return may_fit and any(negative.fits(value, before, behind) for negative in _SEVERAL)


def _is_led(before: str) -> bool:
    return any(pattern.search(before, max(0, len(before) - reach)) for reach, pattern in _BEFORE)


def _counts_up(value: str) -> bool:
    """True for groups of which each is one more than the one before it, as in tables of codes."""
    groups = value.split()
    numbers = [int(group) for group in groups if group.isdecimal()]
    return len(numbers) == len(groups) >= _LEAST_COUNTED and all(late == early + 1 for early, late in pairwise(numbers))


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
    PlaceInCode("negative integers before it", r"-[0-9]{3,},\s*", r"\s*[\]),]"),
    PlaceInCode("integers of other sizes around it", r"(?<![0-9])(?:[0-9]{7,10}|[0-9]{12,}),\s+", r",\s*[0-9]{6}"),
    PlaceInCode("key of a table", r"[\"']", r"[\"'] ?: ?[{\[]"),
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
    before, behind = candidate.before(12).decode(errors="replace"), candidate.after(8).decode(errors="replace")
    return bool(_IN_TABLE_BEFORE.search(before) or _IN_TABLE_BEHIND.match(behind))
