"""Regions that a telephone number cannot belong to, told by its digits: cheaper than reading it in each.

phonenumbers takes some 20 microseconds to read a number in a region. All it takes away from digits is the code of the
country and prefixes in front of them; what is left must fit a plan of the country, and one of its kinds of numbers.
"""

import re
from functools import cache, lru_cache

from phonenumbers import PhoneMetadata
from phonenumbers.phonenumberutil import COUNTRY_CODE_TO_REGION_CODE
from phonenumbers.re_util import enable_pattern_cache

enable_pattern_cache()  # there are more of its expressions than the re module remembers

_PLAIN = re.compile(r"[0-9 ().\-/]+")
"""No extension, no letters, no sign of an international number."""
_NOT_DIGITS = re.compile(r"[^0-9]+")
_REMEMBERED = 64
"""Texts whose digits are kept: one is held against many regions in a row."""
_PLANS = ("general_desc",)
_KINDS = (
    "fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "personal_number", "voip", "pager", "uan",
    "voicemail",
)  # fmt: skip


def may_be_of(text: str, region: str) -> bool:
    """False if *text* is no valid number that is dialled in *region*; True also where that is unknown."""
    digits = _plain_digits(text)
    if not digits:
        return True
    # The kinds are long expressions, of which a plan alone spares most.
    return all(_shape(region, parts).match(digits) for parts in (_PLANS, _KINDS))


@lru_cache(maxsize=_REMEMBERED)
def _plain_digits(text: str) -> str:
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


def _of(region: str, parts: tuple[str, ...]) -> list[str]:
    """Return the expressions for some parts of a region's metadata."""
    metadata = PhoneMetadata.metadata_for_region(region)
    found = (getattr(metadata, part) for part in parts)
    return [part.national_number_pattern for part in found if part is not None and part.national_number_pattern]
