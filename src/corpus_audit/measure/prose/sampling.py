"""Reproducible choice of records for the measures that are too costly for all.

Each record has a position, a seeded hash of its identifier; a sample takes the records that come first. Neither the
order nor the number of files, nor what else is in the corpus, changes a position, and a larger sample keeps every
smaller one's records.
"""

import hashlib
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Positions = NDArray[np.float64]

_HASH_BYTES = 8
_PRECISION_BITS = 53
"""What a float holds exactly; the hash's other bits are left out, so that no position rounds up to 1."""


def sample_positions(record_ids: pa.Array, seed: int) -> Positions:
    """Return each record's position in sampling order: evenly spread from 0 to below 1."""
    key = seed.to_bytes(8, "little", signed=True)
    hashes = [_hash(record_id, key) for record_id in record_ids.to_pylist()]
    kept = np.array(hashes, np.uint64) >> np.uint64(64 - _PRECISION_BITS)
    return kept.astype(np.float64) * 2.0**-_PRECISION_BITS


def _hash(record_id: str, key: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(record_id.encode(), digest_size=_HASH_BYTES, key=key).digest(), "little")


def records_per_source(sources: int, in_all: int, least: int) -> int:
    """Return how many records of each source a sample takes: an even share of *in_all*, and at least *least*.

    The share is rounded down to a power of two: one source more seldom changes it, and so seldom makes it necessary
    to measure the others again.
    """
    share = max(1, in_all // max(1, sources))
    return max(least, 1 << (share.bit_length() - 1))


class SourceSampler:
    """Finds the records that come first in each source, batch by batch, with memory for no more than those."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._first: dict[str, Positions] = {}

    def admit(self, source_ids: pa.Array, positions: Positions) -> NDArray[np.bool_]:
        """Return which records of a batch are, so far, among the first of their source."""
        admitted = np.zeros(positions.size, bool)
        for source_id, rows in _rows_by_source(source_ids):
            known = np.concatenate([self._first.get(source_id, np.empty(0)), positions[rows]])
            self._first[source_id] = np.sort(known)[: self._most]
            admitted[rows] = positions[rows] <= self._first[source_id][-1]
        return admitted

    def keeps(self, source_ids: pa.Array, positions: Positions) -> NDArray[np.bool_]:
        """Return which of the admitted records are among the first now that all batches were seen."""
        limits = {source_id: first[-1] for source_id, first in self._first.items()}
        return positions <= np.array([limits[source_id] for source_id in source_ids.to_pylist()], np.float64)


def _rows_by_source(source_ids: pa.Array) -> Iterator[tuple[str, NDArray[np.int64]]]:
    encoded = source_ids.dictionary_encode()
    numbers = encoded.indices.to_numpy(zero_copy_only=False)
    for number, source_id in enumerate(encoded.dictionary.to_pylist()):
        yield source_id, np.flatnonzero(numbers == number)
