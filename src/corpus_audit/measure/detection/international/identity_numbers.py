"""Numbers of identity cards, social security, residence and voters, of states where one label leads to no type.

A row is a family of labels, what a value looks like in capitals without separators, and the format that decides;
without one a value is what its label says. ``written`` is how only such a value is written: beside its label, or a few
words away, it is labelled.
"""

import re

from stdnum.bg import pnf
from stdnum.cu import ni as cu_ni
from stdnum.fi import veronumero as fi_veronumero
from stdnum.gh import tin as gh_tin
from stdnum.il import idnr as il_idnr
from stdnum.in_ import epic
from stdnum.in_ import vid as in_vid
from stdnum.mu import nid as mu_nid

from corpus_audit.measure.detection.checked_numbers import NumberFormat
from corpus_audit.measure.detection.detector import Detector
from corpus_audit.measure.detection.international import identity_formats
from corpus_audit.measure.detection.international.mostly_letters import find_mostly_letters
from corpus_audit.measure.detection.international.national_numbers import NationalNumber

ENTITY_TYPE = "NATIONAL_ID"


def _row(
    labels: str,
    shape: str,
    number_format: NumberFormat | None = None,
    *,
    written: str = "",
    must_hold: bool = False,
    needs_mark: bool = False,
) -> NationalNumber:
    return NationalNumber(
        ENTITY_TYPE,
        number_format,
        shape,
        written=re.compile(written) if written else None,
        labels=f"IDENTITY_{labels}",
        must_hold=must_hold,
        needs_mark=needs_mark,
    )


