"""Reproducible choice of records for the measures that are too costly for all.

Each record has a position, a seeded hash of its identifier; a sample takes the records that come first. Neither the
order nor the number of files, nor what else is in the corpus, changes a position, and a larger sample keeps every
smaller one's records.
"""

import hashlib

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Positions = NDArray[np.float64]

_HASH_BYTES = 8
_PRECISION_BITS = 53
"""What a float holds exactly; the hash's other bits are left out, so that no position rounds up to 1."""


def sample_positions(record_ids: pa.Array, seed: int) -> Positions:
    """Return each record's position in sampling order: evenly spread from 0 to below 1."""
    keyed = hashlib.blake2b(digest_size=_HASH_BYTES, key=seed.to_bytes(8, "little", signed=True))
    digests = b"".join([_digest(keyed.copy(), record_id) for record_id in record_ids.cast(pa.binary()).to_pylist()])
    kept = np.frombuffer(digests, "<u8") >> np.uint64(64 - _PRECISION_BITS)
    return kept.astype(np.float64) * 2.0**-_PRECISION_BITS


def _digest(keyed: "hashlib.blake2b", record_id: bytes) -> bytes:
    keyed.update(record_id)
    return keyed.digest()
