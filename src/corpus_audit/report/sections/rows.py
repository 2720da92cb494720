"""Sections that are rows of an evidence table: their fields are the table's columns."""

from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pydantic._internal._model_construction import ModelMetaclass

from corpus_audit.evidence.evidence_table import EvidenceTable
from corpus_audit.report.sections.base import Listing, Section, Share

_TYPES = {
    pa.string(): str,
    pa.int64(): int,
    pa.float64(): Share,
    pa.bool_(): bool,
    pa.list_(pa.string()): Listing,
}


def field_type(column: pa.Field) -> Any:
    """Return the type of a column's values in Python; a column whose meaning says when it is null may be None."""
    known = _TYPES[column.type]
    return known | None if b"null" in column.metadata[b"description"] else known


class _RowMetaclass(ModelMetaclass):
    """Gives a class the columns of its *table* as fields, except those *without*; its own annotations stay."""

    def __new__(
        mcs,
        name: str,
        bases: tuple[type, ...],
        namespace: dict[str, Any],
        table: EvidenceTable | None = None,
        without: tuple[str, ...] = (),
        **options: Any,
    ) -> type:
        if table is not None:
            own = namespace.get("__annotations__", {})
            columns = [column for column in table.schema if column.name not in without]
            namespace["__annotations__"] = {c.name: own.get(c.name, field_type(c)) for c in columns} | own
        made: type = super().__new__(mcs, name, bases, namespace, **options)
        return made


class Row(Section, metaclass=_RowMetaclass):
    """A section that is one row of an evidence table, which the class names: ``class Overlap(Row, table=OVERLAPS)``."""

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...
