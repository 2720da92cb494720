"""Great Expectations, loaded as if some packages were not installed that no rule is evaluated with.

Spark Connect warns of packages that it does not need here and can end the process. The checker of international
addresses, which only JSON Schemas of charts would use, takes a third of the whole time of loading.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_HIDDEN = ("pyspark", "rfc3987_syntax")


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


with _without(_HIDDEN):
    import great_expectations  # noqa: F401
