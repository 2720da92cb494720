"""The comparison of candidates on their texts: exact Jaccard similarity and containment of their shingle sets.

The texts are read once more, in the order the reader likes best. Shingle hashes go to a file under the working
folder, so that memory does not grow with the candidates; pairs are then compared in blocks of bounded size.
"""

import mmap
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from corpus_audit.config import Parameters
from corpus_audit.dedup.lookup import RecordLookup
from corpus_audit.dedup.records import Contents, Records
from corpus_audit.measure.compiling import compiled
from corpus_audit.measure.fingerprint import shingle_hashes

ReadTexts = Callable[[Collection[str]], Iterator[pa.RecordBatch]]
Integers = NDArray[np.int64]

BLOCK_HASHES = 1 << 25
"""Shingle hashes compared between two releases of the mapped memory: 256 MiB of them."""


@dataclass(frozen=True)
class VerifiedPairs:
    """Pairs of contents at or above the threshold, ascending; every column was computed from the two texts."""

    pairs: Integers
    jaccard: NDArray[np.float64]
    containment_a: NDArray[np.float64]
    containment_b: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.pairs)


@dataclass(frozen=True)
class ShingleFile:
    """The shingle hashes of some contents in a file: where each begins, and how many it has (0 when not read)."""

    path: Path
    starts: Integers
    counts: Integers


def verify_pairs(
    candidates: Integers,
    records: Records,
    contents: Contents,
    read_texts: ReadTexts,
    parameters: Parameters,
    workdir: Path,
) -> VerifiedPairs:
    """Return the candidates whose texts really are as similar as the threshold asks.

    A text that no longer has the shingles it was measured with has changed since, and matches nothing.
    """
    stored = _store_shingles(np.unique(candidates), records, contents, read_texts, parameters, workdir)
    readable = stored.counts[candidates].all(axis=1)
    pairs = candidates[readable]
    common = _count_common(stored, pairs)
    size_a, size_b = stored.counts[pairs[:, 0]], stored.counts[pairs[:, 1]]
    jaccard = common / np.maximum(size_a + size_b - common, 1)
    kept = jaccard >= parameters.jaccard_threshold
    return VerifiedPairs(pairs[kept], jaccard[kept], common[kept] / size_a[kept], common[kept] / size_b[kept])


def _store_shingles(
    wanted: Integers,
    records: Records,
    contents: Contents,
    read_texts: ReadTexts,
    parameters: Parameters,
    workdir: Path,
) -> ShingleFile:
    """Write the shingle hashes of the *wanted* contents as their first records come by."""
    stored = ShingleFile(workdir / "shingles.u64", np.zeros(len(contents), np.int64), np.zeros(len(contents), np.int64))
    ids = records.ids.take(pa.array(contents.first_record[wanted]))
    lookup = RecordLookup(ids)
    position = 0
    with stored.path.open("wb") as file:
        for batch in read_texts(_file_ids(ids)) if len(ids) else ():
            found = lookup.find(batch["record_id"])
            rows = np.flatnonzero(found >= 0)
            offsets, hashes = shingle_hashes(batch["text"].take(pa.array(rows)), parameters)
            content = wanted[found[rows]]
            counts = np.diff(offsets)
            stored.starts[content] = position + offsets[:-1]
            stored.counts[content] = np.where(counts == contents.shingles[content], counts, 0)
            hashes.tofile(file)
            position += len(hashes)
    return stored


def _file_ids(record_ids: pa.Array) -> set[str]:
    """Return the files that hold these records: the part of a record id before its colon."""
    ends = pc.find_substring(record_ids, ":")
    runs = record_ids.filter(pc.greater(ends, 0))
    return set(pc.unique(pc.list_element(pc.split_pattern(runs, ":", max_splits=1), 0)).to_pylist())


def _count_common(stored: ShingleFile, pairs: Integers) -> Integers:
    """Return how many shingles the two contents of each pair share."""
    common = np.zeros(len(pairs), np.int64)
    if not len(pairs):
        return common
    work = np.cumsum(stored.counts[pairs].sum(axis=1))
    with stored.path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        hashes = np.frombuffer(mapped, np.uint64)
        first = 0
        while first < len(pairs):
            done = work[first - 1] if first else 0
            last = max(first + 1, int(np.searchsorted(work, done + BLOCK_HASHES, side="right")))
            _intersect(hashes, stored.starts, stored.counts, pairs[first:last], common[first:last])
            mapped.madvise(mmap.MADV_DONTNEED)
            first = last
        del hashes
    return common


@compiled
def _intersect(
    hashes: NDArray[np.uint64], starts: Integers, counts: Integers, pairs: Integers, common: Integers
) -> None:
    for p in range(pairs.shape[0]):
        i, j = starts[pairs[p, 0]], starts[pairs[p, 1]]
        end_i, end_j = i + counts[pairs[p, 0]], j + counts[pairs[p, 1]]
        shared = 0
        while i < end_i and j < end_j:
            one, other = hashes[i], hashes[j]
            shared += one == other
            i += one <= other
            j += other <= one
        common[p] = shared
