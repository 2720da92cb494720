"""The fate of each record between two audits.

A record with the same id and the same bytes is unchanged. Of the others, those with the same bytes are set beside each
other, one for one, and have moved: a row that was put in moves those after it and changes none of them. Of what is
left, those with the same id have changed. The rest was added or removed; so is one copy more or less of a text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from corpus_audit.engine.base import Engine
from corpus_audit.schemas import CLUSTERS, RECORD_CHANGES, RECORDS

_REST = """
CREATE TABLE rest_{side} AS
SELECT record_id, source_id, size_bytes, content_sha256,
       row_number() OVER (PARTITION BY content_sha256 ORDER BY record_id) AS place
FROM {side}_records AS mine
WHERE NOT EXISTS (
    SELECT 1 FROM {other}_records AS theirs
    WHERE theirs.record_id = mine.record_id AND theirs.content_sha256 = mine.content_sha256
)
"""

_MOVED = """
CREATE TABLE moved AS
SELECT rest_after.record_id, rest_before.record_id AS record_before
FROM rest_after JOIN rest_before
  ON rest_after.content_sha256 = rest_before.content_sha256 AND rest_after.place = rest_before.place
"""

_LEFT = """
CREATE TABLE left_{side} AS
SELECT record_id, source_id, size_bytes FROM rest_{side}
WHERE record_id NOT IN (SELECT {column} FROM moved)
"""

_CHANGES = """
CREATE TABLE changes AS
SELECT rest_after.record_id, source_id, 'moved' AS change, record_before, size_bytes
FROM rest_after JOIN moved ON moved.record_id = rest_after.record_id
UNION ALL
SELECT mine.record_id, mine.source_id,
       CASE WHEN theirs.record_id IS NULL THEN 'added' ELSE 'changed' END AS change,
       theirs.record_id AS record_before, mine.size_bytes
FROM left_after AS mine LEFT JOIN left_before AS theirs ON theirs.record_id = mine.record_id
UNION ALL
SELECT theirs.record_id, theirs.source_id, 'removed' AS change, theirs.record_id AS record_before, theirs.size_bytes
FROM left_before AS theirs LEFT JOIN left_after AS mine ON mine.record_id = theirs.record_id
WHERE mine.record_id IS NULL
"""

# Every copy of the later audit whose record was no copy in the earlier one, or was not there.
_NEW_COPIES = """
CREATE TABLE new_copies AS
SELECT copies.record_id, copies.source_id, copies.kind, copies.size_bytes
FROM after_clusters AS copies
LEFT JOIN changes ON changes.record_id = copies.record_id AND changes.change <> 'removed'
LEFT JOIN before_clusters AS earlier
  ON earlier.record_id = CASE WHEN changes.change IS NULL THEN copies.record_id ELSE changes.record_before END
WHERE copies.kind <> 'representative' AND (earlier.kind IS NULL OR earlier.kind = 'representative')
"""

_TOTALS = """
SELECT source_id, change, count(*) AS records, CAST(sum(size_bytes) AS BIGINT) AS size_bytes
FROM changes GROUP BY source_id, change
UNION ALL
SELECT source_id, 'unchanged' AS change, count(*) AS records, CAST(sum(size_bytes) AS BIGINT) AS size_bytes
FROM after_records AS mine
WHERE NOT EXISTS (SELECT 1 FROM rest_after WHERE rest_after.record_id = mine.record_id)
GROUP BY source_id
ORDER BY source_id, change
"""

_COPY_TOTALS = """
SELECT source_id, kind, count(*) AS records, CAST(sum(size_bytes) AS BIGINT) AS size_bytes
FROM new_copies GROUP BY source_id, kind ORDER BY source_id, kind
"""

_ROWS = """
SELECT changes.record_id, changes.source_id, change, record_before, changes.size_bytes, kind AS newly_duplicated
FROM changes
LEFT JOIN new_copies ON new_copies.record_id = changes.record_id AND change <> 'removed'
UNION ALL
SELECT record_id, source_id, 'unchanged' AS change, record_id AS record_before, size_bytes, kind AS newly_duplicated
FROM new_copies
WHERE NOT EXISTS (SELECT 1 FROM changes WHERE changes.record_id = new_copies.record_id AND change <> 'removed')
ORDER BY record_id, change
"""


@dataclass(frozen=True)
class AuditedRecords:
    """Where the records of one audit and their clusters are: files of tables RECORDS and CLUSTERS."""

    records: Sequence[Path]
    clusters: Path


@dataclass(frozen=True)
class Changes:
    """What became of records, by source: rows of source_id, change or kind, records and size_bytes."""

    totals: pa.Table
    new_copies: pa.Table


def compare_records(engine: Engine, before: AuditedRecords, after: AuditedRecords) -> Changes:
    """Return what became of the records of one audit in another; ``changed_records`` then yields them one by one."""
    for side, audited in (("before", before), ("after", after)):
        engine.add_parquet(f"{side}_records", audited.records, RECORDS)
        engine.add_parquet(f"{side}_clusters", [audited.clusters], CLUSTERS)
    for statement in (
        _REST.format(side="before", other="after"),
        _REST.format(side="after", other="before"),
        _MOVED,
        _LEFT.format(side="before", column="record_before"),
        _LEFT.format(side="after", column="record_id"),
        _CHANGES,
        _NEW_COPIES,
    ):
        engine.execute(statement)
    return Changes(engine.fetch(_TOTALS), engine.fetch(_COPY_TOTALS))


def changed_records(engine: Engine) -> Iterator[pa.RecordBatch]:
    """Yield table RECORD_CHANGES for the audits that ``compare_records`` compared in this engine."""
    for batch in engine.stream(_ROWS):
        yield batch.select(RECORD_CHANGES.schema.names).cast(RECORD_CHANGES.schema)
