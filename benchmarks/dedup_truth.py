"""Brute force on a sample of real documents: every pair's exact Jaccard similarity, beside what is reported.

Of a large group not all pairs are compared: what is promised is that the two of a pair are in one cluster.
"""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from dedup_corpus import SCHEMA, SEED
from dedup_pipeline import run
from numba import njit

from corpus_audit.config import Parameters
from corpus_audit.measure.fingerprints.fingerprint import shingle_hashes

EDGES = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0)


def compare(shards: Sequence[Path], folder: Path, documents: int, parameters: Parameters) -> Iterator[str]:
    """Yield lines: recall and precision at the threshold, and recall by similarity."""
    sample = _sample(shards, documents)
    reported = run(lambda: sample.to_batches(1000), folder, parameters, workers=2)
    pairs = pq.read_table(reported.pairs)
    near = pairs.filter(pa.compute.equal(pairs["kind"], "near"))
    found = {
        (a, b): j
        for a, b, j in zip(*(near[name].to_pylist() for name in ("record_a", "record_b", "jaccard")), strict=True)
    }
    true = _all_pairs(sample, parameters)
    above = {pair for pair, jaccard in true.items() if jaccard >= parameters.jaccard_threshold}
    wrong = sum(true.get(pair) != jaccard for pair, jaccard in found.items())
    hits = len(above & found.keys())
    least = parameters.jaccard_threshold
    yield f"{len(sample):,} documents, {len(above):,} pairs of distinct contents at {least} or more"
    members = pq.read_table(reported.clusters, columns=["record_id", "cluster_id"])
    cluster = dict(zip(*(column.to_pylist() for column in members.columns), strict=True))
    together = sum(a in cluster and cluster[a] == cluster.get(b) for a, b in above)
    yield f"of the pairs in one cluster {together / max(len(above), 1):.5f}"
    yield f"recall {hits / max(len(above), 1):.5f}   precision {1 - wrong / max(len(found), 1):.5f} ({wrong} wrong)"
    clustered = {record for pair in found for record in pair}
    copied = {record for pair in above for record in pair}
    yield f"records with a copy that were found to have one: {len(copied & clustered) / max(len(copied), 1):.5f}"
    for low, high in zip(EDGES, (*EDGES[1:], 1.1), strict=True):
        band = [pair for pair, jaccard in true.items() if low <= jaccard < high]
        if band and low >= parameters.jaccard_threshold:
            share = sum(pair in found for pair in band) / len(band)
            yield f"  similarity {low:.2f} to {min(high, 1):.2f}: {len(band):8,} pairs, recall {share:.5f}"
        elif band:
            yield f"  similarity {low:.2f} to {high:.2f}: {len(band):8,} pairs, none to be reported"


def _sample(shards: Sequence[Path], documents: int) -> pa.Table:
    table = pa.concat_tables([pq.read_table(shard, columns=SCHEMA.names) for shard in shards])
    rows = sorted(random.Random(SEED).sample(range(len(table)), min(documents, len(table))))
    return table.take(pa.array(rows))


def _all_pairs(sample: pa.Table, parameters: Parameters) -> dict[tuple[str, str], float]:
    """Return the exact similarity of all pairs of distinct contents at 0.5 or more, each named by its first record."""
    first: dict[str, str] = {}
    for record, text in sorted(zip(sample["record_id"].to_pylist(), sample["text"].to_pylist(), strict=True)):
        first.setdefault(text, record)
    records = sorted(first.values())
    by_record = {record: text for text, record in first.items()}
    column = pa.array([by_record[record] for record in records], pa.large_string())
    offsets, hashes = shingle_hashes(column, parameters)
    documents = np.repeat(np.arange(len(records)), np.diff(offsets)).astype(np.int32)
    order = np.argsort(hashes, kind="stable")
    starts = np.flatnonzero(np.concatenate([[True], np.diff(hashes[order]) != 0]))
    posting = np.empty(len(hashes), np.int64)
    posting[order] = np.repeat(starts, np.diff([*starts, len(hashes)]))
    a, b, jaccard = _count_pairs(offsets, posting, documents[order], EDGES[0])
    return {(records[i], records[j]): value for i, j, value in zip(a, b, jaccard, strict=True)}


@njit
def _count_pairs(offsets, posting, documents, least):
    """For each document, count shared shingles with all documents before it, by walking the shingles' postings."""
    count = offsets.size - 1
    shared = np.zeros(count, np.int64)
    ones, others, values = [0][:0], [0][:0], [0.0][:0]
    for i in range(count):
        for k in range(offsets[i], offsets[i + 1]):
            at = posting[k]
            while documents[at] < i:
                shared[documents[at]] += 1
                at += 1
        for j in range(i):
            if shared[j]:
                union = offsets[i + 1] - offsets[i] + offsets[j + 1] - offsets[j] - shared[j]
                if shared[j] / union >= least:
                    ones.append(j)
                    others.append(i)
                    values.append(shared[j] / union)
                shared[j] = 0
    return ones, others, values
