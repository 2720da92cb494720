"""Spark's own SQL over what statements read."""

import uuid
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from corpus_audit.engine.spark_session import new_session
from corpus_audit.engine.statements import Known
from corpus_audit.schemas import Table

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

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


class SparkSQL:
    """Runs queries in a session of its own on the Spark *master*, and writes their results under *folder*."""

    def __init__(self, master: str, folder: Path) -> None:
        self._master = master
        self._folder = folder
        self._visible: dict[str, Known] = {}

    def write(self, sql: str, read: Mapping[str, Known]) -> list[Path]:
        """Return the files that the workers wrote a query's result to, of a sorted one in its order."""
        for name, known in read.items():
            if self._visible.get(name) != known:
                known.add_to(self, name)
                self._visible[name] = known
        folder = self._folder / f"result-{uuid.uuid4().hex}"
        self._session.sql(sql).write.parquet(str(folder))
        # Their names begin with the number of the partition, so that a sorted result stays sorted.
        return sorted(folder.glob("part-*.parquet"))

    def add_parquet(self, name: str, paths: Sequence[Path], table: Table) -> None:
        """Make the rows of *paths* visible as view *name*."""
        # Told the columns, Spark need not start a job to look for them.
        columns = ", ".join(f"{_quote_name(field.name)} {_type_name(field.type)}" for field in table.schema)
        self._session.read.schema(columns).parquet(*map(str, paths)).createOrReplaceTempView(name)

    def add_values(self, name: str, view: str, column: str, keys: Sequence[str]) -> None:
        """Make each value of a list column of *view* visible as a row of *name*: the keys, and ``value``."""
        kept = ", ".join(_quote_name(key) for key in keys)
        values = f"SELECT {kept}, explode({_quote_name(column)}) AS value FROM {_quote_name(view)}"  # noqa: S608 - quoted
        self.execute(f"CREATE OR REPLACE TEMPORARY VIEW {_quote_name(name)} AS {values}")

    def execute(self, sql: str) -> None:
        """Run one statement and discard its result."""
        self._session.sql(sql)

    @cached_property
    def _session(self) -> "SparkSession":
        """The session, made when the first query needs it: its SQL takes Java seconds to load."""
        return new_session(self._master, self._folder)


def _type_name(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"ARRAY<{_type_name(kind.value_type)}>"
    return _TYPES[pa.binary() if pa.types.is_fixed_size_binary(kind) else kind]


def _quote_name(value: str) -> str:
    return "`" + value.replace("`", "``") + "`"
