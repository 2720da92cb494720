"""Rows on disk, divided into partitions, so that a step holds one partition at a time and never the whole.

What is written to a partition comes back in the order it was written in; no file stays open in between.
"""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

_PENDING_BYTES = 1 << 25
"""Rows that wait in memory before they are divided: many small batches become one large one."""


class Exchange:
    """The partitions of one table, numbered from 0; use *close* before the first is read."""

    def __init__(self, folder: Path, schema: pa.Schema, partitions: int) -> None:
        folder.mkdir()
        self._folder = folder
        self._schema = schema
        self._pending: list[pa.Table] = []
        self._parts: list[NDArray[np.int64]] = []
        self._pending_bytes = 0
        self.partitions = partitions
        self.rows = 0

    def write(self, rows: pa.Table, parts: NDArray[np.int64]) -> None:
        """Append rows, each to the partition that *parts* names."""
        self._pending.append(rows)
        self._parts.append(parts)
        self._pending_bytes += rows.nbytes
        self.rows += rows.num_rows
        if self._pending_bytes > _PENDING_BYTES:
            self._divide()

    def close(self) -> None:
        """Write what is still in memory."""
        self._divide()

    def read(self, part: int) -> pa.Table:
        """Return the rows of one partition."""
        path = self._path(part)
        tables = [self._schema.empty_table()]
        if path.exists():
            with pa.OSFile(str(path)) as file:
                while file.tell() < file.size():
                    tables.append(pa.ipc.open_stream(file).read_all())
        return pa.concat_tables(tables).combine_chunks()

    def take(self, part: int) -> pa.Table:
        """Return the rows of one partition for the last time: its file is deleted."""
        rows = self.read(part)
        self._path(part).unlink(missing_ok=True)
        return rows

    def delete(self) -> None:
        """Delete what is left of all partitions."""
        shutil.rmtree(self._folder)

    def _divide(self) -> None:
        if not self._pending:
            return
        rows, parts = pa.concat_tables(self._pending), np.concatenate(self._parts)
        self._pending, self._parts, self._pending_bytes = [], [], 0
        # Sorting small numbers is a counting sort, and stable: the order in each partition stays.
        order = np.argsort(parts.astype(np.int16), kind="stable")
        divided = rows.combine_chunks().take(pa.array(order))
        ends = np.cumsum(np.bincount(parts, minlength=self.partitions))
        for part, end in enumerate(ends.tolist()):
            start = int(ends[part - 1]) if part else 0
            if end > start:
                self._append(part, divided.slice(start, end - start))

    def _append(self, part: int, rows: pa.Table) -> None:
        with self._path(part).open("ab") as file, pa.ipc.new_stream(file, self._schema) as stream:
            stream.write_table(rows)

    def _path(self, part: int) -> Path:
        return self._folder / f"{part:05d}.arrows"


def regroup(batches: Iterable[pa.RecordBatch], rows: int) -> Iterator[pa.RecordBatch]:
    """Yield the same rows in batches of *rows*, the last one shorter: an engine cuts its results as it likes."""
    waiting: list[pa.RecordBatch] = []
    held = 0
    for batch in batches:
        waiting.append(batch)
        held += batch.num_rows
        if held < rows:
            continue
        joined = pa.Table.from_batches(waiting)
        whole = held - held % rows
        for first in range(0, whole, rows):
            yield _one_batch(joined.slice(first, rows))
        left = joined.slice(whole)
        waiting, held = left.to_batches(), left.num_rows
    if held:
        yield _one_batch(pa.Table.from_batches(waiting))


def _one_batch(table: pa.Table) -> pa.RecordBatch:
    return table.combine_chunks().to_batches()[0]
