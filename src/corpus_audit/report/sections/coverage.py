"""Coverage: checked and unchecked data."""

from corpus_audit.evidence import tables
from corpus_audit.report.sections.base import Section, Share
from corpus_audit.report.sections.listed import ListedRows
from corpus_audit.report.sections.rows import Row


class CoverageCounts(Section):
    """What there is and what was looked at, counted for one source or for all."""

    files: int
    files_unread: int
    files_broken: int
    files_undeclared: int
    undeclared_bytes: int
    files_ignored: int
    ignored_bytes: int
    links_not_followed: int
    folders_not_listed: int
    size_bytes: int
    unread_bytes: int
    rows: int
    rows_read: int
    rows_empty: int
    rows_unread: int
    rows_scanned_only: int
    rows_looked_at: int
    members: int
    members_unread: int
    media: int
    media_unmeasured: int
    encoded_values: int


class SourceCoverage(CoverageCounts):
    """What there is and what was looked at in one source."""

    source_id: str
    state: str
    left_out: str
    rows_unread_share: Share
    columns_text: int
    columns_metadata: int
    columns_media: int
    columns_scanned: int
    columns_not_looked_at: int
    columns_opaque: int
    columns_license_unjudged: int


class CoverageGap(Section):
    """What was not looked at for one reason, in all sources."""

    unit: str
    reason: str
    count: int
    sources: int
    files: int


class UnreadFile(Section):
    """One declared file that was not read as a whole."""

    source_id: str
    file: str
    format: str
    state: str
    size_bytes: int
    rows: int
    rows_read: int
    rows_unread: int
    rows_scanned_only: int
    members: int
    members_unread: int
    breaks: int
    reasons: tuple[str, ...]


class LeftOutRow(Row, table=tables.LEFT_OUT):
    """What lies in a source's folders and is no part of the audit, of one kind."""


class CoverageColumn(Section):
    """One column of one source, and what was done with it."""

    source_id: str
    column_name: str
    role: str
    reason: str
    types: tuple[str, ...]
    files: int
    scanned_values: int | None


class Coverage(Section):
    """What was looked at of the whole dataset, by source, by reason, by file and by column."""

    total: CoverageCounts
    unread_share_allowed: float
    sources_opaque: int
    sources_license_unjudged: int
    sources: ListedRows[SourceCoverage]
    gaps: tuple[CoverageGap, ...]
    files: ListedRows[UnreadFile]
    files_beside: int
    left_out: ListedRows[LeftOutRow]
    columns: ListedRows[CoverageColumn]
