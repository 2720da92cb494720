"""The stages that a report is made of, in order: the single source of that order."""

from collections.abc import Iterator

from corpus_audit.pipeline.compare import COMPARE
from corpus_audit.pipeline.conclude import CONCLUDE
from corpus_audit.pipeline.deduplicate import DEDUPLICATE
from corpus_audit.pipeline.evaluate import EVALUATE
from corpus_audit.pipeline.gather import GATHER
from corpus_audit.pipeline.ingest import INGEST
from corpus_audit.pipeline.measure import MEASURE
from corpus_audit.pipeline.person_names import PERSON_NAMES
from corpus_audit.pipeline.stage import Grain, Stage
from corpus_audit.store import AuditFolder, Marker, sha256_of_json

BEFORE_REPORT: tuple[Stage, ...] = (
    INGEST,
    MEASURE,
    PERSON_NAMES,
    DEDUPLICATE,
    COMPARE,
    GATHER,
    EVALUATE,
    CONCLUDE,
)
"""Every stage stands behind those it comes after; the first one makes the audit."""


def marker_digest(audit: AuditFolder) -> str:
    """Return one sha256 over the markers of all finished runs before the report."""
    return sha256_of_json([vars(marker) for marker in markers_before_report(audit)])


def markers_before_report(audit: AuditFolder) -> Iterator[Marker]:
    """Yield the marker of every finished run of a stage before the report, in order; a shard's by its number."""
    finished = audit.finished_stages()
    for stage in BEFORE_REPORT:
        for folder in finished:
            if folder == stage.name or (stage.grain is Grain.SHARD and folder.startswith(f"{stage.name}-")):
                marker = audit.marker(folder)
                if marker is not None:
                    yield marker