_RESIDENCE = (
    r"[A-Z]{1,3}[0-9]{5,10}|[0-9]{3}[A-Z][0-9]{5}|[A-Z]{2}[0-9][A-Z][0-9]{5}|[A-Z][0-9]{2}[A-Z][0-9]{5}|[0-9]{8}"
    r"|[0-9]{11}|[A-Z]{2}[0-9]{2}[A-Z][0-9]{4}|[A-Z][0-9]{2}[A-Z][0-9]{2}[A-Z][0-9]{2}"
)
"""Numbers of residence permits: letters first, or among digits, or as many digits as Turkish and Irish cards have."""
NUMBERS = (
    _row("AD", r"[ACDEFGLOPU][0-9]{6}[A-Z]", written=r"[ACDEFGLOPU]-?[0-9]{6}-?[A-Z]"),
    _row("AD_CASS", r"[0-9]{6}[A-Z]|[A-Z][0-9]{6}[A-Z]"),
    _row("AE", r"784[0-9]{12}", identity_formats.EMIRATES_ID),
    _row("AF", r"[0-9]{13}", written=r"[0-9]{4}-[0-9]{4}-[0-9]{5}"),
    _row("AM", r"[0-9]{10}"),
    _row("AO", r"[0-9]{9}[A-Z]{2}[0-9]{3}", written=r"[0-9]{9}[A-Z]{2}[0-9]{3}"),
    _row("AZ", r"[0-9A-Z]{7}"),
    _row("BB", r"[0-9]{10}", written=r"[0-9]{6}-[0-9]{4}"),
    _row("BE_CARD", r"[0-9]{12}", written=r"59[0-9]-?[0-9]{7}-?[0-9]{2}"),
    _row("BE_DOCTOR", r"[0-9]{11}", written=r"[1-9]-[0-9]{5}-[0-9]{2}-[0-9]{3}"),
    _row("BG", r"[0-9]{10}", pnf),
    _row("BH", r"[0-9]{9}"),
    _row("BIRTH", r"[IVXL]{1,5}[A-Z]{2}[0-9]{6}", written=r"[IVX]{1,5}-?[A-Z]{2}[0-9]{6}"),
    _row("BJ", r"[0-9]{10,13}"),
    _row("BN", r"[0-9]{8}", written=r"[0135]0-[0-9]{6}|[05]1-[0-9]{6}"),
    _row("BO", r"[0-9]{6,8}(?:[0-9][A-Z])?"),
    _row("BR_PIS", r"[0-9]{11}", identity_formats.BR_PIS, must_hold=True),
    _row("BR_RNM", r"[A-Z][0-9]{6}[0-9A-Z]"),
    _row("BR_VOTER", r"[0-9]{12}", identity_formats.BR_VOTER),
    _row("BT", r"[0-9]{11}"),
    _row("BW", r"[0-9]{4}[12][0-9]{4}"),
    _row("BY", r"[1-6][0-9]{6}[ABCEHKM][0-9]{3}(?:BA|BI|PB)[0-9]", identity_formats.BY_PERSONAL),
    _row("CD", r"[0-9]{11,18}"),
    _row("CI", r"[0-9]{11}|CI?[0-9]{9,10}"),
    _row("CIN", r"[01][0-9]{7}|[0-9]{12}", needs_mark=True),
    _row("CM", r"[0-9]{9}|[0-9]{17}|[MP][0-9]{12}[A-Z]", written=r"[MP][0-9]{12}[A-Z]"),
    _row("CNSS", r"[0-9]{8,10}"),
    _row("CU", r"[0-9]{11}", cu_ni, must_hold=True),
    _row("CY", r"[0-9]{6,8}[A-Z]?"),
    _row("DE_CHILD", r"[0-9]{3}FK[0-9]{6}", written=r"[0-9]{3} ?FK ?[0-9]{6}"),
    _row("DE_SOLDIER", r"[0-9]{6}[A-Z][0-9]{5}", written=r"[0-3][0-9][01][0-9]{3}-[A-Z]-[0-9]{5}"),
    _row("DOCTOR", r"[0-9]{7,11}"),
    _row("DZ", r"[0-9]{12}|[0-9]{18}"),
    _row("DZ_NIF", r"[0-9]{15}|[0-9]{20}"),
    _row("ES_NUSS", r"[0-9]{12}", identity_formats.ES_NUSS),
    _row("ES_SUPPORT", r"[A-Z]{3}[0-9]{6}|E[0-9]{8}", written=r"[A-Z]{3}[0-9]{6}|E[0-9]{8}"),
    _row("ET", r"[0-9]{12}|[0-9]{16}"),
    _row("FAMILY", r"[0-9]{7}|[0-9]{7}[A-Z]"),
    _row("FI_TAX", r"[0-9]{12}", fi_veronumero),
    _row("FO", r"[0-9]{9}", written=r"[0-3][0-9][01][0-9]{3}-[0-9]{3}"),
    _row("FR_CARD", r"[0-9]{12}|(?:[A-Z][0-9]{2}){3}"),
    _row("GB_CHI", r"[0-9]{10}", identity_formats.GB_CHI, must_hold=True),
    _row("GH", r"GHA[0-9]{10}", written=r"GHA-?[0-9]{9}-?[0-9]"),
    _row("GH_TIN", r"[CGQVP]00[0-9A-Z]{8}", gh_tin),
    _row("GT", r"[0-9]{13}", identity_formats.GT_CUI),
    _row("HN", r"[0-9]{13,14}", written=r"(?:0[1-9]|1[0-8])[0-9]{2}-?(?:19|20)[0-9]{2}-?[0-9]{5}"),
    _row("HT", r"[0-9]{10}"),
    _row("IN_ABHA", r"[0-9]{14}", written=r"[0-9]{2}-[0-9]{4}-[0-9]{4}-[0-9]{4}"),
    _row("IN_UAN", r"[0-9]{12}"),
    _row("IN_VID", r"[0-9]{16}", in_vid),
    _row("IN_VOTER", r"[A-Z]{3}[0-9]{7}", epic),
    _row("IQ", r"(?:19|20)[0-9]{10}|[0-9]{8}"),
    _row("IT_CARD", r"[A-Z]{2}[0-9]{5}[A-Z]{2}|[A-Z]{2}[0-9]{7}"),
    _row("JE", r"JY[0-9]{6}[A-D]", written=r"JY ?[0-9]{6} ?[A-D]"),
    _row("JM", r"[0-9]{9}"),
    _row("JO", r"[29][0-9]{9}"),
    _row("JP_PENSION", r"[0-9]{10}", written=r"[0-9]{4}-[0-9]{6}"),
    _row("JP_RESIDENCE", r"[A-Z]{2}[0-9]{8}[A-Z]{2}", written=r"[A-Z]{2}[0-9]{8}[A-Z]{2}"),
    _row("KG", r"[12][0-9]{13}", written=r"[12][0-3][0-9][01][0-9](?:19|20)[0-9]{7}"),
    _row("KH", r"[0-9]{9,12}"),
    _row("LB", r"[0-9]{7,12}"),
    _row("LI", r"[0-9]{5,12}"),
    _row("LY", r"[12](?:19|20)[0-9]{9}"),
    _row("MG", r"[1-6][0-9]{11}"),
    _row("MILITARY", r"[A-Z]{2}[0-9]{6,7}"),
    _row("MR", r"[0-9]{10}"),
    _row("MT", r"[0-9]{5,7}[ABGHLMPZ]"),
    _row("MU", r"[A-Z][0-9]{12}[0-9A-Z]", mu_nid),
    _row("MX_INE", r"[A-Z]{6}[0-9]{8}[HM][0-9]{3}", written=r"[A-Z]{6}[0-9]{8}[HM][0-9]{3}"),
    _row("MX_NSS", r"[0-9]{11}", identity_formats.MX_NSS),
    _row("MZ", r"[0-9]{12}[A-Z]", written=r"[0-9]{12}[A-Z]"),
    _row("NA", r"[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{5}"),
    _row("NI", r"[0-9]{13}[A-Y]", identity_formats.NI_CEDULA, must_hold=True),
    _row("NL_A", r"[1-9][0-9]{9}"),
    _row("NL_DOCUMENT", r"[A-Z]{3}[0-9]{6}|[A-Z]{2}(?=[0-9A-Z]*[0-9][0-9A-Z]*[0-9])[0-9A-Z]{6}[0-9]"),
    _row("NP", r"[0-9]{10,14}", written=r"[0-9]{2}-[0-9]{2}-[0-9]{2}-[0-9]{5}"),
    _row("NZ_NHI", r"[A-HJ-NP-Z]{3}[0-9]{2}(?:[0-9]{2}|[0-9A-HJ-NP-Z][A-HJ-NP-Z])"),
    _row("OM", r"[0-9]{7,9}"),
    _row("PA", r"(?:[0-9]{1,2}|E|N|PE)[0-9]{5,10}", written=r"(?:1?[0-9]|E|N|PE)-[0-9]{1,4}-[0-9]{1,6}"),
    _row("PENSIONER", r"[A-Z]{0,2}[0-9]{6,11}"),
    _row("PS", r"[489][0-9]{8}", il_idnr),
    _row("PT", r"[12][0-9]{10}", identity_formats.PT_NISS),
    _row("PT_CARD", r"[0-9]{9}[A-Z][0-9A-Z][0-9]", written=r"[0-9]{8}[ -]?[0-9][ -]?[A-Z][0-9A-Z] ?[0-9]"),
    _row("PY", r"[1-9][0-9]{5,6}"),
    _row("QA", r"[23][0-9]{10}"),
    _row("RESIDENCE", _RESIDENCE, written=r"IRL[0-9]{6}|ZN[0-9]{6}|[0-9]{9}-[0-9]{2}|ZU[0-9]{7}|R[A-Z]{1,2}[0-9]{6,7}"),
    _row("RO_CARD", r"[A-Z]{2}[0-9]{6}|[AB][0-9]{8}"),
    _row("RO_CID", r"20[0-9]{18}"),
    _row("RU_ENP", r"[0-9]{16}", identity_formats.RU_ENP),
    _row("RW", r"[123](?:19|20)[0-9]{2}[78][0-9]{10}", written=r"[123](?:19|20)[0-9]{2}[78][0-9]{10}"),
    _row("SD", r"[0-9]{11}"),
    _row("SN", r"[12][0-9]{12}(?:[0-9]{4})?"),
    _row("SSNIT", r"[A-Z][0-9]{12}"),
    _row("STUDENT", r"[A-Z]{0,2}[0-9]{6,10}"),
    _row("SV", r"[0-9]{9}", identity_formats.SV_DUI),
    _row("SY", r"[0-9]{11}"),
    _row("SZ", r"[0-9]{13}"),
    _row("TAX_AFRICA", r"[0-9]{8,13}"),
    _row("TJ", r"[0-9]{9}"),
    _row("TR_DRIVER", r"[0-9]{6}"),
    _row("TR_SERIAL", r"[A-Z][0-9]{2}[A-Z][0-9]{5}", written=r"[A-Z][0-9]{2}[A-Z][0-9]{5}"),
    _row("TT", r"(?:19|20)[0-9]{9}"),
    _row("TZ", r"(?:19|20)[0-9]{18}", written=r"(?:19|20)[0-9]{6}-?[0-9]{5}-?[0-9]{5}-?[0-9]{2}"),
    _row(
        "UA_RECORD",
        r"(?:19|20)[0-9]{11}",
        written=r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])-?[0-9]{5}",
    ),
    _row("UG", r"C[MF][0-9A-Z]{12}", written=r"C[MF][0-9A-Z]{12}"),
    _row("US_ALIEN", r"A[0-9]{8,9}", written=r"A-?[0-9]{3}-[0-9]{3}-[0-9]{2,3}|A[0-9]{8,9}"),
    _row("US_ATIN", r"9[0-9]{2}93[0-9]{4}"),
    _row("US_PTIN", r"P[0-9]{8}"),
    _row("VN_INSURANCE", r"[0-9]{10}"),
    _row("VOTER", r"[A-Z]{0,2}[0-9]{6,14}(?:[A-Z]{2}[0-9]{4})?"),
    _row("XK", r"[0-9]{10}"),
    _row("YE", r"[0-9]{10,11}"),
    _row("ZM", r"[0-9]{9}", written=r"[0-9]{6}/[0-9]{2}/[123]"),
    _row("ZW", r"[0-9]{8,9}[A-Z][0-9]{2}", written=r"[0-9]{2}-?[0-9]{6,7} ?-?[A-Z] ?-?[0-9]{2}"),
)

_FEW_DIGITS = {
    "IDENTITY_AZ": "fin kod|fin code|azerbaijani (?:fin|pin)|f(?:İ|i̇)n|фин.{0,2}код|ФИН|fərdi identifikasiya",
    "IDENTITY_NZ_NHI": r"\bnhi\b|national health index",
}
"""Words in front of numbers that have too few digits for labelled places."""


def _detector_of(number: NationalNumber) -> Detector:
    found, words = number.detector(), _FEW_DIGITS.get(number.labels)
    return find_mostly_letters(found, words, number.shape, lambda _value: None) if words else found


DETECTORS = tuple(map(_detector_of, NUMBERS))
