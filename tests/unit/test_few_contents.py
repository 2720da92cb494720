"""Fewer contents than a pair need no compiled function: the first audit of all would compile it for them."""

from typing import Any

import numpy as np
import pytest

from corpus_audit.dedup import pictures, recordings
from corpus_audit.dedup.pictures import find_alike_pictures
from corpus_audit.dedup.recordings import find_alike_recordings


def _refuse(*_arguments: Any) -> None:
    pytest.fail("a compiled function is called")


@pytest.mark.parametrize("count", [0, 1])
def test_a_picture_alone_is_compared_with_none(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_find_in_buckets", "_distances"):
        monkeypatch.setattr(pictures, name, _refuse)
    found = find_alike_pictures(np.arange(count), np.zeros((count, 32), np.uint8))
    assert (len(found), found.pairs.shape) == (0, (0, 2))


@pytest.mark.parametrize("count", [0, 1])
def test_a_recording_alone_is_compared_with_none(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recordings, "_shared_words", _refuse)
    offsets, words = np.arange(count + 1) * 9, np.arange(9 * count, dtype=np.uint32)
    assert len(find_alike_recordings(np.arange(count), offsets, words)) == 0
