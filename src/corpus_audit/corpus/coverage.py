"""The content of one part of a file and how much of it was read, counted during reading."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.corpus.entry import (
    ColumnSeen,
    ColumnTexts,
    Defect,
    FileEntry,
    ReadResult,
    RowMedia,
    RowsScanned,
    Seen,
    Skipped,
    WholeText,
)
from corpus_audit.schemas import COLUMNS_SEEN, READ_COUNTS, UNREAD, Table
from corpus_audit.vocabulary import DefectCode, SkipReason, Unit


@dataclass(frozen=True)
class PartCoverage:
    """What was counted in one part, as rows of the tables READ_COUNTS, UNREAD and COLUMNS_SEEN."""

    counts: dict[str, Any]
    unread: Sequence[dict[str, Any]]
    columns: Sequence[dict[str, Any]]


class CoverageCounter:
    """Counts the pieces that one part of a file yields; rows that nothing accounts for are counted as such."""

    def __init__(self, entry: FileEntry) -> None:
        self._key = {"source_id": entry.source_id, "file": entry.file, "first_row": entry.part.first_row}
        self._file_id = entry.file_id
        self._unaccounted = SkipReason.NOT_ACCOUNTED
        """Why rows were not read that are there and that nothing else accounts for."""
        self._seen: Counter[Unit] = Counter()
        self._unread: Counter[tuple[Unit, str]] = Counter()
        self._columns: dict[ColumnSeen, None] = {}
        self._values: Counter[str] = Counter()
        self._bytes: Counter[str] = Counter()
        self._read = self._empty = self._scanned = self._scanned_only = self._breaks = 0

    def add(self, piece: ReadResult) -> None:
        """Count one piece."""
        match piece:
            case pa.RecordBatch():
                self._read += piece.num_rows
            case WholeText():
                self._read += 1
            case RowMedia():
                self._read += piece.rows_read
            case Defect():
                self._add_defect(piece)
            case Seen():
                self._seen[piece.unit] += piece.count
            case Skipped():
                self._add_skipped(piece)
            case ColumnSeen():
                self._columns[piece] = None
            case ColumnTexts():
                self._values[piece.column] += len(piece.texts) - piece.texts.null_count
                self._bytes[piece.column] += pc.sum(pc.binary_length(piece.texts)).as_py() or 0
            case RowsScanned():
                self._scanned += piece.count
                self._scanned_only += piece.without_text

    def finish(self) -> PartCoverage:
        """Return what was counted, once the part is read."""
        known = self._read + self._empty + self._total(Unit.ROW)
        unaccounted = max(0, self._seen[Unit.ROW] - known)
        self._unread[Unit.ROW, self._unaccounted] += unaccounted
        counts = {
            "file_id": self._file_id,
            "rows": known + unaccounted,
            "rows_read": self._read,
            "rows_empty": self._empty,
            "rows_scanned": self._scanned,
            "rows_scanned_only": self._scanned_only,
            "members": max(self._seen[Unit.MEMBER], self._total(Unit.MEMBER)),
            "members_read": max(0, self._seen[Unit.MEMBER] - self._total(Unit.MEMBER)),
            "breaks": self._breaks,
        }
        return PartCoverage(self._key | counts, list(self._unread_rows()), list(self._column_rows()))

    def _add_skipped(self, skipped: Skipped) -> None:
        if skipped.reason is SkipReason.NO_CONTENT:
            self._empty += skipped.count
            return
        self._unread[skipped.unit, skipped.reason] += skipped.count
        if skipped.unit is Unit.FILE:
            self._breaks += skipped.count
            self._unaccounted = skipped.reason

    def _add_defect(self, defect: Defect) -> None:
        self._unread[Unit.ROW, defect.code] += defect.rows_lost
        self._unread[Unit.MEMBER, defect.code] += defect.code is DefectCode.MEMBER_REFUSED
        self._breaks += defect.breaks_off
        self._unread[Unit.FILE, defect.code] += defect.breaks_off

    def _total(self, unit: Unit) -> int:
        return sum(count for (of, _), count in self._unread.items() if of is unit)

    def _unread_rows(self) -> Iterable[dict[str, Any]]:
        for (unit, reason), count in sorted(self._unread.items()):
            if count:
                yield self._key | {"unit": unit, "reason": reason, "count": count}

    def _column_rows(self) -> Iterable[dict[str, Any]]:
        for seen in sorted(self._columns, key=lambda column: (column.column, column.role, column.reason, column.type)):
            is_scanned = seen.column in self._values
            yield self._key | {
                "column_name": seen.column,
                "role": seen.role,
                "reason": seen.reason,
                "type": seen.type,
                "scanned_values": self._values[seen.column] if is_scanned else None,
                "size_bytes": self._bytes[seen.column] if is_scanned else None,
            }


def coverage_tables(parts: Iterable[PartCoverage]) -> dict[str, pa.Table]:
    """Return what was counted in some parts as tables by name, each sorted by its key."""
    listed = list(parts)
    return {
        READ_COUNTS.name: _table(READ_COUNTS, [part.counts for part in listed]),
        UNREAD.name: _table(UNREAD, [row for part in listed for row in part.unread]),
        COLUMNS_SEEN.name: _table(COLUMNS_SEEN, [row for part in listed for row in part.columns]),
    }


def _table(table: Table, rows: list[dict[str, Any]]) -> pa.Table:
    found = pa.Table.from_pylist(rows, schema=table.schema)
    return found.sort_by([(name, "ascending") for name in table.key])
