"""Numbers that states give to people: each beside its label, as people write it, holding or not."""

import pytest

from corpus_audit.measure.detection.international.national_numbers import DETECTORS
from corpus_audit.measure.detection.international.passport import DETECTOR as PASSPORT
from corpus_audit.measure.detection.uk.nino import DETECTOR as NINO

BY_TYPE = {detector.entity_type: detector for detector in DETECTORS} | {"PASSPORT": PASSPORT, "UK_NINO": NINO}

CONFIRMED = (
    ("AR_CUIT", "CUIL: ", "27-47958045-1"),
    ("BE_NATIONAL_NUMBER", "Numéro national ", "93051822361"),
    ("BE_NATIONAL_NUMBER", "Rijksregisternummer: ", "85.07.30-033.28"),
    ("BG_EGN", "ЕГН: ", "7523169263"),
    ("CA_SIN", "SIN: ", "267-185-395"),
    ("CH_AHV", "numéro AVS ", "756.1501.5953.49"),
    ("CL_RUT", "RUN ", "50067291-9"),
    ("CZ_BIRTH_NUMBER", "r.č. ", "865208/2131"),
    ("DK_CPR", "CPR ", "0707614285"),
    ("EC_CEDULA", "CI: ", "1714307103"),
    ("EE_ISIKUKOOD", "IK ", "36805280109"),
    ("FI_HETU", "Henkilötunnus: ", "131052-308T"),
    ("ID_NPWP", "NPWP ", "01.312.166.0-091.000"),
    ("IE_PPS", "PPS No: ", "6433435f"),
    ("IL_ID", "ת.ז. ", "17580582-9"),
    ("JMBG", "ЈМБГ: ", "0101006500006"),
    ("MY_NRIC", "IC No. ", "890712-14-5678"),
    ("NO_FODSELSNUMMER", "Fødselsnummer: ", "151086 95088"),
    ("DO_CEDULA", "cédula ", "001-1391820-5"),
    ("HU_PERSONAL_NUMBER", "TAJ: ", "123 456 788"),
    ("IR_NATIONAL_ID", "کد ملی: ", "0084575948"),
    ("KZ_IIN", "ИИН: ", "880715300128"),
    ("PT_CITIZEN_CARD", "Cartão de Cidadão ", "30654682 8 AA5"),
    ("RU_SNILS", "СНИЛС: ", "112-233-445 95"),
    ("TH_ID", "บัตรประชาชน: ", "1-2345-45678-78-1"),
    ("TR_IDENTITY", "T.C. Kimlik No: ", "17291716060"),
    ("UY_CEDULA", "C.I.: ", "1.234.567-2"),
    ("ZA_ID", "ID number: ", "750330 5044 08 9"),
    ("NO_FODSELSNUMMER", "fødselsnummer (11 siffer): ", "27015134653"),
    ("CA_SIN", "N.A.S. numéro ", "267-185-395"),
    ("CH_AHV", "OASI number: ", "756.1501.5953.49"),
    ("CZ_BIRTH_NUMBER", "birth number ", "865208/2131"),
    ("EE_ISIKUKOOD", "Estonian ID code ", "36805280109"),
)
LABELLED = (
    ("NATIONAL_ID", "Personalausweis-Nr. ", "123456789"),
    ("NATIONAL_ID", "číslo OP: ", "204567891"),
    ("AR_DNI", "DNI: ", "93.277.774"),
    ("AL_NID", "nr. personal: ", "J12345678N"),
    ("BE_NATIONAL_NUMBER", "rijksregisternummer: ", "85.07.30-034.28"),
    ("CEDULA", "cédula de identidad: ", "12345678"),
    ("CO_CEDULA", "C.C. ", "79.456.123"),
    ("VE_CEDULA", "cédula: ", "V-12.345.678"),
    ("FI_HETU", "hetu ", "131052-308A"),
    ("LK_NIC", "NIC: ", "851234567v"),
    ("PH_TIN", "TIN: ", "123-456-789-000"),
    ("PT_CITIZEN_CARD", "Bilhete de Identidade ", "12345678"),
    ("RU_SNILS", "СНИЛС: ", "112-233-445 96"),
    ("SG_NRIC", "NRIC: ", "S1234567A"),
    ("VN_CITIZEN_ID", "Mã số thuế cá nhân: ", "8012345678"),
    ("PASSPORT", "Паспорт серия ", "45 08 123456"),
    ("PASSPORT", "паспорт: ", "4508 № 123456"),
)
INNOCENT = (
    ("CA_SIN", "sin 123456789"),
    ("CL_RUT", "run 123456789"),
    ("CO_CEDULA", "cc 79456123"),
    ("CO_NIT", "nit 123456789"),
    ("EC_CEDULA", "CI: 1234567890"),
    ("EE_ISIKUKOOD", "bel ik op 31612345678"),
    ("DO_CEDULA", "cédula 001-1391820-6"),
    ("UY_CEDULA", "cédula 1.234.567-8"),
    ("UY_CEDULA", "cédula 12345672"),
    ("VE_CEDULA", "cédula 12.345.678"),
    ("DK_CPR", "CPR 2010-2015 guidelines 1234567890"),
    ("PH_TIN", "tin 123456789"),
    ("ZA_ID", "id number 1234567890123"),
    ("IL_ID", "תעודת זהות 000000000"),
)


@pytest.mark.parametrize(("entity_type", "label", "value"), CONFIRMED)
def test_a_number_that_holds_is_confirmed_beside_its_label(find, entity_type, label, value):
    detector = BY_TYPE[entity_type]
    assert find(detector, label + value) == [value]
    assert find(detector, f"{value}") == []


@pytest.mark.parametrize(("entity_type", "label", "value"), LABELLED)
def test_a_number_that_does_not_hold_is_what_its_label_says(find, find_labelled, entity_type, label, value):
    detector = BY_TYPE[entity_type]
    assert (find(detector, label + value), find_labelled(detector, label + value)) == ([], [value])


@pytest.mark.parametrize(("entity_type", "text"), INNOCENT)
def test_a_label_that_is_a_common_word_needs_a_number_that_holds(find, find_labelled, entity_type, text):
    detector = BY_TYPE[entity_type]
    assert (find(detector, text), find_labelled(detector, text)) == ([], [])


@pytest.mark.parametrize(
    ("entity_type", "text", "value"),
    [
        ("EE_ISIKUKOOD", "36805280109 (isikukood)", "36805280109"),
        ("CZ_BIRTH_NUMBER", "Jana Nová, 865208/2131 - rodné číslo", "865208/2131"),
    ],
)
def test_a_number_that_holds_is_found_in_front_of_its_label(find, entity_type, text, value):
    assert find(BY_TYPE[entity_type], text) == [value]


def test_a_number_in_front_of_a_label_that_has_its_own_is_another(find):
    assert find(BY_TYPE["EE_ISIKUKOOD"], "36805280109, isikukood 37605030299") == ["37605030299"]
