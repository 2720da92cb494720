"""The distributed engine: Spark on a cluster, or in threads on this machine.

For SQL a worker needs Spark of the driver's version and nothing of this project; ``spark_job`` runs Python there.
Everything goes through Parquet files in one folder, which driver and workers must see under the same path and as the
same user.
"""

import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.parquet as pq

from corpus_audit.engine.spark_session import new_session
from corpus_audit.errors import CorpusAuditError
from corpus_audit.schemas import Table
from corpus_audit.store import ScratchFolder

_TYPES = {
    pa.bool_(): "BOOLEAN",
    pa.int32(): "INT",
    pa.int64(): "BIGINT",
    pa.uint32(): "BIGINT",
    pa.float64(): "DOUBLE",
    pa.string(): "STRING",
    pa.large_string(): "STRING",
    pa.binary(): "BINARY",
}
"""Spark's names for the types of columns; it has no unsigned ones."""

_WILDCARDS = frozenset("*?[]{}\\")


class SparkEngine:
    """Runs SQL on the Spark *master*; tables and results lie under *spill_root* until the engine is closed.

    The connection to Spark stays open for the engines after this one, until the process ends: starting it takes
    seconds. Raises EngineError when *master* cannot be reached, CorpusAuditError when Spark cannot be started.
    """

    spills_every_step = True

    def __init__(self, master: str, spill_root: Path | None = None) -> None:
        self._folder = ScratchFolder("corpus-audit-spark-", spill_root)
        _refuse_wildcards(str(self._folder.path))
        self._session = new_session(master, self._folder.path)
        self._database = f"engine_{uuid.uuid4().hex}"
        location = _quote_text(str(self._folder.path / "tables"))
        self.execute(f"CREATE DATABASE {self._database} LOCATION {location}")
        self.execute(f"USE {self._database}")

    def __enter__(self) -> Self:
        """Return the engine itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Drop all tables and delete their folder."""
        self.execute(f"DROP DATABASE {self._database} CASCADE")
        self._folder.close()

    def add_parquet(self, name: str, paths: Sequence[Path], table: Table) -> None:
        """Make the rows of *paths* visible as view *name*."""
        if not paths:
            self.add_arrow(name, table.empty())
            return
        # Told the columns, Spark need not start a job to look for them.
        columns = ", ".join(f"{_quote_name(field.name)} {_type_name(field.type)}" for field in table.schema)
        files = [str(path.absolute()) for path in paths]
        self._session.read.schema(columns).parquet(*files).createOrReplaceTempView(name)

    def add_values(self, name: str, view: str, column: str, keys: Sequence[str]) -> None:
        """Make each value of a list column of *view* visible as a row of *name*: the keys, and ``value``."""
        kept = ", ".join(_quote_name(key) for key in keys)
        values = f"SELECT {kept}, explode({_quote_name(column)}) AS value FROM {_quote_name(view)}"  # noqa: S608 - quoted
        self.execute(f"CREATE OR REPLACE TEMPORARY VIEW {_quote_name(name)} AS {values}")

    def add_arrow(self, name: str, data: pa.Table) -> None:
        """Make an Arrow table visible as *name*."""
        path = self._new_path("arrow").with_suffix(".parquet")
        pq.write_table(data, path)
        self.add_parquet(name, [path], Table(name, "one row", (), data.schema))

    def execute(self, sql: str) -> None:
        """Run one statement and discard its result."""
        self._session.sql(sql)

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
        folder = self._new_path("result")
        self._session.sql(sql).write.parquet(str(folder))
        # Their names begin with the number of the partition, so that a sorted result stays sorted.
        return sorted(folder.glob("part-*.parquet"))

    def _new_path(self, kind: str) -> Path:
        return self._folder.path / f"{kind}-{uuid.uuid4().hex}"


def _batches(parts: Sequence[Path], schema: pa.Schema, batch_rows: int) -> Iterator[pa.RecordBatch]:
    for part in parts:
        with pq.ParquetFile(part, pre_buffer=False) as file:  # read ahead, it would stay in memory as a whole
            for batch in file.iter_batches(batch_rows):
                yield pa.record_batch(batch.columns, schema=schema)
        part.unlink()


def _type_name(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"ARRAY<{_type_name(kind.value_type)}>"
    return _TYPES[pa.binary() if pa.types.is_fixed_size_binary(kind) else kind]


def _refuse_wildcards(path: str) -> None:
    if not _WILDCARDS.isdisjoint(path):
        message = f"Spark takes some of the characters in {path} for wildcards: put the store where there are none."
        raise CorpusAuditError(message)


def _quote_text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _quote_name(value: str) -> str:
    return "`" + value.replace("`", "``") + "`"
