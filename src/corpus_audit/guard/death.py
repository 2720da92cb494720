"""The end of a worker, and what it says about the file that was being read."""

import signal
from dataclasses import dataclass
from enum import StrEnum

from corpus_audit.errors import GuardError


class Cause(StrEnum):
    """Why a worker ended before its task did."""

    MEMORY = "memory"
    PROCESSOR_TIME = "processor-time"
    WALL_TIME = "wall-time"
    CRASH = "crash"
    KILLED = "killed"
    """From outside: by a person, or by a system that is short of memory."""
    RETIRED = "retired"
    """By itself, before it began: it had waited for long when the task came."""


@dataclass(frozen=True)
class Death:
    """The end of a worker: its cause, in words without data, and the place at which it was."""

    cause: Cause
    detail: str
    place: str | None = None

    @property
    def is_limit(self) -> bool:
        """True if the file asked for more than it is given."""
        return self.cause in (Cause.MEMORY, Cause.PROCESSOR_TIME, Cause.WALL_TIME)


class WorkerDiedError(Exception):
    """A worker ended before its task did."""

    def __init__(self, death: Death) -> None:
        super().__init__(death.detail)
        self.death = death


class StoppedError(Exception):
    """All workers were ended on purpose, because the work broke off elsewhere."""


class WorkerError(RuntimeError):
    """A task raised what is no error of this package; the message holds its type only, which quotes no data."""


def no_reason(death: Death) -> GuardError:
    """Return the error to raise where a worker ended and nothing that it read is the reason."""
    message = (
        f"A process that reads the data ended, and no file is the reason ({death.detail}). See that the machine has "
        "the memory that its workers need, then run the same command again: it goes on where it stopped."
    )
    return GuardError(message)


def death_of(return_code: int, place: str | None) -> Death:
    """Return what the return code of a worker says."""
    if return_code in (-signal.SIGKILL, -signal.SIGTERM, -signal.SIGHUP, -signal.SIGINT):
        return Death(Cause.KILLED, "the process that read it was ended from outside, or for want of memory", place)
    name = signal.Signals(-return_code).name if return_code < 0 else f"code {return_code}"
    return Death(Cause.CRASH, f"the process that read it crashed ({name})", place)
