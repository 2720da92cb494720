"""What is counted of each stage's work: read from what it stored, for logs, lineage and metrics alike."""

from collections.abc import Callable, Mapping

import pyarrow.compute as pc
import pyarrow.parquet as pq

from corpus_audit import schemas
from corpus_audit.store import AuditFolder, read_json
from corpus_audit.vocabulary import Severity

MEASURE = "measure"
"""The stage that has a folder for each shard."""

Count = Callable[[AuditFolder, str], int]
"""Counts something in a stage's folder of this name."""


def rows(*tables: schemas.Table) -> Count:
    """Return what counts the rows of tables."""
    return lambda audit, folder: sum(pq.read_metadata(audit.table_path(folder, table)).num_rows for table in tables)


def total(table: schemas.Table, column: str) -> Count:
    """Return what adds up a column of a table."""

    def count(audit: AuditFolder, folder: str) -> int:
        values = pq.read_table(audit.table_path(folder, table), columns=[column])[column]
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


_FIGURES: Mapping[str, Mapping[str, Count]] = {
    "ingest": {
        "sources": rows(schemas.CLAIMED_SOURCES),
        "files": rows(schemas.FILES),
        "bytes": total(schemas.FILES, "observed_size_bytes"),
        "defects": rows(schemas.DEFECTS),
    },
    MEASURE: {
        "records": rows(schemas.RECORDS),
        "bytes": total(schemas.RECORDS, "size_bytes"),
        "spans": rows(schemas.SPANS),
        "media": rows(schemas.MEDIA),
        "defects": rows(schemas.DEFECTS),
    },
    "deduplicate": {
        "pairs": rows(schemas.PAIRS),
        "cluster_members": rows(schemas.CLUSTERS),
        "overlaps": rows(schemas.OVERLAPS),
    },
    "compare": {"audits": rows(schemas.DATASET_OVERLAPS), "pairs": rows(schemas.AUDIT_PAIRS)},
    "names": {"records": rows(schemas.NAME_SAMPLES), "spans": rows(schemas.NAME_SPANS)},
    "gather": {"rows": rows(*schemas.EVIDENCE)},
    "evaluate": {"rules": rows(schemas.RULES), "findings": rows(schemas.FINDINGS)},
    "conclude": {
        "decisions": rows(schemas.DECISIONS),
        **{str(severity): open_findings(severity) for severity in Severity},
    },
    "report": {"bytes": written_bytes},
}


def figures_of(audit: AuditFolder, stage: str, folder: str) -> dict[str, int]:
    """Return what is counted of a finished stage, by name; *folder* is where the stage stored it."""
    return {name: count(audit, folder) for name, count in _FIGURES[stage].items()}
