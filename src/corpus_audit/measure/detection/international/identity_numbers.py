"""Numbers of identity cards, social security, residence and voters, of states where one label leads to no type.

A row is a family of labels, what a value looks like in capitals without separators, and the format that decides;
without one a value is what its label says. ``written`` is how only such a value is written: beside its label, or a few
words away, it is labelled.
"""

import re

from stdnum.bg import pnf
from stdnum.cu import ni as cu_ni
from stdnum.gh import tin as gh_tin
from stdnum.in_ import epic
from stdnum.mu import nid as mu_nid

from corpus_audit.measure.detection.checked_numbers import NumberFormat
from corpus_audit.measure.detection.international import identity_formats
from corpus_audit.measure.detection.international.mostly_letters import find_mostly_letters
from corpus_audit.measure.detection.international.national_numbers import NationalNumber

ENTITY_TYPE = "NATIONAL_ID"


def _row(
    labels: str, shape: str, number_format: NumberFormat | None = None, *, written: str = "", must_hold: bool = False
) -> NationalNumber:
    pattern = re.compile(written) if written else None
    return NationalNumber(
        ENTITY_TYPE, number_format, shape, written=pattern, labels=f"IDENTITY_{labels}", must_hold=must_hold
    )


_AZERBAIJAN = _row("AZ", r"[0-9A-Z]{7}")
NUMBERS = (
    _row("AE", r"784[0-9]{12}", identity_formats.EMIRATES_ID),
    _row("AO", r"[0-9]{9}[A-Z]{2}[0-9]{3}", written=r"[0-9]{9}[A-Z]{2}[0-9]{3}"),
    _row("BG", r"[0-9]{10}", pnf),
    _row("BR_PIS", r"[0-9]{11}", identity_formats.BR_PIS, must_hold=True),
    _row("BR_RNM", r"[A-Z][0-9]{6}[0-9A-Z]"),
    _row("BR_VOTER", r"[0-9]{12}", identity_formats.BR_VOTER),
    _row("BY", r"[1-6][0-9]{6}[ABCEHKM][0-9]{3}(?:BA|BI|PB)[0-9]", identity_formats.BY_PERSONAL),
    _row("CIN", r"[01][0-9]{7}|[0-9]{12}"),
    _row("CNSS", r"[0-9]{8,10}"),
    _row("CU", r"[0-9]{11}", cu_ni, must_hold=True),
    _row("DZ", r"[0-9]{12}|[0-9]{18}"),
    _row("ET", r"[0-9]{12}|[0-9]{16}"),
    _row("GH", r"GHA[0-9]{10}", written=r"GHA-?[0-9]{9}-?[0-9]"),
    _row("GH_TIN", r"[CGQVP]00[0-9A-Z]{8}", gh_tin),
    _row("GT", r"[0-9]{13}", identity_formats.GT_CUI),
    _row("HN", r"[0-9]{13,14}"),
    _row("HT", r"[0-9]{10}"),
    _row("IN_VOTER", r"[A-Z]{3}[0-9]{7}", epic),
    _row("IN_UAN", r"[0-9]{12}"),
    _row("JM", r"[0-9]{9}"),
    _row("KG", r"[12][0-9]{13}"),
    _row("LI", r"[0-9]{5,12}"),
    _row("MT", r"[0-9]{5,7}[ABGHLMPZ]"),
    _row("MU", r"[A-Z][0-9]{12}[0-9A-Z]", mu_nid),
    _row("MX_INE", r"[A-Z]{6}[0-9]{8}[HM][0-9]{3}"),
    _row("MX_NSS", r"[0-9]{11}", identity_formats.MX_NSS),
    _row("NI", r"[0-9]{13}[A-Y]", identity_formats.NI_CEDULA, must_hold=True),
    _row("PA", r"(?:[0-9]{1,2}|E|N|PE)[0-9]{5,10}", written=r"(?:1?[0-9]|E|N|PE)-[0-9]{1,4}-[0-9]{1,6}"),
    _row("PT", r"[12][0-9]{10}", identity_formats.PT_NISS),
    _row("QA", r"[23][0-9]{10}"),
    _row("RW", r"[123](?:19|20)[0-9]{2}[78][0-9]{10}"),
    _row("SSNIT", r"[A-Z][0-9]{12}"),
    _row("SV", r"[0-9]{9}", identity_formats.SV_DUI),
    _row("TZ", r"(?:19|20)[0-9]{18}", written=r"(?:19|20)[0-9]{6}-?[0-9]{5}-?[0-9]{5}-?[0-9]{2}"),
    _row("UG", r"C[MF][0-9A-Z]{12}", written=r"C[MF][0-9A-Z]{12}"),
    _row("ZW", r"[0-9]{8,9}[A-Z][0-9]{2}", written=r"[0-9]{2}-?[0-9]{6,7} ?-?[A-Z] ?-?[0-9]{2}"),
    _AZERBAIJAN,
)

_WORDS_OF_AZERBAIJAN = "fin kod|fin code|azerbaijani (?:fin|pin)|f(?:İ|i̇)n|фин.{0,2}код|ФИН|fərdi identifikasiya"

DETECTORS = (
    *(number.detector() for number in NUMBERS[:-1]),
    find_mostly_letters(_AZERBAIJAN.detector(), _WORDS_OF_AZERBAIJAN, _AZERBAIJAN.shape, lambda _value: None),
)
