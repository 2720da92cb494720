"""Progress of a running stage: how much of it is done, and how long the rest takes at the pace so far."""

import logging
import time
from collections.abc import Callable
from typing import Any, Protocol

from corpus_audit.store import AuditFolder

log = logging.getLogger("corpus_audit.progress")

EVERY_SECONDS = 30.0
"""Time between two lines about the same stage."""


SHARES = 1000
"""The units of a stage that reports thousandths of its work."""


def in_shares(_audit: AuditFolder) -> int:
    """Return the units of a stage that reports thousandths of its work, whatever the audit."""
    return SHARES


def share_of(advance: Callable[[int], None]) -> Callable[[int, int], None]:
    """Return what is told how many of so many equal steps are done, and passes that on in thousandths."""
    told = 0

    def tell(done: int, steps: int) -> None:
        nonlocal told
        share = SHARES * done // max(steps, 1)
        if share > told:
            advance(share - told)
            told = share

    return tell


class Observer(Protocol):
    """Receives the progress of an audit; units are bytes of input where a stage works through those."""

    def note(self, sentence: str) -> None:
        """Something is known that is not about one stage."""

    def stage(self, name: str, total: int | None) -> None:
        """A stage begins that has *total* units to work through, None when that is not known."""

    def advance(self, done: int) -> None:
        """So many more units of the current stage are done."""


class NullObserver:
    """An observer that ignores progress."""

    def note(self, sentence: str) -> None:
        """Do nothing."""

    def stage(self, name: str, total: int | None) -> None:
        """Do nothing."""

    def advance(self, done: int) -> None:
        """Do nothing."""


class ProgressLog:
    """An observer that logs a line now and then: the stage, the share that is done, and the time left."""

    def __init__(
        self,
        write: Callable[[str, dict[str, Any]], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._write = write or (lambda sentence, fields: log.info(sentence, extra=fields))
        self._clock = clock
        self.stage("", None)

    def note(self, sentence: str) -> None:
        """Leave it to what logged it already."""

    def stage(self, name: str, total: int | None) -> None:
        """Begin with another stage."""
        self._name, self._total, self._done = name, total, 0
        self._began = self._told = self._clock()

    def advance(self, done: int) -> None:
        """Log a line, if the last one was EVERY_SECONDS ago."""
        self._done += done
        now = self._clock()
        if not self._total or now - self._told < EVERY_SECONDS or not 0 < self._done < self._total:
            return
        self._told = now
        share = self._done / self._total
        left = (now - self._began) * (1 - share) / share
        fields = {"stage": self._name, "share_done": round(share, 3), "seconds_left": round(left)}
        from corpus_audit.report.formatting import format_seconds

        self._write(f"{self._name:<12} {share:4.0%} done, about {format_seconds(left)} left", fields)
