"""Which sources share copies, and how much of each they share.

A record of one source counts when it was verified directly against a record of the other: their bytes are the same
(by sha256), or the two contents are a verified pair. That both resemble a third record counts for nothing, so in
buckets too large for all pairs (``pairing.py``) a near copy may go uncounted; an exact one never does.
Records of under ``overlap_min_shingles`` distinct shingles and files that show a license are left out.
"""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from corpus_audit.dedup.records import Records, UniqueContents
from corpus_audit.dedup.verify import VerifiedPairs
from corpus_audit.engine.base import Engine
from corpus_audit.schemas import OVERLAPS

# One row for each content in each source that holds it: its records there, and the smallest of them.
_HELD = """
CREATE TABLE held AS
SELECT content, source, count(*) AS records, CAST(sum(size_bytes) AS BIGINT) AS bytes, min(size_bytes) AS size_bytes,
       min(record) AS record
FROM copied_records GROUP BY content, source
"""

# One row for each content, its source, another source, and a copy there.
_RELATIONS = """
CREATE TABLE relations AS
SELECT one.source, other.source AS other_source, one.content, one.records, one.bytes, one.size_bytes, one.record,
       other.record AS other_record, 1 AS is_exact, CAST(1 AS DOUBLE) AS jaccard
FROM held AS one JOIN held AS other ON one.content = other.content
WHERE one.source <> other.source
UNION ALL
SELECT one.source, other.source AS other_source, one.content, one.records, one.bytes, one.size_bytes, one.record,
       other.record AS other_record, 0 AS is_exact, near.jaccard
FROM near_relations AS near
JOIN held AS one ON one.content = near.content
JOIN held AS other ON other.content = near.other_content
WHERE one.source <> other.source
"""

_OVERLAPS = """
WITH per_content AS (
    SELECT source, other_source, content, max(records) AS records, max(bytes) AS bytes, max(is_exact) AS is_exact,
           max(jaccard) AS jaccard
    FROM relations GROUP BY source, other_source, content
), totals AS (
    SELECT source, other_source,
           CAST(sum(records) AS BIGINT) AS records, CAST(sum(bytes) AS BIGINT) AS bytes,
           CAST(sum(CASE WHEN is_exact = 1 THEN records ELSE 0 END) AS BIGINT) AS exact_records,
           max(jaccard) AS max_jaccard
    FROM per_content GROUP BY source, other_source
), ranked AS (
    SELECT source, other_source, record, other_record,
           row_number() OVER (
               PARTITION BY source, other_source
               ORDER BY size_bytes DESC, record, is_exact DESC, jaccard DESC, other_record
           ) AS place
    FROM relations WHERE source < other_source
)
SELECT a.source AS source_a, a.other_source AS source_b, a.records AS records_a, b.records AS records_b,
       a.bytes AS bytes_a, b.bytes AS bytes_b, a.exact_records AS exact_records,
       a.records - a.exact_records AS near_records, a.max_jaccard AS max_jaccard,
       ranked.record AS example_a, ranked.other_record AS example_b
FROM totals AS a
JOIN totals AS b ON a.source = b.other_source AND a.other_source = b.source
JOIN ranked ON ranked.source = a.source AND ranked.other_source = a.other_source AND ranked.place = 1
WHERE a.source < a.other_source
ORDER BY source_a, source_b
"""


def compute_overlaps(
    engine: Engine, records: Records, contents: UniqueContents, verified: VerifiedPairs, may_overlap: NDArray[np.bool_]
) -> pa.Table:
    """Return table OVERLAPS: one row for every two sources that share verified copies of records that *may_overlap*."""
    engine.add_arrow("copied_records", _copied_records(records, contents, verified, may_overlap))
    engine.add_arrow("near_relations", _near_relations(verified))
    for statement in (_HELD, _RELATIONS):
        engine.execute(statement)
    found = engine.fetch(_OVERLAPS)
    for table in ("relations", "held"):
        engine.execute(f"DROP TABLE {table}")
    return _name(found, records)


def _copied_records(
    records: Records, contents: UniqueContents, verified: VerifiedPairs, may_overlap: NDArray[np.bool_]
) -> pa.Table:
    """Return the records that may overlap and whose content another record holds or resembles."""
    is_copied = contents.copies > 1
    is_copied[verified.pairs.ravel()] = True
    eligible = np.flatnonzero(may_overlap)
    numbers = eligible[is_copied[records.contents[eligible]]]
    return pa.table(
        {
            "record": numbers,
            "content": records.contents[numbers],
            "source": records.sources[numbers],
            "size_bytes": records.sizes[numbers],
        }
    )


def _near_relations(verified: VerifiedPairs) -> pa.Table:
    """Return the verified pairs in both directions."""
    return pa.table(
        {
            "content": np.concatenate([verified.pairs[:, 0], verified.pairs[:, 1]]),
            "other_content": np.concatenate([verified.pairs[:, 1], verified.pairs[:, 0]]),
            "jaccard": np.concatenate([verified.jaccard, verified.jaccard]),
        }
    )


def _name(found: pa.Table, records: Records) -> pa.Table:
    """Return the overlaps with names for numbers, and bytes as shares of their source's text."""
    totals = np.bincount(records.sources, weights=records.sizes, minlength=len(records.source_names))
    columns = {name: found[name] for name in found.column_names}
    for side in ("a", "b"):
        source = found[f"source_{side}"].to_numpy()
        columns[f"source_{side}"] = records.source_names.take(pa.array(source))
        columns[f"share_{side}"] = pa.array(found[f"bytes_{side}"].to_numpy() / totals[source])
        columns[f"example_{side}"] = records.ids.take(found[f"example_{side}"].combine_chunks())
    return pa.table(columns).select(OVERLAPS.schema.names).cast(OVERLAPS.schema)
