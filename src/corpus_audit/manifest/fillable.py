"""The fields of a manifest that a steward may state where it is silent, each as a question in both languages.

Fields of files are not among them: those are facts, which an audit reads. A field is named as in a manifest, those of
a source from the source on: ``license.expression``.
"""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum, StrEnum
from importlib.resources import files
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from corpus_audit.manifest.disclosures import Disclosure
from corpus_audit.manifest.gaps import QUESTIONS
from corpus_audit.manifest.model import Dataset, Source
from corpus_audit.manifest.summary import SummaryField, SummaryStatement, parse_statement, written_statement
from corpus_audit.manifest.values import Date
from corpus_audit.vocabulary import NOT_RECORDED


class FieldShape(StrEnum):
    """What a person writes into a field."""

    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    LINES = "lines"
    NAMED = "named"
    """Things of which only the name is needed, one a line."""
    ADDRESSES = "addresses"
    """Evidence that can be seen at addresses, one a line."""
    SUMMARY = "summary"
    """Answers in fields of the European template, one a line: 2.4.interactions: no."""
    NUMBER = "number"
    DATE = "date"


class FillableField(NamedTuple):
    """One field, the question that it answers, its shape, and the words to choose from."""

    name: str
    en: str
    zh: str
    shape: FieldShape = FieldShape.TEXT
    choices: tuple[str, ...] = ()


_ASKED_IN_PARTS = frozenset({"source.origin", "source.collection.from", "source.files"})
"""Questions about several fields at once, and about files."""


class _Parts(BaseModel):
    """The parts of a manifest that are about the whole."""

    dataset: Dataset
    disclosure: Disclosure


def _fields(model: type[BaseModel], owner: type[BaseModel], place: str) -> dict[str, FillableField]:
    """Return the fields of a place by their names, those that every audit asks for first."""
    asked = [q for q in QUESTIONS[owner] if q.field not in _ASKED_IN_PARTS]
    texts = {q.field.removeprefix(f"{place}."): (q.en, q.zh) for q in asked}
    table = files("corpus_audit.manifest").joinpath("fillable_fields.csv").read_text(encoding="utf-8")
    rows = (row for row in csv.DictReader(table.splitlines()) if row["place"] == place)
    texts |= {row["field"]: (row["question"], row["question_zh"]) for row in rows}
    found = {}
    for name, (en, zh) in texts.items():
        shape, choices = _shape(_field_of(model, name.split(".")))
        found[name] = FillableField(name, en, zh, shape, choices)
    return found


def _field_of(model: type[BaseModel], steps: Sequence[str]) -> FieldInfo:
    """Return the declaration of a field, by the names that a manifest uses."""
    by_name = {field.alias or name: field for name, field in model.model_fields.items()}
    found = by_name[steps[0]]
    if len(steps) == 1:
        return found
    inner = next(kind for kind in _plain_types(found.annotation) if issubclass(kind, BaseModel))
    return _field_of(inner, steps[1:])


def _plain_types(annotation: Any) -> Iterator[type]:
    """Yield the classes in an annotation, without what is around them."""
    if get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in (Union, UnionType, tuple):
        for part in get_args(annotation):
            yield from _plain_types(part)
    elif isinstance(annotation, type):
        yield annotation


def _shape(field: FieldInfo) -> tuple[FieldShape, tuple[str, ...]]:
    annotation: Any = field.annotation
    if get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    kind = next(_plain_types(annotation))
    is_list = get_origin(annotation) is tuple
    if issubclass(kind, Enum):
        words = tuple(str(member.value) for member in kind if member.value != NOT_RECORDED)
        return (FieldShape.CHOICES if is_list else FieldShape.CHOICE), words
    if issubclass(kind, SummaryStatement):
        return FieldShape.SUMMARY, tuple(SummaryField)
    if issubclass(kind, BaseModel):
        return (FieldShape.NAMED if "name" in kind.model_fields else FieldShape.ADDRESSES), ()
    if is_list:
        return FieldShape.LINES, ()
    if any(rule in field.metadata for rule in get_args(Date)[1:]):
        return FieldShape.DATE, ()
    return (FieldShape.NUMBER if kind is int else FieldShape.TEXT), ()


WHOLE_FIELDS: Mapping[str, FillableField] = _fields(_Parts, Dataset, "whole")
"""Fields of the dataset and of the provider's disclosure."""
SOURCE_FIELDS: Mapping[str, FillableField] = _fields(Source, Source, "source")
"""Fields of a source."""


_ENTRIES: Mapping[FieldShape, Callable[[str], Any]] = {
    FieldShape.CHOICES: str,
    FieldShape.LINES: str,
    FieldShape.NAMED: lambda line: {"name": line},
    FieldShape.ADDRESSES: lambda line: {"kind": "url", "url": line},
    FieldShape.SUMMARY: parse_statement,
}
"""How a line of a field with several entries is read."""


def parse_value(field: FillableField, texts: Sequence[str]) -> Any:
    """Return what was written as a manifest holds it; None where nothing was.

    A wrong value comes back as it was written: the manifest's own rules refuse it.
    """
    lines = [line.strip() for text in texts for line in text.splitlines() if line.strip()]
    if not lines or lines == [NOT_RECORDED]:
        return None
    if read := _ENTRIES.get(field.shape):
        return [read(line) for line in lines]
    if field.shape is FieldShape.NUMBER:
        return int(lines[0]) if lines[0].isascii() and lines[0].isdigit() else lines[0]
    return "\n".join(lines)


def written_value(value: Any) -> str:
    """Return a value of a manifest as a person writes it into its field."""
    if isinstance(value, list | tuple):
        return "\n".join(written_value(entry) for entry in value)
    if isinstance(value, Mapping) and "field" in value:
        return written_statement(value)
    if isinstance(value, Mapping):
        return str(value.get("name") or value.get("url") or value)
    return str(value)
