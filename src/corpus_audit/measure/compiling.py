"""The three ways to compile functions here: for Python, or for other compiled functions, called or inlined there.

What was compiled is kept on disk. numba throws it away when the function's own file changes; here it is thrown away
when any of the SOURCES does as well, because a function holds the code and the constants it took from them. What
lies in one installation is kept for the user's other ones too: an upgrade, another environment, another checkout.
"""

import hashlib
import pickle
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import numba
from numba.core.caching import (
    CompileResultCacheImpl,
    FunctionCache,
    IndexDataCacheFile,
    InTreeCacheLocator,
    UserProvidedCacheLocator,
    UserWideCacheLocator,
)
from numpy.typing import NDArray

from corpus_audit.config.user_cache import keep, read_kept, trim, user_cache
from corpus_audit.measure.compiled_sources import hash_sources
from corpus_audit.measure.compiling_alone import one_at_a_time
from corpus_audit.measure.linked_later import ForCallers, ForPython
from corpus_audit.measure.numba_alone import load_without_linear_algebra

_OPTIONS = {"nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True}
"""Nothing here is handed to C as a function, and wrappers for that would be compiled with each."""
_FOR_CALLERS = {"no_cpython_wrapper": True, "pipeline_class": ForCallers}

_P = ParamSpec("_P")
_R = TypeVar("_R")


def compiled(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Return *function* compiled on its first call, kept on disk, and run without the GIL."""
    dispatcher = numba.njit(**_OPTIONS, pipeline_class=ForPython)(function)
    dispatcher._cache = _Cache(function)  # what cache=True does, with another cache
    compile_now = dispatcher.compile
    named = f"{function.__module__}.{function.__qualname__}"

    def load(signature: Any) -> Any:
        load_without_linear_algebra()
        with _only_kept():
            return compile_now(signature)

    def compile_alone(signature: Any) -> Any:
        try:
            return load(signature)
        except _NotKeptError:
            with one_at_a_time(hashlib.sha256(hash_sources() + named.encode()).digest()):
                return compile_now(signature)

    dispatcher.compile, dispatcher.load_kept = compile_alone, load
    return dispatcher  # type: ignore[no-any-return]


def is_kept(function: Any, arguments: tuple[object, ...]) -> bool:
    """Return whether a ``compiled`` function is there for such arguments without being compiled: it is loaded then."""
    try:
        function.load_kept(tuple(map(function.typeof_pyval, arguments)))
    except _NotKeptError:
        return False
    return True


def called(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Return *function* for other compiled functions, which call it or take its code in; Python cannot call it."""
    return numba.njit(**_OPTIONS, **_FOR_CALLERS)(function)  # type: ignore[no-any-return]


def inlined(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Return *function* for other compiled functions, which always take its code in; Python cannot call it."""
    return numba.njit(**_OPTIONS, **_FOR_CALLERS, forceinline=True)(function)  # type: ignore[no-any-return]


@inlined
def copy_first(source: NDArray[Any], target: NDArray[Any], count: int) -> None:
    """Copy the first numbers of an array to another one.

    Assigned to a slice, they would have numba compile what tells of shapes that do not fit: two seconds a process.
    """
    for number in range(count):
        target[number] = source[number]


@inlined
def copy_rows(source: NDArray[Any], target: NDArray[Any], count: int) -> None:
    """Copy the first rows of an array to another one, as ``copy_first`` does."""
    for row in range(count):
        for column in range(source.shape[1]):
            target[row, column] = source[row, column]


class _PackageStamp:
    """A locator's source stamp that covers the function's file and SOURCES."""

    def get_source_stamp(self) -> bytes:
        own: bytes = super().get_source_stamp()  # type: ignore[misc]
        return own + hash_sources()

    def get_disambiguator(self) -> str:
        """Return nothing where numba takes the line of the function: what was compiled replaces what was before.

        Functions of one name share an index, whose keys hold the digest of their bytecode.
        """
        return ""


class _UserProvided(_PackageStamp, UserProvidedCacheLocator):  # type: ignore[misc]
    """In the folder NUMBA_CACHE_DIR names."""


class _InTree(_PackageStamp, InTreeCacheLocator):  # type: ignore[misc]
    """In the __pycache__ beside the file."""


class _UserWide(_PackageStamp, UserWideCacheLocator):  # type: ignore[misc]
    """In the user's cache folder, where the package's own may not be written to: one folder for all installations."""

    def __init__(self, function: Callable[..., Any], file: str) -> None:
        super().__init__(function, file)
        folder = user_cache()
        if folder is not None:
            self._cache_path = str(folder / "kernels")

    def get_disambiguator(self) -> str:
        """Return which installation a function is of."""
        return hashlib.sha256(self._py_file.encode()).hexdigest()[:16]


class _CacheImplementation(CompileResultCacheImpl):  # type: ignore[misc]
    _locator_classes = [_UserProvided, _InTree, _UserWide]  # noqa: RUF012 - numba's own attribute


class _NotKeptError(Exception):
    """A function has to be compiled: it is not on disk, or not as it can be read."""


_ONLY_KEPT: ContextVar[bool] = ContextVar("only_kept", default=False)


@contextmanager
def _only_kept() -> Iterator[None]:
    """Load functions without a wait for processes that compile, and raise _NotKeptError for what has to be compiled."""
    token = _ONLY_KEPT.set(True)
    try:
        yield
    finally:
        _ONLY_KEPT.reset(token)


class _SharedFile(IndexDataCacheFile):  # type: ignore[misc]
    """What is kept of one function in the package, and in the user's cache folder under what it was compiled from."""

    def __init__(self, cache_path: str, filename_base: str, source_stamp: bytes, sources: bytes) -> None:
        super().__init__(cache_path, filename_base, source_stamp)
        self._made_from = (numba.__version__, sys.version_info[:2], filename_base, sources)

    def load(self, key: Any) -> Any:
        """Return what is kept under a key, of this installation or of any with the same sources; None for nothing."""
        found = super().load(key)
        kept = read_kept(self._shared_name(key)) if found is None else None
        return found if kept is None else pickle.loads(kept)  # noqa: S301 - a file of this user's own, as it was written

    def save(self, key: Any, data: Any) -> None:
        """Keep a function under a key, for this installation and for others."""
        super().save(key, data)
        keep(self._shared_name(key), self._dump(data))

    def _shared_name(self, key: Any) -> str:
        return f"kernels/{hashlib.sha256(repr((self._made_from, key)).encode()).hexdigest()}"


class _Cache(FunctionCache):  # type: ignore[misc]
    _impl_class = _CacheImplementation

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__(function)
        locator = self._impl.locator
        if isinstance(locator, _InTree):
            sources = Path(function.__code__.co_filename).read_bytes() + hash_sources()
            stamp, base = locator.get_source_stamp(), self._impl.filename_base
            self._cache_file = _SharedFile(self.cache_path, base, stamp, hashlib.sha256(sources).digest())

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep a function; in the user's cache folder, in place of those used longest ago where there are many."""
        super().save_overload(sig, data)
        if isinstance(self._impl.locator, _UserWide):
            with suppress(OSError):
                trim(Path(self.cache_path))

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """Return a kept function; None where there is none, or an older version left what cannot be read any more.

        Raises _NotKeptError in the place of None while only kept functions are asked for.
        """
        try:
            kept = super().load_overload(sig, target_context)
        except Exception:  # noqa: BLE001 - pickle raises anything, AttributeError where a class was renamed
            self.flush()
            kept = None
        if kept is None and _ONLY_KEPT.get():
            raise _NotKeptError
        return kept
