"""Numbers that states give to people, beside their label, of the countries that have no module of their own.

A row is a number: its type (also the group of its labels in labels.yaml), the format of python-stdnum that checks it,
and what it looks like in capitals without separators. Where python-stdnum has no check, a value is never confirmed.
"""

import re
from dataclasses import dataclass

from stdnum.ar import cuit
from stdnum.au import tfn
from stdnum.bg import egn
from stdnum.ca import sin
from stdnum.ch import ssn as ahv
from stdnum.cl import rut
from stdnum.co import nit
from stdnum.cz import rc
from stdnum.do import cedula as do_cedula
from stdnum.ec import ci
from stdnum.ee import ik
from stdnum.fi import hetu
from stdnum.gr import amka
from stdnum.id import nik, npwp
from stdnum.ie import pps
from stdnum.il import idnr as il_idnr
from stdnum.is_ import kennitala
from stdnum.lt import asmens
from stdnum.lv import pvn
from stdnum.md import idno
from stdnum.mx import curp, rfc
from stdnum.my import nric
from stdnum.nz import ird
from stdnum.pk import cnic
from stdnum.pt import cc
from stdnum.ro import cnp
from stdnum.si import emso
from stdnum.th import pin
from stdnum.tr import tckimlik
from stdnum.ua import rntrc
from stdnum.za import idnr as za_idnr

from corpus_audit.measure.detection.checked_numbers import (
    NumberFormat,
    checked,
    ends_in_letters,
    labelled_detector,
)
from corpus_audit.measure.detection.detector import LABELLED_SCORE, ConfirmedBy, Detector, LabelledForm, Match
from corpus_audit.measure.detection.international import identity_formats, undated_formats
from corpus_audit.measure.detection.international.mostly_letters import FewDigits, find_mostly_letters
from corpus_audit.measure.detection.labels import COMMON, MARKED, WEAK

_SCORE = 0.98
"""More than of a card or a telephone number, whose label may be a part of that of a person's number."""
_IN_THREES = re.compile(r"(?:[A-Z]-?)?[0-9]{1,3}(?:[.-][0-9]{3}){2,4}")
_IN_SPACED_THREES = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+")
"""Amounts, and not numbers of people, behind a common word."""
_SINGLE_DIGITS = re.compile(r"\b[0-9] [0-9]\b")
"""Part of a row of numbers."""
_GERMAN_CARD = r"[LMNPRTVWXYCFGHJK][0-9CFGHJ-NPRTV-Z]{8}[0-9]?"
_ITALIAN_CARD = r"[A-Z]{2}[0-9]{5}[A-Z]{2}"
_CARDS = (_GERMAN_CARD, _ITALIAN_CARD, r"[A-Z]{2}[0-9A-Z]{6}[0-9]", r"[0-9][0-9A-Z]{8}")
"""Shapes of numbers of cards: of Germany, of Italy, of the Netherlands, of Bosnia and Herzegovina."""
_WORDS_OF_CARDS = (
    r"personalausweis|aufenthalts(?:titel|erlaubnis|gestattung)|niederlassungserlaubnis|blauen? karte|\beat-nummer"
    r"|ausweis-?n(?:umme)?r|ausweis nr|\bausw\.-nr|\bpa-nr|\bperso(?:-nr|_nr)|kennkarte|dokument(?:en)?n(?:umme)?r"
    r"|documentn(?:umme)?r|identiteitskaart|\bid[- ]kaart|legitimatiebewijs|verblijfs(?:document|titel)"
    r"|carta d.identit|carta identit|\bdoc\. identit|documento d.identit|\bc\.i\. n|identity card|id card"
    r"|carte (?:nationale )?d.identit|li(?:č|c)n(?:a karta|e karte)|osobna iskaznica|лична карта"
)


