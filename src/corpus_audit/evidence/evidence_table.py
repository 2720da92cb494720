"""The declaration of an evidence table, from which other packages derive everything about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from corpus_audit.config import Parameters
from corpus_audit.engine.base import Engine
from corpus_audit.schemas.table import Table, table


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
class Circumstances:
    """What evidence depends on beside claims and facts: parameters, keyword lists, and the day of the audit."""

    parameters: Parameters
    keyword_lists: Sequence[str]
    day: date


Prepare = Callable[[Engine, Circumstances], None]
"""Makes visible to SQL what a table's own statement reads and SQL cannot compute."""


@dataclass(frozen=True)
class EvidenceTable(Table):
    """One evidence table: its schema, what its rows are called, what it reads and the SQL that fills it.

    The SQL names columns as the schema does, in any order. *inputs* are the stored tables that it or *prepare* reads by
    name; what several tables share (totals, licenses, copies, people) is made visible before. *after* are the tables
    whose *prepare* makes visible what this one reads.
    """

    label: str
    sql: str
    inputs: tuple[Table, ...] = ()
    prepare: Prepare | None = None
    after: tuple["EvidenceTable", ...] = ()

    def run(self, engine: Engine) -> pa.Table:
        """Return the whole result of the SQL, exactly in the table's schema and sorted by its key."""
        key = ", ".join(self.key)
        found = engine.fetch(f"SELECT * FROM ({self.sql}) AS evidence ORDER BY {key}")  # noqa: S608 - constants
        return found.select(self.schema.names).cast(self.schema)


def evidence_table(
    name: str,
    row: str,
    key: tuple[str, ...],
    *columns: tuple[str, pa.DataType, str],
    label: str,
    sql: str,
    inputs: tuple[Table, ...] = (),
    prepare: Prepare | None = None,
    after: tuple[EvidenceTable, ...] = (),
) -> EvidenceTable:
    """Return an evidence table of columns, each with its name, type and meaning."""
    plain = table(name, row, key, *columns)
    return EvidenceTable(plain.name, plain.row, plain.key, plain.schema, label, sql, inputs, prepare, after)
