"""Measure: fingerprints and spans of one shard, never the text itself."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit import schemas
from corpus_audit.corpus.shards import SHARDS_A_WORKER
from corpus_audit.passages.index_file import FILE_NAME
from corpus_audit.pipeline.context import RunContext, measure_folder, shard_numbers
from corpus_audit.pipeline.figures import rows, total
from corpus_audit.pipeline.guarded_measuring import measure_guarded
from corpus_audit.pipeline.measured_parts import COVERAGE, TABLES
from corpus_audit.pipeline.reuse import MeasuredShards
from corpus_audit.pipeline.shard_parts import read_files, read_parts
from corpus_audit.pipeline.stage import Grain, Stage, names_of
from corpus_audit.pipeline.stage_run import StageRun
from corpus_audit.store import AuditFolder, sha256_of_json
from corpus_audit.store.identity import read_identity, versions
from corpus_audit.vocabulary import StageOutcome

_READ_OF_FILES = [name for name in schemas.FILES.schema.names if not name.startswith("declared_") and name != "state"]
"""What measuring depends on of a file: what it is, not what was claimed of its size and checksum."""


def shard_sizes(audit: AuditFolder) -> dict[int, int]:
    """Return the bytes of each shard's parts, by shard number, ascending."""
    sizes = audit.read("ingest", schemas.PARTS).group_by("shard").aggregate([("size_bytes", "sum")])
    return {row["shard"]: row["size_bytes_sum"] for row in sizes.sort_by("shard").to_pylist()}


def shard_ranges(audit: AuditFolder, most: int, workers: int = 1) -> list[list[int]]:
    """Return the first and last shard of each of at most *most* groups of shards that follow each other.

    A group for several workers holds enough for each that the last shard, which runs alone, is a small part of it.
    """
    numbers = shard_numbers(audit)
    fewest = SHARDS_A_WORKER * workers if workers > 1 else 1
    count = max(1, min(len(numbers) // fewest, most))
    size = max(1, -(-len(numbers) // count))
    groups = (numbers[first : first + size] for first in range(0, len(numbers), size))
    return [[group[0], group[-1]] for group in groups]


def measure(audit: AuditFolder, shard: int, *, context: RunContext | None = None) -> None:
    """Measure one shard's records: fingerprints, spans and reference hits, never the text itself.

    A shard of the same files that any audit of the store measured before in the same way is taken over from there.
    """
    context = context or RunContext()
    with StageRun(MEASURE, context, audit, shard) as run:
        _measure(run, audit, shard, context)


def shard_inputs(audit: AuditFolder, shards: Iterable[int]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield shards, and digests of all that their measuring depends on, by name."""
    shards = list(shards)
    parts = read_parts(audit, shards)
    files = read_files(audit, parts)
    identity = read_identity(audit)
    common = {
        "parameters": sha256_of_json(identity.parameters.of_measuring()),
        "detectors": sha256_of_json([asdict(detector) for detector in identity.detectors]),
        "references": sha256_of_json(dict(identity.references)),
        "keyword_lists": sha256_of_json(dict(identity.keyword_lists)),
    }
    # Sorted once: there may be a hundred thousand shards.
    numbers = parts["shard"].to_numpy()
    by_shard = np.argsort(numbers, kind="stable")
    numbers, places = numbers[by_shard], pc.index_in(parts["file_id"], files["file_id"]).to_numpy()
    for shard in shards:
        rows_of_it = by_shard[np.searchsorted(numbers, shard, "left") : np.searchsorted(numbers, shard, "right")]
        own = parts.take(pa.array(rows_of_it)).drop_columns(["shard"])
        read = files.take(pa.array(np.unique(places[rows_of_it]))).select(_READ_OF_FILES)
        yield shard, {"files": sha256_of_json(read.to_pylist()), "parts": sha256_of_json(own.to_pylist())} | common


def _measure(run: StageRun, audit: AuditFolder, shard: int, context: RunContext) -> None:
    identity = read_identity(audit)
    ((_shard, inputs),) = shard_inputs(audit, [shard])
    measured_before = MeasuredShards(audit.store, inputs, versions())
    is_whole = True

    def work(folder: Path) -> None:
        nonlocal is_whole
        if measured_before.reuse(folder):
            run.outcome = StageOutcome.REUSED
        else:
            is_whole = not measure_guarded(folder, audit, shard, identity.parameters, context)

    run.once(audit, inputs, work)
    if is_whole:  # what was given up here may be readable on a faster machine
        measured_before.remember(audit, measure_folder(shard))


MEASURE = Stage(
    "measure",
    run=measure,
    after=("ingest",),
    grain=Grain.SHARD,
    units=lambda audit: sum(shard_sizes(audit).values()),
    reads={"ingest": names_of(schemas.FILES, schemas.PARTS, schemas.REFERENCE_WORKS)},
    writes=(*names_of(*TABLES, *COVERAGE), FILE_NAME),
    figures={
        "rows": total(schemas.READ_COUNTS, "rows"),
        "rows_read": total(schemas.READ_COUNTS, "rows_read"),
        "records": rows(schemas.RECORDS),
        "bytes": total(schemas.RECORDS, "size_bytes"),
        "spans": rows(schemas.SPANS),
        "media": rows(schemas.MEDIA),
        "defects": rows(schemas.DEFECTS),
    },
)
