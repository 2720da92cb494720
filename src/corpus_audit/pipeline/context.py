"""Shared context of all stages: settings of a run, and the locations of earlier results."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit import schemas
from corpus_audit.config import Settings
from corpus_audit.errors import CorpusAuditError, EngineError
from corpus_audit.evidence import tables
from corpus_audit.pipeline.stage_end import StageEnd, log_stage
from corpus_audit.store import (
    AuditFolder,
    Clock,
    read_json,
    utc_now,
)
from corpus_audit.store.bucket import is_copied
from corpus_audit.store.identity import read_identity


def ignore_progress(_done: int) -> None:
    """Ignore the progress of a stage."""


@dataclass(frozen=True)
class RunContext:
    """How a stage runs: settings, clock, and what to call with bytes that were worked through and at its end."""

    settings: Settings = field(default_factory=Settings.from_environment)
    clock: Clock = utc_now
    advance: Callable[[int], None] = ignore_progress
    on_stage_end: Callable[[StageEnd], None] = log_stage
    sends_lineage: bool = True


def shard_numbers(audit: AuditFolder) -> list[int]:
    """Return the numbers of the audit's shards, ascending."""
    from corpus_audit.corpus.shards import shard_numbers as numbers_in

    return numbers_in(audit.read("ingest", schemas.PARTS))


def measure_folder(shard: int) -> str:
    """Return the name of the folder of one shard's measuring."""
    return f"measure-{shard:05d}"


def parts_read(audit: AuditFolder, file_ids: Collection[str] | None = None) -> pa.Table:
    """Return the parts (schema PARTS) that records came from, of all files or of some.

    What gave none, or was given up because it ends its reader, is not opened a second time.
    """
    parts = audit.read("ingest", schemas.PARTS)
    if file_ids is not None:
        parts = parts.filter(pc.is_in(parts["file_id"], pa.array(sorted(file_ids), pa.string())))
    folders = [measure_folder(shard) for shard in pc.unique(parts["shard"]).to_pylist()]
    counts = pa.concat_tables(
        [schemas.READ_COUNTS.empty(), *(audit.read(folder, schemas.READ_COUNTS) for folder in folders)]
    )
    key = ["file_id", "first_row"]
    read = counts.filter(pc.greater(counts["rows_read"], 0)).select(key)
    order = [(name, "ascending") for name in schemas.PARTS.key]
    return parts.join(read, key, join_type="left semi").sort_by(order).cast(schemas.PARTS.schema)


def run_inputs(audit: AuditFolder) -> Mapping[str, Any]:
    """Return where this run finds its inputs: paths of this machine, kept out of everything that is hashed."""
    run: Mapping[str, Any] = read_json(audit.path / "run.json")
    return run


def open_corpus(audit: AuditFolder, settings: Settings) -> Any:
    """Return the location that the files of this run are read from; raises StoreError when it cannot be opened."""
    from corpus_audit.corpus.locations import open_location
    from corpus_audit.corpus.locations.named import NamedLocation

    location = open_location(run_inputs(audit)["root"], settings.allowed_urls)
    names = audit.read("ingest", schemas.REAL_NAMES)
    return NamedLocation(location, dict(zip(*(names[name].to_pylist() for name in ("file", "path")), strict=True)))


def measure_folders(audit: AuditFolder) -> list[str]:
    """Return the names of the folders of all shards' measuring, by shard number."""
    return [measure_folder(shard) for shard in shard_numbers(audit)]


def measured(audit: AuditFolder, table: schemas.Table) -> list[Path]:
    """Return where each shard's part of a measured table is."""
    return [audit.table_path(stage, table) for stage in measure_folders(audit)]


def keyword_lists(audit: AuditFolder) -> tuple[Any, ...]:
    """Return the operator's keyword lists; raises CorpusAuditError when one is not as it was when the audit began."""
    from corpus_audit.measure.prose.keywords import read_keyword_lists

    lists = read_keyword_lists(map(Path, run_inputs(audit).get("keywords", ())))
    if {found.name: found.sha256 for found in lists} != read_identity(audit).keyword_lists:
        message = "A keyword list changed since this audit began: start the audit again, it becomes a new one."
        raise CorpusAuditError(message)
    return lists


def digests_of(audit: AuditFolder, stages: Sequence[str]) -> dict[str, str]:
    """Return what finished stages wrote, as one sha256 a stage."""
    return {stage: audit.outputs_digest(stage) for stage in stages}


def evidence_of(audit: AuditFolder) -> dict[str, pa.Table]:
    """Return the evidence tables of a gathered audit by their names."""
    return {table.name: audit.read("gather", table) for table in tables.EVIDENCE}


def open_engine(context: RunContext, spill_root: Path) -> Any:
    """Return the SQL engine that the settings ask for; it spills under *spill_root*."""
    if context.settings.engine == "spark":
        refuse_copies_on_a_cluster(context.settings, spill_root)
        from corpus_audit.engine.spark import SparkEngine
        from corpus_audit.pipeline.dedup_steps import dedup_steps

        settings = context.settings
        return SparkEngine(settings.spark_master, spill_root, dedup_steps(settings), settings.memory_limit)
    from corpus_audit.engine.duckdb import DuckDBEngine

    return DuckDBEngine(context.settings.memory_limit, context.settings.workers, spill_root)


def refuse_copies_on_a_cluster(settings: Settings, path: Path) -> None:
    """Raise EngineError where SQL is to run on a cluster, and *path* lies in this machine's copy of a store."""
    if settings.engine == "spark" and is_copied(path) and not settings.spark_master.startswith("local"):
        message = (
            "Spark's workers read tables by their paths, and the store is in a bucket: choose the engine duckdb "
            "(with CORPUS_AUDIT_MEASURE_ON=spark it measures on Spark), a master 'local[…]', or a store in a folder "
            "that all workers mount."
        )
        raise EngineError(message)


def pack_digests(packs: Sequence[str]) -> dict[str, str]:
    """Return the sha256 of each pack and of those it extends, by pack id; raises PackError."""
    from corpus_audit.policy.packs import load_packs, pack_digest

    return {pack.id: pack_digest(pack) for pack in load_packs(packs)}
