"""Labels as people inflect, abbreviate and set them: endings, parts of keys, leaders of forms, questions."""

import pyarrow as pa
import pytest

from corpus_audit.measure.detection.fr import nir
from corpus_audit.measure.detection.international import credit_card, national_numbers, phone_number
from corpus_audit.measure.detection.label_gaps import end_of_label
from corpus_audit.measure.detection.labels import labels_of
from corpus_audit.measure.detection.pl import identifiers
from corpus_audit.measure.detection.pl import pesel as pl_pesel
from corpus_audit.measure.detection.scan import Scanner
from corpus_audit.measure.detection.uk import nino as uk_nino
from corpus_audit.measure.detection.us import ssn as us_ssn

PHONE, NIP, PESEL, SSN = phone_number.DETECTOR, identifiers.NIP, pl_pesel.DETECTOR, us_ssn.DETECTOR
NINO = uk_nino.DETECTOR
HETU = next(detector for detector in national_numbers.DETECTORS if detector.entity_type == "FI_HETU")


@pytest.mark.parametrize(
    ("detector", "text", "values"),
    [
        (NIP, "nie podał NIP-u na zamówieniu, dopisałam: 525-010-22-24", ["525-010-22-24"]),
        (NIP, "brak NIP-u na umowie, uzupełniam: 5250102224", ["5250102224"]),
        (PESEL, "pesele: mąż 440514-01359, ja 75012647824", ["440514-01359", "75012647824"]),
        (HETU, "Hetu:ni on 131052-308T", ["131052-308T"]),
        (nir.DETECTOR, '"num_secu":"2550814168025 38"', ["2550814168025 38"]),
        (SSN, "ssn_last: 536-90-4399", ["536-90-4399"]),
        (PHONE, "  tel_no: 512 345 678", ["512 345 678"]),
        (PHONE, "phone_pl: 512345678", ["512345678"]),
        (PHONE, "phonePL = 512345678", ["512345678"]),
        (PHONE, "Telefon kontaktowy ........ 512345678", ["512345678"]),
        (PHONE, "Telefon … … 512345678", []),
        (PHONE, "Telefon …… 512345678", ["512345678"]),
        (PHONE, "Czy mogą Państwo oddzwonić? 512 352 678 - Teresa", ["512 352 678"]),
        (PHONE, "Unsere neue Nummer ist 015123267223", ["015123267223"]),
        (PHONE, "Comunicate al 0111520840138", ["0111520840138"]),
        (PHONE, "Mój nowy numerek: 519-624-110", ["519-624-110"]),
        (PHONE, "Kaya Nakliyat, Bursa, +90/501/246/52/48", ["+90/501/246/52/48"]),
        (PHONE, "numero de telefono 612345678", ["612345678"]),
        (PHONE, "hívhatsz a 06 20 121 9528-es számon", ["06 20 121 9528"]),
        (PHONE, "a 06 20 121 9528-as számot", ["06 20 121 9528"]),
        (PHONE, "kdyžtak brnkněte na 601 898 796", ["601 898 796"]),
        (PHONE, "Telefon służb. ______ 512 822 100", ["512 822 100"]),
        (NINO, 'nationalInsuranceNo: "AB712413C"', ["AB712413C"]),
    ],
)
def test_a_label_is_found_with_what_is_put_at_its_end(find, detector, text, values):
    assert find(detector, text) == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("téléphone fictif : 00 74 66 52 64", "00 74 66 52 64"),
        ("Durchwahl +49/15623/681492-346", "+49/15623/681492-346"),
    ],
)
def test_a_number_of_no_plan_is_labelled_behind_such_a_label(find_labelled, text, value):
    assert find_labelled(PHONE, text) == [value]


@pytest.mark.parametrize("rest", ["_id: ", "-in ", "-first ", "s: ", "_count=", "-us", ""])
def test_other_words_are_no_endings(rest):
    assert end_of_label(b"phone" + rest.encode() + b"512345678", 5) == 5


def test_the_label_of_the_line_above_outweighs_that_of_the_line_below():
    text = "Social Security Number\n081 14 0657\nCell Phone\n(201) 555-6789"
    rows = Scanner(b"key", (PHONE, SSN)).scan(pa.array([text])).to_pylist()
    assert [(row["entity_type"], row["start_byte"]) for row in rows][:1] == [("US_SSN", 23)]


def test_labels_are_also_met_without_their_accents():
    assert "numero de telefono" in labels_of("PHONE_NUMBER")
    assert "rodne cislo" in labels_of("CZ_BIRTH_NUMBER")
    assert not {"ar", "fur"} & set(labels_of("NOT_PERSONAL"))


def test_labels_have_their_word_for_a_number_in_short_too():
    assert {"nº de pasaporte", "kinderreisepassnr"} <= set(labels_of("PASSPORT"))
    assert "taxpayer identification no" in labels_of("IDENTITY_TIN")
    assert "licence no" not in labels_of("DRIVER_LICENSE")


def test_labels_of_several_words_are_also_one_as_in_names():
    assert {"phonenumber", "telefonnummer"} <= set(labels_of("PHONE_NUMBER"))
    assert "notel" not in labels_of("PHONE_NUMBER")


def test_a_number_with_a_label_in_front_is_not_what_the_label_behind_it_names(find):
    birth_number = next(one for one in national_numbers.DETECTORS if one.entity_type == "CZ_BIRTH_NUMBER")
    assert find(birth_number, "mám nové číslo 0912 145 333, rodné č. synovi nájdeš v karte") == []
    assert find(birth_number, "0912145333 (rodné číslo)") == ["0912145333"]


def test_a_number_in_more_groups_is_none_of_those_that_a_label_names(find):
    cpr = next(one for one in national_numbers.DETECTORS if one.entity_type == "DK_CPR")
    assert find(cpr, "personnummer 520504-0057, dagtid 070-126-18-73.") == []
    assert find(cpr, "personnummer 070126-1873, 080226 1873") == ["070126-1873", "080226 1873"]


def test_a_check_digit_outweighs_the_groups_of_a_further_number(find):
    text = "syn ma pesel 690610-69368 a córka 64 02 22 88671"
    assert find(PESEL, text) == ["690610-69368", "64 02 22 88671"]


@pytest.mark.parametrize(
    ("detector", "text", "value"),
    [
        (PESEL, "SKAN: NUMER PESEL ; 800418 52664 ; DOWÓD", "800418 52664"),
        (credit_card.DETECTOR, "card 2: 2720940029248673", "2720940029248673"),
        (PHONE, "—¿Tienes móvil?\n—Sí, 618-43-41-66", "618-43-41-66"),
        (PHONE, "[09:12] ana: your mobile number?\n[09:13] bob: 2015575563", "2015575563"),
    ],
)
def test_a_value_stands_behind_a_semicolon_a_count_or_who_answers(find, find_labelled, detector, text, value):
    assert value in find(detector, text) + find_labelled(detector, text)


def test_hours_of_the_day_are_no_telephone_numbers(find, find_labelled):
    text = "Dagtid 1200 1600, kveldstid 1800 2200"
    assert find(PHONE, text) + find_labelled(PHONE, text) == []
