"""Great Expectations' own objects, built once while a suite is validated.

It builds the configuration of an expectation, and an expectation from a configuration, each time that it looks up one
argument, and names each metric by a digest of its arguments: thirty thousand times for the hundred rules of a small
audit, which is most of the time of judging. For each of them it looks anew for the rows that a condition selects.
Nothing of it is changed while a suite is validated, so all is kept until it is.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

import corpus_audit.policy.great_expectations_alone  # noqa: F401 - before anything loads Great Expectations

# isort: split
from great_expectations.core.id_dict import IDDict
from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

_Built = dict[Hashable, tuple[object, Any]]
"""What was built of objects, by their identity; they are held with it, so that no others get the same."""

_BUILT: ContextVar[_Built | None] = ContextVar("built", default=None)


@contextmanager
def built_once() -> Iterator[None]:
    """Keep what Great Expectations builds in this thread until the context ends."""
    token = _BUILT.set({})
    try:
        yield
    finally:
        _BUILT.reset(token)


def _kept(build: Callable[[Any], Any]) -> Callable[[Any], Any]:
    @wraps(build)
    def kept(source: Any) -> Any:
        built = _BUILT.get()
        if built is None:
            return build(source)
        if id(source) not in built:
            built[id(source)] = (source, build(source))
        return built[id(source)][1]

    return kept


def _named(name: Callable[[IDDict], Any]) -> Callable[[IDDict], Any]:
    """Return what names arguments, once for the same values under the same names."""

    @wraps(name)
    def named(arguments: IDDict, *chosen: Any, **also: Any) -> Any:
        built = _BUILT.get()
        if built is None or chosen or also:
            return name(arguments, *chosen, **also)
        values = tuple(arguments.values())
        key = (type(arguments), *arguments, *map(id, values))
        if key not in built:
            built[key] = (values, name(arguments))
        return built[key][1]

    return named


def _filtered(filter_rows: Callable[..., Any]) -> Callable[..., Any]:
    """Return what keeps the rows of a frame that a condition selects, looked for once: many rules share a condition."""

    @wraps(filter_rows)
    def filtered(engine: Any, data: Any, row_condition: Any, domain_kwargs: dict[str, Any]) -> Any:
        built = _BUILT.get()
        if built is None:
            return filter_rows(engine, data, row_condition, domain_kwargs)
        key = (id(data), repr(row_condition), domain_kwargs.get("condition_parser"))
        if key not in built:
            built[key] = (data, filter_rows(engine, data, row_condition, domain_kwargs))
        return built[key][1].copy(deep=False)

    return filtered


Expectation.configuration = property(_kept(Expectation.configuration.fget))  # type: ignore[assignment, arg-type, unused-ignore]
ExpectationConfiguration.to_domain_obj = _kept(ExpectationConfiguration.to_domain_obj)  # type: ignore[method-assign, unused-ignore]
IDDict.to_id = _named(IDDict.to_id)  # type: ignore[method-assign, unused-ignore]
if hasattr(PandasExecutionEngine, "_apply_row_condition_filter"):
    PandasExecutionEngine._apply_row_condition_filter = _filtered(PandasExecutionEngine._apply_row_condition_filter)  # type: ignore[method-assign, unused-ignore]
