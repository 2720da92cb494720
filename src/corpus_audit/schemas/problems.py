"""How the sentence of a problem is written: a template of a rule, filled in from rows of evidence.

``{subject}`` stands for what the sentence is about, ``{column}`` for a value of the row or a figure of the rule, and
``{column:record|records}`` for a number with the word that follows it, for one and for several. What stands in
``[brackets]`` holds for a single row, and is left out where one sentence is about several.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

SUBJECT = "subject"
"""The field that stands for the rows a sentence is about."""

_FIELD = re.compile(r"\{(?P<name>[a-z][a-z0-9_]*)(?::(?P<one>[^{}|]+)\|(?P<many>[^{}|]+))?\}")
_PART = re.compile(r"\[(?P<detail>[^\[\]]*)\]|(?P<text>[^\[\]]+)|(?P<stray>[\[\]])")


@dataclass(frozen=True)
class TemplateField:
    """One field of a template, with its noun for one and for several where it counts things."""

    name: str
    one: str = ""
    many: str = ""
    is_detail: bool = False


@dataclass(frozen=True)
class TemplateSegment:
    """Text and fields in their order; a detail is left out where a sentence is about several rows."""

    parts: tuple[str | TemplateField, ...]
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
        segments.append(TemplateSegment(tuple(_parts(text, is_detail=is_detail)), is_detail))
    return tuple(segments)


def fields_of(template: str) -> tuple[TemplateField, ...]:
    """Return the fields of a template in their order; raises ValueError if it cannot be read."""
    return tuple(
        part for segment in parse_problem(template) for part in segment.parts if isinstance(part, TemplateField)
    )


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
