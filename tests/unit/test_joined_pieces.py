"""What matches in a piece is found by matching it together with others, and nothing else is taken for a match."""

import random

import pytest

from corpus_audit.measure.detection import anchors
from corpus_audit.measure.detection.detectors import DETECTORS
from corpus_audit.measure.detection.disguises import disguise_expressions
from corpus_audit.measure.detection.joined import (
    JoinedPieces,
    Match,
    OnHit,
    PatternSet,
    may_be_joined,
    stays_within_pieces,
)
from corpus_audit.measure.text_windows import whole_pieces

WITHIN_PIECES = (
    r"\bkey\b",
    r"MI?T",
    r"(?i:ID)[^a-z\n]?",
    r"[0-9][ \t-]{0,3}[0-9]",
    r"b[^\s]{0,9}e",
    r"b.{0,9}e",
    r"b\x65|id[\x01-\x09 ]",
    r"(?:\A|\n)MIT",
    r"(?:^|[^A-Z\]])id",
    r"[0-9]\s{0,3}[0-9]",
    r"(?:MI?T|1?)[0-9]?2[ \n]?[ \n]",
    r"(?:key|(?:\b1| )+)[^A-Z\n]",
    r"[^\n ]id",
)
OVER_PIECES = (
    r"(?:^|[^A-Za-z])id[^a-z]?2",
    r"b[^x]{0,9}e",
    r"[0-9]\W[0-9]",
    r"[^a-z]id",
    r"[ \n]id",
    r"1?[ \n]id",
    r"(?:MI?T)*(?:1|2?[ \n]?)id",
    r"(?:1{0,2})\sid",
)


@pytest.mark.parametrize("expression", [*WITHIN_PIECES, *OVER_PIECES])
def test_what_matches_in_a_piece_is_what_matches_in_it_alone(expression: str) -> None:
    patterns, pieces, joined = _pieces(expression)
    alone = _alone(patterns.match, pieces)
    assert 0 < len({piece for piece, _ in alone}) < len(pieces) // 2
    hits = joined.hits(patterns)
    assert sorted(zip(hits.piece.tolist(), hits.end.tolist(), strict=True)) == alone


@pytest.mark.parametrize("expression", WITHIN_PIECES)
def test_what_stays_within_pieces_is_matched_once(expression: str) -> None:
    patterns, pieces, joined = _pieces(expression)
    assert stays_within_pieces(expression)
    seen: list[int] = []

    def match(text: memoryview | bytes, on_hit: OnHit) -> None:
        seen.append(len(text))
        patterns.match(text, on_hit)

    joined.hits(patterns._replace(match=match))
    assert seen[1:] == [len(pieces[7])]


@pytest.mark.parametrize(
    "expression",
    [
        *OVER_PIECES, r"1(?:^|[^a])b", r"[\x00-\x20]", r"a\x00?\n", r"(?s)a.b", r"a[^b\t]", r"[^\\n]", r"\x0a", r"\v",
        r"a\n.b", r"(?:(?:^|[^A-Z])id|\n1)", r"a|\s", r"(?:a|b|)\n",
    ],
)  # fmt: skip
def test_what_may_match_a_gap_is_looked_at_again(expression: str) -> None:
    assert not stays_within_pieces(expression)


def test_where_pieces_may_not_be_joined_each_is_matched_alone() -> None:
    patterns, pieces, joined = _pieces(r"\A1")
    assert patterns.stays is None
    hits = joined.hits(patterns)
    assert sorted(zip(hits.piece.tolist(), hits.end.tolist(), strict=True)) == _alone(patterns.match, pieces)


def test_hits_are_those_of_each_piece_alone() -> None:
    """Some are taken from the joined text, others lead to their piece, and long pieces are matched by themselves."""
    words = ["confidential", "All rights reserved", "MIT License", "Released under the\nGPL", "AI", "no", "\n"]
    words += ["phone: +44 20 7946 0018", "4111 1111 1111 1111", "ann@posteo.de", "IBAN GB82 WEST 1234 5698 7654 32"]
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


def _pieces(expression: str) -> tuple[PatternSet, list[bytes], JoinedPieces]:
    chance = random.Random(expression)
    signs = ("key", "MIT", "id", " ", "\n", "1", "2", "b", "e", "x", "_", "é")
    pieces = ["".join(chance.choices(signs, k=chance.randrange(1, 6))).encode() for _ in range(400)]
    pieces[7] = b"zz" * 5000
    cut = whole_pieces([len(piece) for piece in pieces])
    joined = JoinedPieces(memoryview(b"".join(pieces)), cut.first, cut.last)
    return anchors._pattern_set([(0, expression)]), pieces, joined


def _alone(match: Match, pieces: list[bytes]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    before = 0
    for number, piece in enumerate(pieces):
        ends: list[int] = []

        def on_hit(_number: int, _start: int, end: int, _flags: int, _context: object, ends: list[int] = ends) -> None:
            ends.append(end)

        match(piece, on_hit)
        found += [(number, before + end) for end in ends]
        before += len(piece)
    return sorted(found)


def test_every_anchor_that_is_tried_everywhere_may_be_joined() -> None:
    everywhere = [p.anchor for d in DETECTORS for p in d.proposals if not (p.near_digits or p.near_code)]
    assert may_be_joined([*everywhere, *disguise_expressions(), *WITHIN_PIECES, *OVER_PIECES])


@pytest.mark.parametrize("expression", [r"^a", r"a$", r"a\z", r"\Aa", r"(?:^|[^\n])a", r"\Ba", r"(?:^|b)a", r"[$^]^"])
def test_what_tells_an_edge_from_the_end_of_a_line_is_not_joined(expression: str) -> None:
    assert not may_be_joined([expression])
    assert may_be_joined([r"[$^]a\^\$"])
