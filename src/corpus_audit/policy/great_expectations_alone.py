"""Great Expectations, loaded as if Spark were not installed: no rule is evaluated on Spark.

It would load Spark Connect, which warns of packages that it does not need here and can end the process.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _without_spark() -> Iterator[None]:
    hidden = {name: sys.modules.pop(name) for name in tuple(sys.modules) if name.partition(".")[0] == "pyspark"}
    sys.modules["pyspark"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["pyspark"]
        sys.modules.update(hidden)


with _without_spark():
    import great_expectations  # noqa: F401
