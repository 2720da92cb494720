"""The stored data that each stage reads, and its size: for lineage, without reading the rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from corpus_audit import schemas
from corpus_audit.lineage import SourceDataset, StageIO, Stored
from corpus_audit.pipeline.shard_parts import read_parts
from corpus_audit.pipeline.stage import Stage
from corpus_audit.store import AuditFolder, read_table


def stage_io(audit: AuditFolder, stage: Stage, shard: int | None) -> StageIO:
    """Return what a finished stage read and wrote."""
    return StageIO(sources_of(audit, stage, shard), read_by(audit, stage), written_by(audit, stage, shard))


def written_by(audit: AuditFolder, stage: Stage, shard: int | None) -> list[Stored]:
    """Return what a finished stage wrote, by name."""
    return list(_stored(audit, stage.name, [stage.folder(shard)]))


def read_by(audit: AuditFolder, stage: Stage) -> list[Stored]:
    """Return what a stage reads of what the stages before it wrote."""
    return [
        stored
        for earlier, names in stage.reads.items()
        for stored in _stored(audit, earlier, audit.finished_folders(earlier), names)
    ]


def sources_of(audit: AuditFolder, stage: Stage, shard: int | None) -> list[SourceDataset]:
    """Return the sources whose files a stage reads to take in or to measure them, by id."""
    if not stage.after:
        size = "observed_size_bytes"
        return _sources(read_table(audit.table_path(stage.name, schemas.FILES), ["source_id", "file", size]), size)
    if shard is not None:
        return _sources(read_parts(audit, [shard]), "size_bytes")
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
