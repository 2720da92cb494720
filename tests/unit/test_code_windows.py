"""Stretches of a text around signs of addresses and codes."""

from itertools import pairwise

import numpy as np
import pytest

from corpus_audit.measure.detection.code_windows import AFTER_BYTES, BEFORE_BYTES, find_code_windows

pytestmark = pytest.mark.usefixtures("everything_compiled")

_PROSE = b"As of version 1.24.3, Section 4.1 -- see std::vector, a README and RandomForestClassifiers: at 12:30. " * 20


def windows(*texts: bytes) -> list[list[tuple[int, int]]]:
    """Return the windows of each text; all of them lie in one buffer, with prose behind."""
    last = np.cumsum([len(text) for text in texts])
    starts, ends, counts = find_code_windows(memoryview(b"".join(texts) + _PROSE), last - list(map(len, texts)), last)
    found = list(zip(starts.tolist(), ends.tolist(), strict=True))
    return [found[low:high] for low, high in pairwise(counts)]


def test_prose_has_no_window() -> None:
    assert windows(_PROSE) == [[]]


@pytest.mark.parametrize(
    "value",
    ["a@b.de", "10.0.0.1", "255.255.255.255", "2001:db8::1", "00:1b:2c:3d:4e:5f", "00-1B-2C-3D-4E-5F", "ABCPE1234F",
     "RSSMRA85T10A562S", "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", "MTIzNDU2Nzg5MDEyMzQ1Njc4.Cl2FMQ.x"],
)  # fmt: skip
@pytest.mark.parametrize("before", [0, 1, 47, 48, 63, 1000])
def test_a_value_lies_in_a_window_wherever_it_stands(value: str, before: int) -> None:
    [[(start, end)]] = windows(_PROSE[:before] + b" " + value.encode() + b" " + _PROSE)
    assert start <= before
    assert end > before + len(value)


def test_windows_that_touch_are_one_and_end_with_their_piece() -> None:
    near = b"x" * (BEFORE_BYTES + AFTER_BYTES - 1)
    assert windows(b"@" + near + b"@") == [[(0, len(near) + 2)]]
    assert windows(b"@" + near + b"  @") == [[(0, AFTER_BYTES), (len(near) + 3 - BEFORE_BYTES, len(near) + 4)]]
    assert windows(b"@", b"word", b"@") == [[(0, 1)], [], [(5, 6)]]
