"""Values that a sentence names behind them, and labels of few letters that something must mark."""

import pytest

from corpus_audit.measure.detection.international.national_numbers import DETECTORS
from corpus_audit.measure.detection.international.passport import DETECTOR as PASSPORT

BY_TYPE = {detector.entity_type: detector for detector in DETECTORS}
CEDULA, DNI, RG, TI = BY_TYPE["CEDULA"], BY_TYPE["AR_DNI"], BY_TYPE["BR_RG"], BY_TYPE["CO_CEDULA"]

STATED = (
    (RG, "28.868.955-0 é o meu RG", "28.868.955-0"),
    (CEDULA, "80.824.720 es mi número de cédula", "80.824.720"),
    (DNI, "41191941, ese es mi DNI", "41191941"),
    (PASSPORT, "X1234567 is my passport number", "X1234567"),
    (PASSPORT, "C01X00T479 ist meine Passnummer", "C01X00T479"),
)
MARKED = ("TI: 1103675843", "mi TI 1103675843", '"ti":"1146471621"', "TI\n1060733043")
UNMARKED = ("para ti 1103675843", "TI 1103675843")


@pytest.mark.parametrize(("detector", "text", "value"), STATED)
def test_a_sentence_names_the_number_in_front_of_it(find_labelled, detector, text, value):
    assert find_labelled(detector, text) == [value]


def test_a_number_that_is_only_in_front_of_a_label_is_not_named(find_labelled):
    assert find_labelled(DNI, "págame 41191941 y manda el documento") == []


@pytest.mark.parametrize("text", MARKED)
def test_a_label_of_few_letters_counts_where_something_marks_it(find_labelled, text):
    assert len(find_labelled(TI, text)) == 1


@pytest.mark.parametrize("text", UNMARKED)
def test_a_label_of_few_letters_alone_is_a_word(find_labelled, text):
    assert find_labelled(TI, text) == []
