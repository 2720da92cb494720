"""Numbers of one country behind a label of another, or of none: "social security number: 4876 100987".

A row is a format that few numbers fit by chance: it has a date of birth, two check digits, or letters in their places.
Its number is believed directly behind any label of a person's number that means nothing else.
"""

import re
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from stdnum.at import vnr
from stdnum.br import cpf
from stdnum.cn import ric
from stdnum.de import idnr
from stdnum.es import nie, nif
from stdnum.fr import nir
from stdnum.it import codicefiscale
from stdnum.kr import rrn
from stdnum.pl import pesel
from stdnum.se import personnummer

from corpus_audit.measure.detection.checked_numbers import holds, labelled_detector
from corpus_audit.measure.detection.de.pension_insurance import check_pension_insurance
from corpus_audit.measure.detection.detector import ConfirmedBy, LabelledForm, Match
from corpus_audit.measure.detection.hk.identity_card import check_of_hong_kong
from corpus_audit.measure.detection.international import (
    eastern_numbers,
    identity_formats,
    identity_numbers,
    national_numbers,
)
from corpus_audit.measure.detection.tw.identity_card import check_taiwanese

_SCORE = 0.85
"""Less than that of the type whose label it is."""
_HARD_TO_FIT = (
    "BE_NATIONAL_NUMBER", "BG_EGN", "CH_AHV", "CZ_BIRTH_NUMBER", "EE_ISIKUKOOD", "FI_HETU", "GR_AMKA", "IE_PPS",
    "IS_KENNITALA", "JMBG", "KW_CIVIL_ID", "KZ_IIN", "LT_ASMENS_KODAS", "LU_NATIONAL_NUMBER", "MX_CURP", "MY_NRIC",
    "NO_FODSELSNUMMER", "RO_CNP", "RU_SNILS", "SG_NRIC", "TR_IDENTITY", "UZ_PINFL", "ZA_ID",
)  # fmt: skip
"""Types of national_numbers.py that few numbers fit by chance."""
_LABELS = (
    "BR_CPF", "CN_RESIDENT_ID", "DE_PENSION_INSURANCE", "DE_TAX_ID", "ES_NIE", "ES_NIF", "FR_NIR", "HEALTH_INSURANCE",
    "HK_ID", "IN_AADHAAR", "IN_PAN", "IT_FISCAL_CODE", "JP_MY_NUMBER", "KR_RRN", "NL_BSN", "PL_PESEL",
    "SE_PERSONNUMMER", "TAX_NUMBER", "TW_ID", "UK_NHS", "UK_NINO", "US_ITIN", "US_SSN",
    *(number.labels or number.entity_type for number in national_numbers.NUMBERS),
    *(number.labels for number in (*eastern_numbers.NUMBERS, *identity_numbers.NUMBERS)),
)  # fmt: skip
"""The groups of labels of people's numbers that mean nothing else."""


class _Row(NamedTuple):
    """The shape of a number, and whether it holds."""

    shape: re.Pattern[str]
    holds: Callable[[str], object]


_ROWS = (
    *(
        _Row(re.compile(number.shape), partial(holds, number.number_format))
        for number in national_numbers.NUMBERS
        if number.entity_type in _HARD_TO_FIT and number.number_format is not None
    ),
    _Row(re.compile(r"[1-9][0-9]{9}"), vnr.is_valid),
    _Row(re.compile(r"[0-9]{11}"), cpf.is_valid),
    _Row(re.compile(r"[0-9]{11}"), pesel.is_valid),
    _Row(re.compile(r"[1-9][0-9]{10}"), idnr.is_valid),
    _Row(re.compile(r"[1-9][0-9]{16}[0-9X]"), partial(holds, ric)),
    _Row(re.compile(r"[0-9KLM][0-9]{7}[A-Z]"), nif.is_valid),
    _Row(re.compile(r"[XYZ][0-9]{7}[A-Z]"), nie.is_valid),
    _Row(re.compile(r"[1-478][0-9]{5}[0-9AB][0-9]{8}"), nir.is_valid),
    _Row(re.compile(r"[A-Z]{6}[0-9A-Z]{9}[A-Z]"), codicefiscale.is_valid),
    _Row(re.compile(r"[0-9]{13}"), rrn.is_valid),
    _Row(re.compile(r"(?:19|20)?[0-9]{10}"), personnummer.is_valid),
    _Row(re.compile(r"[0-9]{8}[A-Z][0-9]{3}"), check_pension_insurance),
    _Row(re.compile(r"[A-Z]{1,2}[0-9]{6}[0-9A]"), check_of_hong_kong),
    _Row(re.compile(r"[A-Z][1289][0-9]{8}"), check_taiwanese),
    _Row(identity_formats.BY_PERSONAL.shape, identity_formats.BY_PERSONAL.is_valid),
    _Row(identity_formats.EMIRATES_ID.shape, identity_formats.EMIRATES_ID.is_valid),
    _Row(identity_formats.ES_NUSS.shape, identity_formats.ES_NUSS.is_valid),
)


def _check(value: str) -> Match | None:
    compact = "".join(filter(str.isalnum, value)).upper()
    if not any(row.shape.fullmatch(compact) and row.holds(compact) for row in _ROWS):
        return None
    return Match(compact.encode(), _SCORE, f"{ConfirmedBy.CHECKSUM}+context")


DETECTOR = labelled_detector(
    "NATIONAL_ID",
    LabelledForm(
        _LABELS,
        # Digits alone are as many as a date of birth takes, or two check digits.
        re.compile(r"[0-9]{10,18}|(?=.*[A-Z])[0-9A-Z]{8,18}"),
        _check,
        accepts=lambda value, _group: _check(value) is not None,
        has_letters=True,
        ends_in_letters=True,
        is_of_others=True,
    ),
)
