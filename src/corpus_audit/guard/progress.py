"""What a task in a worker tells of its progress; outside a worker it goes nowhere."""

from collections.abc import Callable, Mapping
from typing import Any

_listener: Callable[[Mapping[str, Any]], None] | None = None


def listen(listener: Callable[[Mapping[str, Any]], None]) -> None:
    """Send what tasks tell from now on to *listener*."""
    global _listener  # noqa: PLW0603 - a process is a worker, or is none
    _listener = listener


def begin_file(place: str, size_bytes: int) -> None:
    """Say that a file, or a part of one, is read from now on: its limits of time begin."""
    _tell({"begin": place, "size_bytes": size_bytes})


def advance(done: int) -> None:
    """Say that so many more bytes are done."""
    _tell({"advance": done})


def _tell(message: Mapping[str, Any]) -> None:
    if _listener is not None:
        _listener(message)
