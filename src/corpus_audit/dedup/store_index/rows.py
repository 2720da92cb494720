"""Rows of the index: a key, the audit that has it, and the content. A file of them is sorted by key.

A file is divided into blocks, and a second file names the first key and the sha256 of each. What is read of a large
file is then a few blocks, and each of them is checked.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus_audit.errors import StoreError

ROW = np.dtype([("key", "<u8"), ("audit", "<u4"), ("content", "<u4")])
Rows = NDArray[np.void]
Keys = NDArray[np.uint64]

BLOCK_ROWS = 4096
"""Rows of one block: 64 KiB."""
STRETCH = 256
"""Blocks that are read in one go: 16 MiB."""

_BLOCK = np.dtype([("first", "<u8"), ("sha256", "V32")])


class RowKind(StrEnum):
    """What the keys of a file are."""

    DIGESTS = "digests"
    BANDS = "bands"


class DamagedRowsError(StoreError):
    """A file of the index is missing, or not as its digests say."""


@dataclass(frozen=True)
class RowFile:
    """A file of sorted rows; *blocks_sha256* is the digest of the file that describes its blocks."""

    path: Path
    blocks_sha256: str
    rows: int

    @property
    def blocks_path(self) -> Path:
        """Where the blocks are described."""
        return self.path.with_suffix(".blocks")

    @cached_property
    def blocks(self) -> Any:
        """First key and sha256 of each block; raises DamagedRowsError."""
        with _complete_run(self.blocks_path):
            content = self.blocks_path.read_bytes()
        if hashlib.sha256(content).hexdigest() != self.blocks_sha256:
            raise _damaged(self.blocks_path)
        return np.frombuffer(content, _BLOCK)

    @cached_property
    def firsts(self) -> Keys:
        """The first key of each block."""
        return np.ascontiguousarray(self.blocks["first"])

    def read(self, first: int, end: int) -> Rows:
        """Return the rows of some consecutive blocks; raises DamagedRowsError for one that was changed."""
        size = BLOCK_ROWS * ROW.itemsize
        with _complete_run(self.path), self.path.open("rb") as stream:
            stream.seek(first * size)
            content = stream.read((end - first) * size)
        for number in range(first, end):
            place = (number - first) * size
            block = memoryview(content)[place : place + size]
            if hashlib.sha256(block).digest() != self.blocks["sha256"][number].tobytes():
                raise _damaged(self.path)
        return np.frombuffer(content, ROW)

    def stretches(self) -> Iterator[Rows]:
        """Yield all rows, in their order."""
        for first in range(0, len(self.firsts), STRETCH):
            yield self.read(first, min(first + STRETCH, len(self.firsts)))

    def between(self, low: int, high: int | None) -> Rows:
        """Return the rows with keys from *low* to before *high*, or to the last."""
        first = max(int(np.searchsorted(self.firsts, np.uint64(low), "left")) - 1, 0)
        end = len(self.firsts) if high is None else int(np.searchsorted(self.firsts, np.uint64(high), "left"))
        rows = self.read(first, end)
        keys = rows["key"]
        stop = len(rows) if high is None else int(np.searchsorted(keys, np.uint64(high), "left"))
        return rows[int(np.searchsorted(keys, np.uint64(low), "left")) : stop]

    def having(self, keys: Keys) -> Iterator[Rows]:
        """Yield the rows that have one of some keys (ascending, each once), in their order."""
        if not len(keys) or not len(self.firsts):
            return
        # A key that spans blocks lies in the last of those that begin below it, and in all that begin with it.
        begins = np.maximum(np.searchsorted(self.firsts, keys, "left") - 1, 0)
        ends = np.searchsorted(self.firsts, keys, "right")
        changes = np.bincount(begins, minlength=len(self.firsts) + 1) - np.bincount(
            np.maximum(begins, ends), minlength=len(self.firsts) + 1
        )
        for first, end in _stretches(np.flatnonzero(np.cumsum(changes) > 0)):
            rows = self.read(first, end)
            places = np.minimum(np.searchsorted(keys, rows["key"]), len(keys) - 1)
            found = rows[keys[places] == rows["key"]]
            if len(found):
                yield found


def write_rows(path: Path, chunks: Iterable[Rows]) -> RowFile:
    """Write sorted rows and the description of their blocks."""
    blocks: list[tuple[int, bytes]] = []
    count = 0
    with path.open("wb") as stream:
        for block in _in_blocks(chunks):
            content = block.tobytes()
            stream.write(content)
            blocks.append((int(block["key"][0]), hashlib.sha256(content).digest()))
            count += len(block)
    described = np.array(blocks, _BLOCK).tobytes()
    path.with_suffix(".blocks").write_bytes(described)
    return RowFile(path, hashlib.sha256(described).hexdigest(), count)


def merged(files: Sequence[tuple[RowFile, NDArray[np.int64]]]) -> Iterator[Rows]:
    """Yield the rows of several files in the order of their keys.

    With each file comes the new number of each of its audits, -1 for one whose rows are dropped.
    """
    firsts = np.sort(np.concatenate([file.firsts for file, _ in files]))
    bounds = np.unique(firsts[::STRETCH]).tolist()
    for low, high in zip([0, *bounds[1:]], [*bounds[1:], None], strict=True) if bounds else ():
        parts = [_renumbered(file.between(low, high), numbers) for file, numbers in files]
        yield sorted_rows(np.concatenate(parts))


def sorted_rows(rows: Rows) -> Rows:
    """Return rows by key; those with the same key keep their order."""
    return rows[np.argsort(rows["key"], kind="stable")]


def as_rows(keys: Keys, audit: int | NDArray[np.uint32], contents: NDArray[np.int64]) -> Rows:
    """Return rows made of their columns."""
    rows = np.empty(len(keys), ROW)
    rows["key"], rows["audit"], rows["content"] = keys, audit, contents
    return rows


def _renumbered(rows: Rows, numbers: NDArray[np.int64]) -> Rows:
    audits = numbers[rows["audit"]]
    kept = audits >= 0
    return as_rows(rows["key"][kept], audits[kept].astype(np.uint32), rows["content"][kept])


def _in_blocks(chunks: Iterable[Rows]) -> Iterator[Rows]:
    left = np.empty(0, ROW)
    for chunk in chunks:
        rows = np.concatenate([left, chunk]) if len(left) else chunk
        whole = len(rows) - len(rows) % BLOCK_ROWS
        for first in range(0, whole, BLOCK_ROWS):
            yield rows[first : first + BLOCK_ROWS]
        left = rows[whole:]
    if len(left):
        yield left


def _stretches(blocks: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Yield where runs of consecutive numbers begin and end, none longer than STRETCH."""
    breaks = np.flatnonzero(np.diff(blocks) != 1) + 1
    for part in np.split(blocks, breaks):
        for first in range(0, len(part), STRETCH):
            piece = part[first : first + STRETCH]
            yield int(piece[0]), int(piece[-1]) + 1


@contextmanager
def _complete_run(path: Path) -> Iterator[None]:
    """Take a missing file for damage; raises FileNotFoundError where another process removed the whole run."""
    try:
        yield
    except FileNotFoundError as error:
        if not path.parent.is_dir():
            raise
        message = f"{path} is missing. Delete its folder: the next comparison makes it again."
        raise DamagedRowsError(message) from error


def _damaged(path: Path) -> DamagedRowsError:
    return DamagedRowsError(f"{path} was changed. Delete its folder: the next comparison makes it again.")
