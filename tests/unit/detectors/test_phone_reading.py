"""Numbers that are read out of their digits are those that phonenumbers reads, and only the valid ones stay valid."""

import random

import phonenumbers
import pytest
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

from corpus_audit.measure.detection.international.phone_plans import is_valid
from corpus_audit.measure.detection.international.phone_reading import read_number

_FORMATS = (PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.NATIONAL, PhoneNumberFormat.E164)


def _parsed(text: str, region: str | None) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(text, region)
    except NumberParseException:
        return None


def _written(region: str) -> set[str]:
    """Return an example of each kind of a region's numbers, written in several ways, right and a little wrong."""
    chance = random.Random(region)
    texts = set()
    for kind in PhoneNumberType.values():
        number = phonenumbers.example_number_for_type(region, kind)
        for how in _FORMATS if number else ():
            text = phonenumbers.format_number(number, how)
            place = chance.randrange(len(text))
            texts |= {text, text[:-1], text + "5", text[:place] + str(chance.randrange(10)) + text[place + 1 :]}
            texts |= {"(" + text, text.replace(" ", "-"), "0" + text, "00" + text.removeprefix("+")}
    texts |= {"".join(chance.choices("0123456789", k=chance.randrange(1, 19))) for _ in range(40)}
    return texts | {"+" + text for text in texts if not text.startswith("+")}


_SOME_REGIONS = sorted({*sorted(phonenumbers.SUPPORTED_REGIONS)[::8], "AR", "BR", "CN", "GB", "IT", "MX", "RU", "US"})


@pytest.mark.parametrize("region", _SOME_REGIONS)
def test_reads_what_phonenumbers_reads(region: str) -> None:
    for text in sorted(_written(region)):
        for dialled_in in (region, None):
            number = _parsed(text, dialled_in)
            assert read_number(text, dialled_in) == number
            assert number is None or is_valid(number) == phonenumbers.is_valid_number(number)


@pytest.mark.parametrize("text", ["", "+", "(", "+007 495 123-45-67", "12", "+1", "+999 12345678", "x", "179 0012 34"])
def test_what_is_no_number_is_none_as_for_phonenumbers(text: str) -> None:
    for region in ("CN", "GB", "US", None):
        assert read_number(text, region) == _parsed(text, region)
