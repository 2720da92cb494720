"""Numbers of those who trade: beside a label in each of their languages, holding or not."""

from itertools import combinations

import pytest

from corpus_audit.measure.detection.eu.vat_number import DETECTOR as VAT_NUMBER
from corpus_audit.measure.detection.international.business_numbers import DETECTORS, NUMBERS
from corpus_audit.measure.detection.labels import label_table, labels_of

BY_LABELS = {
    number.labels.removeprefix("BUSINESS_"): (number, detector)
    for number, detector in zip(NUMBERS, DETECTORS, strict=True)
}

VALUES = (
    ("ABN", "16 568 042 907"),
    ("ABN", "261 435 778"),
    ("BIN", "050140860363"),
    ("CA", "497800268 RT0001"),
    ("CNPJ", "37.374.090/0001-90"),
    ("CNPJ", "61ABC695/000150"),
    ("EDB", "4030361933010"),
    ("EDRPOU", "35971967"),
    ("GSTIN", "27AAACB9706R1Z3"),
    ("ICE", "005937894770000"),
    ("ICO", "25123891"),
    ("IDNO", "1005091543248"),
    ("IL", "51-2523861"),
    ("JP", "7003302292001"),
    ("JP", "T4557716048441"),
    ("KRA_PIN", "A004289387P"),
    ("LEGAL_CEDULA", "3-101-387133"),
    ("MF", "3243475/M/A/E/001"),
    ("MF", "2418201M"),
    ("MST", "0100782569"),
    ("MST", "0102330399-001"),
    ("NIT", "7375595-8"),
    ("NIT", "0614-793143-695-6"),
    ("NUIT", "406569500"),
    ("NZBN", "9429091514837"),
    ("OGRN", "1022409157430"),
    ("OGRN", "304194462773771"),
    ("ORGNR", "974 760 673"),
    ("PIB", "105080321"),
    ("RIF", "J-64661337-9"),
    ("RIF", "V56669836-2"),
    ("RNC", "1-73-07612-5"),
    ("RUC", "20183889398"),
    ("RUC", "80447108-8"),
    ("RUC", "1795655870001"),
    ("RUT", "212638540018"),
    ("SIREN", "681 048 906"),
    ("SIREN", "136 728 953 00094"),
    ("TH", "0-1055-20551-22-6"),
    ("UBN", "06899109"),
    ("UEN", "201087907K"),
    ("UNP", "111703028"),
    ("VKN", "9566040095"),
    ("VOEN", "1749700701"),
    ("ZA_TAX", "9068954537"),
)
LABELLED = (
    ("KVK", "KvK-nummer: ", "68750110"),
    ("CNPJ", "CNPJ nº ", "37.374.090/0001-91"),
    ("SIREN", "SIREN : ", "681 048 907"),
    ("UBN", "統一編號：", "06899103"),
    ("RUC", "RUC N.° ", "20183889397"),
    ("JP", "法人番号", "7003302292002"),
)
NEAR = (
    ("CNPJ", "o CNPJ da contratante é o ", "37.374.090/0001-90"),
    ("NIT", "NIT chapín del cliente: ", "7375595-8"),
    ("RUT", "El RUT de la cooperativa uruguaya es ", "212638540018"),
    ("SIREN", "Siren de la maison mère ", "681 048 906"),
    ("ABN", "ABN of the employer is ", "16 568 042 907"),
)
NOTHING = (
    ("NIT", "nit: 20190507"),
    ("PIB", "PIB 105080322"),
    ("BIN", "бин 202401151230"),
    ("CA", "bn: 497800267"),
    ("MF", "mf 3243475"),
    ("ICE", "ICE 597 to Hamburg"),
    ("RIF", "RIF 646613379"),
)


def test_every_row_has_labels_and_a_value():
    assert {group for group in label_table() if group.startswith("BUSINESS_") and not group.endswith("_WEAK")} == {
        number.labels for number in NUMBERS
    }
    assert {labels for labels, _ in VALUES} == set(BY_LABELS) - {"KVK"}


def test_no_label_leads_to_two_rows():
    """Beside it the value of one of them would be looked at by one format alone."""
    for one, other in combinations(NUMBERS, 2):
        shared = set(labels_of(one.labels)) & set(labels_of(other.labels))
        assert not shared, shared


@pytest.mark.parametrize(("labels", "value"), VALUES)
def test_a_number_that_holds_is_confirmed_beside_a_label_of_each_language(find, labels, value):
    number, detector = BY_LABELS[labels]
    for words in label_table()[number.labels].values():
        assert find(detector, f"x, {words[0]}: {value}, y") == [value], words[0]


@pytest.mark.parametrize(("labels", "label", "value"), LABELLED)
def test_a_number_that_does_not_hold_is_what_its_label_says(find, find_labelled, labels, label, value):
    detector = BY_LABELS[labels][1]
    assert (find(detector, label + value), find_labelled(detector, label + value)) == ([], [value])


@pytest.mark.parametrize(("labels", "before", "value"), NEAR)
def test_a_number_that_holds_stands_a_few_words_behind_its_label(find, labels, before, value):
    assert find(BY_LABELS[labels][1], f"{before}{value}.") == [value]


@pytest.mark.parametrize(("labels", "text"), NOTHING)
def test_a_short_word_is_no_label_of_a_number_that_does_not_hold(find, find_labelled, labels, text):
    detector = BY_LABELS[labels][1]
    assert (find(detector, text), find_labelled(detector, text)) == ([], [])


def test_a_swiss_register_number_needs_no_suffix_of_the_tax(find):
    assert find(VAT_NUMBER, "UID CHE-100.155.212") == ["CHE-100.155.212"]
    assert find(VAT_NUMBER, "UID 100155212") == []
