"""The distributed engine: Spark on a cluster, or in threads on this machine.

Everything goes through Parquet files in one folder, which driver and workers must see under the same path and as the
same user. Spark plans a statement for a second and more, however few rows there are: one that reads few runs in one
task instead, in DuckDB. For the others a worker needs Spark of the driver's version and nothing of this project.
"""

import sys
import uuid
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.parquet as pq

from corpus_audit.engine.spark_session import connect
from corpus_audit.engine.spark_sql import SparkSQL
from corpus_audit.engine.statements import (
    Bounds,
    Known,
    Query,
    SqlStatement,
    TableFiles,
    Values,
    parse_statement,
    read_by,
    run_in_duckdb,
)
from corpus_audit.engine.steps import Steps, ThreadSteps
from corpus_audit.errors import CorpusAuditError
from corpus_audit.schemas import Table
from corpus_audit.store import ScratchFolder

ROWS_IN_A_TASK = 1 << 23
"""Rows that a statement may read in one task: more are Spark's. DuckDB sorts so many in some ten seconds."""
FILES_IN_A_TASK = 1 << 10

_WILDCARDS = frozenset("*?[]{}\\")


class SparkEngine:
    """Runs SQL on the Spark *master*; tables and results lie under *spill_root* until the engine is closed.

    *steps* run what reads at most ROWS_IN_A_TASK rows, each within *memory_limit*. The connection to Spark stays open
    for the engines after this one, until the process ends: starting it takes seconds. Raises EngineError when *master*
    cannot be reached, CorpusAuditError when Spark cannot be started.
    """

    spills_every_step = True
    rows_of_a_join = sys.maxsize

    def __init__(
        self, master: str, spill_root: Path | None = None, steps: Steps | None = None, memory_limit: str = "512MB"
    ) -> None:
        self._folder = ScratchFolder("corpus-audit-spark-", spill_root)
        self._path = self._folder.path
        _refuse_wildcards(str(self._path))
        connect(master, self._path)
        self._sql = SparkSQL(master, self._path)
        self._steps = steps or ThreadSteps()
        self._memory_limit = memory_limit
        self._waiting: list[SqlStatement] = []
        self._known: dict[str, Known] = {}

    def __enter__(self) -> Self:
        """Return the engine itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Forget all tables and delete their folder."""
        self._known = {}
        self._folder.close()

    def add_parquet(self, name: str, paths: Sequence[Path], table: Table) -> None:
        """Make the rows of *paths* visible as view *name*."""
        if paths:
            self._name(name, TableFiles(tuple(path.absolute() for path in paths), table.schema))
        else:
            self.add_arrow(name, table.empty())

    def add_values(self, name: str, view: str, column: str, keys: Sequence[str]) -> None:
        """Make each value of a list column of *view* visible as a row of *name*: the keys, and ``value``."""
        self._name(name, Values(view, column, tuple(keys)))

    def add_arrow(self, name: str, data: pa.Table) -> None:
        """Make an Arrow table visible as *name*."""
        path = self._path / f"arrow-{uuid.uuid4().hex}.parquet"
        pq.write_table(data, path)
        self._name(name, TableFiles((path,), data.schema))

    def execute(self, sql: str) -> None:
        """Run one statement and discard its result, as soon as a result is asked for: many then are one task."""
        does, name, query = parse_statement(sql)
        if does.startswith("DROP"):
            self._drop(name)
        elif does.endswith("VIEW"):
            self._name(name, Query(query))
        else:
            self._waiting.append(SqlStatement(query, name, adds=does.startswith("INSERT")))

    def fetch(self, sql: str) -> pa.Table:
        """Return a query's whole result."""
        return self.stream(sql).read_all()

    def stream(self, sql: str, batch_rows: int = 65_536) -> pa.RecordBatchReader:
        """Return a query's result as a stream of Arrow batches, out of files that the workers wrote."""
        parts = self.write(sql)
        schema = pq.read_schema(parts[0]).remove_metadata()
        return pa.RecordBatchReader.from_batches(schema, _batches(parts, schema, batch_rows))

    def write(self, sql: str) -> list[Path]:
        """Return the files that the workers wrote a query's result to, of a sorted one in its order."""
        return self._run([*self._waiting, SqlStatement(sql)])

    def _run(self, statements: Sequence[SqlStatement]) -> list[Path]:
        """Run statements, as many as may in one task and the next one as Spark's own SQL; return the last's files."""
        self._waiting = []
        written: list[Path] = []
        bounds = Bounds(ROWS_IN_A_TASK, FILES_IN_A_TASK, self._memory_limit, self._steps.threads)
        while statements:
            results = self._run_in_a_task(statements, bounds)
            for statement, result in zip(statements, results, strict=False):
                written = self._keep(statement, [result])
            for statement in statements[len(results) : len(results) + 1]:
                written = self._keep(statement, self._sql.write(statement.query, self._read_by([statement])))
            statements = statements[len(results) + 1 :]
        return written

    def _run_in_a_task(self, statements: Sequence[SqlStatement], bounds: Bounds) -> list[Path]:
        """Return the file of each result, up to the first that is not for a task; none is started for no result."""
        if not bounds.allow(read_by(statements[0].query, self._known).values()):
            return []
        work = statements, self._read_by(statements)
        (results,) = self._steps.run(partial(run_in_duckdb, self._path, bounds), [work])
        return list(results)

    def _read_by(self, statements: Sequence[SqlStatement]) -> dict[str, Known]:
        """Return what is known already of what statements read and add to."""
        return read_by(" ".join(f"{each.name} {each.query}" for each in statements), self._known)

    def _keep(self, statement: SqlStatement, written: list[Path]) -> list[Path]:
        if statement.name:
            self._known[statement.name] = statement.made(written, self._known)
        return written

    def _name(self, name: str, known: Known) -> None:
        """Let *name* stand for something; what waits may name it, and means what it stood for before."""
        if name in self._known or not isinstance(known, TableFiles):
            self._run(self._waiting)
        self._known[name] = known

    def _drop(self, name: str) -> None:
        """Forget a table, and delete the files that a statement made it of."""
        self._run(self._waiting)
        known = self._known.pop(name, None)
        for path in known.paths if isinstance(known, TableFiles) else ():
            if path.is_relative_to(self._path):
                path.unlink()


def _batches(parts: Sequence[Path], schema: pa.Schema, batch_rows: int) -> Iterator[pa.RecordBatch]:
    for part in parts:
        with pq.ParquetFile(part, pre_buffer=False) as file:  # read ahead, it would stay in memory as a whole
            for batch in file.iter_batches(batch_rows):
                yield pa.record_batch(batch.columns, schema=schema)
        part.unlink()


def _refuse_wildcards(path: str) -> None:
    if not _WILDCARDS.isdisjoint(path):
        message = f"Spark takes some of the characters in {path} for wildcards: put the store where there are none."
        raise CorpusAuditError(message)
