"""Labels as literals: they are met where a word begins, and in the case that people write them in."""

from pathlib import Path

import hyperscan
import pytest

from corpus_audit.measure.detection import label_words
from corpus_audit.measure.detection.label_words import (
    gate_expressions,
    label_expressions,
    literal_sizes,
    stands_apart,
    word_database,
)
from corpus_audit.measure.detection.pattern_cache import compiled

LABELS = ("passport number", "phone", "pi", "паспорт рф", "číslo pasu", "身份证号")


def found(text: str) -> list[str]:
    """Return the labels that a text holds."""
    content, sizes, hits = text.encode(), literal_sizes(LABELS), set()

    def on_hit(number: int, _start: int, end: int, _flags: int, _context: object) -> None:
        if not sizes[number] or stands_apart(memoryview(content), end - sizes[number]):
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


def test_a_word_that_opens_a_gate_is_reported_once_and_is_no_label() -> None:
    seen: list[int] = []
    database = compiled(gate_expressions(["phone"], 7))
    content = b"iphone phone phone"
    database.scan(content, lambda number, *_: seen.append(number), scratch=hyperscan.Scratch(database))
    assert seen == [7]


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
