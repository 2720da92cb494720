"""What every detector's table needs: a text in, the values found out."""

from collections.abc import Callable
from functools import cache

import pyarrow as pa
import pytest

from corpus_audit.measure.detection.detector import Detector
from corpus_audit.measure.detection.scan import Scanner

Find = Callable[[Detector, str], list[str]]


@pytest.fixture
def find() -> Find:
    """Return a function that gives the stretches of a text in which one detector alone confirms something."""
    return lambda detector, text: _stretches(detector, text, "confirmed")


@pytest.fixture
def find_labelled() -> Find:
    """Return a function that gives the stretches of a text that only a label names."""
    return lambda detector, text: _stretches(detector, text, "labelled")


@cache
def _scanner(detector: Detector) -> Scanner:
    return Scanner(b"key", (detector,))


def _stretches(detector: Detector, text: str, status: str) -> list[str]:
    rows = _scanner(detector).scan(pa.array([text])).to_pylist()
    content = text.encode()
    return [content[row["start_byte"] : row["end_byte"]].decode() for row in rows if row["status"] == status]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Turn a module's TABLE (entity type to Cases) into one test a case, for tests that take ``case``."""
    if "case" in metafunc.fixturenames:
        cases = [
            pytest.param((detector, text, expected), id=f"{detector.entity_type}-{sort}-{number}")
            for detector, sorts in metafunc.module.TABLE.items()
            for sort, texts in sorts.items()
            for number, (text, expected) in enumerate(texts.items() if isinstance(texts, dict) else _nothing_in(texts))
        ]
        metafunc.parametrize("case", cases)


def _nothing_in(texts: list[str]) -> list[tuple[str, None]]:
    return [(text, None) for text in texts]
