"""A piece in which something matches is never passed over because it was matched together with others."""

import random

import numpy as np
import pytest

from corpus_audit.measure.detection import anchors
from corpus_audit.measure.detection.detectors import DETECTORS
from corpus_audit.measure.detection.disguises import disguise_expressions
from corpus_audit.measure.detection.joined import JoinedPieces, Match, may_be_joined
from corpus_audit.measure.text_windows import whole_pieces

EXPRESSIONS = (r"\bkey\b", r"(?:\A|\n)MIT", r"(?:^|[^A-Za-z])id[^a-z]?", r"[0-9]\s{0,3}[0-9]", r"b[^x]{0,9}e")


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_a_piece_with_a_match_of_its_own_may_match(expression: str) -> None:
    chance = random.Random(expression)
    signs = ("key", "MIT", "id", " ", "\n", "1", "2", "b", "e", "x", "_", "é")
    pieces = ["".join(chance.choices(signs, k=chance.randrange(1, 6))).encode() for _ in range(400)]
    pieces[7] = b"zz" * 5000
    match = anchors._matcher([(0, expression)])
    data, cut = memoryview(b"".join(pieces)), whole_pieces([len(piece) for piece in pieces])
    may = JoinedPieces(data, cut.first, cut.last).may_match(match)
    alone = np.array([_matches(match, piece) for piece in pieces])
    assert 0 < alone.sum() < len(pieces)
    assert may[alone].all()
    assert may[7]
    assert may.sum() < alone.sum() + len(pieces) // 4


def _matches(match: Match, piece: bytes) -> bool:
    found: list[int] = []

    def on_hit(_number: int, _start: int, end: int, _flags: int, _context: object) -> None:
        found.append(end)

    match(piece, on_hit)
    return bool(found)


def test_every_anchor_that_is_tried_everywhere_may_be_joined() -> None:
    everywhere = [p.anchor for d in DETECTORS for p in d.proposals if not (p.near_digits or p.near_code)]
    assert may_be_joined([*everywhere, *disguise_expressions(), *EXPRESSIONS])


@pytest.mark.parametrize("expression", [r"^a", r"a$", r"a\z", r"\Aa", r"(?:^|[^\n])a", r"\Ba", r"(?:^|b)a", r"[$^]^"])
def test_what_tells_an_edge_from_the_end_of_a_line_is_not_joined(expression: str) -> None:
    assert not may_be_joined([expression])
    assert may_be_joined([r"[$^]a\^\$"])
