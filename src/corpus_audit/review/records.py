"""The records behind a finding, and the copies between two sources: SQL pages over measured data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from corpus_audit import schemas
from corpus_audit.engine.duckdb import DuckDBEngine
from corpus_audit.errors import Refusal, StoreError
from corpus_audit.evidence import tables
from corpus_audit.pipeline import measured
from corpus_audit.pipeline.verification import intact_files
from corpus_audit.review.engines import borrowed_engine
from corpus_audit.review.findings import ListedFinding
from corpus_audit.schemas.marking import _
from corpus_audit.store import AuditFolder

_NO_RECORD = _("There is no record '{record}' in this audit.")

PAGE_SIZE = 25
ROW_PAGE_SIZE = 50
_TABLES = {table.name: table for table in tables.EVIDENCE}

# A row whose text was not read is no record; its file is the one that its id begins with.
_SPANS = """
SELECT s.record_id, s.source_id, coalesce(r.file, f.file) AS file,
       coalesce(r.row, CAST(split_part(s.record_id, ':', 2) AS BIGINT)) AS row, coalesce(r.size_bytes, 0) AS size_bytes,
       list(s.entity_type ORDER BY s.field, s.start_byte) AS found,
       list(s.masked ORDER BY s.field, s.start_byte) AS masked, list(s.field ORDER BY s.field, s.start_byte) AS columns
FROM spans AS s LEFT JOIN records AS r ON r.record_id = s.record_id
JOIN files AS f ON f.file_id = split_part(s.record_id, ':', 1) CROSS JOIN asked AS a
WHERE s.source_id = a.source_id {condition}
GROUP BY ALL
"""
_RECORDS = """
SELECT r.record_id, r.source_id, r.file, r.row, r.size_bytes, CAST([] AS VARCHAR[]) AS found,
       CAST([] AS VARCHAR[]) AS masked, CAST([] AS VARCHAR[]) AS columns
FROM records AS r CROSS JOIN asked AS a
WHERE {condition}
"""
_PAIR = """
SELECT p.kind, p.jaccard, CASE WHEN p.record_a = a.a THEN p.containment_a ELSE p.containment_b END AS containment_first,
       CASE WHEN p.record_a = a.a THEN p.containment_b ELSE p.containment_a END AS containment_second
FROM pairs AS p CROSS JOIN asked AS a
WHERE (p.record_a = a.a AND p.record_b = a.b) OR (p.record_a = a.b AND p.record_b = a.a)
LIMIT 1
"""
_OF_THE_ENTITY = _SPANS.format(condition="AND s.entity_type = a.entity_type")
_WITH_SPANS = _SPANS.format(condition="")
_OF_THE_FILE = _RECORDS.format(condition="r.source_id = a.source_id AND r.file = a.file")
_OF_THE_SUBJECT = _RECORDS.format(condition="list_contains(r.subject_ids, a.subject_id)")
_WITH_THE_WORK = _RECORDS.format(
    condition="""r.source_id = a.source_id AND r.record_id IN
    (SELECT h.record_id FROM reference_hits AS h WHERE h.reference = a.reference)"""
)

_BEHIND: Mapping[str, str] = {
    tables.PERSONAL_INFORMATION.name: _OF_THE_ENTITY,
    tables.SOURCES.name: _WITH_SPANS,
    tables.FILES.name: _OF_THE_FILE,
    tables.DEFECTS.name: _OF_THE_FILE,
    tables.SUBJECTS.name: _OF_THE_SUBJECT,
    tables.REFERENCES.name: _WITH_THE_WORK,
}
"""What the records behind a row of an evidence table are; the other tables have none, or pairs."""


@dataclass(frozen=True)
class FoundRecord:
    """One record: where it is, and what was found in it, masked, each in its column ('' for the text)."""

    record_id: str
    source_id: str
    file: str
    row: int
    size_bytes: int
    found: tuple[str, ...] = ()
    masked: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class RecordPage:
    """One page of records, and how many there are on all pages."""

    records: tuple[FoundRecord, ...]
    total: int


@dataclass(frozen=True)
class Pair:
    """Two records of which one copies the other, verified on their texts."""

    record_a: str
    record_b: str
    source_a: str
    source_b: str
    file_a: str
    file_b: str
    kind: str
    jaccard: float
    containment_a: float
    containment_b: float


@dataclass(frozen=True)
class PairPage:
    """One page of pairs, and how many there are on all pages."""

    pairs: tuple[Pair, ...]
    total: int


@dataclass(frozen=True)
class RowPage:
    """One page of the rows of an evidence table, and how many there are on all pages."""

    rows: list[dict[str, Any]]
    total: int


def evidence_row(audit: AuditFolder, finding: ListedFinding) -> dict[str, Any]:
    """Return the whole evidence row that a finding is about; empty when its table has no such row any more."""
    table = _TABLES[finding.evidence_table]
    key = ", ".join(f'"{name}"' for name in table.key)
    with borrowed_engine() as engine:
        engine.add_parquet("evidence", [audit.table_path("gather", table)], table)
        engine.add_arrow("asked", pa.table({"subject": [finding.subject]}))
        matching = f"SELECT e.* FROM evidence AS e, asked WHERE concat_ws(' / ', {key}) = asked.subject LIMIT 1"  # noqa: S608 - columns of a schema
        rows: list[dict[str, Any]] = engine.fetch(matching).to_pylist()
    return rows[0] if rows else {}


def records_behind(audit: AuditFolder, finding: ListedFinding, row: Mapping[str, Any], page: int) -> RecordPage:
    """Return one page of the records behind a finding's evidence row."""
    statement = _BEHIND.get(finding.evidence_table)
    if statement is None:
        return RecordPage((), 0)
    asked = {name: str(row.get(name) or "") for name in ("source_id", "entity_type", "file", "subject_id", "reference")}
    with borrowed_engine() as engine:
        for table in (schemas.RECORDS, schemas.SPANS, schemas.REFERENCE_HITS):
            engine.add_parquet(table.name, _measured(audit, table), table)
        engine.add_parquet("files", [audit.table_path("ingest", schemas.FILES)], schemas.FILES)
        engine.add_arrow("asked", pa.Table.from_pylist([asked]))
        found, total = _page(engine, statement, "record_id", page)
    return RecordPage(tuple(FoundRecord(**_as_tuples(record)) for record in found), total)


