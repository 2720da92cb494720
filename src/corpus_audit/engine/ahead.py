"""Work on threads ahead of who takes its results: in order, and never far ahead, so that little waits in memory."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


def map_ahead(
    work: Callable[[_Given], _Made], given: Iterable[_Given], workers: int, ahead: int | None = None
) -> Iterator[_Made]:
    """Yield what *work* makes of each of *given*, in their order, on so many threads.

    Besides the one that is waited for, at most *ahead* are begun or ready; without it as many as there are *workers*.
    """
    waiting: deque[Future[_Made]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        for some in given:
            waiting.append(pool.submit(work, some))
            if len(waiting) > (workers if ahead is None else ahead):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
