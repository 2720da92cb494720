"""The facts about one picture, recording or film."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import pyarrow as pa

from corpus_audit.schemas import LABELS
from corpus_audit.vocabulary import (
    NOT_RECORDED,
    DefectCode,
    LabelCarrier,
    LabelKind,
    LabelMeaning,
    MediaState,
)

_COPIED_BYTES = 64 * 2**20

OTHER = "other"
"""The value of a statement whose own words are of no published vocabulary: they are not repeated."""


@dataclass(frozen=True, slots=True, order=True)
class Label:
    """One statement that a file makes about itself."""

    carrier: LabelCarrier
    kind: LabelKind
    value: str
    meaning: LabelMeaning


def label_table(labels: Iterable[tuple[str, str, Label]]) -> pa.Table:
    """Return labels, each after the ids of its record and source, as a table of schema LABELS."""
    rows = [
        {"record_id": record_id, "source_id": source_id}
        | {name: getattr(label, name) for name in ("carrier", "kind", "value", "meaning")}
        for record_id, source_id, label in labels
    ]
    return pa.Table.from_pylist(rows, schema=LABELS.schema)


@dataclass(frozen=True, slots=True)
class Personal:
    """One piece of personal information in a file's metadata. It holds the value, so its repr shows only the type."""

    entity_type: str
    value: str

    def __repr__(self) -> str:
        return f"Personal({self.entity_type})"


@dataclass(frozen=True, slots=True)
class MediaProblem:
    """What is wrong with a file, and where in it; *detail* holds nothing of its content."""

    code: DefectCode
    detail: str
    place: str = ""


class MediaError(Exception):
    """The file cannot be measured, or not further; it carries the problem and what that makes of the file."""

    def __init__(self, problem: MediaProblem, state: MediaState) -> None:
        super().__init__(problem.detail)
        self.problem = problem
        self.state = state


def damaged(detail: str, place: str = "") -> MediaError:
    """Return the error for a file whose bytes do not match its kind."""
    return MediaError(MediaProblem(DefectCode.DAMAGED, detail, place), MediaState.DAMAGED)


def too_large(detail: str) -> MediaError:
    """Return the error for a file that would take more memory than any honest one."""
    return MediaError(MediaProblem(DefectCode.LIMIT_EXCEEDED, detail), MediaState.TOO_LARGE)


def trailing_data(place: str) -> MediaError:
    """Return the error for a file with bytes behind its end that are no text."""
    detail = "bytes that its format does not account for were not read"
    return MediaError(MediaProblem(DefectCode.TRAILING_DATA, detail, place), MediaState.TRAILING_DATA)


def search(content: pa.Buffer, mark: bytes, start: int = 0, end: int | None = None) -> int:
    """Return where the first *mark* begins in a file's bytes, -1 where there is none.

    The search of bytes is ten times as fast as that of an expression; a file too large to be copied takes the other.
    """
    if content.size <= _COPIED_BYTES:
        return int(content.to_pybytes().find(mark, start, end))
    found = re.compile(re.escape(mark)).search(memoryview(content), start, content.size if end is None else end)
    return -1 if found is None else found.start()


@dataclass
class MediaFacts:
    """The facts about one file so far; unchecked facts stay None or not-recorded."""

    container: str
    state: MediaState = MediaState.MEASURED
    width: int | None = None
    height: int | None = None
    seconds: float | None = None
    faces: int | None = None
    speech: str = NOT_RECORDED
    picture_hash: bytes | None = None
    sound_print: list[int] | None = None
    labels: set[Label] = field(default_factory=set)
    personal: list[Personal] = field(default_factory=list)
    problems: list[MediaProblem] = field(default_factory=list)
    texts: dict[str, None] = field(default_factory=dict, repr=False)
    """The texts in its metadata, in their order, each once."""

    def add_labels(self, labels: Iterable[Label]) -> None:
        """Take in statements; one that several places repeat is kept once a carrier."""
        self.labels.update(labels)

    def fail(self, error: MediaError) -> None:
        """Note why the file cannot be measured further."""
        self.problems.append(error.problem)
        self.state = error.state
