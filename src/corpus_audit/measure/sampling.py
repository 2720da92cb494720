"""Chooses records for the measures that cost too much for all, so that the same audit chooses the same again.

A record is chosen by a seeded hash of its identifier: neither the order nor the number of files, nor what else is in
the corpus, changes the choice.
"""

import hashlib
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

_HASH_BYTES = 8
_HASH_VALUES = 2 ** (8 * _HASH_BYTES)


def choose_records(record_ids: pa.Array, share: float, seed: int) -> pa.BooleanArray:
    """Return which records are in the sample of *share* (0 to 1) of all; a larger share keeps every smaller one's."""
    if not 0 <= share <= 1:
        message = f"share must lie between 0 and 1, not {share}"
        raise ValueError(message)
    key = seed.to_bytes(8, "little", signed=True)
    limit = round(share * _HASH_VALUES)
    return pa.array([_place(record_id, key) < limit for record_id in record_ids.to_pylist()], pa.bool_())


def _place(record_id: str, key: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(record_id.encode(), digest_size=_HASH_BYTES, key=key).digest(), "little")


@dataclass(frozen=True)
class Gate:
    """A check of part of a corpus: how much, and what must hold (GB/T 45654-2025, from secondary sources)."""

    name: str
    least_records: int
    least_share: float
    passes_at: float

    def sample_size(self, records: int) -> int:
        """Return how many of *records* the gate looks at: all of them when there are few."""
        return min(records, max(self.least_records, int(np.ceil(self.least_share * records))))

    def holds(self, looked_at: int, rejected: int) -> bool | None:
        """Return whether enough of a sample is clean, or None when nothing was looked at."""
        return None if looked_at == 0 else (looked_at - rejected) / looked_at >= self.passes_at


SOURCE_GATE = Gate("source", least_records=0, least_share=1.0, passes_at=0.95)
"""Before and after collection: a source with more than 5 % of illegal or harmful content is refused."""

MANUAL_GATE = Gate("manual", least_records=4000, least_share=0.0, passes_at=0.96)
"""The whole corpus, read by people."""

KEYWORD_GATE = Gate("keyword", least_records=0, least_share=0.10, passes_at=0.98)
"""The whole corpus, by keywords or a classifier."""
