"""A pool of SQL engines for pages: opening one takes longer than most page queries."""

import atexit
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue

from corpus_audit.engine.duckdb import DuckDBEngine

_idle: SimpleQueue[DuckDBEngine] = SimpleQueue()


@contextmanager
def borrowed_engine() -> Iterator[DuckDBEngine]:
    """Yield an engine for exclusive use; the borrower must register every view and table that it reads again."""
    try:
        engine = _idle.get_nowait()
    except Empty:
        engine = DuckDBEngine()
    try:
        yield engine
    except BaseException:
        engine.__exit__(None, None, None)
        raise
    _idle.put(engine)


@atexit.register
def _close_idle() -> None:
    while not _idle.empty():
        _idle.get_nowait().__exit__(None, None, None)
