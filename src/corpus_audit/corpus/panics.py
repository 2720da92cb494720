"""Panics of Rust libraries, which are not Python exceptions and would end an audit."""

from collections.abc import Iterator
from contextlib import contextmanager

_PANIC = "PanicException"


class PanicError(ValueError):
    """A library met what it was not written for."""


@contextmanager
def panics_as_errors() -> Iterator[None]:
    """Turn a panic into a PanicError, with a message free of the data."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        message = "the parser gave up"
        raise PanicError(message) from None
