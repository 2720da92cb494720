"""What an audit will need of disk, memory and time, told before anything is measured.

An audit that the disk cannot hold is refused.

Figures are between those for long documents and those for short records, and between the least and the most text that
files of a format hold, as nothing but the files' sizes is known yet.
"""

import logging
import shutil
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from corpus_audit import schemas
from corpus_audit.errors import StoreError
from corpus_audit.pipeline.context import RunContext, measure_folder
from corpus_audit.pipeline.measure import shard_inputs
from corpus_audit.pipeline.report import REPORT
from corpus_audit.pipeline.reuse import MEASURED, MeasuredShards
from corpus_audit.report.formatting import format_bytes, format_seconds
from corpus_audit.store import AuditFolder
from corpus_audit.store.bucket import is_copied
from corpus_audit.store.identity import read_identity, versions
from corpus_audit.vocabulary import FileFormat

log = logging.getLogger("corpus_audit.progress")

Range = tuple[float, float]
"""The least of a figure, and the most."""


@dataclass(frozen=True)
class Cost:
    """What a stage needs for each byte of text: processor time in microseconds, and bytes that are kept or for a while.

    The least is that of documents of 3 kB, the most that of records of 400 bytes. *fixed_seconds* it takes whatever it
    is given.
    """

    microseconds: Range
    kept: Range = (0.0, 0.0)
    working: Range = (0.0, 0.0)
    fixed_seconds: float = 0.0


COSTS: Mapping[str, Mapping[str, Cost]] = {
    "duckdb": {
        "measure": Cost((0.055, 0.1), kept=(0.3, 1.6)),
        "deduplicate": Cost((0.01, 0.09), kept=(0.1, 0.8), working=(0.2, 1.5), fixed_seconds=1),
        "others": Cost((0.005, 0.02), working=(0.05, 0.4), fixed_seconds=8),
    },
    "spark": {
        "measure": Cost((0.055, 0.1), kept=(0.3, 1.6)),
        "deduplicate": Cost((0.03, 0.3), kept=(0.1, 0.8), working=(0.5, 4.0), fixed_seconds=40),
        "others": Cost((0.01, 0.05), working=(0.05, 0.4), fixed_seconds=100),
    },
}
"""By engine, on one core. DuckDB's are from measurements; Spark's measuring is DuckDB's, and the rest of it is DuckDB's
times three, with the start of its machine: beyond a million records it was not measured."""

WORKER_BYTES = 450_000_000
"""Resident memory of one measuring process."""
PROCESS_BYTES = 600_000_000
"""Resident memory of the process that runs the other stages, beside what DuckDB may use."""

_PACKED: Mapping[str, Range] = {
    "gzip": (1.0, 4.0),
    "zstd": (1.0, 4.0),
    "xz": (1.0, 5.0),
    "bz2": (1.0, 5.0),
    "lz4": (1.0, 2.5),
}
_CONTAINERS: Mapping[str, Range] = {
    FileFormat.PARQUET.value: (0.0, 3.0),
    FileFormat.ARROW.value: (0.0, 1.0),
    FileFormat.ZIP.value: (0.0, 4.0),
    FileFormat.TAR.value: (0.0, 1.0),
    FileFormat.WARC.value: (0.0, 1.0),
    FileFormat.HTML.value: (0.0, 1.0),
    FileFormat.PDF.value: (0.0, 1.0),
}
"""Bytes of text for each byte on disk. Containers may hold nothing but images, so their least is 0."""
_MEDIA = {FileFormat.IMAGE.value, FileFormat.AUDIO.value, FileFormat.VIDEO.value, FileFormat.BINARY.value}
"""Formats that have no text to speak of; their figures are not in an estimate."""


