"""Small files are read once; what is told of them is told of the same bytes."""

import io
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pytest

from corpus_audit.corpus.held_file import MOST_HELD, HeldFile, held

CONTENT = bytes(range(256)) * 20


class FewAtATime(io.BytesIO):
    """A stream that hands over less than it is asked for, as a network does."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(min(size or 0, 100))


@dataclass(frozen=True)
class Stored:
    """A file that holds fewer bytes than it had when it was found, or as many."""

    name: str
    size_bytes: int
    content: bytes

    def stream(self, first: int, length: int) -> Any:
        return pa.PythonFile(FewAtATime(self.content[first : first + length]), mode="r")

    def seekable(self) -> Any:
        raise NotImplementedError


@pytest.mark.parametrize("size", [0, 1, 99, 100, 101, len(CONTENT)])
def test_a_small_file_is_held_whole(size: int) -> None:
    file = held(Stored("a", size, CONTENT))
    assert file == HeldFile("a", size, CONTENT[:size])
    assert file.seekable().read() == CONTENT[:size]
    assert file.stream(0, size).read() == CONTENT[:size]
    assert file.stream(50, 40).read() == CONTENT[:size][50:90]


def test_a_file_that_became_shorter_keeps_the_size_that_it_was_found_with() -> None:
    assert held(Stored("a", 700, CONTENT[:300])) == HeldFile("a", 700, CONTENT[:300])


def test_a_large_file_is_not_held() -> None:
    file = Stored("a", MOST_HELD + 1, b"")
    assert held(file) is file
