"""Division of a signature into bands, so that two similar records very probably share one whole band.

Two signatures agree in one place with the probability of their Jaccard similarity s, in a band of r rows with s**r,
and in at least one of b bands with 1 - (1 - s**r)**b (Leskovec, Rajaraman, Ullman: Mining of Massive Datasets, 3.4).
Everything here serves recall: what is proposed wrongly is thrown out by verification.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus_audit.errors import CorpusAuditError
from corpus_audit.measure.compiling import compiled

RECALL = 0.995
"""The least probability that a pair at the threshold collides in a band."""
MISSED_BY_SKETCH = 0.0005
"""The greatest probability that a pair at the threshold looks too different by its sketch."""


@dataclass(frozen=True)
class Bands:
    """A cut of a signature: *count* bands of *rows* rows each, from the first row on."""

    count: int
    rows: int

    def recall(self, jaccard: float) -> float:
        """Return the probability that two records of this similarity collide in at least one band."""
        return 1.0 - (1.0 - jaccard**self.rows) ** self.count


def choose_bands(num_perm: int, jaccard_threshold: float) -> Bands:
    """Return the cut with the most rows a band, and so the fewest false candidates, that still reaches RECALL.

    Raises CorpusAuditError when *num_perm* is too small for the threshold.
    """
    if not 0 < jaccard_threshold <= 1:
        message = f"The Jaccard threshold must be above 0 and at most 1, not {jaccard_threshold}."
        raise CorpusAuditError(message)
    for rows in range(num_perm, 0, -1):
        bands = Bands(num_perm // rows, rows)
        if bands.recall(jaccard_threshold) >= RECALL:
            return bands
    message = (
        f"{num_perm} permutations cannot find pairs of Jaccard similarity {jaccard_threshold} with a recall of "
        f"{RECALL}: raise num_perm or the threshold."
    )
    raise CorpusAuditError(message)


def least_agreement(num_perm: int, jaccard_threshold: float) -> int:
    """Return how many rows of two signatures agree at the threshold, but for MISSED_BY_SKETCH of the pairs."""
    return _binomial_quantile(num_perm, jaccard_threshold, MISSED_BY_SKETCH)


def sure_agreement(num_perm: int, jaccard_threshold: float) -> int:
    """Return an agreement that pairs at the threshold hardly ever reach: who does is surely above it."""
    return _binomial_quantile(num_perm, jaccard_threshold, 1 - MISSED_BY_SKETCH)


def _binomial_quantile(trials: int, probability: float, share: float) -> int:
    """Return the largest k for which fewer than k successes have at most probability *share*."""
    below = 0.0
    for k in range(trials):
        below += math.comb(trials, k) * probability**k * (1 - probability) ** (trials - k)
        if below > share:
            return k
    return trials


@compiled
def hash_bands(signatures: NDArray[np.uint32], bands: int, rows: int) -> NDArray[np.int64]:
    """Return one 64-bit key for every band (row of the result) and signature (column)."""
    keys = np.empty((bands, signatures.shape[0]), np.int64)
    for i in range(signatures.shape[0]):
        for band in range(bands):
            key = np.uint64(band)
            for row in range(band * rows, (band + 1) * rows):
                key = (key ^ np.uint64(signatures[i, row])) * np.uint64(0x9E3779B97F4A7C15)
                key ^= key >> np.uint64(32)
            keys[band, i] = np.int64(key)
    return keys
