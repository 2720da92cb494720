"""Clusters: a representative and the records that are each verified directly against it.

The content with the most verified copies represents first (the smallest record id decides between equals), then the
next that is no copy of a representative, and so on. No two representatives are copies of each other, and every other
content that has a copy joins the representative it is most similar to.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus_audit.dedup.pairing import Pairs
from corpus_audit.dedup.records import UniqueContents
from corpus_audit.dedup.verify import VerifiedPairs
from corpus_audit.measure.compiling import compiled

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Clustering:
    """For each content: its representative (itself, for one), the verified similarity to it, and its cluster.

    A cluster is named by its smallest content. Contents in a cluster of one record have cluster -1.
    """

    representatives: Integers
    jaccard: NDArray[np.float64]
    clusters: Integers


def cluster_contents(verified: VerifiedPairs, contents: UniqueContents) -> Clustering:
    """Return the clusters that verified pairs and byte-identical records make."""
    count = len(contents)
    starts, neighbours, similarity = _list_neighbours(count, verified.pairs, verified.jaccard)
    by_degree = np.argsort(-np.diff(starts), kind="stable")
    representatives = np.arange(count)
    jaccard = np.ones(count)
    _choose_representatives(by_degree, starts, neighbours, similarity, representatives, jaccard)
    clusters = np.full(count, count)
    np.minimum.at(clusters, representatives, np.arange(count))
    records = np.bincount(representatives, weights=contents.copies, minlength=count)
    names = clusters[representatives]
    names[records[representatives] < 2] = -1
    return Clustering(representatives, jaccard, names)


@compiled
def _list_neighbours(
    count: int, pairs: Pairs, jaccard: NDArray[np.float64]
) -> tuple[Integers, NDArray[np.int32], NDArray[np.float64]]:
    """Return where each content's neighbours begin, the neighbours, ascending, and their similarities."""
    starts = np.zeros(count + 1, np.int64)
    for p in range(pairs.shape[0]):
        starts[pairs[p, 0] + 1] += 1
        starts[pairs[p, 1] + 1] += 1
    for content in range(count):
        starts[content + 1] += starts[content]
    ends = starts[:-1].copy()
    neighbours, similarity = np.empty(2 * pairs.shape[0], np.int32), np.empty(2 * pairs.shape[0], np.float64)
    # Pairs ascend and the smaller content comes first in each, so each content's smaller neighbours are listed first.
    for mine in (1, 0):
        for p in range(pairs.shape[0]):
            at = ends[pairs[p, mine]]
            neighbours[at], similarity[at] = pairs[p, 1 - mine], jaccard[p]
            ends[pairs[p, mine]] = at + 1
    return starts, neighbours, similarity


@compiled
def _choose_representatives(
    by_degree: Integers,
    starts: Integers,
    neighbours: NDArray[np.int32],
    similarity: NDArray[np.float64],
    representatives: Integers,
    jaccard: NDArray[np.float64],
) -> None:
    is_covered = np.zeros(by_degree.size, np.bool_)
    for content in by_degree:
        if not is_covered[content]:
            for edge in range(starts[content], starts[content + 1]):
                is_covered[neighbours[edge]] = True
    for content in range(by_degree.size):
        best = -1.0
        for edge in range(starts[content], starts[content + 1]):
            if is_covered[content] and not is_covered[neighbours[edge]] and similarity[edge] > best:
                best = similarity[edge]
                representatives[content] = neighbours[edge]
                jaccard[content] = best
