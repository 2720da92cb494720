"""The interface of every engine: Parquet and Arrow in, SQL between, Arrow out."""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import pyarrow as pa

from corpus_audit.schemas import Table


class Engine(Protocol):
    """A SQL engine over Parquet files and Arrow tables. Use it as a context manager."""

    @property
    def spills_every_step(self) -> bool:
        """True if a statement of several joins, aggregates and sorts needs no more memory than the largest of them."""
        ...

    @property
    def rows_of_a_join(self) -> int:
        """Rows of some ten columns that one side of a join may have; of more, a statement joins a part at a time."""
        ...

    def __enter__(self) -> Self:
        """Return the engine, ready for statements."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Release memory and temporary files."""
        ...

    def add_parquet(self, name: str, paths: Sequence[Path], table: Table) -> None:
        """Make the rows of *paths* visible as view *name*; no paths make an empty view with *table*'s columns."""
        ...

    def add_values(self, name: str, view: str, column: str, keys: Sequence[str]) -> None:
        """Make each value of a list column of *view* visible as a row of *name*: the keys, and ``value``.

        Engines differ in how they take lists apart. A row whose list is null or empty gives no row.
        """
        ...

    def add_arrow(self, name: str, data: pa.Table) -> None:
        """Make an Arrow table visible as *name*."""
        ...

    def execute(self, sql: str) -> None:
        """Run one statement and discard its result."""
        ...

    def fetch(self, sql: str) -> pa.Table:
        """Return a query's whole result: for bounded results only."""
        ...

    def stream(self, sql: str, batch_rows: int = 65_536) -> pa.RecordBatchReader:
        """Return a query's result as a stream of Arrow batches, for results of any size."""
        ...
