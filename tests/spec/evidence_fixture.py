"""Small audits written as Parquet by hand, for the specs of the evidence tables."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from corpus_audit import schemas
from corpus_audit.engine.duckdb import DuckDBEngine
from corpus_audit.evidence import EvidenceInputs, gather
from corpus_audit.schemas import Table
from corpus_audit.store import write_table

Row = Mapping[str, Any]


def fill(table: Table, **given: Any) -> dict[str, Any]:
    """Return one row of *table*: what is given, and a plain value of its type for every other column."""
    unknown = set(given) - set(table.schema.names)
    assert not unknown, f"{table.name} has no columns {sorted(unknown)}"
    return {column.name: given.get(column.name, _plain(column.type)) for column in table.schema}


def _plain(kind: pa.DataType) -> Any:
    if pa.types.is_string(kind):
        return "not-recorded"
    if pa.types.is_list(kind):
        return []
    if pa.types.is_boolean(kind):
        return True
    return 0 if pa.types.is_integer(kind) else 0.0 if pa.types.is_floating(kind) else None


def source(source_id: str, **given: Any) -> dict[str, Any]:
    return fill(schemas.CLAIMED_SOURCES, source_id=source_id, **given)


def model(model_id: str, **given: Any) -> dict[str, Any]:
    return fill(schemas.CLAIMED_MODELS, model_id=model_id, **given)


def file(source_id: str, path: str, state: str = "verified", size: int | None = 10, **given: Any) -> dict[str, Any]:
    seen = None if state in ("missing", "refused", "unreadable") else "ab" * 32
    found = {"observed_sha256": seen, "observed_size_bytes": size if seen else None} | given
    return fill(schemas.FILES, source_id=source_id, file=path, state=state, **found)


def record(record_id: str, source_id: str, path: str, size: int, **given: Any) -> dict[str, Any]:
    found = {"characters": size, "size_bytes": size, "content_sha256": b"\0" * 32} | given
    return fill(schemas.RECORDS, record_id=record_id, source_id=source_id, file=path, **found)


def span(record_id: str, source_id: str, entity_type: str, value: bytes, **given: Any) -> dict[str, Any]:
    found = {"kind": "personal_information", "keyed_hash": value.ljust(16, b"\0"), "score": 1.0, "end_byte": 1} | given
    return fill(schemas.SPANS, record_id=record_id, source_id=source_id, entity_type=entity_type, **found)


def copy(record_id: str, source_id: str, kind: str, size: int) -> dict[str, Any]:
    return fill(schemas.CLUSTERS, record_id=record_id, source_id=source_id, kind=kind, size_bytes=size)


def overlap(source_a: str, source_b: str, **given: Any) -> dict[str, Any]:
    return fill(schemas.OVERLAPS, source_a=source_a, source_b=source_b, **given)


def defect(source_id: str, path: str, code: str, place: str, detail: str = "broken") -> dict[str, Any]:
    return fill(schemas.DEFECTS, source_id=source_id, file=path, code=code, place=place, detail=detail)


@dataclass(frozen=True)
class Audit:
    """What one small audit holds; records, spans and defects are written as one Parquet file for each inner list."""

    dataset: Row = field(default_factory=lambda: fill(schemas.CLAIMED_DATASET, dataset_id="corpus"))
    sources: list[Row] = field(default_factory=list)
    models: list[Row] = field(default_factory=list)
    files: list[Row] = field(default_factory=list)
    defects: list[list[Row]] = field(default_factory=list)
    records: list[list[Row]] = field(default_factory=list)
    spans: list[list[Row]] = field(default_factory=list)
    clusters: list[Row] = field(default_factory=list)
    overlaps: list[Row] = field(default_factory=list)

    def gather(self, folder: Path) -> dict[str, pa.Table]:
        """Return the evidence tables of this audit, made by the real engine from real Parquet files."""
        inputs = EvidenceInputs(
            claimed_dataset=_write_one(folder, schemas.CLAIMED_DATASET, [self.dataset]),
            claimed_sources=_write_one(folder, schemas.CLAIMED_SOURCES, self.sources),
            claimed_models=_write_one(folder, schemas.CLAIMED_MODELS, self.models),
            files=_write_one(folder, schemas.FILES, self.files),
            defects=_write(folder, schemas.DEFECTS, self.defects),
            records=_write(folder, schemas.RECORDS, self.records),
            spans=_write(folder, schemas.SPANS, self.spans),
            clusters=_write_one(folder, schemas.CLUSTERS, self.clusters),
            overlaps=_write_one(folder, schemas.OVERLAPS, self.overlaps),
        )
        with small_engine(folder) as engine:
            return gather(engine, inputs)


@contextmanager
def small_engine(folder: Path) -> Iterator[DuckDBEngine]:
    with DuckDBEngine(memory_limit="128MB", threads=2, spill_root=folder) as engine:
        yield engine


def _write(folder: Path, table: Table, shards: list[list[Row]]) -> tuple[Path, ...]:
    paths = []
    for number, rows in enumerate(shards):
        path = folder / f"{table.name}-{number}.parquet"
        write_table(path, table, pa.Table.from_pylist([dict(row) for row in rows], schema=table.schema))
        paths.append(path)
    return tuple(paths)


def _write_one(folder: Path, table: Table, rows: list[Row]) -> Path:
    (path,) = _write(folder, table, [rows])
    return path
