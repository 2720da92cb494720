"""Deduplicate: the copies among all records of an audit."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit import schemas
from corpus_audit.identity import read_identity, versions
from corpus_audit.stages.running import Context, digests_of, measure_stages, measured, open_corpus, open_engine
from corpus_audit.store import (
    AuditFolder,
    write_table,
)


def deduplicate(audit: AuditFolder, *, context: Context | None = None) -> None:
    """Find the copies among all records of the audit, each pair verified on the texts."""
    context = context or Context()
    audit.run_stage(
        "deduplicate",
        digests_of(audit, measure_stages(audit)),
        versions(),
        lambda folder: _deduplicate(folder, audit, context),
        context.clock,
    )


def _deduplicate(folder: Path, audit: AuditFolder, context: Context) -> None:
    from corpus_audit.corpus.records import read_record_texts
    from corpus_audit.dedup import deduplicate as find_copies

    files, parts = audit.read("ingest", schemas.FILES), audit.read("ingest", schemas.PARTS)
    files = files.filter(pc.is_in(files["file_id"], pc.unique(parts["file_id"])))
    location = open_corpus(audit, context.settings)

    def read_texts(file_ids: Any) -> Iterator[pa.RecordBatch]:
        return read_record_texts(location, files, file_ids, context.settings.batch_bytes)

    work = folder / "work"
    work.mkdir()
    with open_engine(context, work) as engine:
        records, parameters = measured(audit, schemas.RECORDS), read_identity(audit).parameters
        found = find_copies(
            engine,
            records,
            read_texts,
            parameters,
            work,
            media=measured(audit, schemas.MEDIA),
            license_files=_license_files(audit, files),
            workers=context.settings.workers,
        )
        for table, data in (
            (schemas.PAIRS, found.pairs),
            (schemas.CLUSTERS, found.clusters),
            (schemas.OVERLAPS, found.overlaps),
        ):
            write_table(folder / f"{table.name}.parquet", table, data)
    shutil.rmtree(work)


def _license_files(audit: AuditFolder, files: pa.Table) -> list[str]:
    """Return the ids of the files that the manifest names as evidence of a license."""
    claimed = audit.read("ingest", schemas.CLAIMED_SOURCES)["license_evidence_files"]
    named = files.filter(pc.is_in(files["file"], pc.list_flatten(claimed)))
    return list(named["file_id"].to_pylist())
