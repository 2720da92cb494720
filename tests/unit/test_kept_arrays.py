"""Arrays that take long to make are the same from the cache as made, and made anew where what is kept is no array."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus_audit.config.kept_arrays import keep_arrays, read_arrays
from corpus_audit.config.user_cache import keep
from corpus_audit.rights import license_texts


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "corpus-audit"


def test_arrays_are_read_as_they_were_kept() -> None:
    keep_arrays("some.arrays", {"numbers": np.arange(3, dtype=np.uint64), "words": np.array(["a", "bc"])})
    read = read_arrays("some.arrays")
    assert read is not None
    assert read["numbers"].dtype == np.uint64
    assert {name: array.tolist() for name, array in read.items()} == {"numbers": [0, 1, 2], "words": ["a", "bc"]}


@pytest.mark.parametrize("content", [b"", b"PK", b"no arrays at all"])
def test_what_holds_no_arrays_is_not_read(content: bytes) -> None:
    keep("some.arrays", content)
    assert read_arrays("some.arrays") is None


def test_license_texts_are_the_same_from_the_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    know = license_texts._known_texts.__wrapped__  # without what this process has made before
    made = know()
    monkeypatch.setattr(license_texts, "_hash_texts", None)  # it was to be kept
    kept = know()
    assert [_content(part) for part in kept] == [_content(part) for part in made]


def _content(part: Any) -> Any:
    """Return what a part holds: of arrays their type and bytes."""
    return (part.dtype, part.shape, part.tobytes()) if isinstance(part, np.ndarray) else part
