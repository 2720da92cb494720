"""Long expressions are divided into several that find the same places."""

import re

import hyperscan
import pytest

from corpus_audit.measure.detection import divided
from corpus_audit.measure.detection.detectors import DETECTORS
from corpus_audit.measure.detection.divided import divide
from corpus_audit.measure.detection.pattern_cache import compile_patterns

LONG = {p.anchor for detector in DETECTORS for p in detector.proposals if len(divide(p.anchor)) > 1}


def test_some_anchor_is_divided() -> None:
    assert LONG


@pytest.mark.parametrize("anchor", sorted(LONG))
def test_the_parts_of_an_anchor_are_its_alternatives_and_all_of_them(anchor: str) -> None:
    parts = divide(anchor)
    [rest] = {part[_end_of_group(part) :] for part in parts}
    inside = [part[len("(?:") : _end_of_group(part) - 1] for part in parts]
    assert f"(?:{'|'.join(inside)}){rest}" == anchor
    assert all(re.compile(part) for part in parts)
    assert max(map(len, parts)) < len(anchor) / 2


def _end_of_group(expression: str) -> int:
    """Return where the first group ends: no shorter beginning of an expression that ends in a bracket is one."""
    for bracket in re.finditer(r"\)", expression):
        try:
            re.compile(expression[: bracket.end()])
        except re.error:
            continue
        return bracket.end()
    raise ValueError(expression)


def test_a_place_is_found_once_and_by_the_same_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(divided, "_LONG", 8)
    monkeypatch.setattr(divided, "_MOST", 4)
    whole = r"(?:a[|)]|b\||(?:c|d)e|.e)f+"
    parts = divide(whole)
    assert parts == (r"(?:a[|)])f+", r"(?:b\|)f+", r"(?:(?:c|d)e)f+", "(?:.e)f+")
    text = b"a|f a)ff b|f cef deff xefff"
    assert _places([(3, part, 0) for part in parts], text) == _places([(3, whole, 0)], text)


def _places(expressions: list[tuple[int, str, int]], text: bytes) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    database = compile_patterns(expressions)
    database.scan(text, lambda number, _, end, *__: found.append((number, end)), scratch=hyperscan.Scratch(database))
    return sorted(found)


@pytest.mark.parametrize("expression", ["(?:aa|bb)*cc", "(?i:aa|bb)cc", "(?:(?i)aa|bb)cc", "aa(?:bb|cc)"])
def test_what_means_something_else_in_parts_stays_whole(expression: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(divided, "_LONG", 4)
    monkeypatch.setattr(divided, "_MOST", 2)
    assert divide(expression) == (expression,)
