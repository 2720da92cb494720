"""Values some words behind their label, letters set apart or misread, and labels that are parts of other labels."""

import pytest

from corpus_audit.measure.detection.eu.vat_number import DETECTOR as VAT_NUMBER
from corpus_audit.measure.detection.international.credit_card import DETECTOR as CARD
from corpus_audit.measure.detection.international.national_numbers import DETECTORS
from corpus_audit.measure.detection.international.phone_number import DETECTOR as PHONE
from corpus_audit.measure.detection.international.tax_number import DETECTOR as TAX_NUMBER
from corpus_audit.measure.detection.pl.identifiers import REGON
from corpus_audit.measure.detection.pl.pesel import DETECTOR as PESEL
from corpus_audit.measure.detection.us.ssn import DETECTOR as SSN

BY_TYPE = {detector.entity_type: detector for detector in DETECTORS}
PPS, CURP, CUIT = BY_TYPE["IE_PPS"], BY_TYPE["MX_CURP"], BY_TYPE["AR_CUIT"]

FOUND = (
    (PPS, "We need the PPS number of every child: Niamh 6433435F, Oisín 8765432-EA.", ["6433435F", "8765432-EA"]),
    (CURP, "La CURP que se ve en la copia es BOXW310820HNERXN09.", ["BOXW310820HNERXN09"]),
    (REGON, "numeru REGON (obecnie 192-598-184)", ["192-598-184"]),
    (CUIT, "El CUIT de la firma (20-31129626-5) no figura", ["20-31129626-5"]),
    (TAX_NUMBER, "ИНН индивидуального предпринимателя 123456789047", ["123456789047"]),
    (PESEL, "P E S E L\n4 4 0 5 1 4 0 1 3 5 9", ["4 4 0 5 1 4 0 1 3 5 9"]),
    (CARD, "C A R D  N O : 4217  7436  6875  9752   EXP", ["4217  7436  6875  9752"]),
    (CARD, "denuncia 12, 4217.7436.6875.9752, robo", ["4217.7436.6875.9752"]),
    (CARD, "شماره کارت برای واریز: ۴۲۱۷ ۷۴۳۶ ۶۸۷۵ ۹۷۵۲", ["۴۲۱۷ ۷۴۳۶ ۶۸۷۵ ۹۷۵۲"]),
    (SSN, "S0C SEC N0: 536904399", ["536904399"]),
    (PHONE, "Objednávky: 777 123 456", ["777 123 456"]),
    (PHONE, "お問い合わせ 03-4501-2233", ["03-4501-2233"]),
    (PHONE, "Telefon zamówienia: 22 621 02 52", ["22 621 02 52"]),
)
OTHER = (
    (PHONE, "お問い合わせ番号 4501-2233-9876 の荷物"),
    (PHONE, "Číslo objednávky 2021 0455 1187, zásilka"),
    (PHONE, "numéro de réservation 01 42 68 53 00"),
    (PHONE, "예약 번호 02-312-4567"),
)


@pytest.mark.parametrize(("detector", "text", "values"), FOUND)
def test_a_value_that_holds_is_found(find, detector, text, values):
    assert find(detector, text) == values


@pytest.mark.parametrize(("detector", "text"), OTHER)
def test_the_label_of_an_order_outweighs_a_part_of_it(find, find_labelled, detector, text):
    assert (find(detector, text), find_labelled(detector, text)) == ([], [])


def test_a_number_behind_a_label_of_its_own_is_not_what_another_label_names(find):
    assert find(VAT_NUMBER, "MVA – 22 72 12 12") == ["22 72 12 12"]
    assert find(VAT_NUMBER, "MVA – tlf. 22 72 12 12") == []
