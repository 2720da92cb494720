"""Little text is read without what would have to be compiled for it, and more text with it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus_audit.measure.compiling import compiled, is_kept
from corpus_audit.measure.fingerprints.kernel import SEGMENT
from corpus_audit.measure.little_text import LITTLE_BYTES, LittleText, PlainFirst, no_text_is_little
from corpus_audit.measure.prose.compressibility import _SHORT

_SIZE = np.int64(4)


def _half(value: int) -> str | int:
    return value // 2


def _plainly(_value: int) -> str | int:
    return "plain"


@pytest.fixture
def begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Any]:
    """Return what compiles the function as another process does, of which nothing is kept yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "user"))
    monkeypatch.setattr("numba.core.config.CACHE_DIR", str(tmp_path / "kept"))
    return lambda: compiled(_half)


def test_little_text_has_nothing_compiled(begin: Callable[[], Any], tmp_path: Path) -> None:
    half = begin()
    either = PlainFirst(half, _plainly)
    assert [either(LITTLE_BYTES // 2, _SIZE) for _ in range(2)] == ["plain"] * 2
    assert not half.overloads
    assert not list(tmp_path.rglob("*.nbc"))


@pytest.mark.parametrize("sizes", [[LITTLE_BYTES + 1, 1], [LITTLE_BYTES, 1, 1], [1, LITTLE_BYTES, 1]])
def test_more_text_has_it_compiled_and_all_behind_it_is_read_so(begin: Callable[[], Any], sizes: list[int]) -> None:
    either = PlainFirst(begin(), _plainly)
    *before, second_last, last = [either(size, _SIZE) for size in sizes]
    assert (second_last, last) == (2, 2)
    assert before == ["plain"] * len(before)


def test_what_is_kept_reads_little_text_too(begin: Callable[[], Any]) -> None:
    assert not is_kept(begin(), (_SIZE,))
    assert begin()(_SIZE) == 2
    half = begin()
    assert PlainFirst(half, _plainly)(1, _SIZE) == 2
    assert sum(half.stats.cache_hits.values()) == 1
    assert is_kept(half, (_SIZE,))
    assert not is_kept(half, (0.5,))


def test_no_text_is_little_where_all_is_to_be_compiled(begin: Callable[[], Any]) -> None:
    either, other = PlainFirst(begin(), _plainly), PlainFirst(begin(), _plainly)
    with no_text_is_little():
        assert either(1, _SIZE) == 2
    assert either(1, _SIZE) == 2
    assert other(1, _SIZE) == 2  # it is kept now


def test_a_use_may_take_more_text_for_little(begin: Callable[[], Any]) -> None:
    assert PlainFirst(begin(), _plainly, 2 * LITTLE_BYTES)(LITTLE_BYTES + 1, _SIZE) == "plain"
    text = LittleText()
    assert [text.holds(size) for size in (LITTLE_BYTES, 0, 1, 0)] == [True, True, False, False]


def test_little_text_is_read_in_one_piece() -> None:
    """What the compiled functions do with longer texts is no part of what the plain ones are."""
    assert LITTLE_BYTES <= SEGMENT
    assert LITTLE_BYTES < _SHORT
