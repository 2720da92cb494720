"""The sources that share copies, and the share of each that is copied.

A record of one source counts when it was verified directly against a record of the other: their bytes are the same
(by sha256), or the two contents are a verified pair. That both resemble a third record counts for nothing, so in
buckets too large for all pairs (``pairing.py``) a near copy may go uncounted; an exact one never does.
Files that show a license are left out.

Every overlap is listed. What it says of license terms is another question: a few short records are alike because
everyone writes them. So an overlap has *decisive* bytes: those of records of at least ``overlap_min_shingles`` distinct
shingles, or all of them where they are at least ``overlap_min_share`` of either source, by records or by bytes.
"""

from collections.abc import Collection, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.config import Parameters
from corpus_audit.engine.base import Engine
from corpus_audit.schemas import OVERLAPS

_NAMES = "SELECT DISTINCT source_id FROM copied_records ORDER BY source_id"

# One row for each content in each source that holds it: its records there, and the smallest of them.
_HELD = """
CREATE TABLE held AS
SELECT copies.content, names.source, count(*) AS records,
       CAST(sum(copies.size_bytes) AS BIGINT) AS bytes, min(copies.size_bytes) AS size_bytes,
       min(copies.record_id) AS record,
       CASE WHEN min(copied.is_media) = 1 OR min(copied.shingles) >= {min_shingles} THEN 1 ELSE 0 END AS is_long
FROM copied_records AS copies JOIN copied ON copied.content = copies.content
JOIN source_names AS names ON names.source_id = copies.source_id
WHERE NOT EXISTS (
    SELECT 1 FROM license_files AS shown WHERE shown.file_id = split_part(copies.record_id, ':', 1)
)
GROUP BY copies.content, names.source
"""

# One row for each content, its source, another source, and a copy there. There are many, so names are left to the end.
# Statements that join once each, and tables in between, need a fraction of the memory of one that says all.
_RELATIONS = """
CREATE TABLE relations AS
SELECT one.source, other.source AS other_source, one.content, other.content AS other_content, one.records, one.bytes,
       one.size_bytes, 1 AS is_exact, CAST(1 AS DOUBLE) AS jaccard, one.is_long
FROM held AS one JOIN held AS other ON one.content = other.content
WHERE one.source <> other.source
"""
_NEAR_SIDES = """
CREATE TABLE near_sides AS
SELECT one.source, one.content, other_content, one.records, one.bytes, one.size_bytes, near.jaccard, one.is_long
FROM (
    SELECT content_a AS content, content_b AS other_content, jaccard FROM verified
    UNION ALL SELECT content_b AS content, content_a AS other_content, jaccard FROM verified
) AS near
JOIN held AS one ON one.content = near.content
"""
_NEAR_RELATIONS = """
INSERT INTO relations
SELECT one.source, other.source AS other_source, one.content, one.other_content, one.records, one.bytes,
       one.size_bytes, 0 AS is_exact, one.jaccard, one.is_long * other.is_long AS is_long
FROM near_sides AS one JOIN held AS other ON other.content = one.other_content
WHERE one.source <> other.source
"""

_PER_CONTENT = """
CREATE TABLE per_content AS
SELECT source, other_source, content, max(records) AS records, max(bytes) AS bytes, max(is_exact) AS is_exact,
       max(jaccard) AS jaccard, max(is_long) AS is_long
FROM relations GROUP BY source, other_source, content
"""
# The largest record, and of equals the first: by aggregates, since a window holds all relations of two sources at once.
_LARGEST = """
CREATE TABLE largest AS
SELECT source, other_source, max(size_bytes) AS size_bytes
FROM relations WHERE source < other_source GROUP BY source, other_source
"""
_LARGEST_CONTENTS = """
CREATE TABLE largest_contents AS
SELECT DISTINCT shared.source, shared.other_source, shared.content
FROM relations AS shared
JOIN largest ON largest.source = shared.source AND largest.other_source = shared.other_source
            AND largest.size_bytes = shared.size_bytes
"""
_FIRST = """
CREATE TABLE first_of_largest AS
SELECT shared.source, shared.other_source, min(held.record) AS record
FROM largest_contents AS shared JOIN held ON held.content = shared.content AND held.source = shared.source
GROUP BY shared.source, shared.other_source
"""
_FIRST_CONTENTS = """
CREATE TABLE first_contents AS
SELECT first.source, first.other_source, first.record, held.content
FROM first_of_largest AS first JOIN held ON held.source = first.source AND held.record = first.record
"""
_SHARED = """
CREATE TABLE shared_with_first AS
SELECT first.source, first.other_source, first.record, other_content, is_exact, jaccard
FROM relations JOIN first_contents AS first
  ON first.source = relations.source AND first.other_source = relations.other_source
 AND first.content = relations.content
"""
_EXAMPLES = """
CREATE TABLE overlap_examples AS
SELECT source, other_source, record, other_record FROM (
    SELECT shared.source, shared.other_source, shared.record, held.record AS other_record,
           row_number() OVER (
               PARTITION BY shared.source, shared.other_source ORDER BY is_exact DESC, jaccard DESC, held.record
           ) AS place
    FROM shared_with_first AS shared
    JOIN held ON held.content = shared.other_content AND held.source = shared.other_source
) AS ranked WHERE place = 1
"""
_STEPS = (
    _RELATIONS, _NEAR_SIDES, _NEAR_RELATIONS, _PER_CONTENT, _LARGEST, _LARGEST_CONTENTS, _FIRST, _FIRST_CONTENTS,
    _SHARED, _EXAMPLES,
)  # fmt: skip
_TABLES = (
    "overlap_examples", "shared_with_first", "first_contents", "first_of_largest", "largest_contents", "largest",
    "per_content", "near_sides", "relations", "held",
)  # fmt: skip

