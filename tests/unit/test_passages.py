"""The passages that two texts share: what is marked, in which languages, and that no text is lost by it."""

from hypothesis import given
from hypothesis import strategies as st

from corpus_audit.review.excerpts import ExcerptSegment
from corpus_audit.review.passages import MarkedPiece, mark_shared


def _text(pieces: list[MarkedPiece], *, shared: bool | None = None) -> str:
    return "".join(piece.text for piece in pieces if shared is None or piece.is_shared == shared)


def test_runs_of_five_words_are_marked_in_both_whatever_their_case_and_order() -> None:
    first = [ExcerptSegment("Before. The tide went OUT and left the harbour. After.")]
    second = [ExcerptSegment("Something else. the Tide went out, and left it. Before nothing.")]
    a, b = mark_shared(first, second)
    assert _text(a, shared=True) == "The tide went OUT and left"
    assert _text(b, shared=True) == "the Tide went out, and left"


def test_four_words_in_a_row_are_a_phrase_and_not_marked() -> None:
    a, b = mark_shared([ExcerptSegment("one of the many things")], [ExcerptSegment("some one of the many")])
    assert _text(a, shared=True) == _text(b, shared=True) == ""


def test_chinese_is_compared_character_by_character() -> None:
    a, _b = mark_shared([ExcerptSegment("天气很好，我们去公园散步。")], [ExcerptSegment("昨天我们去公园散步了。")])
    assert _text(a, shared=True) == "我们去公园散步"


def test_masks_stay_masks_inside_a_shared_passage() -> None:
    pieces = [
        ExcerptSegment("write to me at "),
        ExcerptSegment("c***@***.net", "EMAIL_ADDRESS"),
        ExcerptSegment(" any day of the week"),
    ]
    a, _b = mark_shared(pieces, pieces)
    masked = [piece for piece in a if piece.entity_type]
    assert _text(masked) == "c***@***.net"
    assert all(piece.is_shared for piece in masked)


_PIECES = st.lists(
    st.builds(ExcerptSegment, st.text("ab 天。\n", max_size=40), st.sampled_from(["", "EMAIL_ADDRESS"])), max_size=6
)


@given(_PIECES, _PIECES)
def test_marking_loses_no_text_and_no_mask(first: list[ExcerptSegment], second: list[ExcerptSegment]) -> None:
    for pieces, marked in zip((first, second), mark_shared(first, second), strict=True):
        assert _text(marked) == "".join(piece.text for piece in pieces)
        masked = "".join(piece.text for piece in marked if piece.entity_type)
        assert masked == "".join(piece.text for piece in pieces if piece.entity_type)
