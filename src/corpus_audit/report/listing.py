"""Which rows of a table a report lists: the first ones in the order of a section, chosen before they become models."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.document.natural_order import natural_ranks
from corpus_audit.report import bounds
from corpus_audit.report.rows import read_rows
from corpus_audit.report.sections import ListedRows, Section

S = TypeVar("S", bound=Section)
T = TypeVar("T")

Key = Callable[[pa.Table], Any]
"""What to sort the rows of a table by, as a column whose smallest value comes first."""


def rising(column: str) -> Key:
    """Return the order of a column's values, texts by their code points."""
    return lambda table: table[column]


def falling(column: str) -> Key:
    """Return the order of a column of numbers, the largest first."""
    return lambda table: pc.negate(table[column])


def naturally(column: str) -> Key:
    """Return the order in which people read the names of a column."""
    return lambda table: natural_ranks(table[column])


def placed(column: str, first: Sequence[str]) -> Key:
    """Return the order of *first*; all other values follow as one."""
    places = pa.array([str(value) for value in first], pa.string())
    return lambda table: pc.fill_null(pc.index_in(table[column], value_set=places), len(places))


def others_last(column: str, first: Sequence[str]) -> Key:
    """Return the order of two groups: what is one of *first*, then all other values."""
    found = pa.array([str(value) for value in first], pa.string())
    return lambda table: pc.invert(pc.is_in(table[column], value_set=found))


def in_order(table: pa.Table, *keys: Key, first: int | None = None) -> pa.Table:
    """Return the rows of a table, or the *first* of them, by *keys*, which have to tell any two rows apart."""
    if not table.num_rows:
        return table
    names = [str(number) for number in range(len(keys))]
    ordered = pc.sort_indices(
        pa.table([key(table) for key in keys], names), sort_keys=[(name, "ascending") for name in names]
    )
    return table.take(ordered[:first])


def make_rows(model: type[S], table: pa.Table) -> tuple[S, ...]:
    """Return the rows of a table as models of the columns of the same names."""
    return tuple(model.model_validate(row) for row in read_rows(table.select(list(model.model_fields))))


def list_rows(
    model: type[S], table: pa.Table, file: str, *keys: Key, make: Callable[[dict[str, Any]], S] | None = None
) -> ListedRows[S]:
    """Return the first rows of a table by *keys*, with the count of all and the file that has them.

    A row that is more than columns of its model becomes one by *make*.
    """
    first = in_order(table, *keys, first=bounds.ROWS_LISTED)
    rows = tuple(map(make, read_rows(first))) if make else make_rows(model, first)
    return ListedRows[model](rows=table.num_rows, all_in=file, listed=rows)  # type: ignore[valid-type]


def list_first(model: type[S], rows: Sequence[T], file: str, make: Callable[[T], S]) -> ListedRows[S]:
    """Return the same of rows that are in order, and become models by *make*."""
    first = tuple(map(make, rows[: bounds.ROWS_LISTED]))
    return ListedRows[model](rows=len(rows), all_in=file, listed=first)  # type: ignore[valid-type]


def total(table: pa.Table, column: str) -> int:
    """Return the sum of a column; of no rows, 0."""
    return int(pc.sum(table[column]).as_py() or 0)


def where(table: pa.Table, column: str, *values: str) -> pa.Table:
    """Return the rows whose column is one of some values."""
    return table.filter(pc.is_in(table[column], value_set=pa.array([str(value) for value in values], pa.string())))
