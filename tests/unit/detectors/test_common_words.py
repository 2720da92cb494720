"""Labels that are common words in some language, and amounts beside them: prose holds no numbers of people there."""

import pyarrow as pa
import pytest

from corpus_audit.measure.detection.international import bank_account, health_insurance, national_numbers, passport
from corpus_audit.measure.detection.international.phone_number import DETECTOR as PHONE
from corpus_audit.measure.detection.labels import COMMON, label_table
from corpus_audit.measure.detection.scan import Scanner
from corpus_audit.measure.detection.us import driver_license

SCANNER = Scanner(b"key")
BY_TYPE = {found.entity_type: found for found in national_numbers.DETECTORS}
AR_DNI, NATIONAL_ID = BY_TYPE["AR_DNI"], BY_TYPE["NATIONAL_ID"]

PROSE = (
    "La ville n'a pas 1 500 000 habitants.",
    "N'ont pas 2345678 lecteurs",
    "pass 1234567 rows to the function",
    "The team 12345678 finished first.",
    "Tegen 30 dni 1 234 567 ludzi",
    "Przez 30 dni 1 234 567 osób odwiedziło wystawę.",
    "Wpłynęło na konto 1 500 000 zł.",
    "Auf das Konto 2 345 678 Euro",
    "Em conta 1.234.567 pessoas",
    "по праву и права 1 234 567 человек",
    "la patente 1234567 fue concedida",
    "I passi 1234567 della scala",
    "a call 1 234 567 people heard",
    "par jour 1 234 567 voyageurs",
    "un sac 2 345 678 fois",
    "telefon 123 456 789 zł",
    "account number 1 250 000",
    "the mobile market of 345 678 910 USD",
    "un numéro de téléphone 234 567 890 €",
    "Tel Aviv 6 1948 1949",
    "contact 1234567 users",
    "uid=38304572",
    "session passport 047822 ms",
    "pan 4444 3333 2222 of soup",
    "karta 1234 5678 9013",
    "körkort 1 234 567 svenskar",
    "телефон 2 345 678 абонентов",
    "τηλέφωνο 2.345.678 συνδρομητές",
    "mobile 12 345 678 subscribers",
    "fax 123456 pages",
    "手机12345678台",
    "여권 1234567 건",
    "dina kitas 1 234 567 kartus",
)
NAMED = (
    (passport.DETECTOR, "Pas: ", "1234567"),
    (passport.DETECTOR, "pas nr ", "C4F75JK74"),
    (passport.DETECTOR, "pas ", "AB1234567"),
    (bank_account.DETECTOR, "Konto: ", "1234567"),
    (bank_account.DETECTOR, "konto ", "1234567890"),
    (bank_account.DETECTOR, "Konto Nr. ", "12 345 678"),
    (driver_license.DETECTOR, "права: ", "77 12 345678"),
    (driver_license.DETECTOR, "Patente ", "U14510408X"),
    (health_insurance.DETECTOR, "CIP: ", "804012345678"),
    (AR_DNI, "DNI ", "30.123.456"),
    (AR_DNI, "DNI ", "30123456"),
    (AR_DNI, "DNI: ", "30 123 456"),
    (passport.DETECTOR, "paspoortnummer ", "NXR8P2KD1"),
    (passport.DETECTOR, "Reisepass Nr. ", "C01X00T47"),
    (passport.DETECTOR, "Passport number of the holder: ", "C01X00T478"),
    (NATIONAL_ID, "Personalausweis ", "L01X00T47"),
    (health_insurance.DETECTOR, "Medicare ID: ", "1EG4-TE5-MK72"),
    (PHONE, "Cel. de mi hijo: ", "11-4321-8765"),
    (PHONE, "my # is ", "7185550190"),
    (PHONE, "telefon: ", "1 234 567"),
    (PHONE, "How can we reach you? You can call ", "73 448 266"),
    (PHONE, "手机", "0755 8345 6789"),
    (PHONE, "Standard : ", "04 72 00 19 83"),
)


@pytest.mark.parametrize("text", PROSE)
def test_prose_with_amounts_holds_no_number_of_a_person(text):
    assert SCANNER.scan(pa.array([text])).to_pylist() == []


@pytest.mark.parametrize(("detector", "before", "value"), NAMED)
def test_a_mark_or_a_shape_makes_a_label_of_a_common_word(find, find_labelled, detector, before, value):
    text = before + value
    assert [*find(detector, text), *find_labelled(detector, text)] == [value]


def test_a_common_word_is_in_no_other_group_of_its_type():
    table = label_table()
    for group in (name for name in table if name.endswith(COMMON)):
        strong = {word for words in table[group.removesuffix(COMMON)].values() for word in words}
        assert not strong & {word for words in table[group].values() for word in words}
