"""The two ways functions are compiled here: on their own, or into their callers."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import numba

_P = ParamSpec("_P")
_R = TypeVar("_R")


def compiled(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Return *function* compiled on its first call, kept on disk, and run without the GIL."""
    return numba.njit(cache=True, nogil=True, error_model="numpy")(function)  # type: ignore[no-any-return]


def inlined(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Return *function* for other compiled functions, which take its code in."""
    return numba.njit(nogil=True, error_model="numpy", forceinline=True)(function)  # type: ignore[no-any-return]
