"""Progress bars on a terminal; no output in a pipe."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from corpus_audit.pipeline.audit import Observer


@contextmanager
def progress_observer(*, shown: bool = True) -> "Iterator[Observer]":
    """Yield an observer that draws one bar per stage on stderr, or does nothing if stderr is not a terminal."""
    if not shown or not sys.stderr.isatty():
        from corpus_audit.pipeline.audit import NullObserver

        yield NullObserver()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description:<12}"),
        BarColumn(),
        TextColumn("{task.fields[size]:>9}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bars = _Bars(progress)
        yield bars
        bars.finish()


class _Bars:
    """One bar per stage: the current one moves, earlier ones are full."""

    def __init__(self, progress: "Progress") -> None:
        self._progress = progress
        self._task: TaskID | None = None
        self._done = 0

    def stage(self, name: str, total: int | None) -> None:
        """Fill the last bar and begin the next."""
        self.finish()
        self._done = 0
        self._task = self._progress.add_task(name, total=total, size="")

    def advance(self, done: int) -> None:
        """Move the running bar."""
        self._done += done
        if self._task is not None:
            self._progress.update(self._task, advance=done, size=_megabytes(self._done))

    def finish(self) -> None:
        """Fill the running bar."""
        if self._task is not None:
            self._progress.update(self._task, total=1, completed=1)


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"
