"""User-given parameters: checks of names and values, and the precedence of their sources.

Belongs here: what may be written on the command line, in a form, in a list of schedules and in a manifest. Not here:
what the parameters are (the package itself), and whether a detector or a rule of that name exists (measure, policy).
"""

import difflib
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from corpus_audit.config import (
    DETECTORS_OFF,
    PARAMETER_MEANINGS,
    RULE_PREFIX,
    ParameterMeaning,
    Parameters,
    RuleBound,
)
from corpus_audit.errors import ParameterError
from corpus_audit.vocabulary import ParameterOrigin

SETTABLE: Mapping[str, ParameterMeaning] = {
    name: about for name, about in PARAMETER_MEANINGS.items() if about.minimum is not None
}
"""The parameters that take one number each."""

_DEFAULTS = Parameters()
_RULE_NAME = re.compile(rf"{RULE_PREFIX}([a-z0-9-]+\.[a-z0-9-]+)\.([A-Za-z_][A-Za-z0-9_.]*)")
_RULE_FORM = f"{RULE_PREFIX}PACK.RULE.ARGUMENT"
_ENTITY_TYPE = re.compile(r"[A-Z][A-Z0-9_]*")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_NAME_SHOWN = re.compile(r"[A-Za-z][A-Za-z0-9_.:-]{0,99}")


_PLACES = {
    ParameterOrigin.COMMAND_LINE: "--parameter",
    ParameterOrigin.FORM: "the form's parameters,",
    ParameterOrigin.MANIFEST: "the manifest's audit section,",
}
"""What errors call the places."""


@dataclass(frozen=True)
class ParameterChoices:
    """The checked parameters of one place: values by field, and by name where each was set."""

    origins: Mapping[str, ParameterOrigin] = field(default_factory=dict)
    numbers: Mapping[str, int | float] = field(default_factory=dict)
    detectors_off: tuple[str, ...] | None = None
    rule_bounds: tuple[RuleBound, ...] = ()


def parse_choices(
    values: Mapping[str, object],
    origin: ParameterOrigin = ParameterOrigin.PROGRAM,
    scheduled: Mapping[str, object] = MappingProxyType({}),
) -> ParameterChoices:
    """Return what a mapping of names and values chooses; a value that is as *scheduled* was set in the schedule.

    A value is a number, or text that reads as one; that of ``detectors.off`` is a list, or text with commas. Raises
    ParameterError with every problem, each with its place and the name.
    """
    problems, choices = check_values(values)
    if problems:
        place = _PLACES.get(origin, "")
        raise ParameterError([f"{named(name, place)}: {message}" for name, message in problems])
    same = {name for name, value in values.items() if name in scheduled and scheduled[name] == value}
    origins = {name: ParameterOrigin.SCHEDULE if name in same else origin for name in values}
    return replace(choices, origins=origins)


def parse_assignments(assignments: Iterable[str]) -> ParameterChoices:
    """Return what assignments NAME=VALUE of the command line choose; raises ParameterError with every problem."""
    origin = ParameterOrigin.COMMAND_LINE
    place = _PLACES[origin]
    values: dict[str, object] = {}
    problems = []
    for assignment in assignments:
        name, equals, value = assignment.partition("=")
        if not equals:
            problems.append(f"{named(assignment, place)}: is no NAME=VALUE")
        elif name in values:
            problems.append(f"{named(name, place)}: is given more than once")
        values[name.strip()] = value.strip()
    if problems:
        raise ParameterError(problems)
    return parse_choices(values, origin)


def check_values(values: Mapping[str, object]) -> tuple[list[tuple[str, str]], ParameterChoices]:
    """Return the problems of a mapping, as name and what is wrong, and what those without a problem choose."""
    numbers: dict[str, int | float] = {}
    bounds: list[RuleBound] = []
    off: tuple[str, ...] | None = None
    problems = []
    for name, value in values.items():
        try:
            if name in SETTABLE:
                numbers[name] = _parse_setting(name, value)
            elif name == DETECTORS_OFF:
                off = _parse_entity_types(value)
            elif match := _RULE_NAME.fullmatch(name):
                bounds.append(RuleBound(match[1], match[2], _parse_number(value)))
            else:
                problems.append((name, _unknown(name)))
        except ValueError as error:
            problems.append((name, str(error)))
    return problems, ParameterChoices({}, numbers, off, tuple(sorted(bounds)))


