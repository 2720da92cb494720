"""Records that an audit shares with earlier ones: pairs of contents as pairs of records, and figures for each audit.

Of each earlier audit only the records that are shared are taken, so that one set of statements answers for all of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.dedup.pairing import Pairs
from corpus_audit.dedup.shingle_file import ReadTexts
from corpus_audit.dedup.signature_index import CONTENTS, SignatureIndex
from corpus_audit.dedup.verify import VerifiedPairs
from corpus_audit.engine.base import Engine
from corpus_audit.schemas import AUDIT_PAIRS, RECORDS
from corpus_audit.schemas.table import FLOAT, INT, STR, table
from corpus_audit.store import TableWriter, stream_table
from corpus_audit.vocabulary import CopyKind

_CONTENT_PAIRS = table(
    "content_pairs", "a content of this audit beside one of another", ("audit_b", "content", "record_b"),
    ("audit_b", STR, "The other audit."),
    ("content", INT, "The content of this audit."),
    ("record_b", STR, "The first record of the other audit that has its content."),
    ("their_sha256", pa.binary(32), "sha256 of the other content."),
    ("kind", STR, "exact (same bytes) or near (vocabulary CopyKind)."),
    ("jaccard", FLOAT, "Exact Jaccard similarity."),
    ("containment_a", FLOAT, "Share of the content that the other holds."),
    ("containment_b", FLOAT, "Share of the other content that this one holds."),
)  # fmt: skip

_THEIR_RECORDS = table(
    "their_records", "a record of another audit that has one of the shared contents", ("audit_b", "record_id"),
    ("audit_b", STR, "The other audit."),
    ("record_id", STR, "The record."),
    ("source_id", STR, "Its source."),
    ("size_bytes", INT, "Length in bytes."),
    ("content_sha256", pa.binary(32), "sha256 of its bytes."),
    ("shows_license", INT, "1 for a record of a file that is there to show a license."),
)  # fmt: skip
_TAKEN = ["record_id", "source_id", "size_bytes", "content_sha256"]

_SHARED = """
CREATE TABLE shared AS
SELECT pairs.audit_b, known.content_sha256 AS mine_sha256, their_sha256, known.record_id AS record_a, record_b, kind,
       jaccard, containment_a, containment_b
FROM content_pairs AS pairs JOIN mine_contents AS known ON known.content = pairs.content
"""

_PAIRS = """
SELECT record_a, mine_records.source_id AS source_a, shared.audit_b, record_b, their_records.source_id AS source_b,
       kind, jaccard, containment_a, containment_b
FROM shared
JOIN mine_records ON mine_records.record_id = record_a
JOIN their_records ON their_records.audit_b = shared.audit_b AND their_records.record_id = record_b
ORDER BY shared.audit_b, record_a, record_b
"""

# Files that show a license count for nothing: everyone may copy them.
_MINE = """
SELECT audit_b, count(*) AS records, CAST(COALESCE(sum(size_bytes), 0) AS BIGINT) AS size_bytes,
       CAST(COALESCE(sum(is_exact), 0) AS BIGINT) AS exact_records,
       array_sort(array_agg(DISTINCT source_id)) AS sources
FROM mine_records AS held
JOIN (
    SELECT audit_b, mine_sha256, max(CASE WHEN kind = 'exact' THEN 1 ELSE 0 END) AS is_exact
    FROM shared GROUP BY audit_b, mine_sha256
) AS contents ON contents.mine_sha256 = held.content_sha256
WHERE NOT EXISTS (
    SELECT 1 FROM mine_license_files AS shown WHERE shown.file_id = split_part(held.record_id, ':', 1)
)
GROUP BY audit_b
"""

_THEIRS = """
SELECT audit_b, count(*) AS records, CAST(COALESCE(sum(size_bytes), 0) AS BIGINT) AS size_bytes,
       array_sort(array_agg(DISTINCT source_id)) AS sources
