"""Telephone numbers read out of plain digits: what phonenumbers.parse gives, several times faster.

parse looks for extensions, letters, digits of other scripts and parameters of URIs each time. Most numbers have only
digits and what stands between them; what is left to do is to tell the code of the country and the prefix in front.
Whatever is less plain than that, parse reads.
"""

import re
from functools import cache
from typing import NamedTuple

import phonenumbers
from phonenumbers import NumberParseException, PhoneMetadata, PhoneNumber
from phonenumbers.phonenumberutil import COUNTRY_CODE_TO_REGION_CODE

from corpus_audit.measure.detection.international.phone_plans import plain_digits

_ABROAD = ("+", "(+")
_LONGEST_CODE = 3
_FEWEST_DIGITS, _MOST_DIGITS = 3, 17


class _Plan(NamedTuple):
    """How a country dials: its code, what is dialled to leave it and before a number inside it, and its numbers."""

    code: int
    abroad: re.Pattern[str] | None
    prefix: re.Pattern[str] | None
    national: re.Pattern[str]
    lengths: frozenset[int]


def read_number(text: str, region: str | None = None) -> PhoneNumber | None:
    """Return what phonenumbers.parse gives for a text that is dialled in a region; None where it finds no number."""
    number = _read_plain(text, region)
    if number is not None:
        return number
    try:
        return phonenumbers.parse(text, region)
    except NumberParseException:
        return None


def _read_plain(text: str, region: str | None) -> PhoneNumber | None:
    """Return a number that is told by its digits alone; None where parse must look."""
    is_abroad = text.startswith(_ABROAD)
    digits = plain_digits(text.removeprefix("(").removeprefix("+") if is_abroad else text)
    if is_abroad:
        region, digits = _split_code(digits)
    plan = _plan(region) if region else None
    if plan is None or not digits or not (is_abroad or _is_national(digits, plan)):
        return None
    national = _without_prefix(digits, plan)
    if national.startswith("0") or not _FEWEST_DIGITS <= len(national) <= _MOST_DIGITS:
        return None
    return PhoneNumber(country_code=plan.code, national_number=int(national))


def _split_code(digits: str) -> tuple[str, str]:
    """Return the first region of the country whose code digits begin with, and the rest; "" for both without one."""
    for size in () if digits.startswith("0") else range(1, min(len(digits), _LONGEST_CODE) + 1):
        regions = COUNTRY_CODE_TO_REGION_CODE.get(int(digits[:size]))
        if regions:
            return regions[0], digits[size:]
    return "", ""


def _is_national(digits: str, plan: _Plan) -> bool:
    """True if digits that are dialled in a country begin neither with its code nor with what is dialled to leave it."""
    return not digits.startswith(str(plan.code)) and not (plan.abroad and plan.abroad.match(digits))


def _without_prefix(digits: str, plan: _Plan) -> str:
    """Return digits without the prefix that is dialled inside a country; "" where that is not plain."""
    found = plan.prefix.match(digits) if plan.prefix else None
    if found is None:
        return digits
    rest = digits[found.end() :]
    is_plain = plan.prefix is not None and not plan.prefix.groups and len(rest) in plan.lengths
    return rest if is_plain and plan.national.fullmatch(rest) else ""


@cache
def _plan(region: str) -> _Plan | None:
    """Return the plan of a region; None where phonenumbers knows none, or one that makes other digits of some."""
    metadata = PhoneMetadata.metadata_for_region(region)
    desc = metadata.general_desc if metadata else None
    if metadata is None or metadata.country_code is None or metadata.national_prefix_transform_rule:
        return None
    if desc is None or not desc.national_number_pattern:
        return None
    prefix, abroad = metadata.national_prefix_for_parsing, metadata.international_prefix
    return _Plan(
        metadata.country_code,
        re.compile(abroad) if abroad else None,
        re.compile(prefix) if prefix else None,
        re.compile(desc.national_number_pattern),
        frozenset(desc.possible_length) - frozenset(desc.possible_length_local_only),
    )
