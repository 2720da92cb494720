"""Copies of an audit's records in another audit, found in the stored signatures of both.

What is there byte for byte needs no text. Of the rest, those that collide in a band and look alike by their sketches
are read again on both sides, so that every pair is verified on the two texts as they were when they were audited.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from corpus_audit.config import Parameters
from corpus_audit.dedup.bands import choose_bands, least_agreement
from corpus_audit.dedup.pairing import (
    CandidateFeatures,
    Pairs,
    check_packable,
    distinct,
    keep_plausible,
    unpack_pairs,
)
from corpus_audit.dedup.shingle_file import ReadTexts, ShingleFile, join_files, write_shingles
from corpus_audit.dedup.signature_index import CONTENTS, SignatureIndex, key_column, key_schema
from corpus_audit.dedup.verify import VerifiedPairs, verify_pairs
from corpus_audit.engine.base import Engine
from corpus_audit.schemas import AUDIT_PAIRS, RECORDS, Table
from corpus_audit.vocabulary import CopyKind

MEMBERS = 64
"""Contents of the other audit that one content is set beside in each bucket: a bucket of many costs no more."""

_EXACT = """
SELECT mine.content, theirs.content AS other
FROM mine_contents AS mine JOIN their_contents AS theirs ON mine.content_sha256 = theirs.content_sha256
ORDER BY mine.content
"""

_COLLISIONS = """
WITH mine AS (
    SELECT content, {key} AS key FROM mine_bands
    WHERE NOT EXISTS (SELECT 1 FROM exact_copies WHERE exact_copies.content = mine_bands.content)
), theirs AS (
    SELECT content, key, row_number() OVER (PARTITION BY key ORDER BY content) AS place
    FROM (SELECT content, {key} AS key FROM their_bands) AS band
    WHERE key IN (SELECT key FROM mine)
)
SELECT mine.content, theirs.content AS other FROM mine JOIN theirs ON theirs.key = mine.key
WHERE theirs.place <= {members}
"""


# What both have of each pair of contents: the pairs, by the bytes of both sides.
_SHARED = """
CREATE TABLE shared AS
SELECT mine.content_sha256 AS mine_sha256, theirs.content_sha256 AS their_sha256,
       mine.record_id AS record_a, theirs.record_id AS record_b, pairs.kind, jaccard, containment_a, containment_b
FROM content_pairs AS pairs
JOIN mine_contents AS mine ON mine.content = pairs.content
JOIN their_contents AS theirs ON theirs.content = pairs.other
"""

_PAIRS = """
SELECT record_a, mine_records.source_id AS source_a, record_b, their_records.source_id AS source_b, kind, jaccard,
       containment_a, containment_b
FROM shared
JOIN mine_records ON mine_records.record_id = record_a
JOIN their_records ON their_records.record_id = record_b
ORDER BY record_a, record_b
"""

# Files that show a license count for nothing: everyone may copy them.
_SIDE = """
SELECT count(*) AS records, CAST(COALESCE(sum(size_bytes), 0) AS BIGINT) AS size_bytes,
       CAST(COALESCE(sum(is_exact), 0) AS BIGINT) AS exact_records,
       array_sort(array_agg(DISTINCT source_id)) AS sources
FROM {side}_records AS held
JOIN (
    SELECT {side}_sha256 AS content_sha256, max(CASE WHEN kind = 'exact' THEN 1 ELSE 0 END) AS is_exact
    FROM shared GROUP BY {side}_sha256
) AS contents ON contents.content_sha256 = held.content_sha256
WHERE NOT EXISTS (
    SELECT 1 FROM {side}_license_files AS shown WHERE shown.file_id = split_part(held.record_id, ':', 1)
)
"""

_ALL_BYTES = "SELECT CAST(COALESCE(sum(size_bytes), 0) AS BIGINT) AS size_bytes FROM {side}_records"

_EXAMPLE = """
SELECT record_a, record_b, jaccard
FROM shared JOIN mine_records ON mine_records.record_id = record_a
ORDER BY size_bytes DESC, record_a, kind, jaccard DESC, record_b
LIMIT 1
"""


@dataclass(frozen=True)
class AuditSide:
    """One of two audits: what it keeps of its signatures, its records, and how its texts are read again.

    *license_files* are the ids of files that are there to show a license.
    """

    index: SignatureIndex
    records: Sequence[Path]
    license_files: Sequence[str]
    read_texts: ReadTexts


@dataclass(frozen=True)
class SharedRecords:
    """What two audits share: table AUDIT_PAIRS without the other audit's id, and one row of figures."""

    pairs: Iterator[pa.RecordBatch]
    overlap: dict[str, Any]


@dataclass(frozen=True)
class SharedContents:
    """Pairs of contents, the first audit's and the other's: equal ones, and near ones with what was verified of them.

    *unverified* pairs looked alike, but one of the two texts could not be read again as it was.
    """

    exact: NDArray[np.int64]
    near: VerifiedPairs
    unverified: int


def compare_audits(
    engine: Engine, mine: AuditSide, theirs: AuditSide, parameters: Parameters, workdir: Path, workers: int
) -> SharedRecords:
    """Return what two audits with the same signature settings share, by records.

    The pairs come out of the engine as they are gone through.
    """
    found = find_shared(engine, mine, theirs, parameters, workdir, workers)
    for name, side in (("mine", mine), ("their", theirs)):
        engine.add_parquet(f"{name}_records", side.records, RECORDS)
        license_files = pa.table({"file_id": pa.array(side.license_files, pa.string())})
        engine.add_arrow(f"{name}_license_files", license_files)
    engine.add_arrow("content_pairs", _content_pairs(found))
    engine.execute(_SHARED)
    return SharedRecords(_pairs(engine), _overlap(engine, found))


