"""What a task in a worker tells while it runs: its progress, and pieces of its result; outside a worker, nothing."""

from collections.abc import Callable, Mapping
from typing import Any

_listener: Callable[..., None] | None = None


def listen(listener: Callable[..., None]) -> None:
    """Send what tasks tell from now on to *listener*: a message, and the bytes that belong to it."""
    global _listener  # noqa: PLW0603 - a process is a worker, or is none
    _listener = listener


def begin_file(place: str, size_bytes: int) -> None:
    """Say that a file, or a part of one, is read from now on: its limits of time begin."""
    _tell({"begin": place, "size_bytes": size_bytes})


def advance(done: int) -> None:
    """Say that so many more bytes are done."""
    _tell({"advance": done})


def hand_over(content: bytes) -> None:
    """Hand a piece of the result to the parent, and wait until it takes it."""
    _tell({"piece": len(content)}, content)


def _tell(message: Mapping[str, Any], *content: bytes) -> None:
    if _listener is not None:
        _listener(message, *content)
