"""Checks of national numbers that python-stdnum has not, or makes against today's date.

An audit gives the same result on any day, so that a birth date must exist here, and may lie in the future.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from stdnum import luhn, verhoeff
from stdnum.dk import cpr
from stdnum.exceptions import ValidationError
from stdnum.no import fodselsnummer


@dataclass(frozen=True)
class UndatedFormat:
    """A number of so many digits, or of one of several lengths, and whether its digits hold together."""

    digits: int | tuple[int, ...]
    holds: Callable[[str], bool]

    def is_valid(self, number: str) -> bool:
        """True if a number has the right length and its digits hold together."""
        compact = self.compact(number)
        lengths = self.digits if isinstance(self.digits, tuple) else (self.digits,)
        return len(compact) in lengths and compact.isascii() and compact.isdigit() and self.holds(compact)

    def compact(self, number: str) -> str:
        """Return a number without its separators."""
        return "".join(filter(str.isalnum, number))


def _has_birth_date(number: str, read: Callable[[str], object]) -> bool:
    try:
        read(number)
    except ValidationError:
        return False
    return True


def _holds_norwegian(number: str) -> bool:
    expected = (fodselsnummer.calc_check_digit1(number), fodselsnummer.calc_check_digit2(number))
    return (number[-2], number[-1]) == expected and _has_birth_date(number, fodselsnummer.get_birth_date)


def _holds_belgian(number: str) -> bool:
    """True if the last two digits are 97 less the rest of the others, in one century or the other."""
    is_checked = any(97 - int(century + number[:-2]) % 97 == int(number[-2:]) for century in ("", "2"))
    return is_checked and int(number[2:4]) % 20 <= _MONTHS


_MONTHS = 12


def _weighted(number: str, weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False))


def _has_kazakh_check_digit(number: str) -> bool:
    """True if the twelfth digit is the weighted rest by 11; where that is ten, other weights decide."""
    rest = _weighted(number, range(1, 12)) % 11
    if rest == _TEN:
        rest = _weighted(number, (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)) % 11
    return rest == int(number[-1]) and 0 < int(number[2:4]) <= _MONTHS


def _holds_kazakh(number: str) -> bool:
    return _has_kazakh_check_digit(number) and number[6] in "0123456"


def _holds_kazakh_of_business(number: str) -> bool:
    """True of a month of registration, then what a business is (4, 5, 6), and its kind (0 to 3)."""
    return _has_kazakh_check_digit(number) and number[4] in "456" and number[5] in "0123"


_TEN = 10


def _holds_iranian(number: str) -> bool:
    rest = _weighted(number[:-1], range(10, 1, -1)) % 11
    return int(number[-1]) == (rest if rest < 2 else 11 - rest)


def _holds_uruguayan(number: str) -> bool:
    return -_weighted(number, (2, 9, 8, 7, 6, 3, 4)) % _TEN == int(number[-1])


def _holds_russian(number: str) -> bool:
    """True if the last two digits are the weighted sum of the others by 101, where 100 is written 00."""
    return _weighted(number[:9], range(9, 0, -1)) % 101 % 100 == int(number[-2:])


def _holds_hungarian(number: str) -> bool:
    """True if the last digit is the weighted sum of the others: nine of social security, ten of tax, eleven of people.

    Act XX of 1996: the weights of a person's number turn round for those born since 1997. A tax number begins with 8.
    """
    if len(number) == _SOCIAL_SECURITY:
        return _weighted(number[:8], (3, 7) * 4) % _TEN == int(number[-1])
    body, last = number[:-1], int(number[-1])
    rising = range(1, len(number))
    if len(number) == _TEN:
        return number[0] == "8" and _weighted(body, rising) % 11 == last
    return (
        last in (_weighted(body, rising) % 11, _weighted(body, rising[::-1]) % 11) and 0 < int(number[3:5]) <= _MONTHS
    )


_SOCIAL_SECURITY = 9


def _holds_luxembourgish(number: str) -> bool:
    """True if a birth date and a sequence are followed by the check digits of Luhn and of Verhoeff over both."""
    body = number[:-2]
    has_date = 0 < int(number[4:6]) <= _MONTHS and 0 < int(number[6:8]) <= _DAYS
    return has_date and number[-2:] == luhn.calc_check_digit(body) + verhoeff.calc_check_digit(body)


_DAYS = 31


BE_NATIONAL_NUMBER = UndatedFormat(11, _holds_belgian)
DK_CPR = UndatedFormat(10, partial(_has_birth_date, read=cpr.get_birth_date))
HU_NUMBERS = UndatedFormat((9, 10, 11), _holds_hungarian)
IR_NATIONAL_ID = UndatedFormat(10, _holds_iranian)
KZ_BIN = UndatedFormat(12, _holds_kazakh_of_business)
KZ_IIN = UndatedFormat(12, _holds_kazakh)
LU_NATIONAL_NUMBER = UndatedFormat(13, _holds_luxembourgish)
NO_FODSELSNUMMER = UndatedFormat(11, _holds_norwegian)
RU_SNILS = UndatedFormat(11, _holds_russian)
UY_CEDULA = UndatedFormat(8, _holds_uruguayan)