_OVERLAPS = """
WITH totals AS (
    SELECT source, other_source,
           CAST(sum(records) AS BIGINT) AS records, CAST(sum(bytes) AS BIGINT) AS bytes,
           CAST(sum(CASE WHEN is_exact = 1 THEN records ELSE 0 END) AS BIGINT) AS exact_records,
           CAST(sum(CASE WHEN is_long = 1 THEN bytes ELSE 0 END) AS BIGINT) AS long_bytes,
           max(jaccard) AS max_jaccard
    FROM per_content GROUP BY source, other_source
)
SELECT one.source_id AS source_a, other.source_id AS source_b, a.records AS records_a, b.records AS records_b,
       a.bytes AS bytes_a, b.bytes AS bytes_b, a.exact_records AS exact_records,
       a.long_bytes AS long_bytes_a, b.long_bytes AS long_bytes_b,
       a.records - a.exact_records AS near_records, a.max_jaccard AS max_jaccard,
       example.record AS example_a, example.other_record AS example_b
FROM totals AS a
JOIN totals AS b ON a.source = b.other_source AND a.other_source = b.source
JOIN overlap_examples AS example ON example.source = a.source AND example.other_source = a.other_source
JOIN source_names AS one ON one.source = a.source
JOIN source_names AS other ON other.source = a.other_source
WHERE a.source < a.other_source
ORDER BY source_a, source_b
"""

_TOTALS = """
SELECT source_id, count(*) AS records, CAST(sum(size_bytes) AS BIGINT) AS bytes FROM placed GROUP BY source_id
"""


def compute_overlaps(engine: Engine, license_files: Collection[str], parameters: Parameters) -> pa.Table:
    """Return table OVERLAPS: one row for every two sources that share verified copies.

    Reads ``placed``, ``copied``, ``copied_records`` and ``verified``; files that show a license are left out.
    """
    engine.add_arrow("license_files", pa.table({"file_id": pa.array(sorted(license_files), pa.string())}))
    names = engine.fetch(_NAMES)
    numbers = pa.array(np.arange(names.num_rows, dtype=np.int32))
    engine.add_arrow("source_names", names.append_column("source", numbers))
    engine.execute(_HELD.format(min_shingles=int(parameters.overlap_min_shingles)))
    for statement in _STEPS:
        engine.execute(statement)
    found = engine.fetch(_OVERLAPS)
    totals = {row["source_id"]: row for row in engine.fetch(_TOTALS).to_pylist()}
    for table in _TABLES:
        engine.execute(f"DROP TABLE {table}")
    return _with_shares(found, totals, parameters.overlap_min_share)


def _with_shares(found: pa.Table, totals: Mapping[str, Mapping[str, int]], min_share: float) -> pa.Table:
    """Return the overlaps with shares of their sources, and the bytes that are decisive."""
    columns = {name: found[name] for name in found.column_names}
    is_large = np.zeros(found.num_rows, bool)
    for side in ("a", "b"):
        sources = found[f"source_{side}"].to_pylist()
        shares = {
            unit: found[f"{unit}_{side}"].to_numpy() / np.array([totals[source][unit] for source in sources], np.int64)
            for unit in ("bytes", "records")
        }
        is_large |= np.maximum(*shares.values()) >= min_share
        columns[f"share_{side}"] = pa.array(shares["bytes"])
        columns[f"share_records_{side}"] = pa.array(shares["records"])
    columns["is_large_part"] = pa.array(is_large)
    for side in ("a", "b"):
        columns[f"decisive_bytes_{side}"] = pc.if_else(
            columns["is_large_part"], found[f"bytes_{side}"], found[f"long_bytes_{side}"]
        )
    return pa.table(columns).select(OVERLAPS.schema.names).cast(OVERLAPS.schema)
