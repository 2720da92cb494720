"""What matches in a piece is found by matching it together with others, and nothing else is taken for a match."""

import random

import numpy as np
import pytest

from corpus_audit.measure.detection import anchors
from corpus_audit.measure.detection.detectors import DETECTORS
from corpus_audit.measure.detection.disguises import disguise_expressions
from corpus_audit.measure.detection.joined import JoinedPieces, Match, may_be_joined, stays_within_lines
from corpus_audit.measure.text_windows import whole_pieces

WITHIN_LINES = (
    r"\bkey\b",
    r"MI?T",
    r"(?i:ID)[^a-z\n]?",
    r"[0-9][ \t-]{0,3}[0-9]",
    r"b[^\s]{0,9}e",
    r"b.{0,9}e",
    r"b\x65|id[\x01-\x09 ]",
)
OVER_LINES = (r"(?:\A|\n)MIT", r"(?:^|[^A-Za-z])id[^a-z]?", r"[0-9]\s{0,3}[0-9]", r"b[^x]{0,9}e", r"[0-9]\W[0-9]")


@pytest.mark.parametrize("expression", [*WITHIN_LINES, *OVER_LINES])
def test_a_match_in_a_piece_is_found_in_the_joined_text(expression: str) -> None:
    match, pieces, joined = _pieces(expression)
    alone = _alone(match, pieces)
    assert 0 < len({piece for piece, _ in alone}) < len(pieces) // 2
    found = _joined(joined, match)
    assert alone <= found
    assert len(found) < len(alone) + len(pieces) // 4


@pytest.mark.parametrize("expression", WITHIN_LINES)
def test_what_stays_within_lines_matches_in_the_joined_text_only_where_it_does_alone(expression: str) -> None:
    match, pieces, joined = _pieces(expression)
    assert stays_within_lines(expression)
    assert _joined(joined, match) == _alone(match, pieces)


@pytest.mark.parametrize(
    "expression",
    [*OVER_LINES, r"[\x00-\x20]", r"[\t-z]", "a\n", r"(?s)a.b", r"a[^b\t]", r"[^\\n]", r"\x0a", r"\v"],
)
def test_what_may_match_the_end_of_a_line_is_looked_at_again(expression: str) -> None:
    assert not stays_within_lines(expression)


def test_hits_are_those_of_each_piece_alone() -> None:
    """Some are taken from the joined text, others lead to their piece, and long pieces are matched by themselves."""
    words = ["confidential", "All rights reserved", "MIT License", "Released under the\nGPL", "AI", "no", "\n"]
    chance = random.Random(2)
    pieces = [" ".join(chance.choices(words, k=chance.randrange(1, 4))).encode() for _ in range(300)]
    pieces[9] = b"zz confidential MIT License " * 500
    matcher = anchors.AnchorMatcher(DETECTORS, with_disguises=True)
    found = matcher.hits(memoryview(b"".join(pieces)), cut := whole_pieces([len(piece) for piece in pieces]))
    starts = cut.start[found.piece]
    together = list(zip(found.piece.tolist(), (found.end - starts).tolist(), found.anchor.tolist(), strict=True))
    alone = []
    for number, piece in enumerate(pieces):
        one = matcher.hits(memoryview(piece), whole_pieces([len(piece)]))
        alone += [(number, end, anchor) for end, anchor in zip(one.end.tolist(), one.anchor.tolist(), strict=True)]
    assert len(alone) > len(pieces)
    assert together == alone


def _pieces(expression: str) -> tuple[Match, list[bytes], JoinedPieces]:
    chance = random.Random(expression)
    signs = ("key", "MIT", "id", " ", "\n", "1", "2", "b", "e", "x", "_", "é")
    pieces = ["".join(chance.choices(signs, k=chance.randrange(1, 6))).encode() for _ in range(400)]
    pieces[7] = b"zz" * 5000
    cut = whole_pieces([len(piece) for piece in pieces])
    joined = JoinedPieces(memoryview(b"".join(pieces)), cut.first, cut.last)
    assert np.flatnonzero(~joined.is_short).tolist() == [7]
    return anchors._matcher([(0, expression)]), pieces, joined


def _joined(joined: JoinedPieces, match: Match) -> set[tuple[int, int]]:
    hits = joined.hits(match)
    return set(zip(hits.piece.tolist(), hits.end.tolist(), strict=True))


def _alone(match: Match, pieces: list[bytes]) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    ends: list[int] = []

    def on_hit(_number: int, _start: int, end: int, _flags: int, _context: object) -> None:
        ends.append(end)

    before = 0
    for number, piece in enumerate(pieces):
        ends.clear()
        match(piece, on_hit)
        found |= {(number, before + end) for end in ends}
        before += len(piece)
    return found


def test_every_anchor_that_is_tried_everywhere_may_be_joined() -> None:
    everywhere = [p.anchor for d in DETECTORS for p in d.proposals if not (p.near_digits or p.near_code)]
    assert may_be_joined([*everywhere, *disguise_expressions(), *WITHIN_LINES, *OVER_LINES])


@pytest.mark.parametrize("expression", [r"^a", r"a$", r"a\z", r"\Aa", r"(?:^|[^\n])a", r"\Ba", r"(?:^|b)a", r"[$^]^"])
def test_what_tells_an_edge_from_the_end_of_a_line_is_not_joined(expression: str) -> None:
    assert not may_be_joined([expression])
    assert may_be_joined([r"[$^]a\^\$"])
