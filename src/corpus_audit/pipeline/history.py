"""History: the audits of one dataset in one store, each compared with the one before.

An audit's report has those before it and never those after it, so that a later audit changes no report that is there.
Audits that another version wrote in another form are left out: they cannot be compared.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from corpus_audit import schemas
from corpus_audit.errors import OtherVersionError, StoreError
from corpus_audit.evidence import tables
from corpus_audit.pipeline.conclusion import conclude_now
from corpus_audit.pipeline.context import RunContext
from corpus_audit.pipeline.verification import require_outputs
from corpus_audit.store import AuditFolder, Store, in_use, read_json, read_table
from corpus_audit.store.identity import read_identity
from corpus_audit.vocabulary import Severity

AUDITS_KEPT = 100
"""How many audits a history goes back."""

_SHOWN = (
    "sources",
    "records",
    "exact_duplicate_share",
    "near_duplicate_share",
    "personal_information_records",
)
_LOOKED_AT = ("rows", "rows_read", "rows_looked_at")
"""What the figures are of, added up over the sources."""


def audits_of_dataset(store: Path, dataset_id: str) -> list[AuditFolder]:
    """Return the concluded audits of a dataset, the earliest first."""
    folders = (Store(store).open_audit(audit_id) for audit_id in Store(store).audit_ids())
    found = []
    for folder in folders:
        # Not read_identity: it refuses what another version wrote.
        stored = read_json(folder.path / "audit.json")
        if stored["dataset_id"] == dataset_id and folder.marker("conclude") is not None and _is_readable(folder):
            found.append((stored["started_at"], folder.audit_id, folder))
    return [folder for _started, _audit_id, folder in sorted(found, key=lambda row: row[:2])]


def _is_readable(audit: AuditFolder) -> bool:
    """True if its evidence has the columns that a history shows."""
    return _has(audit, tables.DATASET, {*_SHOWN, "version"}) and _has(audit, tables.COVERAGE, set(_LOOKED_AT))


def _has(audit: AuditFolder, table: schemas.Table, columns: set[str]) -> bool:
    path = audit.table_path("gather", table)
    return path.is_file() and columns <= set(pq.read_schema(path).names)


def history_until(audit: AuditFolder, context: RunContext) -> list[Any]:
    """Return the history of an audit's dataset that ends with the audit itself (section HistoryEntry)."""
    store = audit.store
    with in_use(audit.path.parent):
        audits = audits_of_dataset(store, read_identity(audit).dataset_id)
        names = [folder.audit_id for folder in audits]
        earlier = audits[: names.index(audit.audit_id)]
        _bring_up_to_date(earlier, context)
        return list(entries_of([*earlier, audit]))[-AUDITS_KEPT:]


def history_of(store: Path, dataset_id: str, *, context: RunContext | None = None) -> list[Any]:
    """Return the whole history of a dataset (section HistoryEntry), the earliest audit first, each concluded on today.

    Raises StoreError when the store holds no finished audit of it, or one that is not as its stages left it.
    """
    audits = audits_of_dataset(store, dataset_id)
    if not audits:
        message = f"There is no finished audit of a dataset {dataset_id!r} in {store}. Name it as its manifest does."
        raise StoreError(message)
    _bring_up_to_date(audits, context or RunContext(sends_lineage=False))
    return list(entries_of(audits))[-AUDITS_KEPT:]


def _bring_up_to_date(audits: Sequence[AuditFolder], context: RunContext) -> None:
    """Conclude audits on today's decisions, those that this version can read."""
    for audit in audits[-AUDITS_KEPT - 1 :]:
        try:
            conclude_now(audit, context=context)
        except OtherVersionError:
            require_outputs(audit, ("gather", "evaluate", "conclude"))


def entries_of(audits: Sequence[AuditFolder]) -> Iterator[Any]:
    """Yield the history of *audits* of one dataset, the earliest first (section HistoryEntry), AUDITS_KEPT at most."""
    from corpus_audit.report.sections import HistoryEntry

    before: set[str] = set()
    for audit in audits[-AUDITS_KEPT - 1 :]:
        findings = set(_column(audit.table_path("evaluate", schemas.FINDINGS), "finding_id"))
        verdict = read_json(audit.folder("conclude") / "verdict.json")
        table = read_table(audit.table_path("gather", tables.DATASET), [*_SHOWN, "version"])
        (dataset,) = table.to_pylist()
        coverage = read_table(audit.table_path("gather", tables.COVERAGE), list(_LOOKED_AT))
        counts = verdict["findings_by_severity"]
        yield HistoryEntry(
            audit_id=audit.audit_id,
            dataset_version=dataset["version"],
            started_at=read_json(audit.path / "audit.json")["started_at"],
            verdict=verdict["verdict"],
            findings_by_severity={severity: counts.get(severity, 0) for severity in Severity},
            findings_opened=len(findings - before),
            findings_closed=len(before - findings),
            **{name: dataset[name] for name in _SHOWN},
            **{name: sum(coverage[name].to_pylist()) for name in _LOOKED_AT},
        )
        before = findings


def _column(path: Path, name: str) -> list[str]:
    values: list[str] = read_table(path, [name])[name].to_pylist()
    return values
