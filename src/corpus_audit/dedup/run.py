"""Deduplication of one audit, from stored records to pairs, clusters and overlaps.

A dataflow: SQL over records and contents, and steps over partitions (``engine/exchange.py``), of which some are in
memory at a time. What a partition holds is bounded by PART_CONTENTS and PART_SHINGLES, whatever the corpus.
"""

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from types import MappingProxyType

import pyarrow as pa

from corpus_audit.config import Parameters
from corpus_audit.dedup.buckets import gather_buckets
from corpus_audit.dedup.candidates import find_candidates
from corpus_audit.dedup.clusters import cluster_contents
from corpus_audit.dedup.contents import ROWS, ContentTotals, check_settings, group_contents
from corpus_audit.dedup.media import find_alike_media
from corpus_audit.dedup.overlaps import SharedBySources, compute_overlaps
from corpus_audit.dedup.shingle_file import ReadTexts
from corpus_audit.dedup.signature_index import SignatureIndex
from corpus_audit.dedup.signatures import ContentRanges, divide_signatures
from corpus_audit.dedup.verified import VERIFIED, verify_candidates
from corpus_audit.dedup.verify import VerifiedPairs
from corpus_audit.engine.base import Engine
from corpus_audit.engine.exchange import partitions_for, regroup
from corpus_audit.engine.sorting import sorted_stretches
from corpus_audit.engine.steps import Steps, ThreadSteps
from corpus_audit.schemas import CLUSTERS, PAIRS, Table
from corpus_audit.store import write_table
from corpus_audit.vocabulary import CopyKind

INDEX = "index"
"""The folder of working files that is kept (``signature_index.py``)."""

PART_CONTENTS = 1 << 17
"""Contents of one partition: some 40 MB of signatures."""
PART_SHINGLES = 1 << 23
"""Shingles of the texts that one partition compares, if all contents had candidates: 64 MiB."""

STEPS = {"contents": 175, "signatures": 260, "buckets": 125, "candidates": 120, "verification": 120, "clusters": 20}
"""The share of each step in the processor time of a million short records, in thousandths; the rest writes tables."""

_NONE_DECLARED: Mapping[str, str] = MappingProxyType({})
_SPLITS = pa.schema([("file_id", pa.string()), ("split", pa.string())])

_VERIFIED = """
CREATE TABLE verified AS
SELECT content_a, content_b, max(jaccard) AS jaccard, max(containment_a) AS containment_a,
       max(containment_b) AS containment_b, max(bands_shared) AS bands_shared
FROM verified_texts GROUP BY content_a, content_b
UNION ALL
SELECT content_a, content_b, jaccard, containment_a, containment_b, bands_shared FROM verified_media
"""
_COPIED = """
CREATE TABLE copied AS
SELECT content, content_sha256, shingles, is_media, record_id, source_id FROM contents
WHERE copies > 1 OR EXISTS (SELECT 1 FROM degrees WHERE degrees.content = contents.content)
"""
_COPIED_RECORDS = """
CREATE TABLE copied_records AS
SELECT placed.record_id, placed.source_id, placed.size_bytes, copied.content
FROM placed JOIN copied ON copied.content_sha256 = placed.content_sha256
WHERE placed.is_media = 1 OR placed.shingles > 0
"""
# Exact copies beside the first of their bytes, near copies by the first of each content.
_PAIRS = f"""
SELECT copied.record_id AS record_a, copies.record_id AS record_b, copied.source_id AS source_a,
       copies.source_id AS source_b, '{CopyKind.EXACT.value}' AS kind, CAST(1 AS DOUBLE) AS jaccard,
       CAST(1 AS DOUBLE) AS containment_a, CAST(1 AS DOUBLE) AS containment_b, CAST(NULL AS INT) AS bands_shared
FROM copied_records AS copies JOIN copied ON copied.content = copies.content
WHERE copies.record_id <> copied.record_id
UNION ALL
SELECT one.record_id AS record_a, other.record_id AS record_b, one.source_id AS source_a,
       other.source_id AS source_b, '{CopyKind.NEAR.value}' AS kind, jaccard, containment_a, containment_b, bands_shared
FROM verified
JOIN copied AS one ON one.content = content_a
JOIN copied AS other ON other.content = content_b
"""  # noqa: S608 - words of the vocabulary
# Every record of a cluster of two or more, with what it was verified against.
_CLUSTERS = f"""
SELECT copies.record_id, copies.source_id, named.record_id AS cluster_id, verified.record_id AS representative_id,
       CASE WHEN clustered.representative <> clustered.content THEN '{CopyKind.NEAR.value}'
            WHEN copies.record_id = verified.record_id THEN 'representative'
            ELSE '{CopyKind.EXACT.value}' END AS kind,
       clustered.jaccard, copies.size_bytes
FROM copied_records AS copies
JOIN clustered ON clustered.content = copies.content
JOIN copied AS verified ON verified.content = clustered.representative
JOIN copied AS named ON named.content = clustered.cluster
"""  # noqa: S608 - words of the vocabulary


