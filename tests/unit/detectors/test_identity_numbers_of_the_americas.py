"""Numbers of persons of the Americas behind their label, as letters, forms, keys and tables have them."""

import pytest

from corpus_audit.measure.detection.br.cpf import DETECTOR as CPF
from corpus_audit.measure.detection.international.health_insurance import DETECTOR as HEALTH
from corpus_audit.measure.detection.international.identity_numbers import DETECTORS, NUMBERS
from corpus_audit.measure.detection.international.national_numbers import DETECTORS as OTHERS
from corpus_audit.measure.detection.international.passport import DETECTOR as PASSPORT
from corpus_audit.measure.detection.us.driver_license import DETECTOR as DRIVER

BY_LABELS = dict(zip((number.labels for number in NUMBERS), DETECTORS, strict=True))
BY_TYPE = {detector.entity_type: detector for detector in OTHERS}

LABELLED = (
    ("IDENTITY_BO", "CI: 4733307-1A", "4733307-1A"),
    ("IDENTITY_BR_MILITARY", "Certificado de reservista 429709711245", "429709711245"),
    ("IDENTITY_BR_PROFESSION", "OAB/SP 659.621", "SP 659.621"),
    ("IDENTITY_BR_VOTER", '"tituloEleitor":"542587970214"', "542587970214"),
    ("IDENTITY_CARIBBEAN", "my NIS is E379943", "E379943"),
    ("IDENTITY_CA_PR", '"prCardNumber":"RA4189251390"', "RA4189251390"),
    ("IDENTITY_CA_UCI", "UCI 11-6553-5433", "11-6553-5433"),
    ("IDENTITY_HN", "identidad 0801-1975-21031", "0801-1975-21031"),
    ("IDENTITY_HT", "NINU mwen se 8233880041", "8233880041"),
    ("IDENTITY_JM", "T.R.N. 158 349 442", "158 349 442"),
    ("IDENTITY_MX_CARTILLA", "cartilla militar A-7262901", "A-7262901"),
    ("IDENTITY_PA_SS", "S.S. 231-4123", "231-4123"),
    ("IDENTITY_PE_CE", '"carnetExtranjeria":"009489366"', "009489366"),
    ("IDENTITY_PE_CE", "carné de extranjeria\n002862267", "002862267"),
    ("IDENTITY_PE_CUSPP", "mi CUSPP es 670285RVLVY3", "670285RVLVY3"),
    ("IDENTITY_US_ALIEN", "USCIS# A058129414", "A058129414"),
    ("IDENTITY_US_DOD", '"edipi":"1853220961"', "1853220961"),
    ("IDENTITY_US_I94", "Form I-94 # 777994420B1", "777994420B1"),
    ("IDENTITY_US_KTN", "Known Traveler Number: 989528003", "989528003"),
    ("IDENTITY_US_SEVIS", "SEVIS ID: N0005264850", "N0005264850"),
    ("IDENTITY_US_VOTER", "VOTER REGISTRATION NUMBER: 9946982617", "9946982617"),
)  # fmt: skip
OTHER = (
    ("IDENTITY_CA_UCI", "UCI 1165535"),
    ("IDENTITY_PA_SS", "S.S. 2314123"),
    ("IDENTITY_US_ALIEN", "applicant 12345678"),
    ("IDENTITY_US_INMATE", "Reg. No. 12345678"),
    ("IDENTITY_US_SEVIS", "SEVIS ID: 0005264850"),
    ("IDENTITY_TRAMITE", "número de trámite 20231234567"),
)


@pytest.mark.parametrize(("labels", "text", "value"), LABELLED)
def test_what_a_label_names_is_labelled(find_labelled, labels, text, value):
    assert find_labelled(BY_LABELS[labels], text) == [value]


@pytest.mark.parametrize(("labels", "text"), OTHER)
def test_what_is_shaped_or_written_otherwise_is_not(find, find_labelled, labels, text):
    detector = BY_LABELS[labels]
    assert (find(detector, text), find_labelled(detector, text)) == ([], [])


@pytest.mark.parametrize(
    ("detector", "text", "value"),
    [
        (DRIVER, "mi licencia es 8267394", "8267394"),
        (DRIVER, "licencia R0774336 tipo A", "R0774336"),
        (DRIVER, "Nro. de brevete: L55148607", "L55148607"),
        (PASSPORT, "pasaporte ecuatoriano No. A6963132", "A6963132"),
        (PASSPORT, "nimewo paspò R47019724", "R47019724"),
        (BY_TYPE["CEDULA"], "identificada con la cédula 93.903.363 expedida en Cali", "93.903.363"),
        (BY_TYPE["CEDULA"], "ced. ident. 1300204797", "1300204797"),
        (BY_TYPE["BR_RG"], "meu rg eh 32257819X", "32257819X"),
    ],
)  # fmt: skip
def test_types_with_a_name_know_the_labels_of_the_americas(find_labelled, detector, text, value):
    assert find_labelled(detector, text) == [value]


def test_numbers_of_mostly_letters_are_found_where_digits_are_few(find, find_labelled):
    assert find(HEALTH, "Medicaid ID ZG56651A") == ["ZG56651A"]
    assert find_labelled(BY_LABELS["IDENTITY_UY_CREDENCIAL"], "credencial cívica CGF 00662") == ["CGF 00662"]


def test_a_common_word_for_a_license_is_no_label_of_a_plain_number(find_labelled):
    assert find_labelled(DRIVER, "licencia 8267394") == []
    assert find_labelled(CPF, "licencia 8267394") == []
