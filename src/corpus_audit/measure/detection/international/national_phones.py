"""Telephone numbers as they are dialled inside a country: their shapes, and the plans that they must fit.

A shape alone is no evidence: the number must be valid in a country that dials like this, with its area code set apart
where that country sets it apart.
"""

import re
from dataclasses import dataclass

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

from corpus_audit.measure.detection.detector import Candidate, Pattern
from corpus_audit.measure.detection.international.phone_plans import is_valid, may_be_of
from corpus_audit.measure.detection.international.phone_reading import read_number

_BEFORE = r"(?<![0-9A-Za-z_+./:,;=#&*$-])(?<![0-9][ (])"
_BEHIND = r"(?![0-9A-Za-wyz_%$:=]|[-./,][0-9]|-(?!(?:[aeo]s|[oe]n|r[ae]) )[A-Za-z]|[ ][0-9])"
"""What stands behind no number; "-es", "-ra" and the like are endings of Hungarian numerals."""
_EXTENSION = r"(?: ?(?:x|ext\.?(?![234]\b)|#) ?[0-9]{1,6}\b)?"


@dataclass(frozen=True)
class NationalShape:
    """How numbers are written where the countries of ``regions`` dial them; ``shape`` is that of the whole number."""

    shape: str
    regions: tuple[str, ...]


_TRUNK_ZERO = (
    "GB", "DE", "FR", "JP", "KR", "NL", "BE", "SE", "CH", "AT", "FI", "IE", "RO", "IN", "TW", "CN", "AU", "NZ", "ZA",
    "TR", "BR", "UA", "BG", "HR", "SK", "SI", "IL", "TH", "VN", "ID", "IR", "PK", "PH", "MY", "EG", "AE", "SA", "IT",
)  # fmt: skip
SHAPES = (
    NationalShape(r"\(0[1-9][0-9]{0,4}\)[ -]{0,2}[0-9]{2,9}(?:[ -][0-9]{2,4}){0,3}", _TRUNK_ZERO),
    NationalShape(r"0[1-9][0-9]{0,4} ?[-/] ?[0-9]{2,9}(?:[ -][0-9]{2,5}){0,3}", _TRUNK_ZERO),
    NationalShape(r"0[1-9][0-9]{0,4} [0-9]{2,9}(?:[ -][0-9]{2,4}){0,3}", _TRUNK_ZERO),
    NationalShape(r"\(351\) ?[0-9]{3} ?[0-9]{3} ?[0-9]{3}", ("PT",)),
    NationalShape(r"00[1-9][0-9]{0,2}(?:[ -][0-9]{2,4}){2,5}", ("DE",)),
    NationalShape(r"0[1-9](?:[.][0-9]{2}){4}", ("FR", "BE")),
    NationalShape(r"(?:\(06\) ?|06[- ])?[1-9][0-9]?/[0-9]{3}[- ][0-9]{3,4}", ("HU",)),
    NationalShape(r"(?:[78][ -]?)?\(?[3-9][0-9]{2}\)?[ -]?[0-9]{3}-[0-9]{2}-[0-9]{2}", ("RU", "KZ")),
    NationalShape(r"[78] \([3-9][0-9]{2}\) ?[0-9]{3}[- ][0-9]{2}[- ]?[0-9]{2}", ("RU", "KZ")),
    NationalShape(r"\(?[1-9][0-9]\)? ?9[0-9]{4}-[0-9]{4}", ("BR",)),
    NationalShape(r"\([1-9][0-9]\) [2-5][0-9]{3}-[0-9]{4}", ("BR",)),
)  # fmt: skip
_WHOLE = tuple(re.compile(shape.shape) for shape in SHAPES)
_CODES = re.compile(r"0[0-9]{4}-[0-9]{4,5}")
"""Postcodes of the United States, and ranges of codes."""
_SEQUENCE = "0123456789"
_DATE = re.compile(r"[0-3]?[0-9] ?[-./] ?[01]?[0-9] ?[-./ ] ?(?:19|20)[0-9]{2}\b")
_FEWEST_DIGITS, _MOST_DIGITS = 9, 14
_WHOLE_NATIONAL_NUMBER = (PhoneNumberType.MOBILE, PhoneNumberType.TOLL_FREE, PhoneNumberType.PREMIUM_RATE)
"""Kinds of numbers that people group as they like."""

_ANY = "|".join(shape.shape for shape in SHAPES)
_SIX_DIGITS = r"(?=(?:[^0-9]{0,3}[0-9]){6})"
"""What opens a window of digits; fewer are no number, and may lie in no window."""
PATTERN = Pattern(
    anchor=(
        r"(?:^|[^0-9A-Za-z_+./:,;=#&*$-])(?:"
        r"\((?:0[1-9][0-9]{0,4}|351)\)[ -]{0,2}[0-9]{3}|00[1-9][0-9]{0,2}(?:[ -][0-9]{2,4}){2}"
        r"|0[1-9][0-9]{0,4} ?[-/ ] ?[0-9]{2,9}(?:[ -][0-9]{2,5}|[0-9])"
        r"|0[1-9](?:[.][0-9]{2}){4}|(?:\(06\) ?|06[- ])?[1-9][0-9]?/[0-9]{3}[- ][0-9]{3}"
        r"|(?:[78][ -]?)?\(?[3-9][0-9]{2}\)?[ -]?[0-9]{3}[- ][0-9]{2}[- ]?[0-9]{2}"
        r"|\(?[1-9][0-9]\)? ?9?[0-9]{4}-[0-9]{4})"
    ),
    extent=re.compile(rf"{_BEFORE}{_SIX_DIGITS}(?:{_ANY}){_BEHIND}{_EXTENSION}".encode()),
    before=32,
    after=24,
    near_digits=True,
)


def parse_national(candidate: Candidate) -> PhoneNumber | None:
    """Return the number that the first country that writes numbers like this reads; None where none does."""
    text = re.split(r" ?[xe#]", candidate.text)[0]
    digits = "".join(filter(str.isdigit, text))
    if _DATE.match(text) or _CODES.fullmatch(text) or digits in _SEQUENCE:
        return None
    if not _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS:
        return None
    for shape, whole in zip(SHAPES, _WHOLE, strict=True):
        if whole.fullmatch(text):
            found = next((number for region in shape.regions if (number := _valid(text, region))), None)
            if found is not None:
                return found
    return None


def _valid(text: str, region: str) -> PhoneNumber | None:
    number = read_number(text, region) if may_be_of(text, region) else None
    if number is None or not is_valid(number):
        return None
    if text.startswith("00"):
        return number
    if number.country_code != _code(region):
        return None
    if phonenumbers.number_type(number) in _WHOLE_NATIONAL_NUMBER:
        return number
    return number if _first_group(text) == _first_group(_written(number)) else None


def _code(region: str) -> int:
    return phonenumbers.country_code_for_region(region)


def _written(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)


def _first_group(text: str) -> str:
    """Return the area code of a number as it is written, without the zero that some countries put before it."""
    return re.split(r"[^0-9]+", text.strip("( "))[0].lstrip("0")
