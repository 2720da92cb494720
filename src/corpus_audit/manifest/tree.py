"""Values built from the parser events of a text, with the place of every error.

No recursion, so that no nesting exhausts the stack; no trust in the number of values, fields or problems.
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from corpus_audit.vocabulary import NOT_RECORDED

Place = tuple[str | int, ...]
"""Where a value stands: keys and indexes from the root."""

MAX_DEPTH = 32
MAX_FIELDS = 64
MAX_VALUES = 5_000_000
MAX_PROBLEMS = 1_000

REFUSED = object()
"""The value of what was refused while reading: no field accepts it, and no second problem is reported for it."""

TOO_MANY_VALUES = f"holds more than {MAX_VALUES:,} values: split the dataset"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a manifest; *message* says what to do and repeats no value."""

    place: Place
    message: str
    line: int | None = None


class UnreadableError(Exception):
    """A text that cannot be read any further."""

    def __init__(self, message: str, line: int | None = None, place: Place = ()) -> None:
        super().__init__(message)
        self.problem = Problem(place, message, line)


class Event(NamedTuple):
    """One step through a text: ``{``, ``[``, ``end`` or ``scalar``."""

    kind: str
    line: int
    value: Any = None
    key: str = ""
    refusal: str = ""


@dataclass
class Reading:
    """What one walk through a text gave: its value, its problems, and the lines of the places asked for."""

    value: Any = None
    problems: list[Problem] = field(default_factory=list)
    lines: dict[Place, int] = field(default_factory=dict)


def recorded(fields: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return a mapping without what is null or not-recorded: to leave a field out says the same."""
    return {key: value for key, value in fields if value is not None and value != NOT_RECORDED}


def walk(events: Iterable[Event], wanted: Set[Place] = frozenset(), max_fields: int = MAX_FIELDS) -> Reading:
    """Return the value, the problems and the lines of *wanted* places; raises UnreadableError.

    With *wanted* places it ends as soon as all are found, and the value is then only begun.
    """
    builder = _Builder(wanted, max_fields)
    for event in events:
        builder.take(event)
        if len(builder.reading.problems) >= MAX_PROBLEMS or (wanted and len(builder.reading.lines) == len(wanted)):
            break
    return builder.reading


class _Frame:
    """A mapping or list that is still open: its entries so far, and the key that waits for a value."""

    __slots__ = ("entries", "key", "line")

    def __init__(self, entries: dict[str, Any] | list[Any], line: int) -> None:
        self.entries = entries
        self.key: str | None = None
        self.line = line

    @property
    def step(self) -> str | int:
        return len(self.entries) if isinstance(self.entries, list) else self.key or ""

    def put(self, value: Any) -> None:
        if isinstance(self.entries, list):
            self.entries.append(value)
        else:
            self.entries[self.key or ""] = value
            self.key = None


class _Builder:
    def __init__(self, wanted: Set[Place], max_fields: int) -> None:
        self.reading = Reading()
        self._wanted = wanted
        self._max_fields = max_fields
        self._open: list[_Frame] = []
        self._values = 0

    def take(self, event: Event) -> None:
        frame = self._open[-1] if self._open else None
        if event.kind == "end":
            self._close()
        elif frame is not None and frame.key is None and isinstance(frame.entries, dict):
            self._take_key(frame, event)
        else:
            self._take_value(event)

    def _place(self) -> Place:
        return tuple(frame.step for frame in self._open)

    def _refuse(self, message: str, line: int) -> None:
        self.reading.problems.append(Problem(self._place(), message, line))

    def _take_key(self, frame: _Frame, event: Event) -> None:
        if event.kind != "scalar":
            message = "has a key that is not a word: use the fields of a manifest"
            raise UnreadableError(message, event.line, self._place()[:-1])
        frame.key = event.key
        if event.refusal:
            self._refuse(event.refusal, event.line)
        if event.key in frame.entries:
            self._refuse("is there twice: keep one of them", event.line)

    def _take_value(self, event: Event) -> None:
        self._values += 1
        if self._values > MAX_VALUES:
            raise UnreadableError(TOO_MANY_VALUES, event.line)
        if event.refusal:
            self._refuse(event.refusal, event.line)
        if self._wanted:
            self._note_line(event.line)
        if event.kind == "scalar":
            self._put(event.value)
        else:
            self._descend(event)

    def _note_line(self, line: int) -> None:
        place = self._place()
        if place in self._wanted:
            self.reading.lines.setdefault(place, line)

    def _descend(self, event: Event) -> None:
        if len(self._open) >= MAX_DEPTH:
            message = f"is nested more than {MAX_DEPTH} levels deep: a manifest never is"
            raise UnreadableError(message, event.line, self._place())
        self._open.append(_Frame({} if event.kind == "{" else [], event.line))

    def _close(self) -> None:
        frame = self._open.pop()
        if isinstance(frame.entries, list):
            self._put(frame.entries)
            return
        if len(frame.entries) > self._max_fields:
            self._refuse(f"has more than {self._max_fields:,} fields: use the fields of a manifest", frame.line)
            frame.entries = {}
        self._put(recorded(frame.entries.items()))

    def _put(self, value: Any) -> None:
        if self._open:
            self._open[-1].put(value)
        else:
            self.reading.value = value