@dataclass(frozen=True)
class Estimate:
    """What is left to do of an audit: bytes of text that a stage has not worked through, and what they need."""

    text_bytes: Range
    media_bytes: int
    seconds: Range
    kept_bytes: Range
    working_bytes: Range
    memory_bytes: int
    free_bytes: int
    workers: int

    @property
    def disk_bytes(self) -> Range:
        """What must be free: what all stages keep, and what the largest of them needs for a while."""
        low, high = (kept + working for kept, working in zip(self.kept_bytes, self.working_bytes, strict=True))
        return low, high

    @property
    def sentence(self) -> str:
        """The line that a person reads."""
        apart = f", and {format_bytes(self.media_bytes)} of media, which are not counted" if self.media_bytes else ""
        kept = format_bytes(round(self.kept_bytes[1]))
        text, seconds = _between(self.text_bytes, format_bytes), _between(self.seconds, format_seconds)
        return (
            f"Estimate: {text} of text{apart}. {seconds} on {self.workers} workers, "
            f"{_between(self.disk_bytes, format_bytes)} of disk, of which at most {kept} are kept "
            f"({format_bytes(self.free_bytes)} are free), {format_bytes(self.memory_bytes)} of memory."
        )

    @property
    def fields(self) -> dict[str, Any]:
        """Its values by name, for logs."""
        return {
            "text_bytes_at_least": round(self.text_bytes[0]),
            "text_bytes_at_most": round(self.text_bytes[1]),
            "seconds_at_least": round(self.seconds[0]),
            "seconds_at_most": round(self.seconds[1]),
            "disk_bytes_at_least": round(self.disk_bytes[0]),
            "disk_bytes_at_most": round(self.disk_bytes[1]),
            "memory_bytes": self.memory_bytes,
            "free_bytes": self.free_bytes,
        }


def estimate(audit: AuditFolder, context: RunContext) -> Estimate:
    """Return what is left to do of an audit whose files are known."""
    settings, costs = context.settings, COSTS[context.settings.engine]
    most = read_identity(audit).parameters.read_bytes or float("inf")
    parts_left = _left(audit, _sizes(audit))
    left = {stage: _text(stage_parts, most) for stage, stage_parts in parts_left.items()}

    def needs(name: str) -> list[Range]:
        return [_times(getattr(costs[stage], name), text) for stage, text in left.items()]

    fixed = sum(costs[stage].fixed_seconds for stage, stage_parts in parts_left.items() if stage_parts)
    quick, slow = _sum(needs("microseconds"))
    return Estimate(
        text_bytes=_largest(left.values()),
        media_bytes=sum(part.size_bytes for part in parts_left["measure"] if part.factor == _NO_TEXT),
        seconds=(quick / 1e6 / settings.workers + fixed, slow / 1e6 / settings.workers + fixed),
        kept_bytes=_sum(needs("kept")),
        working_bytes=_largest(needs("working")),  # a stage's is gone before the next begins
        memory_bytes=settings.workers * WORKER_BYTES + PROCESS_BYTES + _engine_bytes(context),
        free_bytes=shutil.disk_usage(audit.path).free,
        workers=settings.workers,
    )


def refuse_too_large(audit: AuditFolder, context: RunContext) -> Estimate:
    """Return the estimate and log it; raises StoreError when even its lower bound does not fit on the disk."""
    found = estimate(audit, context)
    log.info(found.sentence, extra=found.fields)
    if message := shortage(audit, found, context):
        raise StoreError(message)
    return found


def shortage(audit: AuditFolder, found: Estimate, context: RunContext) -> str:
    """Return what to do where even the lower bound does not fit on the disk of this machine, nothing where it does."""
    if round(found.disk_bytes[0]) <= found.free_bytes or context.settings.check_disk != "yes":
        return ""
    place, larger = _COPY if is_copied(audit.path) else _STORE
    return (
        f"The disk of {place} has {format_bytes(found.free_bytes)} free, and this audit needs "
        f"{_between(found.disk_bytes, format_bytes)} for {_between(found.text_bytes, format_bytes)} of text. Free some "
        f"space, {larger}, or read a sample of the data (--parameter read_bytes={max(found.free_bytes, 1) // 8}). "
        "CORPUS_AUDIT_CHECK_DISK=no starts all the same."
    )