FROM their_records WHERE shows_license = 0
GROUP BY audit_b
"""

_ALL_BYTES = "SELECT CAST(COALESCE(sum(size_bytes), 0) AS BIGINT) AS size_bytes FROM mine_records"

_EXAMPLES = """
SELECT audit_b, record_a, record_b FROM (
    SELECT audit_b, record_a, record_b,
           row_number() OVER (PARTITION BY audit_b ORDER BY size_bytes DESC, record_a, kind, jaccard DESC, record_b
           ) AS place
    FROM shared JOIN mine_records ON mine_records.record_id = record_a
) AS ranked WHERE place = 1
"""

NOTHING_SHARED: Mapping[str, Any] = {
    **{f"{name}_{side}": 0 for side in "ab" for name in ("records", "bytes")},
    **{f"share_{side}": 0.0 for side in "ab"},
    **{f"sources_{side}": [] for side in "ab"},
    "exact_records": 0,
    "near_records": 0,
    "unverified": 0,
    "example_a": None,
    "example_b": None,
}
"""The figures of an audit that shares nothing."""


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
class SharedContents:
    """Pairs of contents, the first audit's and the other's: equal ones, and near ones with what was verified of them.

    *unverified* pairs looked alike, but one of the two texts could not be read again as it was.
    """

    exact: Pairs
    near: VerifiedPairs
    unverified: int


@dataclass(frozen=True)
class SharedRecords:
    """What an audit shares with earlier ones: table AUDIT_PAIRS, and for each that shares something its figures."""

    pairs: Iterator[pa.RecordBatch]
    overlaps: Mapping[str, Mapping[str, Any]]


class SharedRecordsWriter:
    """Takes what is shared with one audit after the other, in the order of their ids; use it as a context manager."""

    def __init__(self, engine: Engine, mine: AuditSide, workdir: Path) -> None:
        self._engine = engine
        engine.add_parquet("mine_contents", [mine.index.contents_path], CONTENTS)
        engine.add_parquet("mine_records", mine.records, RECORDS)
        engine.add_arrow("mine_license_files", pa.table({"file_id": pa.array(mine.license_files, pa.string())}))
        self._tables = (_CONTENT_PAIRS, _THEIR_RECORDS)
        self._paths = [workdir / f"{kept.name}.parquet" for kept in self._tables]
        self._open = ExitStack()
        self._unverified: dict[str, int] = {}
        self._bytes: dict[str, int] = {}

    def __enter__(self) -> Self:
        """Open the files."""
        self._pairs, self._theirs = (
            self._open.enter_context(TableWriter(path, kept))
            for path, kept in zip(self._paths, self._tables, strict=True)
        )
        return self

    def __exit__(self, *_: object) -> None:
        """Finish the files."""
        self._open.close()

    def add(self, audit_id: str, shared: SharedContents, theirs: AuditSide) -> None:
        """Take the pairs of contents that one audit shares, and of its records those that have such a content."""
        exact, near = shared.exact, shared.near
        self._unverified[audit_id] = shared.unverified
        pairs = np.concatenate([exact, near.pairs])
        contents = np.unique(pairs[:, 1])
        known = theirs.index.take(contents)
        taken = known.take(pa.array(np.searchsorted(contents, pairs[:, 1])))
        ones = np.ones(len(exact))
        measures = [np.concatenate([ones, part]) for part in (near.jaccard, near.containment_a, near.containment_b)]
        kinds = [CopyKind.EXACT.value] * len(exact) + [CopyKind.NEAR.value] * len(near)
        self._pairs.write(
            pa.table(
                [
                    pa.repeat(audit_id, len(pairs)),
                    pairs[:, 0],
                    taken["record_id"].cast(pa.string()),
                    taken["content_sha256"],
                    pa.array(kinds, pa.string()),
                    *measures,
                ],
                schema=_CONTENT_PAIRS.schema,
            )
        )
        self._bytes[audit_id] = self._add_records(audit_id, known["content_sha256"], theirs)

    def _add_records(self, audit_id: str, digests: pa.ChunkedArray, theirs: AuditSide) -> int:
        """Write the records that have one of some contents, and return the bytes of all records."""
        total = 0
        wanted, shown = digests.combine_chunks(), pa.array(theirs.license_files, pa.string())
        for path in theirs.records:
            for batch in stream_table(path, _TAKEN):
                total += pc.sum(batch["size_bytes"]).as_py() or 0
                rows = pa.Table.from_batches([batch]).filter(pc.is_in(batch["content_sha256"], wanted))
                files = pc.list_element(pc.split_pattern(rows["record_id"], ":", max_splits=1), 0)
                columns = [pa.repeat(audit_id, len(rows)), *rows.columns, pc.is_in(files, shown).cast(pa.int64())]
                self._theirs.write(pa.table(columns, schema=_THEIR_RECORDS.schema))
        return total

    def result(self) -> SharedRecords:
        """Return all of it, once the files are finished."""
        for path, kept in zip(self._paths, self._tables, strict=True):
            self._engine.add_parquet(kept.name, [path], kept)
        self._engine.execute(_SHARED)
        return SharedRecords(self._streamed(), self._overlaps())

    def _streamed(self) -> Iterator[pa.RecordBatch]:
        for batch in self._engine.stream(_PAIRS):
            yield batch.select(AUDIT_PAIRS.schema.names).cast(AUDIT_PAIRS.schema)

    def _overlaps(self) -> dict[str, dict[str, Any]]:
        overlaps = {audit: {**NOTHING_SHARED, "unverified": found} for audit, found in self._unverified.items()}
        (total,) = self._engine.fetch(_ALL_BYTES)["size_bytes"].to_pylist()
        for letter, sql in (("a", _MINE), ("b", _THEIRS)):
            for row in self._engine.fetch(sql).to_pylist():
                audit = row["audit_b"]
                all_bytes = total if letter == "a" else self._bytes[audit]
                overlaps[audit] |= {
                    f"records_{letter}": row["records"],
                    f"bytes_{letter}": row["size_bytes"],
                    f"share_{letter}": row["size_bytes"] / all_bytes if all_bytes else 0.0,
                    f"sources_{letter}": row["sources"] or [],
                }
                if letter == "a":
                    exact = row["exact_records"]
                    overlaps[audit] |= {"exact_records": exact, "near_records": row["records"] - exact}
        for row in self._engine.fetch(_EXAMPLES).to_pylist():
            overlaps[row["audit_b"]] |= {"example_a": row["record_a"], "example_b": row["record_b"]}
        return overlaps