def _pairs(engine: Engine) -> Iterator[pa.RecordBatch]:
    schema = pa.schema([field for field in AUDIT_PAIRS.schema if field.name != "audit_b"])
    for batch in engine.stream(_PAIRS):
        yield batch.select(schema.names).cast(schema)


def _content_pairs(found: SharedContents) -> pa.Table:
    exact, near = found.exact, found.near
    ones = np.ones(len(exact))
    return pa.table(
        {
            "content": np.concatenate([exact[:, 0], near.pairs[:, 0]]),
            "other": np.concatenate([exact[:, 1], near.pairs[:, 1]]),
            "kind": pa.array([CopyKind.EXACT.value] * len(exact) + [CopyKind.NEAR.value] * len(near), pa.string()),
            "jaccard": np.concatenate([ones, near.jaccard]),
            "containment_a": np.concatenate([ones, near.containment_a]),
            "containment_b": np.concatenate([ones, near.containment_b]),
        }
    )


def _overlap(engine: Engine, found: SharedContents) -> dict[str, Any]:
    figures: dict[str, Any] = {"unverified": found.unverified, "example_a": None, "example_b": None}
    for letter, side in (("a", "mine"), ("b", "their")):
        (row,) = engine.fetch(_SIDE.format(side=side)).to_pylist()
        (total,) = engine.fetch(_ALL_BYTES.format(side=side))["size_bytes"].to_pylist()
        figures |= {
            f"records_{letter}": row["records"],
            f"bytes_{letter}": row["size_bytes"],
            f"share_{letter}": row["size_bytes"] / total if total else 0.0,
            f"sources_{letter}": row["sources"] or [],
        }
        if letter == "a":
            figures |= {
                "exact_records": row["exact_records"],
                "near_records": row["records"] - row["exact_records"],
            }
    for row in engine.fetch(_EXAMPLE).to_pylist():
        figures |= {"example_a": row["record_a"], "example_b": row["record_b"]}
    return figures


def find_shared(
    engine: Engine, mine: AuditSide, theirs: AuditSide, parameters: Parameters, workdir: Path, workers: int
) -> SharedContents:
    """Return the contents that two audits with the same signature settings share.

    Near copies are looked for of the contents that are not there byte for byte.
    """
    for name, side in (("mine", mine), ("their", theirs)):
        engine.add_parquet(f"{name}_contents", [side.index.contents_path], CONTENTS)
        engine.add_parquet(f"{name}_bands", [side.index.bands_path], _bands_table(parameters))
    exact = engine.fetch(_EXACT)
    engine.add_arrow("exact_copies", exact.select(["content"]))
    candidates = _find_candidates(engine, mine.index, theirs.index, parameters)
    near, unverified = _verify(candidates, mine, theirs, parameters, workdir, workers)
    pairs = np.stack([exact["content"].to_numpy(), exact["other"].to_numpy()], axis=1)
    return SharedContents(pairs, near, unverified)


def _bands_table(parameters: Parameters) -> Table:
    bands = choose_bands(parameters.num_perm, parameters.jaccard_threshold)
    return Table("bands", "one content", (), key_schema(bands))


def _find_candidates(engine: Engine, mine: SignatureIndex, theirs: SignatureIndex, parameters: Parameters) -> Pairs:
    """Return pairs of contents that might be near copies, ascending."""
    my_looks, their_looks = (
        CandidateFeatures(side.sketches(parameters.num_perm), side.shingles()) for side in (mine, theirs)
    )
    check_packable(max(len(my_looks.shingles), len(their_looks.shingles)))
    least = least_agreement(parameters.num_perm, parameters.jaccard_threshold)
    found = [np.empty(0, np.uint64)]
    for band in range(choose_bands(parameters.num_perm, parameters.jaccard_threshold).count):
        for batch in engine.stream(_COLLISIONS.format(key=key_column(band), members=MEMBERS)):
            ones, others = batch["content"].to_numpy(), batch["other"].to_numpy()
            found.append(keep_plausible(ones, others, my_looks, their_looks, least, parameters.jaccard_threshold))
    return unpack_pairs(distinct(np.concatenate(found)))


def _verify(
    candidates: Pairs, mine: AuditSide, theirs: AuditSide, parameters: Parameters, workdir: Path, workers: int
) -> tuple[VerifiedPairs, int]:
    """Return the candidates that are near copies, and how many had a text that could not be read again."""
    one, other = (
        _hash_again(np.unique(candidates[:, column]), side, parameters, workdir / f"shingles-{column}.u64", workers)
        for column, side in enumerate((mine, theirs))
    )
    shift = np.array([0, len(one.counts)])
    stored = join_files(one, other)
    verified = verify_pairs(candidates + shift, stored, parameters.jaccard_threshold, workers)
    unverified = int((stored.counts[candidates + shift] == 0).any(axis=1).sum())
    pairs = verified.pairs - shift
    return VerifiedPairs(pairs, verified.jaccard, verified.containment_a, verified.containment_b), unverified


def _hash_again(
    wanted: NDArray[np.int64], side: AuditSide, parameters: Parameters, path: Path, workers: int
) -> ShingleFile:
    rows = side.index.take(wanted)
    return write_shingles(
        wanted,
        rows["record_id"].combine_chunks(),
        side.index.shingles(),
        side.read_texts,
        parameters,
        path,
        workers,
        digests=rows["content_sha256"].combine_chunks(),
    )
