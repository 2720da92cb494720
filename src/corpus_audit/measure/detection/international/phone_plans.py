"""Regions that a telephone number cannot belong to, told by its digits: cheaper than reading it in each.

phonenumbers takes some 20 microseconds to read a number in a region. All it takes away from digits is the code of the
country and prefixes in front of them; what is left must fit a plan of the country, and one of its kinds of numbers.
"""

import re
from functools import cache, lru_cache

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumber, PhoneNumberDesc, national_significant_number
from phonenumbers.phonenumberutil import COUNTRY_CODE_TO_REGION_CODE
from phonenumbers.re_util import enable_pattern_cache

enable_pattern_cache()  # there are more of its expressions than the re module remembers

_PLAIN = re.compile(r"[0-9 ().\-/]+")
"""No extension, no letters, no sign of an international number."""
_NOT_DIGITS = re.compile(r"[^0-9]+")
_REMEMBERED = 64
"""Texts whose digits are kept: one is held against many regions in a row."""
_NOTHING = "(?!)"
_PLANS = ("general_desc",)
_KINDS = (
    "fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "personal_number", "voip", "pager", "uan",
    "voicemail",
)  # fmt: skip


def may_be_of(text: str, region: str) -> bool:
    """False if *text* is no valid number that is dialled in *region*; True also where that is unknown."""
    digits = plain_digits(text)
    if not digits:
        return True
    # The kinds are long expressions, of which a plan alone spares most.
    return all(_shape(region, parts).match(digits) for parts in (_PLANS, _KINDS))


def is_valid(number: PhoneNumber) -> bool:
    """Return what phonenumbers.is_valid_number does, with one expression for all kinds of numbers of a region."""
    digits = national_significant_number(number)
    for region in COUNTRY_CODE_TO_REGION_CODE.get(number.country_code or 0, ()):
        metadata = PhoneMetadata.metadata_for_region(region)
        if metadata is None:
            return bool(phonenumbers.is_valid_number(number))
        fits = bool(_valid_numbers(metadata).match(digits))
        # Regions that share a code are told apart by their first digits, if those are known, else by what fits.
        if fits if metadata.leading_digits is None else _expression(metadata.leading_digits).match(digits):
            return fits
    return False


@lru_cache(maxsize=_REMEMBERED)
def plain_digits(text: str) -> str:
    """Return the digits of a text, or none where it holds more than them and what stands between them."""
    return _NOT_DIGITS.sub("", text) if _PLAIN.fullmatch(text) else ""


@cache
def _shape(region: str, parts: tuple[str, ...]) -> re.Pattern[str]:
    """Return what digits of valid numbers that are dialled in a region look like, by some parts of its metadata."""
    metadata = PhoneMetadata.metadata_for_region(region)
    if metadata is None or metadata.country_code is None or metadata.national_prefix_transform_rule:
        return re.compile("")  # its plan makes other digits of those that are written
    numbers = {number for other in COUNTRY_CODE_TO_REGION_CODE[metadata.country_code] for number in _of(other, parts)}
    prefix = f"(?:{metadata.national_prefix_for_parsing}){{0,2}}" if metadata.national_prefix_for_parsing else ""
    abroad = f"|{metadata.international_prefix}" if metadata.international_prefix else ""
    return re.compile(f"(?:{metadata.country_code})?{prefix}(?:{'|'.join(sorted(numbers))})\\Z{abroad}")


_VALID: dict[str, re.Pattern[str]] = {}


@cache
def _expression(text: str) -> re.Pattern[str]:
    return re.compile(text)


def _valid_numbers(metadata: PhoneMetadata) -> re.Pattern[str]:
    """Return what the valid numbers of a region look like: its general plan, and that of one of their kinds."""
    if metadata.id not in _VALID:
        kinds = "|".join(filter(None, (_described(getattr(metadata, kind)) for kind in _KINDS)))
        general = _described(metadata.general_desc)
        _VALID[metadata.id] = re.compile(rf"(?={general}\Z)(?:{kinds or _NOTHING})\Z")
    return _VALID[metadata.id]


def _described(desc: PhoneNumberDesc | None) -> str:
    """Return the expression for a kind of numbers, of the lengths it has; "" for one that has none."""
    lengths = [length for length in desc.possible_length if length > 0] if desc else []
    if desc is None or not desc.national_number_pattern or (desc.possible_length and not lengths):
        return ""
    sizes = "|".join(f"[0-9]{{{length}}}" for length in lengths) or "[0-9]*"
    return rf"(?:(?=(?:{sizes})\Z)(?:{desc.national_number_pattern}))"


def _of(region: str, parts: tuple[str, ...]) -> list[str]:
    """Return the expressions for some parts of a region's metadata."""
    metadata = PhoneMetadata.metadata_for_region(region)
    found = (getattr(metadata, part) for part in parts)
    return [part.national_number_pattern for part in found if part is not None and part.national_number_pattern]
