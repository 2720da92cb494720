"""The sources that share copies, and the share of each that is copied.

A record of one source counts when it was verified directly against a record of the other: their bytes are the same
(by sha256), or the two contents are a verified pair. That both resemble a third record counts for nothing, so in
buckets too large for all pairs (``pairing.py``) a near copy may go uncounted; an exact one never does.
Files that show a license are left out.

Every overlap is listed. What it says of license terms is another question: a few short records are alike because
everyone writes them. So an overlap has *decisive* bytes: those of records of at least ``overlap_min_shingles`` distinct
shingles, or all of them where they are at least ``overlap_min_share`` of either source, by records or by bytes.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from corpus_audit.config import Parameters
from corpus_audit.dedup.records import Records, UniqueContents
from corpus_audit.dedup.verify import VerifiedPairs
from corpus_audit.engine.base import Engine
from corpus_audit.schemas import OVERLAPS

# One row for each content in each source that holds it: its records there, and the smallest of them.
_HELD = """
CREATE TABLE held AS
SELECT content, source, count(*) AS records, CAST(sum(size_bytes) AS BIGINT) AS bytes, min(size_bytes) AS size_bytes,
       min(record) AS record, min(is_long) AS is_long
FROM copied_records GROUP BY content, source
"""

# One row for each content, its source, another source, and a copy there.
_RELATIONS = """
CREATE TABLE relations AS
SELECT one.source, other.source AS other_source, one.content, one.records, one.bytes, one.size_bytes, one.record,
       other.record AS other_record, 1 AS is_exact, CAST(1 AS DOUBLE) AS jaccard, one.is_long
FROM held AS one JOIN held AS other ON one.content = other.content
WHERE one.source <> other.source
UNION ALL
SELECT one.source, other.source AS other_source, one.content, one.records, one.bytes, one.size_bytes, one.record,
       other.record AS other_record, 0 AS is_exact, near.jaccard, one.is_long * other.is_long AS is_long
FROM near_relations AS near
JOIN held AS one ON one.content = near.content
JOIN held AS other ON other.content = near.other_content
WHERE one.source <> other.source
"""

_OVERLAPS = """
WITH per_content AS (
    SELECT source, other_source, content, max(records) AS records, max(bytes) AS bytes, max(is_exact) AS is_exact,
           max(jaccard) AS jaccard, max(is_long) AS is_long
    FROM relations GROUP BY source, other_source, content
), totals AS (
    SELECT source, other_source,
           CAST(sum(records) AS BIGINT) AS records, CAST(sum(bytes) AS BIGINT) AS bytes,
           CAST(sum(CASE WHEN is_exact = 1 THEN records ELSE 0 END) AS BIGINT) AS exact_records,
           CAST(sum(CASE WHEN is_long = 1 THEN bytes ELSE 0 END) AS BIGINT) AS long_bytes,
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
       a.long_bytes AS long_bytes_a, b.long_bytes AS long_bytes_b,
       a.records - a.exact_records AS near_records, a.max_jaccard AS max_jaccard,
       ranked.record AS example_a, ranked.other_record AS example_b
FROM totals AS a
JOIN totals AS b ON a.source = b.other_source AND a.other_source = b.source
JOIN ranked ON ranked.source = a.source AND ranked.other_source = a.other_source AND ranked.place = 1
WHERE a.source < a.other_source
ORDER BY source_a, source_b
"""


def compute_overlaps(
    engine: Engine,
    records: Records,
    contents: UniqueContents,
    verified: VerifiedPairs,
    may_overlap: NDArray[np.bool_],
    parameters: Parameters,
) -> pa.Table:
    """Return table OVERLAPS: one row for every two sources that share verified copies of records that *may_overlap*."""
    is_long = contents.is_media | (contents.shingles >= parameters.overlap_min_shingles)
    engine.add_arrow("copied_records", _copied_records(records, contents, verified, may_overlap, is_long))
    engine.add_arrow("near_relations", _near_relations(verified))
    for statement in (_HELD, _RELATIONS):
        engine.execute(statement)
    found = engine.fetch(_OVERLAPS)
    for table in ("relations", "held"):
        engine.execute(f"DROP TABLE {table}")
    return _name(found, records, parameters.overlap_min_share)


def _copied_records(
    records: Records,
    contents: UniqueContents,
    verified: VerifiedPairs,
    may_overlap: NDArray[np.bool_],
    is_long: NDArray[np.bool_],
) -> pa.Table:
    """Return the records that may overlap and share or resemble another record's content."""
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
            "is_long": is_long[records.contents[numbers]].astype(np.int32),
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


def _name(found: pa.Table, records: Records, min_share: float) -> pa.Table:
    """Return the overlaps with names for numbers, shares of their sources, and the bytes that are decisive."""
    count = len(records.source_names)
    totals = {
        "bytes": np.bincount(records.sources, weights=records.sizes, minlength=count),
        "records": np.bincount(records.sources, minlength=count),
    }
    columns = {name: found[name] for name in found.column_names}
    is_large = np.zeros(found.num_rows, bool)
    for side in ("a", "b"):
        source = found[f"source_{side}"].to_numpy()
        shares = {unit: found[f"{unit}_{side}"].to_numpy() / total[source] for unit, total in totals.items()}
        is_large |= np.maximum(*shares.values()) >= min_share
        columns[f"source_{side}"] = records.source_names.take(pa.array(source))
        columns[f"share_{side}"] = pa.array(shares["bytes"])
        columns[f"share_records_{side}"] = pa.array(shares["records"])
        columns[f"example_{side}"] = records.ids.take(found[f"example_{side}"].combine_chunks())
    columns["is_large_part"] = pa.array(is_large)
    for side in ("a", "b"):
        columns[f"decisive_bytes_{side}"] = pc.if_else(
            columns["is_large_part"], found[f"bytes_{side}"], found[f"long_bytes_{side}"]
        )
    return pa.table(columns).select(OVERLAPS.schema.names).cast(OVERLAPS.schema)