@dataclass(frozen=True)
class NationalNumber:
    """One number of one country, or of several that write it alike.

    ``written`` is how a value looks that is believed beside a weak label, with its separators, and where it has no
    check a few words away from any. ``labels`` is the group of labels.yaml where it is not that of the type; with
    ``must_hold`` no label alone says what a value is, and with ``needs_mark`` a common word alone says nothing.
    ``few`` says what is looked for besides that has too few digits for labelled places.
    """

    entity_type: str
    number_format: NumberFormat | None
    shape: str
    written: re.Pattern[str] | None = None
    labels: str = ""
    must_hold: bool = False
    needs_mark: bool = False
    few: FewDigits | None = None

    def detector(self) -> Detector:
        """Return the detector that looks for it in labelled places, and behind the words for few digits."""
        groups = tuple((self.labels or self.entity_type) + end for end in ("", WEAK, COMMON, MARKED))
        has_letters = bool(re.search("[A-Z]", self.shape))
        form = LabelledForm(
            groups,
            re.compile(self.shape),
            self._check,
            accepts=self._accept,
            has_letters=has_letters,
            ends_in_letters=ends_in_letters(self.shape),
            is_near=True,
            is_sure=True,
        )
        found = labelled_detector(self.entity_type, form)
        return find_mostly_letters(found, self.few) if self.few else found

    def _check(self, value: str) -> Match | None:
        if self.number_format is not None:
            return checked(value, self.number_format, _SCORE)
        compact = "".join(filter(str.isalnum, value))
        if self.written is None or not (self.written.fullmatch(value) or self.written.fullmatch(compact)):
            return None
        return Match(compact.encode(), LABELLED_SCORE, ConfirmedBy.LABEL)

    def _accept(self, value: str, group: str) -> bool:
        if self.must_hold:
            return self._check(value) is not None
        if group.endswith(COMMON):
            return not self.needs_mark and _IN_SPACED_THREES.fullmatch(value) is None
        if not group.endswith(WEAK):
            return True
        if _SINGLE_DIGITS.search(value) or (self.written is not None and not self.written.fullmatch(value)):
            return False
        if self.number_format is not None:
            return self._check(value) is not None
        return bool((self.written or _IN_THREES).fullmatch(value))


