"""The audits of a store that can be looked through, and what in them cannot."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow.compute as pc

from corpus_audit import schemas
from corpus_audit.errors import OtherVersionError, StoreError
from corpus_audit.evidence import tables
from corpus_audit.passages.index_file import FILE_NAME
from corpus_audit.pipeline.context import measure_folders
from corpus_audit.pipeline.verification import intact_files
from corpus_audit.store import AuditFolder, Store, read_json, sha256_of_json
from corpus_audit.store.identity import read_identity
from corpus_audit.vocabulary import NOT_RECORDED, TraceCoverage


@dataclass(frozen=True)
class TracedAudit:
    """One audit of the store, how far it was looked through, and what of its data was read by none.

    The figures are None where the audit has not come so far as to count them.
    """

    audit: AuditFolder
    dataset_id: str
    version: str
    title: str
    started_at: str
    coverage: TraceCoverage
    rows_unread: int | None = None
    files_unread: int | None = None
    detectors_off: tuple[str, ...] = ()
    """Types of values that were not looked for in it."""

    @property
    def audit_id(self) -> str:
        """The audit's identifier."""
        return self.audit.audit_id

    @property
    def is_measured(self) -> bool:
        """True if its records can be looked through, by an index or one after another."""
        return self.coverage not in (TraceCoverage.OTHER_VERSION, TraceCoverage.NOT_MEASURED)


@dataclass(frozen=True)
class TracedShard:
    """What was measured once, and the audits that have it: one measured it, later ones took it over."""

    folders: tuple[tuple[TracedAudit, str], ...]
    has_index: bool

    @property
    def index_path(self) -> Path:
        """Where its passage index lies, checked or not: who looks through all indexes does not read them whole."""
        traced, folder = self.folders[0]
        return traced.audit.folder(folder) / FILE_NAME

    def path(self, name: str) -> Path:
        """Return where a file of it lies; raises StoreError when the file is not as measuring left it."""
        traced, folder = self.folders[0]
        (path,) = intact_files(traced.audit, [traced.audit.folder(folder) / name])
        return path


def audits_of(store: Path) -> list[TracedAudit]:
    """Return every audit of a store, the latest first; raises StoreError where there is no store."""
    if not (store / "audits").is_dir():
        message = f"{store} is no folder of audits: name one with --store."
        raise StoreError(message)
    found = [_traced(Store(store).open_audit(audit_id)) for audit_id in Store(store).audit_ids()]
    return sorted(found, key=lambda traced: (traced.started_at, traced.audit_id), reverse=True)


def with_index(audits: Iterable[TracedAudit]) -> list[TracedAudit]:
    """Return the audits that a text or the works of a reference can be looked for in."""
    return [traced for traced in audits if traced.is_measured and traced.coverage is not TraceCoverage.NO_INDEX]


def shards_of(audits: Sequence[TracedAudit]) -> list[TracedShard]:
    """Return what the audits measured, each once however many of them have it."""
    sharing: dict[str, list[tuple[TracedAudit, str]]] = {}
    indexed = set()
    for traced, folder, outputs in _measured(audits):
        digest = sha256_of_json(outputs)
        sharing.setdefault(digest, []).append((traced, folder))
        if FILE_NAME in outputs:
            indexed.add(digest)
    return [TracedShard(tuple(folders), digest in indexed) for digest, folders in sharing.items()]


def _measured(audits: Sequence[TracedAudit]) -> Iterator[tuple[TracedAudit, str, dict[str, str]]]:
    for traced in audits:
        if not traced.is_measured:
            continue
        for folder in measure_folders(traced.audit):
            marker = traced.audit.marker(folder)
            if marker is not None:
                yield traced, folder, dict(marker.outputs)


def _traced(audit: AuditFolder) -> TracedAudit:
    about = read_json(audit.path / "audit.json")
    unknown = TracedAudit(
        audit, str(about.get("dataset_id")), NOT_RECORDED, "", str(about.get("started_at")), TraceCoverage.OTHER_VERSION
    )
    try:
        parameters = read_identity(audit).parameters
        (claimed,) = audit.read("ingest", schemas.CLAIMED_DATASET).to_pylist()
        off = parameters.detectors_off
        known = replace(unknown, version=claimed["version"], title=claimed["title"], detectors_off=off)
        is_measured = set(audit.finished_stages()).issuperset(measure_folders(audit))
    except (OtherVersionError, StoreError):
        return unknown
    if not is_measured:
        return replace(known, coverage=TraceCoverage.NOT_MEASURED)
    rows, files = _unread(audit)
    read = TraceCoverage.ALL if rows == files == 0 else TraceCoverage.PARTLY
    coverage = read if parameters.passage_window else TraceCoverage.NO_INDEX
    return replace(known, coverage=coverage, rows_unread=rows, files_unread=files)


def _unread(audit: AuditFolder) -> tuple[int | None, int | None]:
    """Return how many rows and members, and how many files, were not read; None where no evidence is gathered."""
    if audit.marker("gather") is None:
        return None, None
    coverage = audit.read("gather", tables.COVERAGE)
    rows, members, files = (
        int(pc.sum(coverage[name]).as_py() or 0) for name in ("rows_unread", "members_unread", "files_unread")
    )
    return rows + members, files
