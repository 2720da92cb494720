"""numba, loaded as if SciPy were not installed, whose linear algebra no function here is compiled with.

What numba loads for the first function of a process, compiled or kept, takes half as long without it.
"""

from functools import cache
from importlib import import_module
from typing import Any

from numba.core.compiler_lock import global_compiler_lock


@cache
def load_without_linear_algebra() -> None:
    """Load what numba knows of arrays, unless that is loaded already; ``numpy.linalg`` stays there for other code."""
    with global_compiler_lock:
        linalg: Any = import_module("numba.np.linalg")
        looks_for_it, linalg.ensure_blas = linalg.ensure_blas, _refuse
        try:
            import_module("numba.np.arraymath")
        finally:
            linalg.ensure_blas = looks_for_it


def _refuse() -> None:
    raise ImportError("not looked for")