NUMBERS = (
    NationalNumber(
        "AL_NID", None, r"[A-T][0-9]{8}[A-W]", written=re.compile(r"[A-T][0-9][0156][0-9][0-3][0-9]{4}[A-W]")
    ),
    NationalNumber("AR_CUIT", cuit, r"[0-9]{11}"),
    NationalNumber("AR_DNI", None, r"[0-9]{7,8}"),
    NationalNumber("AU_TFN", tfn, r"[1-9][0-9]{7,8}"),
    NationalNumber("BD_NID", None, r"[0-9]{10}|[0-9]{13}|[0-9]{17}", needs_mark=True),
    NationalNumber("BE_NATIONAL_NUMBER", undated_formats.BE_NATIONAL_NUMBER, r"[0-9]{11}"),
    NationalNumber("BG_EGN", egn, r"[0-9]{10}"),
    NationalNumber("BR_RG", None, r"[0-9]{7,9}X?"),
    NationalNumber("CA_SIN", sin, r"[0-9]{9}"),
    NationalNumber("CEDULA", None, r"[0-9]{6,11}"),
    NationalNumber("CH_AHV", ahv, r"[0-9]{13}"),
    NationalNumber("CL_RUT", rut, r"[0-9]{7,8}[0-9K]"),
    NationalNumber("CO_CEDULA", None, r"[0-9]{6,10}"),
    NationalNumber("CO_NIT", nit, r"[0-9]{9,10}"),
    NationalNumber("CR_CEDULA", None, r"[1-9][0-9]{8}"),
    NationalNumber("CZ_BIRTH_NUMBER", rc, r"[0-9]{9,10}"),
    NationalNumber("DK_CPR", undated_formats.DK_CPR, r"[0-9]{10}"),
    NationalNumber("DO_CEDULA", do_cedula, r"[0-9]{11}"),
    NationalNumber("EC_CEDULA", ci, r"[0-9]{10}"),
    NationalNumber("EE_ISIKUKOOD", ik, r"[0-9]{11}"),
    NationalNumber(
        "EG_NATIONAL_ID",
        None,
        r"[23][0-9]{13}|[0-9]{9}",
        # A century, a birth date and a governorate.
        written=re.compile(
            r"[23]-?[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])-?(?:0[1-4]|1[1-9]|2[1-9]|3[1-5]|88)[0-9]{5}"
        ),
    ),
    NationalNumber("FI_HETU", hetu, r"[0-9]{6}[A-FU-Y]?[0-9]{3}[0-9A-Z]"),
    NationalNumber("GE_PERSONAL_NUMBER", None, r"[0-9]{11}"),
    NationalNumber("GR_AMKA", amka, r"[0-9]{11}"),
    NationalNumber("HU_PERSONAL_NUMBER", undated_formats.HU_NUMBERS, r"[0-9]{9,11}"),
    NationalNumber("ID_NIK", nik, r"[0-9]{16}"),
    NationalNumber("ID_NPWP", npwp, r"[0-9]{15,16}"),
    NationalNumber("IE_PPS", pps, r"[0-9]{7}[A-Z]{1,2}"),
    NationalNumber("IL_ID", il_idnr, r"[0-9]{8,9}"),
    NationalNumber("IR_NATIONAL_ID", undated_formats.IR_NATIONAL_ID, r"[0-9]{10}"),
    NationalNumber("IS_KENNITALA", kennitala, r"[0-9]{10}"),
    NationalNumber("KE_ID", None, r"[0-9]{7,8}", needs_mark=True),
    NationalNumber("KW_CIVIL_ID", identity_formats.KW_CIVIL_ID, r"[1-3][0-9]{11}"),
    NationalNumber("KZ_IIN", undated_formats.KZ_IIN, r"[0-9]{12}"),
    NationalNumber(
        "LK_NIC",
        None,
        r"(?:19|20)[0-9]{10}|[0-9]{9}[VX]",
        # The day of the year of birth, 500 more for women.
        written=re.compile(r"[0-9]{2}[0-35-8][0-9]{6} ?[VX]|(?:19|20)[0-9]{2}[0-35-8][0-9]{7}"),
    ),
    NationalNumber("LT_ASMENS_KODAS", asmens, r"[0-9]{11}"),
    NationalNumber("LU_NATIONAL_NUMBER", undated_formats.LU_NATIONAL_NUMBER, r"(?:19|20)[0-9]{11}"),
    NationalNumber("LV_PERSONAS_KODS", pvn, r"[0-9]{11}"),
    NationalNumber("MA_CIN", None, r"[A-Z]{1,2}[0-9]{5,6}"),
    NationalNumber("MD_IDNP", idno, r"[0-9]{13}"),
    NationalNumber("MX_CURP", curp, r"[A-Z]{4}[0-9]{6}[A-Z]{6}[0-9A-Z][0-9]"),
    # Without "&" and "Ñ": labelled places have letters of ASCII, and a pattern of its own slows every scan.
    NationalNumber("MX_RFC", rfc, r"[A-Z]{3,4}[0-9]{6}[0-9A-Z]{3}"),
    NationalNumber("MY_NRIC", nric, r"[0-9]{12}"),
    # Identity cards and numbers of countries without a row: the label says national, not of where.
    NationalNumber(
        "NATIONAL_ID",
        None,
        r"[A-Z]{0,3}[0-9]{6,18}[A-Z]{0,3}[0-9]{0,3}|[0-9]{2}[A-Z]{2}[0-9]{5}",
        few=FewDigits(_WORDS_OF_CARDS, "|".join(_CARDS)),
    ),
    NationalNumber("NG_NIN", None, r"[0-9]{11}"),
    NationalNumber("NO_FODSELSNUMMER", undated_formats.NO_FODSELSNUMMER, r"[0-9]{11}"),
    NationalNumber("NZ_IRD", ird, r"[0-9]{8,9}"),
    NationalNumber("PE_DNI", None, r"[0-9]{8}[0-9A-K]?"),
    NationalNumber("PH_TIN", None, r"[0-9]{9,10}|[0-9]{12,14}|[0-9]{16}", needs_mark=True),
    NationalNumber("PK_CNIC", cnic, r"[0-9]{13}", written=re.compile(r"[1-7][0-9]{4}-[0-9]{7}-[0-9]")),
    NationalNumber("PT_CITIZEN_CARD", cc, r"[0-9]{7,9}|[0-9]{9}[0-9A-Z]{2}[0-9]"),
    NationalNumber("RO_CNP", cnp, r"[0-9]{13}"),
    NationalNumber("RU_SNILS", undated_formats.RU_SNILS, r"[0-9]{11}"),
    NationalNumber("SA_NATIONAL_ID", identity_formats.SA_NATIONAL_ID, r"[12][0-9]{9}|784[0-9]{12}"),
    NationalNumber("SG_NRIC", identity_formats.SG_NRIC, r"[FGMST][0-9]{7}[A-Z]"),
    NationalNumber("TH_ID", pin, r"[0-9]{13}"),
    NationalNumber("TR_IDENTITY", tckimlik, r"[0-9]{11}"),
    NationalNumber("UA_TAX_NUMBER", rntrc, r"[0-9]{10}"),
    NationalNumber(
        "UY_CEDULA", undated_formats.UY_CEDULA, r"[0-9]{7,8}", written=re.compile(r"[0-9](?:\.?[0-9]{3}){2}-[0-9]")
    ),
    NationalNumber("UZ_PINFL", identity_formats.UZ_PINFL, r"[3-6][0-9]{13}"),
    NationalNumber(
        "VE_CEDULA", None, r"[VE]?[0-9]{7,8}", written=re.compile(r"[VE][-. ]{0,2}[0-9]{1,2}(?:\.?[0-9]{3}){2}")
    ),
    NationalNumber(
        "VN_CITIZEN_ID", None, r"[0-9]{9,10}|[0-9]{12}", written=re.compile(r"0(?:[0-8][0-9]|9[0-6])[0-3][0-9]{8}")
    ),
    NationalNumber("JMBG", emso, r"[0-9]{13}"),
    NationalNumber("ZA_ID", za_idnr, r"[0-9]{13}"),
)

DETECTORS = tuple(number.detector() for number in NUMBERS)
