"""The embedded engine: DuckDB with a memory limit and a temporary spill folder."""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb
import pyarrow as pa

from corpus_audit.schemas import Table
from corpus_audit.store import ScratchFolder

_MEMORY_LIMIT = "SELECT parse_formatted_bytes(current_setting('memory_limit')) AS bytes"
_SHARE_OF_OPERATORS = 2
"""Of the memory limit, tables of hashes and sorts get one in so many.

With all of it DuckDB goes to disk so late that what it still has to hold by then leaves no room: eighty million groups
of four strings end with an error under 512 MB, and with half of that for the operators they do not.
"""
_BYTES_OF_A_JOINED_ROW = 256
"""Of the memory limit: a row in a table of hashes takes less than half of it."""


class DuckDBEngine:
    """Runs SQL in this process; what does not fit into *memory_limit* spills under *spill_root*."""

    spills_every_step = False

    def __init__(self, memory_limit: str = "512MB", threads: int = 2, spill_root: Path | None = None) -> None:
        self._spill = ScratchFolder("corpus-audit-spill-", spill_root)
        # Extensions are never needed here, and fetching one would be a network request.
        self._connection = duckdb.connect(
            ":memory:",
            config={
                "memory_limit": memory_limit,
                "threads": threads,
                "temp_directory": str(self._spill.path),
                # Where an order matters, the statement says it; to keep any other takes memory.
                "preserve_insertion_order": False,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            },
        )
        # Session settings, refused among the database's own.
        self._connection.execute("SET enable_progress_bar = false")
        self._connection.execute(f"SET operator_memory_limit = '{self._memory // _SHARE_OF_OPERATORS}B'")

    @property
    def rows_of_a_join(self) -> int:
        """As many as fit into the memory limit."""
        return self._memory // _BYTES_OF_A_JOINED_ROW

    @property
    def _memory(self) -> int:
        """Bytes of the memory limit."""
        memory: int = self.fetch(_MEMORY_LIMIT)["bytes"][0].as_py()
        return memory

    def __enter__(self) -> Self:
        """Return the engine itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection and delete the spill folder."""
        self._connection.close()
        self._spill.close()

    def add_parquet(self, name: str, paths: Sequence[Path], table: Table) -> None:
        """Make the rows of *paths* visible as view *name*."""
        if not paths:
            self.add_arrow(name, table.empty())
            return
        listing = ", ".join(_quote_text(str(path)) for path in paths)
        self.execute(f"CREATE OR REPLACE VIEW {_quote_name(name)} AS SELECT * FROM read_parquet([{listing}])")  # noqa: S608 - both are quoted

    def add_values(self, name: str, view: str, column: str, keys: Sequence[str]) -> None:
        """Make each value of a list column of *view* visible as a row of *name*: the keys, and ``value``."""
        kept = ", ".join(_quote_name(key) for key in keys)
        values = f"SELECT {kept}, unnest({_quote_name(column)}) AS value FROM {_quote_name(view)}"  # noqa: S608 - quoted
        self.execute(f"CREATE OR REPLACE VIEW {_quote_name(name)} AS {values}")

    def add_arrow(self, name: str, data: pa.Table) -> None:
        """Make an Arrow table visible as *name*."""
        self._connection.register(name, data)

    def execute(self, sql: str) -> None:
        """Run one statement and discard its result."""
        self._connection.execute(sql)

    def fetch(self, sql: str) -> pa.Table:
        """Return a query's whole result."""
        return self._connection.sql(sql).to_arrow_table()

    def stream(self, sql: str, batch_rows: int = 65_536) -> pa.RecordBatchReader:
        """Return a query's result as a stream of Arrow batches."""
        return self._connection.sql(sql).to_arrow_reader(batch_rows)


def _quote_text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _quote_name(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'
