"""An engine that makes tables visible when a statement first reads them."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa

from corpus_audit.engine.base import Engine
from corpus_audit.schemas import Table

_READ = re.compile(r'\b(?:FROM|JOIN)\s+"?(\w+)', re.IGNORECASE)


@dataclass(frozen=True)
class Supply:
    """What makes the tables *names* visible, together; it may read tables of other supplies."""

    names: tuple[str, ...]
    make: Callable[[Engine], None]


class OnDemandEngine:
    """Another engine, which makes a table of *supplies* only when the first statement names it after FROM or JOIN.

    Of two supplies of one name the later one counts.
    """

    def __init__(self, engine: Engine, supplies: Iterable[Supply]) -> None:
        self._engine = engine
        self._waiting = {name: supply for supply in supplies for name in supply.names}

    @property
    def spills_every_step(self) -> bool:
        """True if the other engine does."""
        return self._engine.spills_every_step

    @property
    def rows_of_a_join(self) -> int:
        """As many as for the other engine."""
        return self._engine.rows_of_a_join

    def __enter__(self) -> Self:
        """Return the engine itself."""
        self._engine.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the other engine."""
        self._engine.__exit__(kind, error, trace)

    def add_parquet(self, name: str, paths: Sequence[Path], table: Table) -> None:
        """Make the rows of *paths* visible as view *name*."""
        self._engine.add_parquet(name, paths, table)

    def add_values(self, name: str, view: str, column: str, keys: Sequence[str]) -> None:
        """Make each value of a list column of *view* visible as a row of *name*: the keys, and ``value``."""
        self._make(view)
        self._engine.add_values(name, view, column, keys)

    def add_arrow(self, name: str, data: pa.Table) -> None:
        """Make an Arrow table visible as *name*."""
        self._engine.add_arrow(name, data)

    def execute(self, sql: str) -> None:
        """Run one statement and discard its result."""
        self._make_what_it_reads(sql)
        self._engine.execute(sql)

    def fetch(self, sql: str) -> pa.Table:
        """Return a query's whole result."""
        self._make_what_it_reads(sql)
        return self._engine.fetch(sql)

    def stream(self, sql: str, batch_rows: int = 65_536) -> pa.RecordBatchReader:
        """Return a query's result as a stream of Arrow batches."""
        self._make_what_it_reads(sql)
        return self._engine.stream(sql, batch_rows)

    def _make_what_it_reads(self, sql: str) -> None:
        for name in _READ.findall(sql):
            self._make(name)

    def _make(self, name: str) -> None:
        supply = self._waiting.get(name)
        if supply is not None:
            self._waiting = {waiting: other for waiting, other in self._waiting.items() if other is not supply}
            supply.make(self)
