"""Problems of a manifest in words a person can act on: place, line, and next step."""

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from corpus_audit.manifest.model import Manifest
from corpus_audit.manifest.tree import MAX_PROBLEMS, Place, Problem
from corpus_audit.manifest.values import FORMS
from corpus_audit.schemas.marking import _

_WORD = re.compile(r"rule:[A-Za-z][A-Za-z0-9_.-]{0,79}|[A-Za-z][A-Za-z0-9_.-]{0,39}")
_ENUM_WORD = re.compile(r"[A-Za-z][A-Za-z-]{0,39}")

MANY_CHOICES = 20
"""Of more words than these, only those like what was written are named."""

_MESSAGES = {
    "string_type": "must be text",
    "string_unicode": "holds half of a surrogate pair: write the character itself",
    "string_too_short": "is empty: write it out, or leave the field out",
    "string_too_long": "must be at most {max_length:,} characters: shorten it",
    "int_type": _("must be a whole number"),
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
    "tuple_type": "must be a list",
    "too_long": "must have at most {max_length:,} entries: shorten the list",
    "model_type": "must be a mapping of fields: use {fields}",
    "invalid_key": "has a key that is not text",
    "refused": "{message}",
}


def describe_errors(error: ValidationError, prefix: Place = (), model: type[BaseModel] = Manifest) -> list[Problem]:
    """Return a validation's errors as problems; *prefix* is the place of the *model*'s value in the manifest."""
    details = error.errors(include_url=False)[:MAX_PROBLEMS]
    return [_as_problem(detail, prefix, model) for detail in details]


def _as_problem(detail: Mapping[str, Any], prefix: Place, model: type[BaseModel]) -> Problem:
    place = prefix + detail["loc"]
    if detail["type"] == "missing":  # is reported where the field should be: a pointer leads to something
        return Problem(place[:-1], f"lacks '{place[-1]}': add it")
    return Problem(place, _describe(detail, model))


def render_problems(problems: Iterable[Problem], lines: Mapping[Place, int]) -> tuple[str, ...]:
    """Return problems as text, in the order of their lines, each once."""
    placed = [(problem.line or lines.get(problem.place), problem) for problem in problems]
    placed.sort(key=lambda item: item[0] or 0)
    return tuple(dict.fromkeys(_render(problem, line) for line, problem in placed))


def places_of(problems: Iterable[Problem]) -> set[Place]:
    """Return the places of problems that have no line yet."""
    return {problem.place for problem in problems if problem.line is None}


def _render(problem: Problem, line: int | None) -> str:
    pointer = "".join(f"/{_harmless(step)}" for step in problem.place) or "the manifest"
    return f"{pointer} (line {line}): {problem.message}" if line else f"{pointer}: {problem.message}"


def _harmless(step: str | int) -> str:
    """Return a step of a pointer; a key that is not a plain word may hold anything and is not repeated."""
    return str(step) if isinstance(step, int) or _WORD.fullmatch(step) else "…"


def _describe(detail: Mapping[str, Any], model: type[BaseModel]) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        return _describe_unknown_field(detail["loc"], model)
    if kind == "model_type":
        context = {"fields": ", ".join(_fields_at(detail["loc"], model))}
    if kind in ("enum", "literal_error"):
        return _describe_choice(context["expected"], detail["input"])
    if kind == "string_pattern_mismatch":
        return FORMS[context["pattern"]]
    return _MESSAGES.get(kind, "does not have the form that is asked for").format(**context)


def _describe_choice(expected: str, given: object) -> str:
    choices = expected.replace("'", "")
    names = re.split(r", | or ", choices)
    if len(names) > MANY_CHOICES and (close := difflib.get_close_matches(str(given), names, n=3)):
        return f"is none of the {len(names)} words that may stand here: did you mean {' or '.join(close)}?"
    shown = f", not {given}" if isinstance(given, str) and _ENUM_WORD.fullmatch(given) else ""
    return f"must be {choices}{shown}"


def _describe_unknown_field(place: Place, model: type[BaseModel]) -> str:
    fields = _fields_at(place[:-1], model)
    close = difflib.get_close_matches(str(place[-1]), fields, n=1)
    return f"is not a field: did you mean '{close[0]}'?" if close else f"is not a field: use {', '.join(fields)}"


def _fields_at(place: Place, model: type[BaseModel]) -> list[str]:
    """Return the names of the fields that the mapping at *place* may have."""
    for step in (step for step in place if isinstance(step, str)):
        annotation = next(f.annotation for name, f in model.model_fields.items() if step == (f.alias or name))
        model = _model_in(annotation) or model
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