def source_overlaps(audit: AuditFolder, source: str, page: int) -> RowPage:
    """Return one page of the pairs of sources that share copies, largest first; of one source, or of all when ''."""
    statement = """
    SELECT e.* FROM evidence AS e CROSS JOIN asked AS a
    WHERE a.source = '' OR a.source IN (e.source_a, e.source_b)
    """
    order = "greatest(bytes_a, bytes_b) DESC, source_a, source_b"
    table = tables.OVERLAPS
    with borrowed_engine() as engine:
        engine.add_parquet("evidence", [audit.table_path("gather", table)], table)
        engine.add_arrow("asked", pa.table({"source": [source]}))
        return RowPage(*_page(engine, statement, order, page, ROW_PAGE_SIZE))


def works_found(audit: AuditFolder, page: int) -> RowPage:
    """Return one page of the references whose works a source's records contain, those with most records first."""
    statement = "SELECT * FROM evidence WHERE records > 0"
    table = tables.REFERENCES
    with borrowed_engine() as engine:
        engine.add_parquet("evidence", [audit.table_path("gather", table)], table)
        return RowPage(*_page(engine, statement, "records DESC, reference, source_id", page, ROW_PAGE_SIZE))


def pairs_between(audit: AuditFolder, source_a: str, source_b: str, page: int) -> PairPage:
    """Return one page of the verified copies between two sources, most alike first."""
    statement = """
    SELECT p.record_a, p.record_b, p.source_a, p.source_b, ra.file AS file_a, rb.file AS file_b, p.kind, p.jaccard,
           p.containment_a, p.containment_b
    FROM pairs AS p JOIN records AS ra ON ra.record_id = p.record_a JOIN records AS rb ON rb.record_id = p.record_b
    CROSS JOIN asked AS a
    WHERE (p.source_a = a.first AND p.source_b = a.second) OR (p.source_a = a.second AND p.source_b = a.first)
    """
    with borrowed_engine() as engine:
        engine.add_parquet("records", _measured(audit, schemas.RECORDS), schemas.RECORDS)
        engine.add_parquet("pairs", [_pairs(audit)], schemas.PAIRS)
        engine.add_arrow("asked", pa.table({"first": [source_a], "second": [source_b]}))
        found, total = _page(engine, statement, "jaccard DESC, record_a, record_b", page)
    return PairPage(tuple(Pair(**pair) for pair in found), total)


