"""What a task in a worker tells while it runs: its progress, and pieces of its result; outside a worker, nothing."""

from collections.abc import Callable, Mapping
from typing import Any

from corpus_audit.guard.page import WorkerPage

_listener: Callable[..., None] | None = None
_page: WorkerPage | None = None


def listen(listener: Callable[..., None], page: WorkerPage) -> None:
    """Send what tasks tell from now on to *listener*: a message, and the bytes that belong to it.

    Which file they read, they write on *page*.
    """
    global _listener, _page  # a process is a worker, or is none
    _listener, _page = listener, page


def begin_file(place: str, size_bytes: int) -> None:
    """Say that a file, or a part of one, is read from now on: its limits of time begin."""
    if _page is not None:
        _page.begin_file(place, size_bytes)


def advance(done: int) -> None:
    """Say that so many more bytes are done."""
    _tell({"advance": done})


def hand_over(content: bytes) -> None:
    """Hand a piece of the result to the parent, and wait until it takes it."""
    _tell({"piece": len(content)}, content)


def _tell(message: Mapping[str, Any], *content: bytes) -> None:
    if _listener is not None:
        _listener(message, *content)
