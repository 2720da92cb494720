"""Whatever evidence holds can be shown, and whatever is drawn keeps to its room."""

from hypothesis import given
from hypothesis import strategies as st

from corpus_audit.document.cells import count_cells
from corpus_audit.report.formatting import format_value, shorten, shorten_pair
from corpus_audit.report.translator import words_in
from corpus_audit.vocabulary import Language

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
_COLUMN = st.sampled_from(["state", "text_bytes", "records", "share_a", "sha256", "personal_information"]) | st.text()


@given(_COLUMN, _JSON, st.sampled_from(Language))
def test_any_value_can_be_shown(column, value, language):
    assert isinstance(format_value(column, value, words_in(language)), str)


@given(st.text(), st.integers(min_value=3, max_value=60))
def test_a_cut_label_keeps_to_its_room_and_its_ends(label, limit):
    cut = shorten(label, limit)
    assert count_cells(cut) <= limit
    assert cut == label or "…" in cut


@given(st.text(), st.text(), st.integers(min_value=12, max_value=60))
def test_a_cut_pair_keeps_to_its_room(one, other, limit):
    assert count_cells(shorten_pair((one, other), " × ", limit)) <= limit
