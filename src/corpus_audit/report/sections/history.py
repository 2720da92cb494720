"""The dataset's audits over time."""

from corpus_audit.report.sections.base import Section, Share
from corpus_audit.vocabulary import Severity, Verdict


class HistoryEntry(Section):
    """One audit of the dataset: what it found, and which findings are new or gone since the audit before it."""

    audit_id: str
    dataset_version: str
    started_at: str
    verdict: Verdict
    findings_by_severity: dict[Severity, int]
    findings_opened: int
    findings_closed: int
    sources: int
    records: int
    rows: int
    rows_read: int
    rows_looked_at: int
    exact_duplicate_share: Share
    near_duplicate_share: Share
    personal_information_records: int
