"""Deduplication of one audit, from stored records to pairs, clusters and overlaps."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from corpus_audit.config import Parameters
from corpus_audit.dedup.candidates import count_shared_bands, find_candidates, members_of, write_sketches
from corpus_audit.dedup.clusters import Clustering, cluster_contents
from corpus_audit.dedup.media import find_alike_media
from corpus_audit.dedup.overlaps import compute_overlaps
from corpus_audit.dedup.records import NO_CONTENT, Records, UniqueContents, check_settings, read_record_numbers
from corpus_audit.dedup.shingle_file import ReadTexts, write_shingles
from corpus_audit.dedup.signature_index import SignatureIndex
from corpus_audit.dedup.verify import VerifiedPairs, join_pairs, verify_pairs
from corpus_audit.engine.base import Engine
from corpus_audit.schemas import CLUSTERS, PAIRS, Table
from corpus_audit.vocabulary import CopyKind

INDEX = "index"
"""The folder of working files that is kept (``signature_index.py``)."""

_BATCH_ROWS = 65_536
_REPRESENTATIVE = "representative"


@dataclass(frozen=True)
class Rows:
    """The rows of a table, made a batch at a time whenever they are gone through."""

    table: Table
    count: int
    make: Callable[[slice], dict[str, pa.Array | NDArray[np.generic]]]

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        for first in range(0, self.count, _BATCH_ROWS):
            columns = self.make(slice(first, min(first + _BATCH_ROWS, self.count)))
            arrays = [pa.array(columns[field.name]).cast(field.type) for field in self.table.schema]
            yield pa.record_batch(arrays, schema=self.table.schema)


@dataclass(frozen=True)
class Deduplication:
    """What deduplication found, each table sorted by its key, and how many candidates it verified for that."""

    pairs: Rows
    clusters: Rows
    overlaps: pa.Table
    candidates: int


def deduplicate(
    engine: Engine,
    records: Sequence[Path],
    read_texts: ReadTexts,
    parameters: Parameters,
    workdir: Path,
    media: Sequence[Path] = (),
    license_files: Collection[str] = (),
    workers: int = 1,
) -> Deduplication:
    """Return the verified copies among all records of an audit.

    *records* are the files of table RECORDS, with ``parameters.signature_settings()`` in their schema's metadata.
    *read_texts* yields the record ids and texts of the files it is given the ids of, in one sequential pass.
    *workdir* takes working files, and in its folder INDEX what later audits are compared with this one by. *media* are
    the files of table MEDIA. *license_files* are the ids of files that are there to show a license: everyone may copy
    them, so they are no overlap between sources. *workers* threads read again and compare.
    Raises ParametersMismatchError for signatures made with other settings.
    """
    check_settings(records, parameters)
    numbered, contents = read_record_numbers(records)
    index = SignatureIndex(workdir / INDEX)
    index.folder.mkdir(exist_ok=True)
    index.write_contents(numbered, contents, parameters.signature_settings())
    sketches = write_sketches(records, numbered, contents, parameters, index)
    candidates = find_candidates(engine, sketches, numbered, contents, parameters, workers)
    wanted = members_of(candidates)
    ids = numbered.ids.take(pa.array(contents.first_record[wanted]))
    stored = write_shingles(wanted, ids, contents.shingles, read_texts, parameters, workdir / "shingles.u64", workers)
    texts = verify_pairs(candidates, stored, parameters.jaccard_threshold, workers)
    proposed = len(candidates)
    del candidates, stored, wanted, ids  # there may be ten times as many candidates as records
    verified = join_pairs(texts, find_alike_media(media, numbered, contents))
    shared = np.zeros(len(verified), np.int32)
    shared[~contents.is_media[verified.pairs[:, 0]]] = count_shared_bands(sketches, texts.pairs)
    overlaps = compute_overlaps(
        engine, numbered, contents, verified, _may_overlap(numbered, contents, parameters, license_files)
    )
    return Deduplication(
        pairs=_pairs(numbered, contents, verified, shared),
        clusters=_clusters(numbered, contents, cluster_contents(verified, contents)),
        overlaps=overlaps,
        candidates=proposed,
    )


def _may_overlap(
    records: Records, contents: UniqueContents, parameters: Parameters, license_files: Collection[str]
) -> NDArray[np.bool_]:
    """Return for each record whether a copy of it in another source is an overlap of the two sources."""
    file_ids = pc.list_element(pc.split_pattern(records.ids, ":", max_splits=1), 0)
    is_license = pc.is_in(file_ids, pa.array(sorted(license_files), file_ids.type)).to_numpy(zero_copy_only=False)
    has_content = records.contents != NO_CONTENT
    long_enough = np.zeros(len(records), bool)
    of_contents = contents.is_media | (contents.shingles >= parameters.overlap_min_shingles)
    long_enough[has_content] = of_contents[records.contents[has_content]]
    eligible: NDArray[np.bool_] = long_enough & ~is_license
    return eligible


def _pairs(records: Records, contents: UniqueContents, verified: VerifiedPairs, shared: NDArray[np.int32]) -> Rows:
    """Return table PAIRS: exact copies beside the first of their bytes, near copies by the first of each content."""
    numbers = np.flatnonzero(records.contents != NO_CONTENT)
    firsts = contents.first_record[records.contents[numbers]]
    is_copy = firsts != numbers
    near = contents.first_record[verified.pairs]
    exact = int(is_copy.sum())
    one = np.concatenate([firsts[is_copy], near[:, 0]])
    other = np.concatenate([numbers[is_copy], near[:, 1]])
    order = np.lexsort((other, one))
    measures = {
        "jaccard": np.concatenate([np.ones(exact), verified.jaccard]),
        "containment_a": np.concatenate([np.ones(exact), verified.containment_a]),
        "containment_b": np.concatenate([np.ones(exact), verified.containment_b]),
    }
    bands = np.concatenate([np.zeros(exact, np.int32), shared])
    is_media = contents.is_media[records.contents[one]]

    def make(rows: slice) -> dict[str, pa.Array | NDArray[np.generic]]:
        chosen = order[rows]
        is_exact = chosen < exact
        return {
            "record_a": records.ids.take(pa.array(one[chosen])),
            "record_b": records.ids.take(pa.array(other[chosen])),
            "source_a": _source_names(records, one[chosen]),
            "source_b": _source_names(records, other[chosen]),
            "kind": pa.array([CopyKind.NEAR.value, CopyKind.EXACT.value]).take(pa.array(is_exact.astype(np.int8))),
            "bands_shared": pa.array(bands[chosen], mask=is_exact | is_media[chosen]),
        } | {name: column[chosen] for name, column in measures.items()}

    return Rows(PAIRS, len(order), make)


def _clusters(records: Records, contents: UniqueContents, clustering: Clustering) -> Rows:
    """Return table CLUSTERS: every record of a cluster of two or more, with what it was verified against."""
    with_content = np.flatnonzero(records.contents != NO_CONTENT)
    numbers = with_content[clustering.clusters[records.contents[with_content]] >= 0]
    kinds = pa.array([_REPRESENTATIVE, CopyKind.EXACT.value, CopyKind.NEAR.value])

    def make(rows: slice) -> dict[str, pa.Array | NDArray[np.generic]]:
        chosen = numbers[rows]
        content = records.contents[chosen]
        representative = contents.first_record[clustering.representatives[content]]
        is_near = clustering.representatives[content] != content
        return {
            "record_id": records.ids.take(pa.array(chosen)),
            "source_id": _source_names(records, chosen),
            "cluster_id": records.ids.take(pa.array(contents.first_record[clustering.clusters[content]])),
            "representative_id": records.ids.take(pa.array(representative)),
            "kind": kinds.take(pa.array(np.where(is_near, 2, representative != chosen))),
            "jaccard": clustering.jaccard[content],
            "size_bytes": records.sizes[chosen],
        }

    return Rows(CLUSTERS, len(numbers), make)


def _source_names(records: Records, numbers: NDArray[np.int64]) -> pa.Array:
    return records.source_names.take(pa.array(records.sources[numbers]))
