"""Little text is read in plain Python as long as the compiled function that reads it is not kept on disk.

To compile one takes seconds, and to read a few kilobytes without it milliseconds. What is read is the same.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Generic, ParamSpec, TypeVar

from corpus_audit.measure.compiling import is_kept

LITTLE_BYTES = 1 << 16
"""Bytes that are little text in one process, for each use; then what reads them is compiled, and kept."""

_P = ParamSpec("_P")
_R = TypeVar("_R")

_IS_ANY_LITTLE: ContextVar[bool] = ContextVar("is_any_little", default=True)


class LittleText:
    """What one use has left of the text that is little."""

    def __init__(self, most_bytes: int = LITTLE_BYTES) -> None:
        self._left = most_bytes

    def holds(self, size_bytes: int) -> bool:
        """Return whether all text so far is little, with so many more bytes."""
        self._left -= size_bytes
        return self._left >= 0


class PlainFirst(Generic[_P, _R]):
    """A compiled function, and a plain one with the same results that little text is read with before it is kept."""

    def __init__(self, compiled: Callable[_P, _R], plain: Callable[_P, _R], most_bytes: int = LITTLE_BYTES) -> None:
        self._compiled = compiled
        self._plain = plain
        self._text = LittleText(most_bytes)
        self._is_settled = False

    def __call__(self, size_bytes: int, *arguments: _P.args, **named: _P.kwargs) -> _R:
        """Return what either function does of so many bytes of text."""
        if not self._is_settled and self._is_plain(size_bytes, arguments):
            return self._plain(*arguments, **named)
        self._is_settled = True
        return self._compiled(*arguments, **named)

    def _is_plain(self, size_bytes: int, arguments: tuple[object, ...]) -> bool:
        return _IS_ANY_LITTLE.get() and self._text.holds(size_bytes) and not is_kept(self._compiled, arguments)


@contextmanager
def no_text_is_little() -> Iterator[None]:
    """Have everything compiled that is called in the block."""
    token = _IS_ANY_LITTLE.set(False)
    try:
        yield
    finally:
        _IS_ANY_LITTLE.reset(token)