def choose_parameters(choices: Sequence[ParameterChoices]) -> Parameters:
    """Return the parameters that several places choose, the first of *choices* going before the next."""
    numbers: dict[str, Any] = {}
    bounds: dict[tuple[str, str], RuleBound] = {}
    off: tuple[str, ...] = ()
    for chosen in reversed(choices):
        numbers |= chosen.numbers
        bounds |= {(bound.rule_id, bound.argument): bound for bound in chosen.rule_bounds}
        off = off if chosen.detectors_off is None else chosen.detectors_off
    return Parameters(**numbers, detectors_off=off, rule_bounds=tuple(sorted(bounds.values())))


def parameter_origins(choices: Sequence[ParameterChoices]) -> dict[str, ParameterOrigin]:
    """Return where each parameter was set, by name, in the order of ``choose_parameters``; others are by default."""
    origins: dict[str, ParameterOrigin] = {}
    for chosen in reversed(choices):
        origins |= chosen.origins
    return origins


def given_origins(parameters: Parameters) -> dict[str, ParameterOrigin]:
    """Return the origins of parameters that a program gave as they are: what differs from the default, it set."""
    return {name: ParameterOrigin.PROGRAM for name, _value, _default in changed_parameters(parameters.as_dict())}


def changed_parameters(values: Mapping[str, str | int | float]) -> list[tuple[str, str, str]]:
    """Return name, value and default of every parameter that is not as it is by default; '' without a default."""
    defaults = _DEFAULTS.as_dict()
    return [
        (name, value_text(value), value_text(defaults.get(name, "")))
        for name, value in values.items()
        if value != defaults.get(name)
    ]


def value_text(value: str | float) -> str:
    """Return the value of a parameter as people write it."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def named(name: str, place: str) -> str:
    """Return a name with its place, for an error; one that is no plain word may hold anything and is not repeated."""
    shown = name if _NAME_SHOWN.fullmatch(name) else "…"
    return f"{place} {shown}".strip()


def suggest(name: str, known: Iterable[str], otherwise: Callable[[Sequence[str]], str]) -> str:
    """Return which of *known* a wrong name may have meant, or what *otherwise* makes of all of them."""
    choices = list(known)
    close = difflib.get_close_matches(name, choices, n=1)
    return f"did you mean '{close[0]}'?" if close else otherwise(choices)


def _unknown(name: str) -> str:
    if name in PARAMETER_MEANINGS:
        return "cannot be set: this version has one value for it"
    if name.startswith(RULE_PREFIX):
        return f"is no bound of a rule: write {_RULE_FORM}"
    known = (*SETTABLE, DETECTORS_OFF)
    return f"is no parameter: {suggest(name, known, lambda all_names: 'use ' + ', '.join((*all_names, _RULE_FORM)))}"


def _parse_setting(name: str, value: object) -> int | float:
    about, whole = SETTABLE[name], isinstance(getattr(_DEFAULTS, name), int)
    message = f"must be a {'whole ' if whole else ''}number from {about.minimum:g} to {about.maximum:.10g}"
    try:
        number = _parse_number(value)
    except ValueError:
        raise ValueError(message) from None
    if (whole and not isinstance(number, int)) or not _within(number, about):
        raise ValueError(message)
    return number if whole else float(number)


def _within(number: float, about: ParameterMeaning) -> bool:
    return about.minimum is not None and about.maximum is not None and about.minimum <= number <= about.maximum


def _parse_number(value: object) -> int | float:
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        value = float(value) if set(value) & set(".eE") else int(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        message = "must be a number"
        raise ValueError(message)
    return value


def _parse_entity_types(value: object) -> tuple[str, ...]:
    listed = value.split(",") if isinstance(value, str) else value
    message = "must be entity types, such as PHONE_NUMBER,IP_ADDRESS"
    if not isinstance(listed, list | tuple) or not all(isinstance(name, str) for name in listed):
        raise ValueError(message)
    names = {name.strip() for name in listed} - {""}
    if not all(_ENTITY_TYPE.fullmatch(name) for name in names):
        raise ValueError(message)
    return tuple(sorted(names))
