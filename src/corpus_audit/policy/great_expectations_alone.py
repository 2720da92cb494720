"""Great Expectations, loaded as if some packages were not installed that no rule is evaluated with.

Spark Connect warns of packages that it does not need here and can end the process. The checker of international
addresses, which only JSON Schemas of charts would use, takes a third of the whole time of loading, and SQLAlchemy,
which only evidence in a database would need, a fifth of the rest.
Charts, statistics, JSON Schemas, Markdown and requests to servers, which few expectations use while they run, take two
fifths of the rest: they are loaded when one does.
Evidence is always a data frame. What describes other kinds of data, in databases, files and Spark, takes two fifths of
what is left then.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

_HIDDEN = ("pyspark", "rfc3987_syntax", "sqlalchemy")
_LATER = ("altair", "jsonschema", "mistune", "requests", "scipy.stats")
_KINDS_OF_DATA = "great_expectations.datasource.fluent"
_USED_KINDS = frozenset({"invalid_datasource", "metadatasource", "pandas_datasource"})
_OF_SERVERS = frozenset({"great_expectations.core.http"})


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


class _Unused(ModuleType):
    """Stands for a module of classes that are looked up, and never made use of."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        stand = type(name, (), {})
        setattr(self, name, stand)
        return stand


class _NoReaders(ModuleType):
    """Stands for the module that describes each reader of pandas as a kind of data: none is used."""

    @staticmethod
    def _generate_pandas_data_asset_models(*_arguments: Any, **_options: Any) -> dict[str, type]:
        return {}


def _unused() -> dict[str, ModuleType]:
    """Return what stands for the modules of kinds of data that evidence never is."""
    spec = find_spec("great_expectations")
    folders = spec.submodule_search_locations if spec and spec.submodule_search_locations else []
    kinds = [path.stem for folder in folders for path in Path(folder, "datasource", "fluent").glob("*datasource.py")]
    names = {f"{_KINDS_OF_DATA}.{kind}" for kind in {*kinds, "fabric"} - _USED_KINDS} | _OF_SERVERS
    readers = f"{_KINDS_OF_DATA}.dynamic_pandas"
    return {name: _Unused(name) for name in names} | {readers: _NoReaders(readers)}


@contextmanager
def _standing_in(stands: dict[str, ModuleType]) -> Iterator[None]:
    stands = {name: stand for name, stand in stands.items() if name not in sys.modules}
    sys.modules.update(stands)
    try:
        yield
    finally:
        for name in stands:
            del sys.modules[name]


with _without(_HIDDEN), _standing_in({name: _Later(name) for name in _LATER} | _unused()):
    import great_expectations  # noqa: F401
