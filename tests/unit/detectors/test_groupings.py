"""Numbers of people however they are grouped, and whatever stands between them and their label."""

import pytest

from corpus_audit.measure.detection.detectors import DETECTORS
from corpus_audit.measure.detection.international import credit_card, phone_number

BY_TYPE = {detector.entity_type: detector for detector in DETECTORS if detector.entity_type != "NATIONAL_ID"}
BY_LABELS = {
    detector.labelled.labels[0]: detector
    for detector in DETECTORS
    if detector.entity_type == "NATIONAL_ID" and detector.labelled is not None
}
ANY_PERSON = BY_LABELS["BR_CPF"]

NUMBERS = (
    ("PL_PESEL", "PESEL", "77062862057"),
    ("DE_PENSION_INSURANCE", "Sozialversicherungsnummer", "38230586S354"),
    ("LU_NATIONAL_NUMBER", "Matrikel-Nr.", "1965110503268"),
    ("TW_ID", "身分證字號", "F146275189"),
    ("BE_NATIONAL_NUMBER", "rijksregisternummer", "85073003328"),
    ("RO_CNP", "CNP", "1800101221144"),
    ("CH_AHV", "AHV-Nr.", "7569217076985"),
    ("FR_NIR", "numéro de sécurité sociale", "253072607304903"),
    ("BR_CPF", "CPF", "39053344705"),
    ("MX_CURP", "CURP", "BOXW310820HNERXN09"),
    ("KZ_IIN", "ИИН", "880115300126"),
    ("IT_FISCAL_CODE", "codice fiscale", "RCCMNL83S18D969H"),
)
"""A type, a label, and a number that holds, in one."""
SEPARATORS = (" ", "\u00a0", "\u202f", "-", "/", ".", "_", "·", " - ", "–", "\u2011")


def _grouped(number, separator, size):
    return separator.join(number[place : place + size] for place in range(0, len(number), size))


@pytest.mark.parametrize(("entity_type", "label", "number"), NUMBERS)
def test_a_number_that_holds_is_found_however_it_is_grouped(find, entity_type, label, number):
    detector = BY_TYPE[entity_type]
    values = [_grouped(number, separator, size) for size in (3, 4, 5) for separator in SEPARATORS]
    assert find(detector, "\n\n".join(f"x, {label} {value}, y" for value in values)) == values


FURTHER = (
    ("PL_PESEL", "We wniosku jest błędny PESEL. Prawidłowy to {}.", "77-06-28-62057"),
    ("PL_PESEL", "proszę podać numer PESEL. Pacjent: {}, zgadza się?", "691-021-107-49"),
    ("PL_PESEL", "Czy może pani powtórzyć PESEL? — Tak: {}.", "740 917 551 14"),
    ("PL_PESEL", "Mój PESEL podaję poniżej.\n{}\n", "77062862057"),
    ("PL_PESEL", '"pesel": {{\n  "value": "{}"', "77062862057"),
    ("BE_NATIONAL_NUMBER", "Je vérifie votre numéro national. Vous avez bien dit {} ?", "85.07.30-033 28"),
    ("BR_CPF", "Me passa o CPF, por favor? Claro, anota aí: {}", "390.533.447-05"),
    ("DE_PENSION_INSURANCE", "Die Sozialversicherungsnummer laut Ausweis: {}", "38 23 05 86 S 35 4"),
    ("DE_PENSION_INSURANCE", "Es fehlt die Rentenversicherungsnummer. Sie lautet {}.", "38 230586 S 354"),
    ("MX_CURP", "Le falta la CURP. Es {}.", "BOXW310820HNERXN09"),
    ("FI_HETU", "Puuttuu henkilötunnus! Se on {}.", "131052-308T"),
    ("IBAN_CODE", "Da luglio il conto per lo stipendio è {}", "IT 60 X 05428 11101 000000123456"),
)


@pytest.mark.parametrize(("entity_type", "text", "value"), FURTHER)
def test_a_number_that_holds_stands_in_the_next_sentence(find, entity_type, text, value):
    assert find(BY_TYPE[entity_type], text.format(value)) == [value]


NOT_FURTHER = (
    ("BE_NATIONAL_NUMBER", "Il manque le numéro national. Téléphone : 85073003328"),
    ("BE_NATIONAL_NUMBER", "Il manque le numéro national. Commande n° 85073003328"),
    ("BE_NATIONAL_NUMBER", "Il manque le numéro national. C'est le 85073003329."),
    ("US_SSN", "We need your social security number. The invoice total was 536904399"),
    ("NG_NIN", "Enter your NIN number. Thanks to all 12345678904 of you"),
    ("BE_NATIONAL_NUMBER", "numéro national.\n\n\n\n\n85073003328"),
)


@pytest.mark.parametrize(("entity_type", "text"), NOT_FURTHER)
def test_other_numbers_of_the_next_sentence_are_nothing(find, find_labelled, entity_type, text):
    assert (find(BY_TYPE[entity_type], text), find_labelled(BY_TYPE[entity_type], text)) == ([], [])


FOREIGN = (
    ("Sozialversicherungsnr. ", "4876-100987"),
    ("social security number: ", "85.07.30-033 28"),
    ("national ID no. ", "RCCMNL83S18D969H"),
    ("numéro de sécurité sociale ", "756.9217.0769.85"),
    ("health card number ", "770628 62057"),
)


