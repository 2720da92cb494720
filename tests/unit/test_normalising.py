"""NFC is what Unicode says, but for runs of marks that no language has, which take their time and no more."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_audit.measure.fingerprints.normalising import MOST_MARKS, to_nfc

MARKS = "\u0301\u0327\u0345\u3099\u0f73"
texts = st.text(st.one_of(st.sampled_from("aeé한각か" + MARKS), st.characters(exclude_categories=("Cs",))))


@given(texts)
def test_any_text_is_normalised(text: str) -> None:
    assert to_nfc(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("before", ["", "e", "aé "])
def test_as_many_marks_as_are_taken_together_are_put_in_order(before: str) -> None:
    text = before + "\u0301\u0327" * (MOST_MARKS // 2) + "a\u0301"
    assert to_nfc(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("mark", list(MARKS))
def test_a_run_without_end_loses_nothing(mark: str) -> None:
    """Done in one piece, each of these would take hours."""
    marks = unicodedata.normalize("NFD", mark)
    found = to_nfc("e" + mark * 1_000_000 + " end")
    back = {ord(character): unicodedata.normalize("NFD", character) for character in "éȩ"}
    decomposed = found.translate(back | {ord(mark): marks})
    assert decomposed.count(marks[0]) == decomposed.count(marks[-1]) == 1_000_000
    assert len(decomposed) == len("e end") + 1_000_000 * len(marks)
