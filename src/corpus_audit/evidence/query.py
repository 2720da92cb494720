"""One evidence table as one SQL query over the tables that ``gather`` makes visible."""

from dataclasses import dataclass

import pyarrow as pa

from corpus_audit.engine.base import Engine
from corpus_audit.schemas import Table


@dataclass(frozen=True)
class Lists:
    """A list of values for each key, as SQL of one row a value: the key, the value, and its ``position`` from 1.

    Engines differ in how they order what they gather into a list, so it is done on the bounded result. Of the columns
    *first* the value in the first position is kept.
    """

    name: str
    key: tuple[str, ...]
    value: str
    sql: str
    first: tuple[str, ...] = ()

    def add(self, engine: Engine) -> None:
        """Make visible as *name*, beside each key, the list of its values in the column ``listed``."""
        columns = ", ".join(self.key)
        rows = engine.fetch(f"SELECT * FROM ({self.sql}) AS valued ORDER BY {columns}, position")  # noqa: S608 - constants
        kept = [(self.value, "list"), *((name, "first") for name in self.first)]
        lists = rows.group_by(list(self.key), use_threads=False).aggregate(kept)
        engine.add_arrow(self.name, lists.rename_columns([*self.key, "listed", *self.first]))


@dataclass(frozen=True)
class Query:
    """A table and the SQL that fills it. The SQL names columns as the schema does, in any order."""

    table: Table
    sql: str

    def run(self, engine: Engine) -> pa.Table:
        """Return the query's whole result, exactly in the table's schema and sorted by its key."""
        key = ", ".join(self.table.key)
        found = engine.fetch(f"SELECT * FROM ({self.sql}) AS evidence ORDER BY {key}")  # noqa: S608 - constants
        return found.select(self.table.schema.names).cast(self.table.schema)
