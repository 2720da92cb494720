"""Rows on disk, divided into partitions, so that a step holds one partition at a time and never the whole.

What is written to a partition comes back in the order it was written in; no file stays open in between. Tasks of other
processes write pieces, a file each, which the process that began the exchange adds in the order it chooses.
"""

import math
import shutil
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

_MOST_PARTS = 512
_PENDING_BYTES = 1 << 25
"""Rows that wait in memory before they are divided: many small batches become one large one."""


def partitions_for(rows: int, rows_of_each: int) -> int:
    """Return how many partitions hold about so many rows each: no more than _MOST_PARTS, which then grow."""
    return min(max(math.ceil(rows / rows_of_each), 1), _MOST_PARTS)


class _Pending:
    """Rows that wait in memory until there are enough of them to be divided."""

    def __init__(self, partitions: int) -> None:
        self._partitions = partitions
        self._rows: list[pa.Table] = []
        self._parts: list[NDArray[np.int64]] = []
        self._bytes = 0

    def add(self, rows: pa.Table, parts: NDArray[np.int64]) -> bool:
        """Take rows in; return whether it is time to divide them."""
        self._rows.append(rows)
        self._parts.append(parts)
        self._bytes += rows.nbytes
        return self._bytes > _PENDING_BYTES

    def divide(self) -> Iterator[tuple[int, pa.Table]]:
        """Yield the rows of each partition that has some, and forget them."""
        if not self._rows:
            return
        rows, parts = pa.concat_tables(self._rows), np.concatenate(self._parts)
        self._rows, self._parts, self._bytes = [], [], 0
        # Sorting small numbers is a counting sort, and stable: the order in each partition stays.
        order = np.argsort(parts.astype(np.int16), kind="stable")
        divided = rows.combine_chunks().take(pa.array(order))
        ends = np.cumsum(np.bincount(parts, minlength=self._partitions))
        for part, end in enumerate(ends.tolist()):
            start = int(ends[part - 1]) if part else 0
            if end > start:
                yield part, divided.slice(start, end - start)


@dataclass(frozen=True)
class Piece:
    """What one task wrote of an exchange: a file of stretches, and of each its partition and its first byte."""

    path: Path
    parts: NDArray[np.int16]
    starts: NDArray[np.int64]
    rows: int

    def read(self, part: int) -> Iterator[pa.Table]:
        """Yield the stretches of one partition."""
        places = np.flatnonzero(self.parts == part).tolist()
        if not places:
            return
        with pa.OSFile(str(self.path)) as file:
            for place in places:
                file.seek(int(self.starts[place]))
                yield pa.ipc.open_stream(file).read_all()


class PieceWriter:
    """Writes a piece under a name of its own, so that a task that runs twice disturbs nothing."""

    def __init__(self, folder: Path, schema: pa.Schema, partitions: int) -> None:
        self._path = folder / f"{uuid.uuid4().hex}.piece"
        self._schema = schema
        self._pending = _Pending(partitions)
        self._stretches: list[tuple[int, int]] = []
        self._rows = 0

    def write(self, rows: pa.Table, parts: NDArray[np.int64]) -> None:
        """Append rows, each to the partition that *parts* names."""
        self._rows += rows.num_rows
        if self._pending.add(rows, parts):
            self._divide()

    def finish(self) -> Piece:
        """Write what is still in memory, and return what there is."""
        self._divide()
        parts, starts = np.array(self._stretches, np.int64).reshape(-1, 2).T
        return Piece(self._path, parts.astype(np.int16), starts.copy(), self._rows)

    def _divide(self) -> None:
        with self._path.open("ab") as file:
            for part, rows in self._pending.divide():
                self._stretches.append((part, file.tell()))
                with pa.ipc.new_stream(file, self._schema) as stream:
                    stream.write_table(rows)


class Exchange:
    """The partitions of one table, numbered from 0; use *close* before the first is read.

    A pickled one reads the same files and deletes nothing, since what it is sent to may run twice.
    """

    def __init__(self, folder: Path, schema: pa.Schema, partitions: int) -> None:
        folder.mkdir()
        self._folder = folder
        self._schema = schema
        self._pending = _Pending(partitions)
        self._pieces: list[Piece] = []
        self._is_lent = False
        self.partitions = partitions
        self.rows = 0

    def __getstate__(self) -> dict[str, Any]:
        """Return what another process reads with."""
        return self.__dict__ | {"_is_lent": True}

    def write(self, rows: pa.Table, parts: NDArray[np.int64]) -> None:
        """Append rows, each to the partition that *parts* names."""
        self.rows += rows.num_rows
        if self._pending.add(rows, parts):
            self._divide()

    def new_piece(self) -> PieceWriter:
        """Return what a task writes its rows with; they are part of the exchange once its piece is added."""
        return PieceWriter(self._folder, self._schema, self.partitions)

    def add(self, piece: Piece) -> None:
        """Append the rows of a piece."""
        self._pieces.append(piece)
        self.rows += piece.rows

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
        for piece in self._pieces:
            tables.extend(piece.read(part))
        return pa.concat_tables(tables).combine_chunks()

    def take(self, part: int) -> pa.Table:
        """Return the rows of one partition for the last time: a file that holds nothing else is deleted."""
        rows = self.read(part)
        if not self._is_lent:
            self._path(part).unlink(missing_ok=True)
        return rows

    def delete(self) -> None:
        """Delete what is left of all partitions."""
        shutil.rmtree(self._folder)

    def _divide(self) -> None:
        for part, rows in self._pending.divide():
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
