"""Which stored data each stage reads, and how large stored data is: for lineage, without reading the rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from corpus_audit import schemas
from corpus_audit.lineage import SourceDataset, StageIO, Stored
from corpus_audit.pipeline.context import measure_stage, measure_stages
from corpus_audit.pipeline.figures import MEASURE
from corpus_audit.store import AuditFolder

_EVIDENCE = tuple(table.name for table in schemas.EVIDENCE)
_GATHERED = (
    *(table.name for table in schemas.ALL_TABLES if table.name.startswith("claimed_")),
    schemas.CLAIM_PROBLEMS.name,
    schemas.CLAIM_GAPS.name,
    schemas.FILES.name,
    schemas.DEFECTS.name,
    schemas.LICENSE_TEXTS.name,
    schemas.REFERENCE_WORKS.name,
)
_READ: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    MEASURE: {"ingest": (schemas.FILES.name, schemas.PARTS.name, schemas.REFERENCE_WORKS.name)},
    "names": {"ingest": (schemas.FILES.name,), MEASURE: (schemas.SAMPLES.name,)},
    "deduplicate": {
        "ingest": (schemas.FILES.name, schemas.PARTS.name, schemas.CLAIMED_SOURCES.name),
        MEASURE: (schemas.RECORDS.name, schemas.MEDIA.name),
    },
    "compare": {
        "ingest": (schemas.CLAIMED_SOURCES.name,),
        MEASURE: (schemas.RECORDS.name,),
        "deduplicate": ("index",),
    },
    "gather": {
        "ingest": _GATHERED,
        MEASURE: (
            schemas.DEFECTS.name,
            schemas.READ_COUNTS.name,
            schemas.UNREAD.name,
            schemas.COLUMNS_SEEN.name,
            schemas.RECORDS.name,
            schemas.SPANS.name,
            schemas.SAMPLES.name,
            schemas.REFERENCE_HITS.name,
            schemas.KEYWORD_HITS.name,
            schemas.MEDIA.name,
            schemas.LABELS.name,
        ),
        "deduplicate": (schemas.PAIRS.name, schemas.CLUSTERS.name, schemas.OVERLAPS.name),
        "compare": (schemas.DATASET_OVERLAPS.name,),
        "names": (schemas.NAME_CHECKS.name, schemas.NAME_SAMPLES.name, schemas.NAME_SPANS.name),
    },
    "evaluate": {"gather": _EVIDENCE},
    "conclude": {
        "gather": (schemas.EVIDENCE_COVERAGE.name,),
        "evaluate": (schemas.RULES.name, schemas.FINDINGS.name),
    },
    "report": {
        "gather": _EVIDENCE,
        "evaluate": (schemas.RULES.name, schemas.FINDINGS.name),
        "conclude": (schemas.DECISIONS.name, schemas.FINDING_STATUSES.name, "verdict.json"),
    },
}
"""For each stage, what it reads of the stages before it. ``measure`` also reads the sources' files, ``ingest`` all."""


def stage_folders(audit: AuditFolder, stage: str, shard: int | None = None) -> list[str]:
    """Return the folders of a stage within its audit: for ``measure`` that of one shard, or of every shard."""
    if stage != MEASURE:
        return [stage]
    return measure_stages(audit) if shard is None else [measure_stage(shard)]


def stage_io(audit: AuditFolder, stage: str, shard: int | None) -> StageIO:
    """Return what a finished stage read and wrote."""
    return StageIO(sources_of(audit, stage, shard), read_by(audit, stage), written_by(audit, stage, shard))


def written_by(audit: AuditFolder, stage: str, shard: int | None) -> list[Stored]:
    """Return what a finished stage wrote, by name."""
    return list(_stored(audit, stage, stage_folders(audit, stage, shard)))


def read_by(audit: AuditFolder, stage: str) -> list[Stored]:
    """Return what a stage reads of what the stages before it wrote."""
    return [
        stored
        for earlier, names in _READ.get(stage, {}).items()
        for stored in _stored(audit, earlier, stage_folders(audit, earlier), names)
    ]


def sources_of(audit: AuditFolder, stage: str, shard: int | None) -> list[SourceDataset]:
    """Return the sources whose files a stage reads to take in or to measure them, by id."""
    if stage == "ingest":
        files = audit.read("ingest", schemas.FILES)
        return _sources(files, "observed_size_bytes")
    if stage == MEASURE:
        parts = audit.read("ingest", schemas.PARTS)
        return _sources(parts.filter(pc.equal(parts["shard"], shard)), "size_bytes")
    return []


def _sources(rows: pa.Table, size: str) -> list[SourceDataset]:
    counted = rows.group_by("source_id").aggregate([("file", "count_distinct"), (size, "sum")]).sort_by("source_id")
    return [
        SourceDataset(row["source_id"], row["file_count_distinct"], row[f"{size}_sum"] or 0)
        for row in counted.to_pylist()
    ]


def _stored(
    audit: AuditFolder, stage: str, folders: Iterable[str], names: tuple[str, ...] | None = None
) -> Iterator[Stored]:
    found: dict[str, list[Path]] = defaultdict(list)
    for folder in folders:
        for path in audit.folder(folder).iterdir():
            found[path.stem if path.suffix == ".parquet" else path.name].append(path)
    for name in sorted(found if names is None else found.keys() & set(names)):
        files = [file for path in found[name] for file in _files(path)]
        yield Stored(stage, name, sum(file.stat().st_size for file in files), len(files), _rows(found[name]))


def _files(path: Path) -> list[Path]:
    return [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]


def _rows(paths: list[Path]) -> int | None:
    if any(path.suffix != ".parquet" for path in paths):
        return None
    return sum(int(pq.read_metadata(path).num_rows) for path in paths)
