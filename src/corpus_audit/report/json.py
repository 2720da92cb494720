"""The report as JSON: for programs, and complete enough for every other rendering."""

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Any

from pydantic import BaseModel
from pydantic_core import to_json

from corpus_audit.report.model import Report

_ROWS = 500


def render_json(report: Report) -> str:
    """Return the report as JSON: sorted keys, one value a line, the same bytes for the same report."""
    return b"".join(json_pieces(report)).decode()


def json_pieces(report: Report) -> Iterator[bytes]:
    """Yield the same piece by piece: the whole is large where there are thousands of sources."""
    for number, name in enumerate(sorted(type(report).model_fields)):
        yield b",\n" if number else b"{\n"
        value = getattr(report, name)
        yield from _rows(name, value) if isinstance(value, tuple) and value else (_section(report, name),)
    yield b"\n}\n"


def _rows(name: str, rows: Sequence[BaseModel]) -> Iterator[bytes]:
    """Yield a field that is a list, some rows at a time."""
    opening, closing = f' "{name}": ['.encode(), b"\n ]"
    yield opening
    for first in range(0, len(rows), _ROWS):
        found = [_sorted(row.model_dump(mode="json")) for row in rows[first : first + _ROWS]]
        lines = to_json({name: found}, indent=1)[2:-2]  # without the braces around it
        yield (b"," if first else b"") + lines[len(opening) : -len(closing)]
    yield closing


def _section(report: Report, name: str) -> bytes:
    """Return one field of the report as lines."""
    value = report.model_dump(mode="json", include={name})[name]
    return to_json({name: _sorted(value)}, indent=1)[2:-2]  # without the braces around it


def _sorted(value: Any) -> Any:
    """Return a value whose objects have their keys in order; raises ValueError for infinities and NaN."""
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    if isinstance(value, float) and not isfinite(value):
        message = "a figure of the report is not a number that JSON has"
        raise ValueError(message)
    return [_sorted(each) for each in value] if isinstance(value, list) else value


def parse_report(content: str | bytes) -> Report:
    """Return the report that ``render_json`` wrote; raises pydantic's ValidationError for any other content."""
    return Report.model_validate_json(content)
