"""A dataset's audits over time, one page at a time: each as in the report's history, with its current status."""

from collections.abc import Callable
from dataclasses import dataclass

import pyarrow.parquet as pq

from corpus_audit import schemas
from corpus_audit.pipeline import entries_of
from corpus_audit.report.sections import HistoryEntry
from corpus_audit.review.index import AuditIndex, AuditQuery, ListedAudit
from corpus_audit.store import AuditFolder

PAGE_SIZE = 20
_PROBLEM_AUDITS = 10
"""Audits in which a problem is looked for."""


@dataclass(frozen=True)
class PastAudit:
    """One audit of a dataset: its result and current status; *is_first* if none came before it."""

    listed: ListedAudit
    entry: HistoryEntry
    is_first: bool


@dataclass(frozen=True)
class HistoryPage:
    """One page of a dataset's audits, newest first, and how many there are on all pages."""

    audits: tuple[PastAudit, ...]
    total: int


def history_page(index: AuditIndex, folder_of: Callable[[str], AuditFolder], dataset_id: str, page: int) -> HistoryPage:
    """Return one page of the finished audits of a dataset, newest first."""
    # One more than the page shows, for the last of them to be set beside.
    query = AuditQuery(dataset_id=dataset_id, finished=True, page=page, size=PAGE_SIZE, extra=1)
    found = index.find(query)
    entries = list(entries_of([folder_of(listed.audit_id) for listed in reversed(found.audits)]))[::-1]
    past = (
        PastAudit(listed, entry, is_first=(page - 1) * PAGE_SIZE + place == found.total - 1)
        for place, (listed, entry) in enumerate(zip(found.audits, entries, strict=True))
    )
    return HistoryPage(tuple(past)[:PAGE_SIZE], found.total)


@dataclass(frozen=True)
class PastProblem:
    """One audit of a dataset, and whether it found a problem."""

    listed: ListedAudit
    is_there: bool


def problem_history(
    index: AuditIndex, folder_of: Callable[[str], AuditFolder], dataset_id: str, problem_id: str
) -> tuple[PastProblem, ...]:
    """Return the newest finished audits of a dataset, and which of them found a problem."""
    found = index.find(AuditQuery(dataset_id=dataset_id, finished=True, size=_PROBLEM_AUDITS)).audits
    return tuple(PastProblem(listed, _has(folder_of(listed.audit_id), problem_id)) for listed in found)


def _has(audit: AuditFolder, problem_id: str) -> bool:
    path = audit.table_path("evaluate", schemas.FINDINGS)
    found = pq.read_table(path, columns=["problem_id"], filters=[("problem_id", "=", problem_id)])
    return len(found) > 0
