"""Numbers of tax offices and registers for those who trade, companies and people under their own name.

A row is a family of labels, the formats of python-stdnum that decide beside them (the number of one country, or of
those that share a label), and what a value looks like in capitals without separators.
"""

from dataclasses import dataclass

from stdnum import ean
from stdnum.au import abn, acn
from stdnum.az import voen
from stdnum.br import cnpj
from stdnum.by import unp
from stdnum.ca import bn
from stdnum.cr import cpj
from stdnum.cz import dic
from stdnum.do import rnc
from stdnum.ec import ruc as ec_ruc
from stdnum.fr import siren, siret
from stdnum.gt import nit as gt_nit
from stdnum.il import hp, idnr
from stdnum.in_ import gstin
from stdnum.jp import cn as jp_cn
from stdnum.ke import pin
from stdnum.ma import ice
from stdnum.md import idno
from stdnum.me import pib as me_pib
from stdnum.mk import edb
from stdnum.mz import nuit
from stdnum.no import orgnr
from stdnum.pe import ruc as pe_ruc
from stdnum.py import ruc as py_ruc
from stdnum.rs import pib as rs_pib
from stdnum.ru import ogrn
from stdnum.sg import uen
from stdnum.sv import nit as sv_nit
from stdnum.th import tin as th_tin
from stdnum.tn import mf
from stdnum.tr import vkn
from stdnum.tw import ubn
from stdnum.ua import edrpou
from stdnum.uy import rut
from stdnum.ve import rif
from stdnum.vn import mst
from stdnum.za import tin as za_tin

from corpus_audit.measure.detection.checked_numbers import NumberFormat
from corpus_audit.measure.detection.international import undated_formats
from corpus_audit.measure.detection.international.national_numbers import NationalNumber

ENTITY_TYPE = "BUSINESS_NUMBER"


@dataclass(frozen=True)
class _AnyOf:
    """The formats of countries that share a label."""

    formats: tuple[NumberFormat, ...]

    def is_valid(self, number: str) -> bool:
        """True if a number has the shape and check digits of one of the formats."""
        return any(number_format.is_valid(number) for number_format in self.formats)

    def compact(self, number: str) -> str:
        """Return a number without its separators, as the first format does that takes it."""
        return next(taker for taker in self.formats if taker.is_valid(number)).compact(number)


@dataclass(frozen=True)
class _Registered:
    """The number of a company with the letter that makes it one of those who issue invoices, in Japan."""

    letter: str
    number_format: NumberFormat

    def is_valid(self, number: str) -> bool:
        """True if the letter stands in front of a number that holds."""
        return number.startswith(self.letter) and self.number_format.is_valid(number.removeprefix(self.letter))

    def compact(self, number: str) -> str:
        """Return the number without the letter: it is that of the same company."""
        return self.number_format.compact(number.removeprefix(self.letter))


def _row(labels: str, shape: str, *formats: NumberFormat, must_hold: bool = False) -> NationalNumber:
    return NationalNumber(ENTITY_TYPE, _AnyOf(formats), shape, labels=f"BUSINESS_{labels}", must_hold=must_hold)


NUMBERS = (
    _row("ABN", r"[0-9]{9}|[0-9]{11}", abn, acn),
    _row("BIN", r"[0-9]{12}", undated_formats.KZ_BIN, must_hold=True),
    _row("CA", r"[0-9]{9}(?:R[CMPRTZ][0-9]{4})?", bn),
    _row("CNPJ", r"[0-9A-Z]{12}[0-9]{2}", cnpj),
    _row("EDB", r"[0-9]{13}", edb),
    _row("EDRPOU", r"[0-9]{8}", edrpou),
    _row("GSTIN", r"[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][0-9A-Z]{3}", gstin),
    _row("ICE", r"[0-9]{15}", ice),
    _row("ICO", r"[0-9]{8}", dic),
    _row("IDNO", r"[0-9]{13}", idno),
    _row("IL", r"[0-9]{9}", hp, idnr),
    _row("JP", r"T?[0-9]{13}", jp_cn, _Registered("T", jp_cn)),
    _row("KRA_PIN", r"[AP][0-9]{9}[A-Z]", pin),
    # Without check digits.
    _row("KVK", r"[0-9]{8}"),
    _row("LEGAL_CEDULA", r"[0-9]{10}", cpj),
    _row("MF", r"[0-9]{7}[A-Z](?:[A-Z]{2}[0-9]{3})?", mf),
    _row("MST", r"[0-9]{10}|[0-9]{12,13}", mst),
    _row("NIT", r"[0-9]{5,8}[0-9K]|[0-9]{14}", gt_nit, sv_nit, must_hold=True),
    _row("NUIT", r"[0-9]{9}", nuit),
    _row("NZBN", r"[0-9]{13}", ean),
    _row("OGRN", r"[0-9]{13}|[0-9]{15}", ogrn),
    _row("ORGNR", r"[0-9]{9}", orgnr, must_hold=True),
    _row("PIB", r"[0-9]{8,9}", rs_pib, me_pib, must_hold=True),
    _row("RIF", r"[CEGJPV][0-9]{9}", rif),
    _row("RNC", r"[0-9]{9}", rnc),
    _row("RUC", r"[0-9]{6,9}|[0-9]{11}|[0-9]{13}", pe_ruc, py_ruc, ec_ruc),
    _row("RUT", r"[0-9]{12}", rut),
    _row("SIREN", r"[0-9]{9}|[0-9]{14}", siren, siret),
    _row("TH", r"[0-9]{13}", th_tin),
    _row("UBN", r"[0-9]{8}", ubn),
    _row("UEN", r"[0-9]{8,9}[A-Z]|[RST][0-9]{2}[A-Z]{2}[0-9]{4}[A-Z]", uen),
    _row("UNP", r"[0-9]{9}|[A-Z]{2}[0-9]{7}", unp),
    _row("VKN", r"[0-9]{10}", vkn),
    _row("VOEN", r"[0-9]{10}", voen),
    _row("ZA_TAX", r"[0-9]{10}", za_tin),
)

DETECTORS = tuple(number.detector() for number in NUMBERS)
