"""The shingle hashes of candidate contents, kept in a file so that memory does not grow with their number.

The texts are read once more, in one pass in the order the reader likes best; hashing runs beside the reading.
"""

import shutil
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from corpus_audit.config import Parameters
from corpus_audit.dedup.lookup import RecordLookup
from corpus_audit.engine.ahead import map_ahead
from corpus_audit.measure.fingerprints.contents import hash_contents
from corpus_audit.measure.fingerprints.fingerprint import shingle_hashes

ReadTexts = Callable[[Collection[str]], Iterator[pa.RecordBatch]]
Integers = NDArray[np.int64]
_Hashed = tuple[Integers, NDArray[np.uint64]]


@dataclass(frozen=True)
class ShingleFile:
    """Sorted 64-bit hashes, content after content; for each content where they begin and how many there are.

    A content that was not asked for, was not read again or has changed since it was measured has none.
    """

    path: Path
    starts: Integers
    counts: Integers


def write_shingles(
    wanted: Integers,
    ids: pa.Array,
    shingles: Integers,
    read_texts: ReadTexts,
    parameters: Parameters,
    path: Path,
    workers: int,
    digests: pa.Array | None = None,
) -> ShingleFile:
    """Return the shingle hashes of the *wanted* contents, computed from the records *ids*, one for each.

    *shingles* are the numbers of distinct shingles of all contents. A text with another number of them has changed
    since; *digests*, where given, say it for certain: they are the sha256 of the wanted texts.
    """
    stored = ShingleFile(path, np.zeros(len(shingles), np.int64), np.zeros(len(shingles), np.int64))
    batches = read_texts(file_ids(ids)) if len(ids) else iter(())
    position = 0
    with path.open("wb") as file:
        for places, (offsets, hashes) in hash_found(batches, RecordLookup(ids), parameters, workers, digests):
            content = wanted[places]
            counts = np.diff(offsets)
            stored.starts[content] = position + offsets[:-1]
            stored.counts[content] = np.where(counts == shingles[content], counts, 0)
            hashes.tofile(file)
            position += len(hashes)
    return stored


def join_files(one: ShingleFile, other: ShingleFile) -> ShingleFile:
    """Return two files as one: the first file grows, and the other's contents are numbered after its own."""
    end = one.path.stat().st_size // np.dtype(np.uint64).itemsize
    with one.path.open("ab") as target, other.path.open("rb") as source:
        shutil.copyfileobj(source, target)
    return ShingleFile(
        one.path, np.concatenate([one.starts, other.starts + end]), np.concatenate([one.counts, other.counts])
    )


def hash_found(
    batches: Iterable[pa.RecordBatch],
    lookup: RecordLookup,
    parameters: Parameters,
    workers: int,
    digests: pa.Array | None,
) -> Iterator[tuple[Integers, _Hashed]]:
    """Yield, in the batches' order, the places of the records looked for and their hashes."""
    found = _find(batches, lookup, digests)
    return map_ahead(lambda one: (one[0], shingle_hashes(one[1], parameters)), found, workers)


def _find(
    batches: Iterable[pa.RecordBatch], lookup: RecordLookup, digests: pa.Array | None
) -> Iterator[tuple[Integers, pa.Array]]:
    """Yield the places of the records looked for, and their texts; of *digests*, those that still have theirs."""
    for batch in batches:
        found = lookup.find(batch["record_id"])
        rows = np.flatnonzero(found >= 0)
        texts = batch["text"].take(pa.array(rows))
        if digests is not None:
            is_same = _is_same(texts, digests.take(pa.array(found[rows])))
            rows, texts = rows[is_same], texts.filter(pa.array(is_same))
        if len(rows):
            yield found[rows], texts


def _is_same(texts: pa.Array, digests: pa.Array) -> NDArray[np.bool_]:
    """Return whether each text still has the sha256 it had."""
    same: NDArray[np.bool_] = pc.equal(hash_contents(texts)[0], digests).to_numpy(zero_copy_only=False)
    return same


def file_ids(record_ids: pa.Array) -> set[str]:
    """Return the files that hold these records: the part of a record id before its colon."""
    return set(pc.unique(pc.list_element(pc.split_pattern(record_ids, ":", max_splits=1), 0)).to_pylist())
