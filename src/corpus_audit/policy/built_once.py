"""Great Expectations' own objects, built once while a suite is validated.

It builds the configuration of an expectation, and an expectation from a configuration, each time that it looks up one
argument: fifteen thousand times for the hundred rules of a small audit, which is most of the time of judging. Neither
is changed while a suite is validated, so both are kept until it is.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

_Built = dict[int, tuple[object, Any]]
"""What was built of an object, by its identity; the object is held with it, so that no other gets the same."""

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


Expectation.configuration = property(_kept(Expectation.configuration.fget))  # type: ignore[assignment, arg-type, unused-ignore]
ExpectationConfiguration.to_domain_obj = _kept(ExpectationConfiguration.to_domain_obj)  # type: ignore[method-assign, unused-ignore]
