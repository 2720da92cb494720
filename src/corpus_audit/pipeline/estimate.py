"""What an audit will need of disk, memory and time, told before anything is measured.

An audit that the disk cannot hold is refused.

Figures are between those for long documents and those for short records, as nothing but the files' sizes is known yet.
"""

import logging
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from corpus_audit import schemas
from corpus_audit.errors import StoreError
from corpus_audit.pipeline.context import RunContext, measure_folder
from corpus_audit.report.formatting import format_bytes
from corpus_audit.store import AuditFolder
from corpus_audit.store.identity import read_identity
from corpus_audit.vocabulary import FileFormat

log = logging.getLogger("corpus_audit.progress")

Range = tuple[float, float]
"""A figure for documents of 3 kB, and one for records of 400 bytes."""


@dataclass(frozen=True)
class Cost:
    """What a stage needs for each byte of text: processor time in microseconds, and bytes that are kept or for a while.

    *fixed_seconds* it takes whatever it is given.
    """

    microseconds: Range
    kept: Range = (0.0, 0.0)
    working: Range = (0.0, 0.0)
    fixed_seconds: float = 0.0


COSTS: Mapping[str, Mapping[str, Cost]] = {
    "duckdb": {
        "measure": Cost((0.055, 0.1), kept=(0.3, 1.6)),
        "deduplicate": Cost((0.01, 0.09), kept=(0.1, 0.8), working=(0.3, 2.5), fixed_seconds=1),
        "others": Cost((0.005, 0.02), working=(0.05, 0.4), fixed_seconds=8),
    },
    "spark": {
        "measure": Cost((0.055, 0.1), kept=(0.3, 1.6)),
        "deduplicate": Cost((0.03, 0.3), kept=(0.1, 0.8), working=(0.5, 4.0), fixed_seconds=200),
        "others": Cost((0.01, 0.05), working=(0.05, 0.4), fixed_seconds=100),
    },
}
"""By engine, on one core. DuckDB's are from measurements; Spark's measuring is DuckDB's, and the rest of it is DuckDB's
times three, with the start of its machine: it was not measured at size."""

WORKER_BYTES = 450_000_000
"""Resident memory of one measuring process."""
PROCESS_BYTES = 600_000_000
"""Resident memory of the process that runs the other stages, beside what DuckDB may use."""

_PACKED = {"gzip": 4.0, "zstd": 4.0, "xz": 5.0, "bz2": 5.0, "lz4": 2.5}
_PACKED_FORMATS = {FileFormat.PARQUET.value: 3.0, FileFormat.ZIP.value: 4.0}
"""Bytes of text for each byte on disk."""
_MEDIA = {FileFormat.IMAGE.value, FileFormat.AUDIO.value, FileFormat.VIDEO.value, FileFormat.BINARY.value}
"""Formats that have no text to speak of; their figures are not in an estimate."""


@dataclass(frozen=True)
class Estimate:
    """What is left to do of an audit: bytes of text that no shard has measured yet, and what they need."""

    text_bytes: int
    media_bytes: int
    seconds: Range
    kept_bytes: Range
    working_bytes: Range
    memory_bytes: int
    free_bytes: int
    workers: int

    @property
    def disk_bytes(self) -> Range:
        """What must be free at the same time."""
        low, high = (kept + working for kept, working in zip(self.kept_bytes, self.working_bytes, strict=True))
        return low, high

    @property
    def sentence(self) -> str:
        """The line that a person reads."""
        apart = f", and {format_bytes(self.media_bytes)} of media, which are not counted" if self.media_bytes else ""
        kept = format_bytes(round(self.kept_bytes[1]))
        return (
            f"Estimate: {format_bytes(self.text_bytes)} of text{apart}. {_between(self.seconds, format_seconds)} on "
            f"{self.workers} workers, {_between(self.disk_bytes, format_bytes)} of disk, of which at most {kept} are "
            f"kept ({format_bytes(self.free_bytes)} are free), {format_bytes(self.memory_bytes)} of memory."
        )

    @property
    def fields(self) -> dict[str, Any]:
        """Its values by name, for logs."""
        return {
            "text_bytes": self.text_bytes,
            "seconds_at_least": round(self.seconds[0]),
            "seconds_at_most": round(self.seconds[1]),
            "disk_bytes_at_least": round(self.disk_bytes[0]),
            "disk_bytes_at_most": round(self.disk_bytes[1]),
            "memory_bytes": self.memory_bytes,
            "free_bytes": self.free_bytes,
        }


