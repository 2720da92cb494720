"""Record lookup by id: a sorted array of 64-bit hashes, confirmed by the ids themselves."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from corpus_audit.measure.compiling import compiled
from corpus_audit.measure.fingerprints.fingerprint import view_texts
from corpus_audit.measure.fingerprints.kernel import TextBatch


class RecordLookup:
    """Finds which of some record ids the rows of a batch are."""

    def __init__(self, ids: pa.Array) -> None:
        hashes = _hash_strings(view_texts(ids))
        self._order = np.argsort(hashes, kind="stable")
        self._hashes = hashes[self._order]
        self._ids = ids

    def find(self, ids: pa.Array) -> NDArray[np.int64]:
        """Return the place of each of *ids* among the ids looked for, or -1."""
        missing = np.full(len(ids), -1, np.int64)
        if not len(self._hashes):
            return missing
        hashes = _hash_strings(view_texts(ids))
        place = np.minimum(np.searchsorted(self._hashes, hashes), len(self._hashes) - 1)
        rows = np.flatnonzero(self._hashes[place] == hashes)
        found = self._order[place[rows]]
        same = pc.equal(self._ids.take(pa.array(found)), ids.take(pa.array(rows)).cast(self._ids.type))
        is_same = same.to_numpy(zero_copy_only=False)
        missing[rows[is_same]] = found[is_same]
        return missing


@compiled
def _hash_strings(texts: TextBatch) -> NDArray[np.uint64]:
    hashes = np.empty(texts.offsets.size - 1, np.uint64)
    for i in range(hashes.size):
        value = np.uint64(0)
        for byte in texts.bytes[texts.offsets[i] : texts.offsets[i + 1]]:
            value = (value ^ np.uint64(byte)) * np.uint64(0xFF51AFD7ED558CCD)
            value ^= value >> np.uint64(32)
        hashes[i] = value
    return hashes
