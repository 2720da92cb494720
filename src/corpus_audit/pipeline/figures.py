"""Figures of a stage's work, counted from its stored output: for logs, lineage and metrics alike."""

import pyarrow.compute as pc
import pyarrow.parquet as pq

from corpus_audit import schemas
from corpus_audit.pipeline.context import measured
from corpus_audit.pipeline.stage import Count
from corpus_audit.store import AuditFolder, read_json, read_table
from corpus_audit.vocabulary import Severity


def rows(*tables: schemas.Table) -> Count:
    """Return what counts the rows of tables."""
    return lambda audit, folder: sum(pq.read_metadata(audit.table_path(folder, table)).num_rows for table in tables)


def measured_rows(table: schemas.Table) -> Count:
    """Return what counts the rows of a table that each shard has its part of."""
    return lambda audit, _folder: sum(pq.read_metadata(path).num_rows for path in measured(audit, table))


def total(table: schemas.Table, column: str) -> Count:
    """Return what adds up a column of a table."""

    def count(audit: AuditFolder, folder: str) -> int:
        values = read_table(audit.table_path(folder, table), [column])[column]
        return int(pc.sum(values).as_py() or 0)

    return count


def open_findings(severity: Severity) -> Count:
    """Return what takes the open findings of a severity from the verdict."""
    return lambda audit, folder: int(
        read_json(audit.folder(folder) / "verdict.json")["findings_by_severity"].get(severity, 0)
    )


def written_bytes(audit: AuditFolder, folder: str) -> int:
    """Return the size of everything in a stage's folder."""
    return sum(path.stat().st_size for path in audit.folder(folder).rglob("*") if path.is_file())