def estimate(audit: AuditFolder, context: RunContext) -> Estimate:
    """Return what is left to do of an audit whose files are known."""
    settings = context.settings
    text_bytes, media_bytes = _left(audit)
    read_bytes = read_identity(audit).parameters.read_bytes
    text_bytes = min(text_bytes, read_bytes) if read_bytes else text_bytes
    costs = COSTS[settings.engine].values()

    def total(name: str) -> Range:
        short, long = (sum(getattr(cost, name)[end] for cost in costs) * text_bytes for end in (0, 1))
        return short, long

    fixed = sum(cost.fixed_seconds for cost in costs)
    quick, slow = total("microseconds")
    return Estimate(
        text_bytes=text_bytes,
        media_bytes=media_bytes,
        seconds=(quick / 1e6 / settings.workers + fixed, slow / 1e6 / settings.workers + fixed),
        kept_bytes=total("kept"),
        working_bytes=total("working"),
        memory_bytes=settings.workers * WORKER_BYTES + PROCESS_BYTES,
        free_bytes=shutil.disk_usage(audit.path).free,
        workers=settings.workers,
    )


def refuse_too_large(audit: AuditFolder, context: RunContext) -> Estimate:
    """Return the estimate and log it; raises StoreError when even its lower bound does not fit on the disk."""
    found = estimate(audit, context)
    log.info(found.sentence, extra=found.fields)
    least = round(found.disk_bytes[0])
    if least > found.free_bytes and context.settings.check_disk == "yes":
        message = (
            f"The disk of the store has {format_bytes(found.free_bytes)} free, and this audit needs "
            f"{_between(found.disk_bytes, format_bytes)} for {format_bytes(found.text_bytes)} of text. Nothing was "
            "measured. Free some space, keep the store on a larger disk (--store), or read a sample of the data "
            f"(--parameter read_bytes={max(found.free_bytes, 1) // 8}). CORPUS_AUDIT_CHECK_DISK=no starts all the same."
        )
        raise StoreError(message)
    return found


def format_seconds(seconds: float) -> str:
    """Return a duration in the unit that suits it."""
    for unit, size in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"


def _between(figure: Range, shown: Any) -> str:
    low, high = (shown(round(end)) for end in figure)
    return low if low == high else f"{low} to {high}"


def _left(audit: AuditFolder) -> tuple[int, int]:
    """Return the bytes of text, and of media on disk, of the parts that no finished shard has."""
    files = audit.read("ingest", schemas.FILES).select(["file_id", "format", "compression"]).to_pylist()
    factors = {row["file_id"]: _factor(row) for row in files}
    parts = audit.read("ingest", schemas.PARTS)
    sizes = parts.group_by(["shard", "file_id"]).aggregate([("size_bytes", "sum")])
    done = _measured_shards(audit, parts)
    text = media = 0.0
    for row in sizes.to_pylist():
        if row["shard"] in done:
            continue
        factor = factors.get(row["file_id"], 1.0)
        text += row["size_bytes_sum"] * factor
        media += row["size_bytes_sum"] * (factor == 0)
    return round(text), round(media)


def _measured_shards(audit: AuditFolder, parts: pa.Table) -> set[int]:
    finished = set(audit.finished_stages())
    return {shard for shard in set(parts["shard"].to_pylist()) if measure_folder(shard) in finished}


def _factor(file: Mapping[str, Any]) -> float:
    if file["format"] in _MEDIA:
        return 0.0
    return _PACKED.get(file["compression"]) or _PACKED_FORMATS.get(file["format"], 1.0)
