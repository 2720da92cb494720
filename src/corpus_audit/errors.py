"""The root error, the errors that a user can cause, each with a next step, and the exit codes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum


class ExitCode(IntEnum):
    """What the command line returns; BROKEN is a fault of this program (EX_SOFTWARE of sysexits.h)."""

    PASS = 0
    FAIL = 1
    USAGE = 2
    INCOMPLETE = 3
    BROKEN = 70


class CorpusAuditError(Exception):
    """The root of every error this package raises on purpose.

    The message is for the user, holds no personal data, and ends with what to do next.
    """


class ManifestError(CorpusAuditError):
    """A manifest could not be read or does not validate; carries every problem found."""

    def __init__(self, message: str, problems: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


class RefusedPathError(CorpusAuditError):
    """A declared path leaves the root, follows a link out of it, or names a scheme that is not allowed."""


class StoreError(CorpusAuditError):
    """The store is missing, locked by another audit, or holds something else than this version writes."""


class OtherVersionError(StoreError):
    """An audit was written by another version of this program, in another form."""


class BusyError(StoreError):
    """Another process works in the same folder; it may end soon."""


class GuardError(CorpusAuditError):
    """A process that reads foreign bytes ended, and no file can be named as the reason."""


class RewriteError(CorpusAuditError):
    """A file cannot be written without its excluded rows; says which file and why."""


class EngineError(CorpusAuditError):
    """The engine that SQL runs on cannot be reached."""


class ParametersMismatchError(CorpusAuditError):
    """Signatures made with different parameters were about to be compared."""


class ParameterError(CorpusAuditError):
    """A parameter has a wrong name or value; carries every problem found, each with its place."""

    def __init__(self, problems: "list[str] | tuple[str, ...]") -> None:
        count = "1 parameter is" if len(problems) == 1 else f"{len(problems)} parameters are"
        super().__init__(f"{count} wrong. Correct each, then run the same command again.")
        self.problems = tuple(problems)


class DetectorError(CorpusAuditError):
    """A detector raised; the message does not hold what it was looking at."""


class BundleError(CorpusAuditError):
    """A bundle or a key cannot be made, cannot be read, or is refused because it could do harm."""


class LedgerError(CorpusAuditError):
    """The ledger cannot be reached, cannot be written, or is of another version."""


@dataclass(frozen=True)
class Refusal:
    """One reason to refuse a form: a sentence that a catalogue translates, what fills it, and the field to mend."""

    template: str
    values: Mapping[str, str] = field(default_factory=dict)
    field_name: str = ""

    def __str__(self) -> str:
        return self.template.format(**self.values) if self.values else self.template


class DecisionError(CorpusAuditError):
    """An invalid decision: no reason, no expiry, the wrong role, or no matching subject; carries every reason."""

    def __init__(self, *refusals: str | Refusal) -> None:
        super().__init__(" ".join(map(str, refusals)))
        self.refusals = tuple(said if isinstance(said, Refusal) else Refusal(said) for said in refusals)


class ScheduleError(CorpusAuditError):
    """The list of scheduled audits cannot be read, or holds no list."""


class PaperError(CorpusAuditError):
    """A document cannot be set on paper: something that PDF needs is not installed."""


class PackError(CorpusAuditError):
    """A policy pack is missing, malformed, or lost expectations while it was loaded; carries every problem found."""

    def __init__(self, message: str, problems: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


def rebuilt_error(kind: str, message: str, problems: Iterable[str] = ()) -> CorpusAuditError | None:
    """Return the error of that name as another process raised it, None for a name of none of these."""
    found = globals().get(kind)
    if not (isinstance(found, type) and issubclass(found, CorpusAuditError)):
        return None
    error = found.__new__(found)
    Exception.__init__(error, message)
    error.__dict__["problems"] = tuple(problems)
    return error


@dataclass(frozen=True)
class SentError:
    """An error for the user, on its way from the process that raised it to the one that tells it."""

    kind: str
    message: str
    problems: tuple[str, ...] = ()

    @classmethod
    def of(cls, error: CorpusAuditError) -> "SentError":
        """Return what is sent of an error."""
        return cls(type(error).__name__, str(error), tuple(map(str, getattr(error, "problems", ()))))

    def rebuilt(self) -> CorpusAuditError:
        """Return the error as it was raised; an EngineError for one of a name that is not known here."""
        return rebuilt_error(self.kind, self.message, self.problems) or EngineError(self.message)