def pair_of(audit: AuditFolder, record_a: str, record_b: str) -> dict[str, Any]:
    """Return kind, jaccard and both containments of two copies, of the first record first; empty when none is known."""
    with borrowed_engine() as engine:
        engine.add_parquet("pairs", [_pairs(audit)], schemas.PAIRS)
        engine.add_arrow("asked", pa.table({"a": [record_a], "b": [record_b]}))
        rows: list[dict[str, Any]] = engine.fetch(_PAIR).to_pylist()
    return rows[0] if rows else {}


def licenses_of(audit: AuditFolder, sources: Sequence[str]) -> dict[str, str]:
    """Return the resolved license expression of each source."""
    path = audit.table_path("gather", tables.SOURCES)
    rows = pq.read_table(path, columns=["source_id", "license_expression"]).to_pylist()
    return {row["source_id"]: row["license_expression"] for row in rows if row["source_id"] in sources}


def copies_of(audit: AuditFolder, record_id: str) -> list[dict[str, Any]]:
    """Return the copies of one record, most alike first: record_id, source_id, kind and jaccard of at most a page."""
    statement = f"""
    SELECT CASE WHEN p.record_a = a.record_id THEN p.record_b ELSE p.record_a END AS record_id,
           CASE WHEN p.record_a = a.record_id THEN p.source_b ELSE p.source_a END AS source_id, p.kind, p.jaccard
    FROM pairs AS p, asked AS a WHERE a.record_id IN (p.record_a, p.record_b)
    ORDER BY jaccard DESC, record_id LIMIT {PAGE_SIZE}
    """  # noqa: S608 - a constant
    with borrowed_engine() as engine:
        engine.add_parquet("pairs", [_pairs(audit)], schemas.PAIRS)
        engine.add_arrow("asked", pa.table({"record_id": [record_id]}))
        copies: list[dict[str, Any]] = engine.fetch(statement).to_pylist()
    return copies


def find_record(audit: AuditFolder, record_id: str) -> tuple[FoundRecord, bytes | None, list[dict[str, Any]]]:
    """Return one record, the sha256 of its text, and its spans in the order of their columns and places.

    A row that was only scanned in other columns has no sha256. Raises StoreError when the audit knows no such row.
    """
    wanted = [("record_id", "=", record_id)]
    columns = ["record_id", "source_id", "file", "row", "size_bytes", "content_sha256"]
    rows = _filtered(_measured(audit, schemas.RECORDS), columns, wanted)
    places = ["field", "start_byte", "end_byte", "kind", "entity_type", "masked"]
    spans = _filtered(_measured(audit, schemas.SPANS), places, wanted)
    if not rows and spans:
        rows = _scanned_row(audit, record_id)
    if not rows:
        raise StoreError(Refusal(_NO_RECORD, {"record": record_id}))
    digest = rows[0].pop("content_sha256")
    ordered = sorted(spans, key=lambda span: (span["field"], span["start_byte"], -span["end_byte"]))
    return FoundRecord(**rows[0]), digest, ordered


def _measured(audit: AuditFolder, table: schemas.Table) -> Sequence[Path]:
    """Return a table's files of all shards, as they were measured: what is masked on a page depends on them."""
    return intact_files(audit, measured(audit, table))


def _pairs(audit: AuditFolder) -> Path:
    (path,) = intact_files(audit, [audit.table_path("deduplicate", schemas.PAIRS)])
    return path


def _scanned_row(audit: AuditFolder, record_id: str) -> list[dict[str, Any]]:
    """Return where a row is of which only other columns were scanned."""
    file_id, _, row = record_id.partition(":")
    files = _filtered([audit.table_path("ingest", schemas.FILES)], ["source_id", "file"], [("file_id", "=", file_id)])
    known = {"record_id": record_id, "row": int(row), "size_bytes": 0, "content_sha256": None}
    return [file | known for file in files]


def _filtered(paths: Sequence[Path], columns: list[str], wanted: list[tuple[str, str, str]]) -> list[dict[str, Any]]:
    tables = [pq.read_table(path, columns=columns, filters=wanted) for path in paths]
    return [row for table in tables for row in table.to_pylist()]


def _page(
    engine: DuckDBEngine, statement: str, order: str, page: int, size: int = PAGE_SIZE
) -> tuple[list[dict[str, Any]], int]:
    skip = (page - 1) * size
    total: int = engine.fetch(f"SELECT count(*) AS n FROM ({statement})")["n"][0].as_py()  # noqa: S608 - of this module
    rows = engine.fetch(f"SELECT * FROM ({statement}) ORDER BY {order} LIMIT {size} OFFSET {skip}")  # noqa: S608
    return rows.to_pylist(), total


def _as_tuples(record: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in record.items()}
