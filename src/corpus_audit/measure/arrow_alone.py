"""Arrow, used as if pandas were not installed until something asks it for pandas.

The first array that Arrow makes of a list loads pandas to look whether the list is one of its objects, which takes
longer than loading Arrow. ``to_pandas`` loads it all the same.
"""

import sys
from functools import cache
from importlib.abc import MetaPathFinder
from typing import Any

import pyarrow as pa


class _NoPandas(MetaPathFinder):
    def find_spec(self, name: str, *_where: Any) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name)


@cache
def use_without_pandas() -> None:
    """Have Arrow look for pandas now, in a process of one thread, and not find it; nothing where it is loaded."""
    if "pandas" in sys.modules:
        return
    finder = _NoPandas()
    sys.meta_path.insert(0, finder)
    try:
        pa.array([""])
    finally:
        sys.meta_path.remove(finder)
