"""What statements make and read, told from their text: a table is files, a view is a query that is run when it is read.

So each statement can run in a place of its own that sees the files: in one task, or on a whole cluster.
"""

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from corpus_audit.schemas import Table

_WORD = re.compile(r"\w+")
_MAKING = re.compile(
    r"\s*(CREATE TABLE|INSERT INTO|DROP TABLE(?: IF EXISTS)?|CREATE (?:OR REPLACE )?TEMPORARY VIEW)\s+(\w+)"
    r"(?:\s+AS\b)?(.*)",
    re.DOTALL,
)


class Views(Protocol):
    """What makes names visible to SQL: a part of every engine."""

    def add_parquet(self, name: str, paths: Sequence[Path], table: Table) -> None:
        """Make the rows of *paths* visible as view *name*."""
        ...

    def add_values(self, name: str, view: str, column: str, keys: Sequence[str]) -> None:
        """Make each value of a list column of *view* visible as a row of *name*."""
        ...

    def execute(self, sql: str) -> None:
        """Run one statement and discard its result."""
        ...


@dataclass(frozen=True)
class TableFiles:
    """A table: its files, and its columns."""

    paths: tuple[Path, ...]
    schema: pa.Schema
    reads: str = ""
    """Text that names what a statement reads that reads this: nothing more."""

    @cached_property
    def rows(self) -> int:
        """How many rows there are, as the files' footers say."""
        return sum(pq.read_metadata(path).num_rows for path in self.paths)

    def add_to(self, views: Views, name: str) -> None:
        """Make the rows visible."""
        views.add_parquet(name, self.paths, Table(name, "one row", (), self.schema))


@dataclass(frozen=True)
class Query:
    """A view, by the query that it stands for."""

    reads: str

    def add_to(self, views: Views, name: str) -> None:
        """Make the view visible."""
        views.execute(f"CREATE OR REPLACE TEMPORARY VIEW {name} AS {self.reads}")


@dataclass(frozen=True)
class Values:
    """A view of the values of a list column of the view *reads*."""

    reads: str
    column: str
    keys: tuple[str, ...]

    def add_to(self, views: Views, name: str) -> None:
        """Make the view visible."""
        views.add_values(name, self.reads, self.column, self.keys)


Known = TableFiles | Query | Values


def parse_statement(sql: str) -> tuple[str, str, str]:
    """Return what a statement does ("CREATE TABLE" and so on), the name that it makes or drops, and its query.

    Raises ValueError for a statement of another kind.
    """
    found = _MAKING.fullmatch(sql)
    if found is None:
        message = f"This statement neither makes nor drops a table or view: {sql}"
        raise ValueError(message)
    does, name, query = found.groups()
    return does, name, query


def read_by(sql: str, known: Mapping[str, Known]) -> dict[str, Known]:
    """Return what a statement may read, by name, each after what it reads itself.

    A word that names a column counts too, which costs nothing but that rows are counted that are not read.
    """
    found: dict[str, Known] = {}

    def look(text: str, above: frozenset[str]) -> None:
        for name in _WORD.findall(text):
            if name in known and name not in found and name not in above:
                look(known[name].reads, above | {name})
                found[name] = known[name]

    look(sql, frozenset())
    return found


@dataclass(frozen=True)
class SqlStatement:
    """A query, and the name of the table that its rows make or, where it *adds*, are added to, if that is all."""

    query: str
    name: str = ""
    adds: bool = False

    def made(self, written: Sequence[Path], known: Mapping[str, Known]) -> TableFiles:
        """Return the table that these files of its result make. Raises TypeError where they do not fit those there."""
        files = TableFiles(tuple(written), pq.read_schema(written[0]).remove_metadata())
        if not self.adds:
            return files
        before = known[self.name]
        # Spark notes of some columns that they hold no null.
        if not isinstance(before, TableFiles) or _columns(files) != _columns(before):
            message = f"Rows of other columns were to be added to {self.name}: {files.schema}"
            raise TypeError(message)
        return TableFiles(before.paths + files.paths, files.schema)


@dataclass(frozen=True)
class Bounds:
    """What a statement may read, and need, in one task."""

    rows: int
    files: int
    memory_limit: str
    threads: int

    def allow(self, read: Iterable[Known]) -> bool:
        """Return whether a statement may read all these."""
        tables = [known for known in read if isinstance(known, TableFiles)]
        return sum(len(table.paths) for table in tables) <= self.files and (
            sum(table.rows for table in tables) <= self.rows
        )


def run_in_duckdb(folder: Path, bounds: Bounds, work: tuple[Sequence[SqlStatement], Mapping[str, Known]]) -> list[Path]:
    """Return the file of each statement's result over what is known, up to the first that *bounds* do not allow."""
    import duckdb

    from corpus_audit.engine.duckdb import DuckDBEngine

    statements, known = work[0], dict(work[1])
    written: list[Path] = []
    with DuckDBEngine(bounds.memory_limit, bounds.threads, folder) as engine:
        for statement in statements:
            read = read_by(statement.query, known)
            if not bounds.allow(read.values()):
                break
            for name, of_name in read.items():
                of_name.add_to(engine, name)
            path = folder / f"result-{uuid.uuid4().hex}.parquet"
            try:
                _write(engine.stream(statement.query), path)
            except duckdb.OutOfMemoryException:
                path.unlink(missing_ok=True)
                break
            written.append(path)
            if statement.name:
                known[statement.name] = statement.made([path], known)
    return written


def _columns(files: TableFiles) -> list[tuple[str, pa.DataType]]:
    return list(zip(files.schema.names, files.schema.types, strict=True))


def _write(rows: pa.RecordBatchReader, path: Path) -> None:
    with pq.ParquetWriter(path, rows.schema, compression="lz4", use_dictionary=False) as writer:
        for batch in rows:
            writer.write_batch(batch)
