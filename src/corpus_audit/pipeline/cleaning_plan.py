"""The plan of a cleaning: which rows go, and which places in the others are masked, sorted by file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from corpus_audit import schemas
from corpus_audit.export.exclusions.exclusions import EXCLUSIONS
from corpus_audit.export.exclusions.reasons import COPY_REASONS
from corpus_audit.pipeline.cleaned_files import DROPPED, MASKED, RowCounts
from corpus_audit.pipeline.context import RunContext, measured, open_engine
from corpus_audit.store import AuditFolder
from corpus_audit.vocabulary import DefectCode, SpanKind

DROPPED_FILE, MASKED_FILE = "dropped.parquet", "masked.parquet"

_REASONS_OF_RECORDS = f"""
    CREATE TABLE gone_records AS
    SELECT record_id, MAX(CASE WHEN value IN ('{COPY_REASONS[0]}', '{COPY_REASONS[1]}') THEN 0 ELSE 1 END) AS otherwise
    FROM exclusion_reasons GROUP BY record_id
"""  # noqa: S608 - constants

# A row goes as a copy where all that it holds is a copy: a caption may stand with many pictures.
_DROPPED = """
    SELECT file_id, row, CASE WHEN otherwise = 1 THEN 0 ELSE 1 END AS is_copy
    FROM (
        SELECT SPLIT_PART(records.record_id, ':', 1) AS file_id, records.row, COUNT(*) AS records,
               COUNT(gone_records.record_id) AS gone, COALESCE(MAX(gone_records.otherwise), 0) AS otherwise
        FROM records LEFT JOIN gone_records ON gone_records.record_id = records.record_id
        GROUP BY SPLIT_PART(records.record_id, ':', 1), records.row
    ) AS counted
    WHERE otherwise = 1 OR gone = records
    ORDER BY file_id, row
"""

# Those of rows that go as well: their values may stand beside the row, and copies stay where their sample does.
_MASKED = f"""
    SELECT SPLIT_PART(record_id, ':', 1) AS file_id, CAST(SPLIT_PART(record_id, ':', 2) AS BIGINT) AS row,
           field, start_byte, end_byte, entity_type
    FROM spans WHERE kind IN ('{SpanKind.PERSONAL_INFORMATION}', '{SpanKind.SECRET}')
    ORDER BY file_id, row, field, start_byte
"""  # noqa: S608 - constants

_COUNTS = f"""
    SELECT counts.file_id, counts.rows, counts.rows_read, CAST(COALESCE(bad.count, 0) AS BIGINT) AS rows_bad,
           counts.members_unread, counts.breaks
    FROM (
        SELECT file_id, source_id, file, CAST(SUM(rows) AS BIGINT) AS rows, CAST(SUM(rows_read) AS BIGINT) AS rows_read,
               CAST(SUM(members - members_read) AS BIGINT) AS members_unread, CAST(SUM(breaks) AS BIGINT) AS breaks
        FROM read_counts GROUP BY file_id, source_id, file
    ) AS counts
    LEFT JOIN (
        SELECT source_id, file, SUM(count) AS count FROM unread WHERE reason = '{DefectCode.BAD_ROW}'
        GROUP BY source_id, file
    ) AS bad ON bad.source_id = counts.source_id AND bad.file = counts.file
"""  # noqa: S608 - constants

_BESIDE = """
    SELECT SUM(CASE WHEN gone_records.record_id IS NULL THEN 1 ELSE 0 END) AS beside,
           SUM(CASE WHEN dropped.row IS NULL THEN 1 ELSE 0 END) AS kept
    FROM records
    LEFT JOIN dropped ON dropped.file_id = SPLIT_PART(records.record_id, ':', 1) AND dropped.row = records.row
    LEFT JOIN gone_records ON gone_records.record_id = records.record_id
    WHERE (dropped.row IS NULL) <> (gone_records.record_id IS NULL)
"""


@dataclass(frozen=True)
class Aside:
    """Records that go because something else in their row goes, and copies that stay because something else stays."""

    gone: int = 0
    kept: int = 0


def plan_cleaning(
    audit: AuditFolder, exclusions: Path, folder: Path, context: RunContext, *, mask: bool
) -> tuple[Mapping[str, RowCounts], Aside]:
    """Write DROPPED_FILE and MASKED_FILE into *folder* by a list of exclusions; return what there is in each file."""
    with open_engine(context, folder) as engine:
        engine.add_parquet("exclusions", [exclusions], EXCLUSIONS)
        for table in (schemas.SPANS, schemas.READ_COUNTS, schemas.UNREAD, schemas.RECORDS):
            engine.add_parquet(table.name, measured(audit, table), table)
        engine.add_values("exclusion_reasons", "exclusions", "reasons", ["record_id"])
        engine.execute(_REASONS_OF_RECORDS)
        _write(folder / DROPPED_FILE, DROPPED, engine.stream(_DROPPED))
        engine.add_parquet("dropped", [folder / DROPPED_FILE], DROPPED)
        _write(folder / MASKED_FILE, MASKED, engine.stream(_MASKED) if mask else ())
        (aside,) = engine.fetch(_BESIDE).to_pylist()
        counts = {row.pop("file_id"): RowCounts(**row) for row in engine.fetch(_COUNTS).to_pylist()}
    return counts, Aside(aside["beside"] or 0, aside["kept"] or 0)


def _write(path: Path, table: schemas.Table, batches: Iterable[pa.RecordBatch]) -> None:
    with pq.ParquetWriter(path, table.schema) as file:
        for batch in batches:
            file.write_table(pa.Table.from_batches([batch]).cast(table.schema))
