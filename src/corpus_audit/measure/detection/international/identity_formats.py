"""Checks of identity and social security numbers that python-stdnum has not, each by the rule in public use.

Those of Guatemala, Nicaragua, Ontario, Brazil's voters and patients, and Scotland's patients were tried only on
values made by the same rule, the others on values of another origin too. A value has its shape in capitals without
separators; ``holds`` then looks at its check digit or letter.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from stdnum import luhn


@dataclass(frozen=True)
class ShapedFormat:
    """A number of a shape that may have letters, and whether its signs hold together."""

    shape: re.Pattern[str]
    holds: Callable[[str], bool]

    def is_valid(self, number: str) -> bool:
        """True if a number has the shape and its signs hold together."""
        compact = self.compact(number)
        return self.shape.fullmatch(compact) is not None and self.holds(compact)

    def compact(self, number: str) -> str:
        """Return a number in capitals without its separators."""
        return "".join(filter(str.isalnum, number)).upper()


def _shaped(shape: str, holds: Callable[[str], bool]) -> ShapedFormat:
    return ShapedFormat(re.compile(shape), holds)


def _weighted(digits: str, weights: Sequence[int]) -> int:
    return sum(int(digit, 36) * weight for digit, weight in zip(digits, weights, strict=True))


def _holds_as_document(number: str) -> bool:
    """True if the last digit is that of machine-readable documents (ICAO 9303): weights 7, 3, 1, letters from ten."""
    return _weighted(number[:13], (7, 3, 1) * 4 + (7,)) % 10 == int(number[13])


def _holds_portuguese(number: str) -> bool:
    return 9 - _weighted(number[:10], (29, 23, 19, 17, 13, 11, 7, 5, 3, 2)) % 10 == int(number[10])


def _rest_by_eleven(total: int) -> int:
    """Return what a total lacks to a multiple of eleven; nothing where that has two digits."""
    return -total % 11 % 10


def _holds_brazilian_pis(number: str) -> bool:
    return _rest_by_eleven(_weighted(number[:10], (3, 2, 9, 8, 7, 6, 5, 4, 3, 2))) == int(number[10])


_STATES_OF_BRAZIL = 28


def _holds_brazilian_voter(number: str) -> bool:
    """True if two digits hold, by the sequence and by the state; in the first two states a rest of nothing is one."""
    state = int(number[8:10])
    rests = (_weighted(number[:8], range(2, 10)) % 11, _weighted(number[8:11], (7, 8, 9)) % 11)
    digits = [1 if rest == 0 and state <= 2 else rest % 10 for rest in rests]
    return 0 < state <= _STATES_OF_BRAZIL and digits == [int(digit) for digit in number[10:]]


def _holds_salvadoran(number: str) -> bool:
    return -_weighted(number[:8], range(9, 1, -1)) % 10 == int(number[8])


_DEPARTMENTS_OF_GUATEMALA = 22


def _holds_guatemalan(number: str) -> bool:
    """True if the ninth digit checks the first eight, and a department and a municipality follow."""
    has_place = 0 < int(number[9:11]) <= _DEPARTMENTS_OF_GUATEMALA and int(number[11:]) > 0
    return has_place and _weighted(number[:8], range(2, 10)) % 11 == int(number[8])


def _holds_nicaraguan(number: str) -> bool:
    return "ABCDEFGHJKLMNPQRSTUVWXY"[int(number[:13]) % 23] == number[13]


def _holds_kuwaiti(number: str) -> bool:
    return 11 - _weighted(number[:11], (2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)) % 11 == int(number[11])


_LETTERS_OF_SINGAPORE = {"S": "JZIHGFEDCBA", "F": "XWUTRQPNMLK", "M": "XWUTRQPNJLK"}
_OF_CENTURY = {"S": ("S", 0), "T": ("S", 4), "F": ("F", 0), "G": ("F", 4), "M": ("M", 3)}


def _holds_singaporean(number: str) -> bool:
    """True if the letter checks the digits: other letters for foreigners, another start for those since 2000."""
    letters, start = _OF_CENTURY[number[0]]
    total = start + _weighted(number[1:8], (2, 7, 6, 5, 4, 3, 2))
    return _LETTERS_OF_SINGAPORE[letters][total % 11] == number[8]


def _holds_spanish(number: str) -> bool:
    """True if the last two digits are the rest by 97 of a province and a number, written without its leading zero."""
    province, own = int(number[:2]), int(number[2:10])
    whole = own + province * 10**7 if own < 10**7 else int(number[:10])
    return 0 < province <= _PROVINCES_OF_SPAIN and whole % 97 == int(number[10:])


_PROVINCES_OF_SPAIN = 66


def _holds_australian(number: str) -> bool:
    return _weighted(number[:8], (1, 3, 7, 9) * 2) % 10 == int(number[8])


def _holds_brazilian_patient(number: str) -> bool:
    return _weighted(number, range(15, 0, -1)) % 11 == 0


def _is_day_of_month(day: str, month: str) -> bool:
    return 0 < int(day) <= _DAYS and 0 < int(month) <= _MONTHS


_DAYS, _MONTHS = 31, 12


def _holds_scottish(number: str) -> bool:
    """True if a birth date, day first, is followed by a number whose weighted sum by eleven is nothing."""
    return _is_day_of_month(number[:2], number[2:4]) and _weighted(number, range(10, 0, -1)) % 11 == 0


AU_MEDICARE = _shaped(r"[2-6][0-9]{9,10}", _holds_australian)
BR_CNS = _shaped(r"[12789][0-9]{14}", _holds_brazilian_patient)
BR_PIS = _shaped(r"[0-9]{11}", _holds_brazilian_pis)
BR_VOTER = _shaped(r"[0-9]{12}", _holds_brazilian_voter)
BY_PERSONAL = _shaped(r"[1-6][0-9]{6}[ABCEHKM][0-9]{3}(?:BA|BI|PB)[0-9]", _holds_as_document)
CA_OHIP = _shaped(r"[0-9]{10}[A-Z]{2}", lambda number: luhn.is_valid(number[:10]))
EMIRATES_ID = _shaped(r"784[0-9]{12}", luhn.is_valid)
ES_NUSS = _shaped(r"[0-9]{12}", _holds_spanish)
GB_CHI = _shaped(r"[0-9]{10}", _holds_scottish)
GT_CUI = _shaped(r"[0-9]{13}", _holds_guatemalan)
KW_CIVIL_ID = _shaped(r"[1-3][0-9]{11}", _holds_kuwaiti)
MX_NSS = _shaped(r"[0-9]{11}", luhn.is_valid)
NI_CEDULA = _shaped(r"[0-9]{13}[A-Y]", _holds_nicaraguan)
PT_NISS = _shaped(r"[12][0-9]{10}", _holds_portuguese)
RU_ENP = _shaped(r"[0-9]{16}", luhn.is_valid)
SA_NATIONAL_ID = _shaped(r"[12][0-9]{9}|784[0-9]{12}", luhn.is_valid)
SG_NRIC = _shaped(r"[FGMST][0-9]{7}[A-Z]", _holds_singaporean)
SV_DUI = _shaped(r"[0-9]{9}", _holds_salvadoran)
UZ_PINFL = _shaped(r"[3-6][0-9]{13}", _holds_as_document)
