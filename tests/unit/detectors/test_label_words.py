"""Labels as literals: they are met where a word begins, and in the case that people write them in."""

import re
from pathlib import Path

import hyperscan
import numpy as np
import pytest

from corpus_audit.measure.detection import label_words
from corpus_audit.measure.detection.anchors import _gate_words
from corpus_audit.measure.detection.detectors import DETECTORS
from corpus_audit.measure.detection.joined import may_be_joined, stays_within_pieces
from corpus_audit.measure.detection.label_routes import label_routes
from corpus_audit.measure.detection.label_words import (
    gate_expressions,
    label_expressions,
    literal_sizes,
    stand_apart,
    word_database,
)
from corpus_audit.measure.detection.pattern_cache import compiled

LABELS = ("passport number", "phone", "pi", "паспорт рф", "číslo pasu", "身份证号")


def found(text: str) -> list[str]:
    """Return the labels that a text holds."""
    content, sizes, hits = text.encode(), literal_sizes(LABELS), set()
    signs, low = np.frombuffer(content, np.uint8), np.zeros(1, np.int64)

    def on_hit(number: int, _start: int, end: int, _flags: int, _context: object) -> None:
        if not sizes[number] or stand_apart(signs, low, np.array([end - sizes[number]])).all():
            hits.add(LABELS[number])

    database = compiled(label_expressions(LABELS))
    database.scan(content, on_hit, scratch=hyperscan.Scratch(database))
    return sorted(hits)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Passport Number: X", ["passport number"]),
        ("PASSPORT_NUMBER,x", ["passport number"]),
        ("mypassport number", []),
        ("userPhone = 1", ["phone"]),
        ("USERPHONE", []),
        ("xphone, iphone", []),
        ("1phone", ["phone"]),
        ("spin, Pi", ["pi"]),
        ("паспорт РФ", ["паспорт рф"]),
        ("ПАСПОРТ РФ", ["паспорт рф"]),
        ("Číslo Pasu", ["číslo pasu"]),
        ("ČÍSLO PASU", ["číslo pasu"]),
        ("我的身份证号是", ["身份证号"]),
    ],
)
def test_a_label_is_met_where_a_word_begins_in_any_usual_case(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_a_word_that_opens_a_gate_is_no_label() -> None:
    seen: list[int] = []
    database = compiled(gate_expressions(["phone"], 7))
    content = b"iphone phone phone"
    database.scan(content, lambda number, *_: seen.append(number), scratch=hyperscan.Scratch(database))
    assert seen == [7, 7]


def test_no_word_has_the_end_of_a_line_in_it_but_at_its_start() -> None:
    routes, gates = label_routes(DETECTORS), _gate_words(DETECTORS)
    expressions = label_expressions([route.word for route in routes]) + gate_expressions(gates, len(routes))
    branches = {branch for _, text, _ in expressions for branch in re.split(r"\|(?=\(\?:\^)", text)}
    assert [branch for branch in branches if not stays_within_pieces(branch)] == []
    assert may_be_joined(text for _, text, _ in expressions)


def test_words_are_made_expressions_only_where_their_database_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    word_database.cache_clear()
    gates = ("tel", "fax")
    compiled_now = hyperscan.dumpb(word_database(LABELS, gates))
    assert compiled_now == hyperscan.dumpb(compiled(label_expressions(LABELS) + gate_expressions(gates, len(LABELS))))
    word_database.cache_clear()  # as in another process
    monkeypatch.setattr(label_words, "label_expressions", None)
    assert hyperscan.dumpb(word_database(LABELS, gates)) == compiled_now
    with pytest.raises(TypeError):
        word_database(LABELS[1:], gates)
    word_database.cache_clear()
