"""Types that are looked for in labelled places only: confirmed where their check holds, labelled else."""

import pytest

from corpus_audit.measure.detection.eu import vat_number
from corpus_audit.measure.detection.international import (
    bank_account,
    health_insurance,
    passport,
    tax_number,
    vehicle_identification_number,
)
from corpus_audit.measure.detection.pl import identifiers
from corpus_audit.measure.detection.us import driver_license

CONFIRMED = (
    (vat_number.DETECTOR, "USt-IdNr. ", "DE136695976"),
    (vat_number.DETECTOR, "VAT number: ", "IE6433435F"),
    (vat_number.DETECTOR, "P.IVA ", "00743110157"),
    (vat_number.DETECTOR, "N° TVA ", "FR 40 303 265 045"),
    (vat_number.DETECTOR, "btw-nummer ", "NL004495445B01"),
    (tax_number.DETECTOR, "Steuernummer ", "21/815/08150"),
    (tax_number.DETECTOR, "UTR ", "1955839661"),
    (passport.DETECTOR, "Passport No: ", "C01X00T478"),
    (vehicle_identification_number.DETECTOR, "VIN: ", "1M8GDM9AXKP042788"),
    (health_insurance.DETECTOR, "KVNR ", "A123456780"),
    (bank_account.DETECTOR, "numer rachunku ", "61 1090 1014 0000 0712 1981 2874"),
    (identifiers.REGON, "REGON ", "192598184"),
    (identifiers.IDENTITY_CARD, "seria i numer: ", "ABS 123456"),
)
LABELLED = (
    (vat_number.DETECTOR, "VAT number: ", "DE136695977"),
    (passport.DETECTOR, "pasaporte: ", "AAB123456"),
    (vehicle_identification_number.DETECTOR, "VIN ", "1M8GDM9A1KP042788"),
    (driver_license.DETECTOR, "driver's license ", "D1234567"),
    (driver_license.DETECTOR, "Führerscheinnummer ", "B072RRE2I55"),
    (bank_account.DETECTOR, "Kontonummer: ", "1234567890"),
    (identifiers.NIP, "NIP: ", "676-243-30-62"),
)
INNOCENT = (
    (vat_number.DETECTOR, "DE136695976"),
    (passport.DETECTOR, "C01X00T478 and AAB123456"),
    (vehicle_identification_number.DETECTOR, "commit 1M8GDM9AXKP042788"),
    (bank_account.DETECTOR, "invoice number 1234567890"),
    (driver_license.DETECTOR, "MIT License 12345678"),
)


@pytest.mark.parametrize(("detector", "before", "value"), CONFIRMED)
def test_a_number_that_holds_is_confirmed(find, detector, before, value):
    assert find(detector, before + value) == [value]


@pytest.mark.parametrize(("detector", "before", "value"), LABELLED)
def test_a_number_without_a_check_that_holds_is_labelled(find, find_labelled, detector, before, value):
    assert (find(detector, before + value), find_labelled(detector, before + value)) == ([], [value])


@pytest.mark.parametrize(("detector", "text"), INNOCENT)
def test_without_its_label_nothing_is_found(find, find_labelled, detector, text):
    assert find(detector, text) + find_labelled(detector, text) == []


@pytest.mark.parametrize("text", ["passport_20240115.pdf", "Reisepass 20240115"])
def test_the_day_in_the_name_of_a_file_is_no_number_of_a_paper(find_labelled, text):
    assert find_labelled(passport.DETECTOR, text) == []


def test_a_constant_of_physics_behind_the_word_pi_is_no_tax_number(find_labelled):
    assert find_labelled(vat_number.DETECTOR, "shielded proton gyromag. ratio over 2 pi   42.576 3881") == []