_STORE = ("the store", "keep the store on a larger disk (--store)")
_COPY = ("this machine's copy of the store", "keep such copies on a larger disk (CORPUS_AUDIT_CACHE_FOLDER)")


def _between(figure: Range, shown: Any) -> str:
    low, high = (shown(round(end)) for end in figure)
    return low if low == high else f"{low} to {high}"


@dataclass(frozen=True)
class _Part:
    """What one shard has of one file, and the bytes of text in each of its bytes."""

    shard: int
    size_bytes: int
    factor: Range


def _sizes(audit: AuditFolder) -> list[_Part]:
    files = audit.read("ingest", schemas.FILES).select(["file_id", "format", "compression"]).to_pylist()
    factors = {row["file_id"]: _factor(row) for row in files}
    sizes = audit.read("ingest", schemas.PARTS).group_by(["shard", "file_id"]).aggregate([("size_bytes", "sum")])
    return [
        _Part(row["shard"], row["size_bytes_sum"], factors.get(row["file_id"], _AS_IT_IS)) for row in sizes.to_pylist()
    ]


def _left(audit: AuditFolder, parts: Collection[_Part]) -> dict[str, list[_Part]]:
    """Return the parts that each stage of COSTS has still to work through."""
    finished = set(audit.finished_stages())
    unmeasured = {shard for shard in {part.shard for part in parts} if measure_folder(shard) not in finished}
    unmeasured -= _measured_elsewhere(audit, unmeasured)
    return {
        "measure": [part for part in parts if part.shard in unmeasured],
        "deduplicate": [] if "deduplicate" in finished else list(parts),
        "others": [] if REPORT.name in finished else list(parts),
    }


def _measured_elsewhere(audit: AuditFolder, shards: Collection[int]) -> set[int]:
    """Return the shards that will be links to what another audit of the store measured: they take no space.

    In a copy of a store in a bucket they do.
    """
    if not shards or is_copied(audit.path) or not (audit.store / MEASURED).is_dir():
        return set()
    found, current = shard_inputs(audit, shards), versions()
    return {shard for shard, inputs in found if MeasuredShards(audit.store, inputs, current).are_known()}


def _factor(file: Mapping[str, Any]) -> Range:
    if file["format"] in _MEDIA:
        return _NO_TEXT
    low, high = _CONTAINERS.get(file["format"], _AS_IT_IS)
    packed_low, packed_high = _PACKED.get(file["compression"], _AS_IT_IS)
    return low * packed_low, max(high, packed_high)


_AS_IT_IS: Range = (1.0, 1.0)
_NO_TEXT: Range = (0.0, 0.0)


def _text(parts: Iterable[_Part], most: float) -> Range:
    """Return the bytes of text in some parts, or the *most* that are read."""
    low, high = _sum([_times(part.factor, (part.size_bytes, part.size_bytes)) for part in parts])
    return min(low, most), min(high, most)


def _engine_bytes(context: RunContext) -> int:
    """Return what DuckDB may use of memory; Spark's is in other processes."""
    if context.settings.engine != "duckdb":
        return 0
    import duckdb

    with duckdb.connect() as connection:
        try:
            (row,) = connection.execute("SELECT parse_formatted_bytes(?)", [context.settings.memory_limit]).fetchall()
        except duckdb.Error:  # no size: the first stage that runs SQL says so
            return 0
    return int(row[0])


def _times(one: Range, other: Range) -> Range:
    return one[0] * other[0], one[1] * other[1]


def _sum(ranges: Iterable[Range]) -> Range:
    lows, highs = zip(*ranges, _NO_TEXT, strict=True)
    return sum(lows), sum(highs)


def _largest(ranges: Iterable[Range]) -> Range:
    lows, highs = zip(*ranges, _NO_TEXT, strict=True)
    return max(lows), max(highs)