@pytest.mark.parametrize(("label", "value"), FOREIGN)
def test_a_number_of_one_country_is_believed_behind_a_label_of_another(find, label, value):
    assert find(ANY_PERSON, label + value) == [value]


@pytest.mark.parametrize(
    "text", ["order number 77062862057", "passport 77062862057", "id 77062862057", "SSN 77062862058"]
)
def test_other_labels_and_numbers_that_do_not_hold_are_nothing(find, find_labelled, text):
    assert (find(ANY_PERSON, text), find_labelled(ANY_PERSON, text)) == ([], [])


CALLED = (
    "segurança social: ligue 300 502 502",
    "social security: call 300 502 502",
    "social security, dzwoń 300 502 502",
    "Social security office, rufen Sie 300 502 502 an",
    "capital social 300 502 502",
)


@pytest.mark.parametrize("text", CALLED)
def test_who_is_told_to_call_is_told_no_number_of_social_security(find, find_labelled, text):
    detector = BY_TYPE["US_SSN"]
    assert (find(detector, text), find_labelled(detector, text)) == ([], [])


GOODS = (
    "DNI (Argentina): 43.452.221 — Tel: ",
    "Artikel 0986 494 104, Bremsbelagsatz",
    "Ersatzteil-Nr. 0986 494 104",
    "spare part no. 0986 494 104",
    "n° de pièce 0986 494 104",
    "ricambio 0986 494 104",
    "nr części 0986 494 104",
    "каталожный номер 0986 494 104",
    "部品番号 0986-494-104",
)


@pytest.mark.parametrize("text", GOODS)
def test_numbers_of_goods_are_no_telephones(find, find_labelled, text):
    detector = phone_number.DETECTOR
    assert (find(detector, text), find_labelled(detector, text)) == ([], [])


BRANDS = (
    ("cartão Elo ", "5067 1234 5678 9015"),
    ("tarjeta Naranja ", "5895 6201 2345 6787"),
    ("карта МИР ", "2200 1234 5678 9019"),
    ("troy kart no: ", "9792 0123 4567 8907"),
    ("RuPay card ", "6521 5012 3456 7892"),
    ("Humo karta raqami ", "9860 1201 2345 6786"),
    ("Verve card number ", "5061 2345 6789 0125"),
)


@pytest.mark.parametrize(("label", "value"), BRANDS)
def test_cards_of_every_brand_are_found_behind_it(find, find_labelled, label, value):
    digits = value.replace(" ", "")
    good = next(value[:-1] + str(last) for last in range(10) if _is_luhn(digits[:-1] + str(last)))
    assert find(credit_card.DETECTOR, label + good) + find_labelled(credit_card.DETECTOR, label + good) == [good]


def _is_luhn(digits):
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(sum(divmod(number, 10)) for number in doubled) % 10 == 0


NEAR_A_CARD = "Her SSN, as printed on the card, is 536 90 4399."


def test_the_label_of_a_card_names_no_shorter_number(find):
    assert find(BY_TYPE["US_SSN"], NEAR_A_CARD) == ["536 90 4399"]


LABELLED = (
    ("DRIVER_LICENSE", "DL No. ", "MH12 20110012345"),
    ("DRIVER_LICENSE", "permiso de conducir nº ", "12345679-S"),
    ("HEALTH_INSURANCE_NUMBER", "номер полиса ОМС ", "7748 1029 3746 5012"),
    ("HEALTH_INSURANCE_NUMBER", "EHIC ", "80276 00143 07781 92640"),
    ("EG_NATIONAL_ID", "الرقم القومي للموظف ", "٢٩٥١١٠٢٠٢٣٩٩٨٤"),
)


@pytest.mark.parametrize(("entity_type", "label", "value"), LABELLED)
def test_what_has_no_check_digits_is_what_its_label_says(find_labelled, entity_type, label, value):
    assert find_labelled(BY_TYPE[entity_type], label + value) == [value]


HEALTH = (
    ("Medicare card no. ", "2851 58656 1"),
    ("cartão SUS nº ", "753 1185 8431 4134"),
    ("OHIP ", "2452-821-495-ZP"),
)


@pytest.mark.parametrize(("label", "value"), HEALTH)
def test_numbers_of_patients_are_confirmed_by_their_check_digits(find, label, value):
    assert find(BY_TYPE["HEALTH_INSURANCE_NUMBER"], label + value) == [value]


def test_a_number_that_the_library_stumbles_over_is_one_that_does_not_hold(find, find_labelled):
    detector, text = BY_TYPE["CN_RESIDENT_ID"], "身份证号 110261198507155649"
    assert (find(detector, text), find_labelled(detector, text)) == ([], ["110261198507155649"])


@pytest.mark.parametrize(
    "text", ["PAN card: ABCPE 1234 F", "permanent account number is ABCPE-1234-F", "पैन नंबर ABCPE/1234/F"]
)
def test_a_number_of_few_digits_is_found_behind_words_of_its_own(find, find_labelled, text):
    detector = BY_TYPE["IN_PAN"]
    assert find(detector, text) + find_labelled(detector, text) == [text[-12:]]
