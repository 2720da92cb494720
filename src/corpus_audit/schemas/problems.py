"""How the sentence of a problem is written: a template of a rule, filled in from rows of evidence.

``{subject}`` stands for what the sentence is about, ``{column}`` for a value of the row or a figure of the rule, and
``{column:record|records}`` for a number with the word that follows it, for one and for several. What stands in
``[brackets]`` holds for a single row, and is left out where one sentence is about several. Such a detail may have
clauses: ``<column: text>`` stands only where the column is above zero, ``<no column: text>`` only where it is zero.
Those that stand are enumerated; where none does, the detail is left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

SUBJECT = "subject"
"""The field that stands for the rows a sentence is about."""

_FIELD = re.compile(r"\{(?P<name>[a-z][a-z0-9_]*)(?::(?P<one>[^{}|]+)\|(?P<many>[^{}|]+))?\}")
_CLAUSE = re.compile(r"<(?P<no>no )?(?P<name>[a-z][a-z0-9_]*): ?(?P<text>[^<>]*)>")
_PART = re.compile(r"\[(?P<detail>[^\[\]]*)\]|(?P<text>[^\[\]]+)|(?P<stray>[\[\]])")


@dataclass(frozen=True)
class TemplateField:
    """One field of a template, with its noun for one and for several where it counts things."""

    name: str
    one: str = ""
    many: str = ""
    is_detail: bool = False


@dataclass(frozen=True)
class TemplateClause:
    """A part of a detail that stands only where *field* is above zero, or, if not *is_above_zero*, where it is zero."""

    field: TemplateField
    is_above_zero: bool
    parts: tuple[str | TemplateField, ...]


@dataclass(frozen=True)
class TemplateSegment:
    """Text and fields in their order; a detail is left out where a sentence is about several rows."""

    parts: tuple[str | TemplateField | TemplateClause, ...]
    is_detail: bool


@lru_cache(maxsize=4096)
def parse_problem(template: str) -> tuple[TemplateSegment, ...]:
    """Return the segments of a template; raises ValueError for brackets or braces that do not close."""
    segments = []
    for match in _PART.finditer(template):
        if match["stray"]:
            message = f"the bracket '{match['stray']}' at character {match.start() + 1} has no partner"
            raise ValueError(message)
        is_detail = match["detail"] is not None
        text = match["detail"] if is_detail else match["text"]
        parts = _clauses(text) if is_detail else _parts(text, is_detail=False)
        segments.append(TemplateSegment(tuple(parts), is_detail))
    return tuple(segments)


def fields_of(template: str) -> tuple[TemplateField, ...]:
    """Return the fields of a template in their order; raises ValueError if it cannot be read."""
    return tuple(field for segment in parse_problem(template) for part in segment.parts for field in _fields(part))


def _fields(part: str | TemplateField | TemplateClause) -> Iterator[TemplateField]:
    if isinstance(part, TemplateField):
        yield part
    elif isinstance(part, TemplateClause):
        yield part.field
        yield from (inner for inner in part.parts if isinstance(inner, TemplateField))


def _clauses(text: str) -> Iterator[str | TemplateField | TemplateClause]:
    """Yield the parts of a detail, clauses among them."""
    position = 0
    for match in _CLAUSE.finditer(text):
        yield from _between_clauses(text[position : match.start()])
        field = TemplateField(match["name"], is_detail=True)
        yield TemplateClause(field, not match["no"], tuple(_parts(match["text"], is_detail=True)))
        position = match.end()
    yield from _between_clauses(text[position:])


def _between_clauses(text: str) -> Iterator[str | TemplateField]:
    if "<" in text or ">" in text:
        message = f"'{text.strip()}' has an angle bracket that is no clause; write [<column: text>]"
        raise ValueError(message)
    yield from _parts(text, is_detail=True)


def _parts(text: str, *, is_detail: bool) -> Iterator[str | TemplateField]:
    position = 0
    for match in _FIELD.finditer(text):
        yield from _plain(text[position : match.start()])
        yield TemplateField(match["name"], match["one"] or "", match["many"] or "", is_detail)
        position = match.end()
    yield from _plain(text[position:])


def _plain(text: str) -> Iterator[str]:
    if "{" in text or "}" in text:
        message = f"'{text.strip()}' has a brace that is no field; write {{column}} or {{column:one|many}}"
        raise ValueError(message)
    if text:
        yield text
