"""One evidence table as one SQL query over the tables that ``gather`` makes visible."""

from dataclasses import dataclass

import pyarrow as pa

from corpus_audit.engine.base import Engine
from corpus_audit.schemas import Table


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
