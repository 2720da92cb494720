"""Great Expectations, loaded as if some packages were not installed that no rule is evaluated with.

Spark Connect warns of packages that it does not need here and can end the process. The checker of international
addresses, which only JSON Schemas of charts would use, takes a third of the whole time of loading, and SQLAlchemy,
which only evidence in a database would need, a fifth of the rest.
Charts and statistics, which one expectation (KL divergence) uses while it runs, take two fifths of the rest: they are
loaded when it does.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

_HIDDEN = ("pyspark", "rfc3987_syntax", "sqlalchemy")
_LATER = ("altair", "scipy.stats")


@contextmanager
def _without(packages: tuple[str, ...]) -> Iterator[None]:
    loaded = {name: sys.modules.pop(name) for name in tuple(sys.modules) if name.partition(".")[0] in packages}
    sys.modules.update(dict.fromkeys(packages))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for package in packages:
            del sys.modules[package]
        sys.modules.update(loaded)


class _Later(ModuleType):
    """Stands for a module that is loaded when something of it is used."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what looks through all modules asks each for these
            raise AttributeError(name)
        return getattr(import_module(self.__name__), name)


@contextmanager
def _loaded_later(names: tuple[str, ...]) -> Iterator[None]:
    stands = {name: _Later(name) for name in names if name not in sys.modules}
    sys.modules.update(stands)
    try:
        yield
    finally:
        for name in stands:
            del sys.modules[name]


with _without(_HIDDEN), _loaded_later(_LATER):
    import great_expectations  # noqa: F401
