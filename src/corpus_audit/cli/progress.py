"""Progress bars on a terminal; no output in a pipe."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn, TaskID

    from corpus_audit.pipeline.progress import Observer


@contextmanager
def progress_observer(*, logged: bool = False) -> "Iterator[Observer]":
    """Yield an observer that draws one bar per stage on stderr, or does nothing if stderr is not a terminal.

    Where the log is printed, lines of it take the place of the bars.
    """
    from corpus_audit.pipeline.progress import NullObserver, ProgressLog

    if logged or not sys.stderr.isatty():
        yield ProgressLog() if logged else NullObserver()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (
        TextColumn("{task.description:<12}"),
        BarColumn(),
        TextColumn("{task.fields[size]:>9}"),
        _times_column(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bars = _Bars(progress)
        yield bars
        bars.finish()


def _times_column() -> "ProgressColumn":
    """Return a column with the time that a stage took so far, and what is left of it where that can be told."""
    from rich.progress import ProgressColumn, Task
    from rich.text import Text

    class Times(ProgressColumn):
        def render(self, task: Task) -> Text:
            took = _clock((task.finished_time if task.finished else task.elapsed) or 0)
            left = None if task.finished else task.time_remaining
            return Text(took if left is None else f"{took}, {_clock(left)} left")

    return Times()


def _clock(seconds: float) -> str:
    return str(timedelta(seconds=int(seconds)))


class _Bars:
    """One bar per stage: the current one moves, earlier ones are full."""

    def __init__(self, progress: "Progress") -> None:
        self._progress = progress
        self._task: TaskID | None = None
        self._done = 0
        self._total: int | None = None

    def note(self, sentence: str) -> None:
        """Print it above the bars."""
        self._progress.console.print(sentence, highlight=False, markup=False)

    def stage(self, name: str, total: int | None) -> None:
        """Fill the last bar and begin the next."""
        self.finish()
        self._done, self._total = 0, total
        self._task = self._progress.add_task(name, total=total, size="")

    def advance(self, done: int) -> None:
        """Move the running bar."""
        self._done += done
        if self._task is not None:
            self._progress.update(self._task, advance=done, size=self._shown())

    def finish(self) -> None:
        """Fill the running bar."""
        if self._task is not None:
            self._done = self._total or self._done
            self._progress.update(self._task, total=1, completed=1, size=self._shown() if self._done else "")

    def _shown(self) -> str:
        """Return the bytes that are done; a share where the stage works through no bytes."""
        from corpus_audit.pipeline.progress import SHARES
        from corpus_audit.report.formatting import format_bytes

        return f"{self._done / 10:.0f} %" if self._total == SHARES else format_bytes(self._done)