@dataclass(frozen=True)
class Rows:
    """The rows of a table, asked of the engine when they are written."""

    table: Table
    engine: Engine
    sql: str
    order: str
    folder: Path
    steps: Steps

    def write(self, path: Path) -> None:
        """Write the table to a file of the file system that working files lie in."""
        unsorted = self.folder / f"{self.table.name}-unsorted.parquet"
        ordered = sorted_stretches(self.engine, self.steps, self.sql, self.order, unsorted)
        (written,) = self.steps.run(partial(_write_rows, self.table, self.folder), [ordered])
        written.rename(path)


def _write_rows(table: Table, folder: Path, stretches: Sequence[Iterable[pa.RecordBatch]]) -> Path:
    """Return the file of some rows, which come in their order."""
    path = folder / f"{table.name}-{uuid.uuid4().hex}.parquet"
    write_table(path, table, regroup(chain.from_iterable(stretches), ROWS))
    return path


@dataclass(frozen=True)
class Deduplication:
    """What deduplication found, each table sorted by its key, and how many candidates it verified for that."""

    pairs: Rows
    clusters: Rows
    shared: SharedBySources
    candidates: int


def deduplicate(  # noqa: PLR0913 - options that are given by name
    engine: Engine,
    records: Sequence[Path],
    read_texts: ReadTexts,
    parameters: Parameters,
    workdir: Path,
    *,
    media: Sequence[Path] = (),
    license_files: Collection[str] = (),
    licenses: Mapping[str, str] = _NONE_DECLARED,
    splits: pa.Table | None = None,
    steps: Steps | None = None,
    workers: int = 1,
    partitions: int | None = None,
    advance: Callable[[int], None] = lambda _done: None,
) -> Deduplication:
    """Return the verified copies among all records of an audit.

    *records* are the files of table RECORDS, with ``parameters.signature_settings()`` in their schema's metadata.
    *read_texts* yields the record ids and texts of the files it is given the ids of, in one sequential pass.
    *workdir* takes working files, and in its folder INDEX what later audits are compared with this one by. *media* are
    the files of table MEDIA. *license_files* are the ids of files that are there to show a license: everyone may copy
    them, so they are no overlap between sources. *licenses* are those that count for sources, by source.
    *splits* names the split of each file that is in one (``file_id`` and ``split``): copies are looked for in other
    splits as in other sources. *steps* runs the steps over partitions,
    as a rule *workers* threads; how many *partitions* there are follows from the
    corpus, and changes nothing of the result. *advance* is called with the thousandths of the work that were just done.
    Raises ParametersMismatchError for signatures made with other settings.
    """
    check_settings(records, parameters)
    steps = steps or ThreadSteps(workers)
    index = SignatureIndex(workdir / INDEX)
    index.folder.mkdir(exist_ok=True)
    totals = group_contents(engine, records, parameters, workdir, index, steps)
    advance(STEPS["contents"])
    parts, meeting_parts = _plan(totals, partitions)
    ranges = ContentRanges(totals.contents, parts)
    engine.add_arrow("splits", _SPLITS.empty_table() if splits is None else splits.cast(_SPLITS))
    signed = divide_signatures(engine, records, parameters, ranges, workdir, index, steps)
    advance(STEPS["signatures"])
    buckets = gather_buckets(signed, ranges, workdir, steps)
    advance(STEPS["buckets"])
    candidates = find_candidates(engine, buckets, ranges, parameters, meeting_parts, workdir, steps)
    advance(STEPS["candidates"])
    texts = verify_candidates(engine, candidates, read_texts, parameters, workdir, steps)
    advance(STEPS["verification"])
    engine.add_parquet("verified_texts", texts.paths, VERIFIED)
    engine.add_arrow("verified_media", _as_table(find_alike_media(engine, media)))
    engine.execute(_VERIFIED)
    cluster_contents(engine)
    advance(STEPS["clusters"])
    engine.execute(_COPIED)
    engine.execute(_COPIED_RECORDS)
    return Deduplication(
        pairs=Rows(PAIRS, engine, _PAIRS, "record_a, record_b", workdir, steps),
        clusters=Rows(CLUSTERS, engine, _CLUSTERS, "record_id", workdir, steps),
        shared=compute_overlaps(engine, license_files, parameters, licenses),
        candidates=texts.compared,
    )


def _plan(totals: ContentTotals, partitions: int | None) -> tuple[int, int]:
    """Return how many partitions there are of contents, and of texts that are compared."""
    if partitions is not None:
        return partitions, partitions
    return partitions_for(totals.contents, PART_CONTENTS), partitions_for(totals.shingles, PART_SHINGLES)


def _as_table(found: VerifiedPairs) -> pa.Table:
    """Return pairs of pictures and recordings as table VERIFIED."""
    columns = [*found.pairs.T.copy(), found.jaccard, found.containment_a, found.containment_b]
    return pa.table([*columns, pa.nulls(len(found), pa.int32())], schema=VERIFIED.schema)
