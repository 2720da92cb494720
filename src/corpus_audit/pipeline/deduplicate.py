"""Deduplicate: the copies among all records of an audit."""

import shutil
from collections.abc import Collection, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit import guard, schemas
from corpus_audit.config import Settings
from corpus_audit.engine.steps import ThreadSteps
from corpus_audit.pipeline.context import (
    RunContext,
    digests_of,
    measure_folders,
    measured,
    open_engine,
)
from corpus_audit.pipeline.dedup_steps import dedup_steps
from corpus_audit.pipeline.figures import measured_rows, rows
from corpus_audit.pipeline.progress import in_shares
from corpus_audit.pipeline.reading_again import read_texts_again
from corpus_audit.pipeline.stage import Stage, names_of
from corpus_audit.pipeline.stage_run import StageRun
from corpus_audit.store import (
    AuditFolder,
    audit_at,
    write_table,
)
from corpus_audit.store.bucket import address_of
from corpus_audit.store.identity import read_identity

if TYPE_CHECKING:
    from corpus_audit.dedup.shingle_file import ReadTexts


def deduplicate(audit: AuditFolder, *, context: RunContext | None = None) -> None:
    """Find the copies among all records of the audit, each pair verified on the texts."""
    context = context or RunContext()
    with StageRun(DEDUPLICATE, context, audit) as run:
        inputs = digests_of(audit, measure_folders(audit))
        run.once(audit, inputs, lambda folder: _deduplicate(folder, audit, context))


def _deduplicate(folder: Path, audit: AuditFolder, context: RunContext) -> None:
    from corpus_audit.dedup import INDEX
    from corpus_audit.dedup import deduplicate as find_copies

    work, steps = folder / "work", dedup_steps(context.settings)
    work.mkdir()
    with open_engine(context, work) as engine:
        records, parameters = measured(audit, schemas.RECORDS), read_identity(audit).parameters
        found = find_copies(
            engine,
            records,
            texts_of(audit, context) if isinstance(steps, ThreadSteps) else _texts_on_workers(audit, context),
            parameters,
            work,
            media=measured(audit, schemas.MEDIA),
            license_files=license_files(audit),
            licenses=deciding_licenses(audit),
            splits=_splits(audit),
            steps=steps,
            advance=context.advance,
        )
        for rows_of in (found.pairs, found.clusters):
            rows_of.write(folder / f"{rows_of.table.name}.parquet")
        for table, data in (
            (schemas.OVERLAPS, found.shared.overlaps),
            (schemas.COMMON_TEXTS, found.shared.common_texts),
        ):
            write_table(folder / f"{table.name}.parquet", table, data)
    (work / INDEX).rename(folder / INDEX)
    shutil.rmtree(work)


def index_folder(audit: AuditFolder) -> Path:
    """Return where an audit keeps what later ones are compared with it by."""
    from corpus_audit.dedup import INDEX

    return audit.folder("deduplicate") / INDEX


def texts_of(audit: AuditFolder, context: RunContext) -> "ReadTexts":
    """Return what reads the texts of some of an audit's files once more; StoreError for a root that is gone."""
    return lambda file_ids: read_texts_again(audit, file_ids, context.settings)


def _texts_on_workers(audit: AuditFolder, context: RunContext) -> "ReadTexts":
    """Return what reads texts in a task on Spark, which finds the audit by its address."""
    return partial(_read_texts, address_of(audit.path.absolute()), context.settings)


def _read_texts(place: str, settings: Settings, file_ids: Collection[str]) -> Iterator[pa.RecordBatch]:
    """Yield the texts of some files of an audit once more; idle guarded workers do not outlive a task."""
    try:
        yield from read_texts_again(audit_at(place), file_ids, settings)
    finally:
        guard.stop_idle(keep=1)


def license_files(audit: AuditFolder) -> list[str]:
    """Return the ids of the files that the manifest names as evidence of a license."""
    files = _read_files(audit)
    claimed = audit.read("ingest", schemas.CLAIMED_SOURCES)["license_evidence_files"]
    named = files.filter(pc.is_in(files["file"], pc.list_flatten(claimed)))
    return list(named["file_id"].to_pylist())


def deciding_licenses(audit: AuditFolder) -> Mapping[str, str]:
    """Return the license that counts for each source, as evidence will hold it against those of others."""
    from corpus_audit.evidence.source_licenses import describe_sources
    from corpus_audit.rights.source_licenses import decide_licenses

    tables = (schemas.CLAIMED_SOURCES, schemas.LICENSE_STATEMENTS, schemas.LICENSE_TEXTS)
    return decide_licenses(describe_sources(*(audit.read("ingest", table).to_pylist() for table in tables))).expressions


def _splits(audit: AuditFolder) -> pa.Table:
    """Return the split of each file that is in one."""
    files = audit.read("ingest", schemas.FILES).select(["file_id", "split"])
    return files.filter(pc.is_valid(files["split"]))


def _read_files(audit: AuditFolder) -> pa.Table:
    """Return the files that records were read from (schema FILES)."""
    files, parts = audit.read("ingest", schemas.FILES), audit.read("ingest", schemas.PARTS)
    return files.filter(pc.is_in(files["file_id"], pc.unique(parts["file_id"])))


DEDUPLICATE = Stage(
    "deduplicate",
    run=deduplicate,
    after=("measure",),
    reads={
        "ingest": names_of(
            schemas.FILES, schemas.PARTS, schemas.CLAIMED_SOURCES, schemas.LICENSE_STATEMENTS, schemas.LICENSE_TEXTS
        ),
        "measure": names_of(schemas.RECORDS, schemas.MEDIA),
    },
    units=in_shares,
    writes=(*names_of(schemas.PAIRS, schemas.CLUSTERS, schemas.OVERLAPS, schemas.COMMON_TEXTS), "index"),
    figures={
        "records": measured_rows(schemas.RECORDS),
        "pairs": rows(schemas.PAIRS),
        "cluster_members": rows(schemas.CLUSTERS),
        "overlaps": rows(schemas.OVERLAPS),
    },
)
