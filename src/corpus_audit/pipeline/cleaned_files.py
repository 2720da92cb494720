"""The files of a cleaned dataset: what changes in each, and its writing in a worker."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.corpus.locations.base import Location
from corpus_audit.corpus.rewriting.changes import Rewritten
from corpus_audit.errors import StoreError
from corpus_audit.schemas.table import INT, STR, table
from corpus_audit.store import sha256_of_file
from corpus_audit.vocabulary import FileFormat

_CHUNK = 1 << 20

DROPPED = table(
    "dropped_rows", "one row of a file that goes", ("file_id", "row"),
    ("file_id", STR, "The file."),
    ("row", INT, "The row, from 0, as its reader counts."),
    ("is_copy", INT, "1 if it goes only because another copy of all that it holds stays."),
)  # fmt: skip

MASKED = table(
    "masked_spans", "one place in a row that is masked", ("file_id", "row", "field", "start_byte"),
    ("file_id", STR, "The file."),
    ("row", INT, "The row, from 0, as its reader counts."),
    ("field", STR, "Column outside the text; '' for the text."),
    ("start_byte", INT, "First byte in the text, or in that of the column."),
    ("end_byte", INT, "One past the last byte."),
    ("entity_type", STR, "What it is."),
)  # fmt: skip


@dataclass(frozen=True)
class RowCounts:
    """What there is in a file: rows, those that became records, those of the wrong form, and what is not known."""

    rows: int = 0
    rows_read: int = 0
    rows_bad: int = 0
    members_unread: int = 0
    breaks: int = 0

    @property
    def rows_whole(self) -> int:
        """How many rows its reader numbers, where it leaves out those of the wrong form."""
        return self.rows - self.rows_bad

    def is_emptied_by(self, dropped: int, file_format: FileFormat) -> bool:
        """True if nothing stays of a file without so many rows."""
        if file_format in _ROWS:
            return dropped == self.rows and not self.breaks and not self.members_unread
        return dropped == self.rows_read


_ROWS = frozenset(
    {
        *(FileFormat.PARQUET, FileFormat.ARROW, FileFormat.JSONL, FileFormat.JSON, FileFormat.CSV),
        *(FileFormat.TAR, FileFormat.ZIP, FileFormat.WARC),
    }
)
"""Formats of which what is no record stays: the file goes only where there is nothing else in it."""


@dataclass(frozen=True)
class FileTask:
    """One file to write: its row of schema FILES, its parts, and what changes in it."""

    location: Location
    file: pa.Table
    parts: pa.Table
    counts: RowCounts
    dropped: pa.Table
    spans: pa.Table
    target: Path

    @property
    def row(self) -> Mapping[str, Any]:
        """The file as ingest saw it."""
        found: Mapping[str, Any] = self.file.to_pylist()[0]
        return found


@dataclass(frozen=True)
class FileResult:
    """What became of one file; no sha256 for one of which nothing stays."""

    source_id: str
    file: str
    audited_sha256: str
    sha256: str | None = None
    size_bytes: int = 0
    rows: Rewritten = field(default_factory=Rewritten)

    @property
    def is_changed(self) -> bool:
        """True if it is not a copy of what was audited."""
        return self.sha256 != self.audited_sha256


def write_file(task: FileTask) -> dict[str, Any]:
    """Write the file of a task, in a worker; return what became of it, as JSON holds it."""
    from corpus_audit.corpus.inputs import FileInput
    from corpus_audit.corpus.records import file_entries
    from corpus_audit.corpus.rewriting.changes import FileChanges
    from corpus_audit.corpus.rewriting.rewrite import rewrite_file
    from corpus_audit.corpus.rewriting.values import values_to_mask

    (entry,) = file_entries(task.file)
    source = FileInput(task.location.find(entry.file), entry.size_bytes, entry.recognition.compression)
    rows = _numbers(task.dropped)
    copies = _numbers(task.dropped.filter(pc.equal(task.dropped["is_copy"], 1)))
    masks = values_to_mask(task.location, task.file, task.parts, task.spans) if task.spans.num_rows else {}
    done = rewrite_file(source, entry, FileChanges(rows, masks, copies, task.counts.rows_whole), task.target)
    return asdict(done)


def result_of(task: FileTask, done: Rewritten) -> FileResult:
    """Return what became of a file; raises StoreError for a copy that is not what was audited."""
    row = task.row
    result = FileResult(row["source_id"], row["file"], row["observed_sha256"], rows=done)
    if not task.target.exists():
        return result
    digest = sha256_of_file(task.target)
    if not task.dropped.num_rows and not task.spans.num_rows and digest != result.audited_sha256:
        raise changed(row["file"])
    return FileResult(**{**vars(result), "sha256": digest, "size_bytes": task.target.stat().st_size})


def changed(file: str) -> StoreError:
    """Return the error for a file that is not the one that was audited."""
    return StoreError(f"{file} has changed since the audit: audit the dataset again, then clean it. Nothing was kept.")


def is_as_audited(location: Location, row: Mapping[str, Any]) -> bool:
    """True if a file still has the sha256 that was audited (row of schema FILES)."""
    try:
        file = location.find(row["file"])
    except OSError:
        return False
    if file.size_bytes != row["observed_size_bytes"]:
        return False
    digest = hashlib.sha256()
    with file.stream(0, file.size_bytes) as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest() == str(row["observed_sha256"])


class SortedByFile:
    """Rows of many files, sorted by file_id, handed out file by file in that order; memory holds one file's."""

    def __init__(self, batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> None:
        self._batches = iter(batches)
        self._schema = schema
        self._waiting: pa.Table | None = None

    def take(self, file_id: str) -> pa.Table:
        """Return the rows of a file; those of files before it that were not asked for are passed over."""
        found = [self._schema.empty_table()]
        while (waiting := self._next()) is not None:
            ids = waiting["file_id"]
            here = waiting.filter(pc.equal(ids, file_id))
            self._waiting = waiting.filter(pc.greater(ids, file_id))
            found.append(here)
            if self._waiting.num_rows:
                break
        return pa.concat_tables(found)

    def _next(self) -> pa.Table | None:
        if self._waiting is None or not self._waiting.num_rows:
            batch = next(self._batches, None)
            self._waiting = None if batch is None else pa.Table.from_batches([batch]).cast(self._schema)
        return self._waiting


def _numbers(dropped: pa.Table) -> Any:
    """Return the rows of one file that go (int64, ascending)."""
    return np.sort(dropped["row"].to_numpy())
