"""What was seen of very many files, as tables: a file as Python objects takes twenty times the memory of its row."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from corpus_audit.corpus.entry import defect_table
from corpus_audit.corpus.guarded_look import FileSeen
from corpus_audit.schemas import DEFECTS, FILES, PARTS, Table
from corpus_audit.schemas.assembling import join_sorted

_ROWS_AT_ONCE = 10_000
_DEFECT_ORDER = ("source_id", "file", "code", "place")


@dataclass
class FilesSeen:
    """Files, their parts and their defects, taken some at a time."""

    _tables: Mapping[str, list[pa.Table]] = field(
        default_factory=lambda: {table.name: [table.empty()] for table in (FILES, PARTS, DEFECTS)}
    )
    _waiting: Mapping[str, list[dict[str, Any]]] = field(default_factory=lambda: {FILES.name: [], PARTS.name: []})

    def add(self, seen: Iterable[FileSeen]) -> None:
        """Take some files."""
        found = list(seen)
        self._add(FILES, [file.row for file in found if file.row])
        self._add(PARTS, [row for file in found for row in _part_rows(file)])
        if defects := [defect for file in found for defect in file.defects]:
            self._tables[DEFECTS.name].append(defect_table(defects))

    def _add(self, table: Table, rows: list[dict[str, Any]]) -> None:
        waiting = self._waiting[table.name]
        waiting += rows
        if len(waiting) >= _ROWS_AT_ONCE:
            self._settle(table)

    def _settle(self, table: Table) -> None:
        """Put the rows that wait into a table: many small ones would take several times their memory."""
        waiting = self._waiting[table.name]
        if waiting:
            self._tables[table.name].append(pa.Table.from_pylist(waiting, schema=table.schema))
            waiting.clear()

    def take_files(self) -> pa.Table:
        """Return all files, sorted by their key; they are here no longer."""
        self._settle(FILES)
        return join_sorted(self._tables[FILES.name], FILES.key)

    def take_parts(self) -> pa.Table:
        """Return all parts, sorted by their key; they are here no longer."""
        self._settle(PARTS)
        return join_sorted(self._tables[PARTS.name], PARTS.key)

    def take_defects(self) -> pa.Table:
        """Return all defects by source and file, those of one kind as they were met; they are here no longer."""
        return join_sorted(self._tables[DEFECTS.name], _DEFECT_ORDER)


def _part_rows(seen: FileSeen) -> Iterator[dict[str, Any]]:
    for part in seen.parts:
        yield {name: seen.row[name] for name in ("source_id", "file", "file_id")} | part.as_row()
