"""How many of the copies in the corpus of dedup_growth.py are found: every pair of a group by brute force.

Of a large group not all pairs are compared: what is promised is that the two of a pair are in one cluster.

    .venv/bin/python benchmarks/dedup_recall.py --folder /tmp/growth --millions 1
"""

import argparse
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from dedup_growth import FILE_ROWS, LENGTH, copies_in, file_id, run, write_corpus
from numpy.typing import NDArray

from corpus_audit.config import Parameters
from corpus_audit.measure.fingerprints.fingerprint import shingle_hashes

_AS_MUCH = 1e-6
"""By which a similarity may miss the threshold: those here are of single precision."""


def groups_of(corpus: Path, records: int) -> Iterator[Mapping[str, str]]:
    """Yield the different texts that copy each template, with the first record of each."""
    groups: dict[int, dict[str, str]] = {}
    for number, first in enumerate(range(0, records, FILE_ROWS)):
        rows, templates = copies_in(number, min(FILE_ROWS, records - first), LENGTH)
        texts = pq.read_table(corpus / f"{file_id(number)}.texts", columns=["record_id", "text"]).take(pa.array(rows))
        copies = zip(templates.tolist(), *(column.to_pylist() for column in texts.columns), strict=True)
        for template, record, text in copies:
            groups.setdefault(template, {}).setdefault(text, record)
    yield from groups.values()


def alike(texts: list[str], parameters: Parameters) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return all pairs of texts whose similarity reaches the threshold."""
    offsets, hashes = shingle_hashes(pa.array(texts, pa.large_string()), parameters)
    known, places = np.unique(hashes, return_inverse=True)
    holds = np.zeros((len(texts), len(known)), np.float32)
    holds[np.repeat(np.arange(len(texts)), np.diff(offsets)), places] = 1
    shared, counts = holds @ holds.T, holds.sum(axis=1)
    similar = shared / (counts[:, None] + counts[None] - shared)
    return np.nonzero(np.triu(similar >= parameters.jaccard_threshold - _AS_MUCH, 1))


def main() -> None:
    """Print the share of pairs that are in one cluster, and the least similarity of a pair that is reported."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=Path("build/growth"))
    parser.add_argument("--millions", type=float, default=1)
    options = parser.parse_args()
    corpus, records = options.folder / f"corpus-{options.millions:g}-{LENGTH}", int(options.millions * 1e6)
    if not corpus.exists():
        write_corpus(corpus, records)
    with tempfile.TemporaryDirectory(prefix="work-", dir=options.folder) as work:
        folder = Path(work) / "deduplicate"
        run(corpus, folder, workers=2, memory_limit="512MB")
        clusters = pq.read_table(folder / "clusters.parquet", columns=["record_id", "cluster_id"])
        least = pc.min(pq.read_table(folder / "pairs.parquet", columns=["jaccard"])["jaccard"]).as_py()
    cluster_of = dict(zip(*(column.to_pylist() for column in clusters.columns), strict=True))
    pairs = together = 0
    for group in groups_of(corpus, records):
        ones, others = alike(list(group), Parameters())
        named = [cluster_of.get(record, record) for record in group.values()]
        pairs += len(ones)
        together += sum(named[one] == named[other] for one, other in zip(ones, others, strict=True))
    print(f"{together / pairs:.5f} of {pairs:,} pairs are in one cluster; no reported pair is below {least:.3f}")


if __name__ == "__main__":
    main()
