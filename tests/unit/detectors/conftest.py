"""What every detector's table needs: a text in, the values found out."""

from collections.abc import Callable

import pyarrow as pa
import pytest

from corpus_audit.measure.detector import Detector
from corpus_audit.measure.scan import Scanner

Find = Callable[[Detector, str], list[str]]


@pytest.fixture
def find() -> Find:
    """Return a function that gives the stretches of a text in which one detector alone finds something."""

    def values(detector: Detector, text: str) -> list[str]:
        table = Scanner(b"key", (detector,)).scan(pa.array([text]))
        content = text.encode()
        return [content[row["start_byte"] : row["end_byte"]].decode() for row in table.to_pylist()]

    return values
