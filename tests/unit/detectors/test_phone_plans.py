import random

import phonenumbers
import pytest
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from corpus_audit.measure.detection.international.national_phones import SHAPES
from corpus_audit.measure.detection.international.phone_plans import may_be_of

REGIONS = sorted({region for shape in SHAPES for region in shape.regions} | {"US", "MX", "AR", "PL", "ES"})
BETWEEN = ("", "", "", "", " ", "-", ".", " (", ") ", "/")


def is_valid(text: str, region: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(text, region))
    except NumberParseException:
        return False


def examples(region: str) -> list[str]:
    found = [phonenumbers.example_number_for_type(region, kind) for kind in range(PhoneNumberType.VOICEMAIL + 1)]
    written = []
    for number in filter(None, found):
        written += [phonenumbers.format_number(number, style) for style in range(PhoneNumberFormat.RFC3966)]
        written += [phonenumbers.national_significant_number(number), f"{number.country_code}{number.national_number}"]
    return [text.removeprefix("+") for text in written] + [text for text in written if text.startswith("+")]


@pytest.mark.parametrize("region", ["DE", "GB", "BR", "AR", "IT", "US", "FR", "JP"])
def test_every_number_of_a_region_may_be_of_it(region):
    assert all(may_be_of(text, region) for text in examples(region) if is_valid(text, region))


def test_what_no_plan_knows_is_passed_over_and_nothing_else():
    chance = random.Random(3)
    spared = 0
    for _ in range(1500):
        digits = chance.choice(("", "0", "00", "49", "44", "1", "55")) + str(chance.randrange(10**5, 10**13))
        text = "".join(digit + chance.choice(BETWEEN) for digit in digits).strip()
        region = chance.choice(REGIONS)
        spared += not may_be_of(text, region)
        assert may_be_of(text, region) or not is_valid(text, region), (text, region)
    assert spared > 750


@pytest.mark.parametrize("text", ["030 12345678 ext. 5", "+49 30 12345678", "0800 FLOWERS", ""])
def test_what_is_more_than_digits_may_be_of_any_region(text):
    assert may_be_of(text, "DE")
