"""An operator's changes to the bounds of rules: where they apply, and whether they relax the rule.

A bound is a number among the arguments of an expectation (``max_value``), or one that its row condition compares a
column with (``row_condition.bytes_a``). The pack itself, and its digest, stay as they are.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus_audit.config import RuleBound
from corpus_audit.config.parameters import suggest
from corpus_audit.errors import ParameterError
from corpus_audit.policy.rules import AppliedBound, Rule

CONDITION = "row_condition"

_LOOSER_WHEN_LOWER = frozenset({"min_value", f"{CONDITION} <", f"{CONDITION} <="})
_LOOSER_WHEN_HIGHER = frozenset({"max_value", f"{CONDITION} >", f"{CONDITION} >="})
"""Arguments whose direction is known; a row condition is looser when the rule then judges fewer rows."""


@dataclass(frozen=True)
class _Figure:
    """One number of an expectation: its parameter name, its kind of bound, and its place."""

    argument: str
    kind: str
    value: float
    place: tuple[str | int, ...]


def bounds_by_rule(rules: Iterable[Rule], bounds: Iterable[RuleBound]) -> dict[str, dict[str, int | float]]:
    """Return the figures of *bounds* by rule and argument; raises ParameterError for each that no rule has."""
    figures = {rule.rule_id: sorted({figure.argument for figure in find_figures(rule.configuration)}) for rule in rules}
    by_rule: dict[str, dict[str, int | float]] = {}
    problems = []
    for bound in bounds:
        if bound.argument in figures.get(bound.rule_id, ()):
            by_rule.setdefault(bound.rule_id, {})[bound.argument] = bound.value
        else:
            problems.append(f"{bound.name}: {_what_is_wrong(bound, figures)}")
    if problems:
        raise ParameterError(problems)
    return by_rule


def apply_bounds(
    configuration: Mapping[str, Any], bounds: Mapping[str, int | float]
) -> tuple[Mapping[str, Any], tuple[AppliedBound, ...]]:
    """Return an expectation's configuration with *bounds* in it, and what each of them changed."""
    changed: Any = configuration
    applied: dict[str, AppliedBound] = {}
    for figure in find_figures(configuration):
        used = bounds.get(figure.argument, figure.value)
        if used == figure.value:
            continue
        changed = _replaced(changed, figure.place, used)
        known = applied.get(figure.argument)
        loosened = _is_loosened(figure.kind, figure.value, used) or (known is not None and known.is_loosened)
        applied[figure.argument] = AppliedBound(figure.argument, figure.value, used, loosened)
    return changed, tuple(applied[name] for name in sorted(applied))


def find_figures(configuration: Mapping[str, Any]) -> Iterator[_Figure]:
    """Yield the numbers of an expectation that a bound can take the place of."""
    for name, value in configuration.get("kwargs", {}).items():
        if _is_number(value):
            yield _Figure(name, name, value, ("kwargs", name))
        elif name == CONDITION:
            yield from _condition_figures(value, ("kwargs", name))


def _condition_figures(condition: Mapping[str, Any], place: tuple[str | int, ...]) -> Iterator[_Figure]:
    for index, part in enumerate(condition.get("conditions", ())):
        yield from _condition_figures(part, (*place, "conditions", index))
    if _is_number(condition.get("parameter")):
        name = f"{CONDITION}.{condition['column']['name']}"
        yield _Figure(name, f"{CONDITION} {condition['operator']}", condition["parameter"], (*place, "parameter"))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_loosened(kind: str, of_pack: float, used: float) -> bool:
    """True if the rule is weaker than in its pack; if the direction is unknown, any change counts as weaker."""
    if kind in _LOOSER_WHEN_LOWER:
        return used < of_pack
    return used > of_pack if kind in _LOOSER_WHEN_HIGHER else True


def _replaced(value: Any, place: tuple[str | int, ...], used: float) -> Any:
    """Return a nested value with another number at *place*; nothing that it shares with others is changed."""
    if not place:
        return used
    copy: Any = list(value) if isinstance(value, list) else dict(value)
    copy[place[0]] = _replaced(value[place[0]], place[1:], used)
    return copy


def _what_is_wrong(bound: RuleBound, figures: Mapping[str, Sequence[str]]) -> str:
    if bound.rule_id not in figures:
        hint = suggest(bound.rule_id, figures, lambda _all: "'corpus-audit pack explain PACK' lists the rules")
        return f"no chosen pack has the rule '{bound.rule_id}': {hint}"
    known = figures[bound.rule_id]
    if not known:
        return "the rule has no bound that is a number"
    hint = suggest(bound.argument, known, lambda names: f"use {', '.join(names)}")
    return f"the rule has no such bound: {hint}"
