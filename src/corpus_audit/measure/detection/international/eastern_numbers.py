"""Numbers of documents, taxes, pensions and health that states of Asia, Africa and Oceania give to people.

A row is a family of labels, and what a value looks like in capitals without separators: a shape with letters in their
places is believed beside a label that says little ("Licence No."), digits alone only beside one that says much.
"""

import re

from corpus_audit.measure.detection.detector import Detector
from corpus_audit.measure.detection.international.mostly_letters import find_mostly_letters
from corpus_audit.measure.detection.international.national_numbers import NationalNumber

_CARD, _LICENSE = "NATIONAL_ID", "DRIVER_LICENSE"


def _row(
    labels: str, shape: str, *, written: str = "", entity_type: str = _CARD, needs_mark: bool = False
) -> NationalNumber:
    pattern = re.compile(written) if written else None
    return NationalNumber(entity_type, None, shape, written=pattern, labels=f"IDENTITY_{labels}", needs_mark=needs_mark)


_BIRTH_DATE = "[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_OF_INDIAN_DRIVERS = r"[A-Z]{2}[0-9]{2}(?:19|20)?[0-9]{9,11}"

NUMBERS = (
    _row("AE_FILE", r"[1-9]0[1-9](?:19|20)[0-9]{2}[0-9]{6,8}"),
    _row("AE_LABOUR", r"[0-9]{8,9}"),
    _row("AE_UNIFIED", r"[0-9]{8,11}"),
    _row("AU_CRN", r"[0-9]{9}[A-Z]", written=r"[0-9]{3} ?[0-9]{3} ?[0-9]{3} ?[A-Z]"),
    _row("AU_DIRECTOR", r"036[0-9]{10,12}"),
    _row("AU_DVA", r"[NQSTVW][A-Z]{1,3}[0-9]{2,6}[A-Z]?"),
    _row("AU_IMMI", r"[A-Z]{3}[0-9]{6}"),
    _row("AU_VISA", r"[0-9]{13}"),
    _row("BD_BIRTH", r"(?:19|20)[0-9]{15}"),
    _row("BD_DL", r"[A-Z]{2}[0-9]{7}[A-Z]{1,2}[0-9]{4,5}", entity_type=_LICENSE),
    _row("BD_TIN", r"[0-9]{12}"),
    _row("BI", r"[0-9]{10,14}", written=r"[0-9]{4}/[0-9]{3}\.?[0-9]{3}/[0-9]{4}"),
    _row("CD_TAX", r"[A-Z][0-9]{7}[A-Z]"),
    _row("CI_ATTESTATION", r"[A-Z][0-9]{10}"),
    _row("CNPS", r"[0-9]{12,14}"),
    _row("CN_DRIVER", r"[1-6][0-9]{11}", entity_type=_LICENSE),
    _row("CN_FIRST", rf"[1-6][0-9]{{5}}{_BIRTH_DATE}[0-9]{{3}}"),
    _row("CN_PERMANENT", r"9[0-9]{16}[0-9X]|[A-Z]{3}[0-9]{12}"),
    _row("CN_TAIWAN", r"[0-9]{8}(?:[0-9]{2})?"),
    _row("CN_TRAVEL", r"[CHLMTW][0-9]{8}(?:[0-9]{2})?|C[A-Z][0-9]{7}"),
    _row("CV", r"(?:19|20)[0-9]{6}[FM][0-9]{3}[A-Z]"),
    _row("DZ_CARD", r"[0-9]{9}|[0-9]{7}", needs_mark=True),
    _row("GH_DL", r"[A-Z]{3}[0-9]{13}", entity_type=_LICENSE),
    _row("HK_MPF", r"[0-9]{10}"),
    _row("HK_TAX", r"[0-9][0-9A-Z][0-9]{9}"),
    _row("ID_KITAS", r"[0-9][A-Z][0-9]{2}[A-Z]{2}[0-9]{4}[A-Z]"),
    _row("ID_NIP", r"(?:19|20)[0-9]{6}(?:19|20)[0-9]{4}[12][0-9]{3}"),
    _row("ID_NISN", r"[0-9]{10}"),
    _row("ID_SIM", r"[0-9]{12}|[0-9]{14}", entity_type=_LICENSE),
    _row("IN_APAAR", r"[0-9]{12}"),
    _row("IN_DIN", r"[0-9]{8}", needs_mark=True),
    _row("IN_DL", _OF_INDIAN_DRIVERS, written=_OF_INDIAN_DRIVERS, entity_type=_LICENSE),
    _row("IN_ESIC", r"[0-9]{10}|[0-9]{17}"),
    _row("IN_OCI", r"[A-Z][0-9]{6,8}"),
    _row("IN_PF", r"[A-Z]{4,5}[0-9]{17}|[A-Z]{5}[0-9]{10,14}"),
    _row("IN_PRAN", r"[0-9]{12}"),
    _row("IN_RATION", r"[A-Z]{0,5}[0-9]{8,15}"),
    _row("IR_BIRTH", r"[0-9]{6,10}"),
    _row("JP_EMPLOYMENT", r"[0-9]{11}"),
    _row("KE_HEALTH", r"CR[0-9]{13,14}|R[0-9]{7}"),
    _row("KR_CUSTOMS", r"P[0-9]{12}", written=r"P[0-9]{12}"),
    _row("MA_DRIVER", r"[0-9]{8}", written=r"[0-9]{2}/[0-9]{6}", entity_type=_LICENSE),
    _row("MA_STAY", r"[A-Z][0-9]{6}[A-Z]"),
    _row("MO", r"[1578][0-9]{7}", written=r"[1578][0-9]{6} ?\([0-9]\)?"),
    _row("MU_TAN", r"[0-9]{8}"),
    _row("MV", r"A[0-9]{6}"),
    _row("MY_ARMY", r"T[0-9]{6,7}"),
    _row("MY_OLD", r"[A-Z]?[0-9]{7}"),
    _row("MY_TAX", r"(?:C|CS|D|E|F|FA|IG|J|LE|OG|PT|SG|TA|TC|TN|TR|TP)[0-9]{8,11}"),
    _row("MZ_DIRE", r"[0-9]{2}[A-Z]{2}[0-9]{8}[A-Z]"),
    _row("NG_DL", r"[A-Z]{3}[0-9]{5}[A-Z]{2}[0-9]{2}", entity_type=_LICENSE),
    _row("NG_RSA", r"PEN[0-9]{12,13}", written=r"PEN[0-9]{12,13}"),
    _row("NG_VNIN", r"[A-Z]{2}[0-9]{12}[A-Z]{2}", written=r"[A-Z]{2}[0-9]{12}[A-Z]{2}"),
    _row("NG_VOTER", r"90F5[0-9A-Z]{15}", written=r"90F5[0-9A-Z]{15}"),
    _row("NP_DL", r"[0-9]{12}", entity_type=_LICENSE),
    _row("NP_PAN", r"[0-9]{9}"),
    _row("NZ_CLIENT", r"[0-9]{8,9}"),
    _row("NZ_DL", r"[A-Z]{2}[0-9]{6}", entity_type=_LICENSE),
    _row("NZ_NSN", r"[0-9]{10}", needs_mark=True),
    _row("PH_ACR", r"[A-Z][0-9]{9}"),
    _row("PH_CARD", r"[0-9]{16}|[0-9]{12}"),
    _row("PH_DL", r"[A-Z][0-9]{10}", entity_type=_LICENSE),
    _row("PH_PRC", r"[0-9]{7}"),
    _row("PH_VOTER", r"[0-9]{8}[A-Z]{2}[0-9]{4}[A-Z]{3}[0-9]{5}"),
    _row(
        "PK_DL", r"[A-Z]{2,3}[0-9]{5,8}|[0-9]{16,19}", written=r"[A-Z]{2,3}-[0-9]{2}-[0-9]{3,6}", entity_type=_LICENSE
    ),
    _row("PK_NTN", r"[0-9]{8}|[0-9]{13}"),
    _row("SA_BORDER", r"[3-6][0-9]{9}"),
    _row("SG_WORK", r"[0-9]{9}"),
    _row("TH_LASER", r"[A-Z]{2}[0-9]{10}"),
    _row("TIN", r"[0-9]{9,14}", needs_mark=True),
    _row("TW_NHI", r"0000[0-9]{8}"),
    _row("TZ_VOTER", r"T[0-9]{12}"),
    _row("UG_DL", r"[0-9]{10}", written=r"[0-9]{8}/[0-9]/[0-9]", entity_type=_LICENSE),
    _row("ZA_ASYLUM", r"[A-Z]{6}[0-9]{11}"),
    _row("ZA_DL", r"[0-9]{8,12}[A-Z]{1,4}", entity_type=_LICENSE),
    _row("ZA_TAX", r"[0-39][0-9]{9}"),
    _row("ZA_UIF", r"U[0-9]{8}"),
)

_FEW_DIGITS = {
    "IDENTITY_IR_BIRTH": (r"شماره شناسنامه|ش\.ش|\bshenasname", r"[0-9]{1,6}"),
}
"""Words in front of numbers that have too few digits for labelled places, and how such numbers look."""


def _detector_of(number: NationalNumber) -> Detector:
    words, shape = _FEW_DIGITS.get(number.labels, ("", ""))
    found = number.detector()
    return find_mostly_letters(found, words, shape, lambda _value: None, signs="") if words else found


DETECTORS = tuple(map(_detector_of, NUMBERS))
