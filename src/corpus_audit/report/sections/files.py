"""Files by state and format, their content, and their reading errors."""

from corpus_audit.evidence import tables
from corpus_audit.report.sections.base import Section
from corpus_audit.report.sections.rows import Row
from corpus_audit.vocabulary import FileState


class FileCount(Section):
    """How many files, and how many bytes of them are on disk, share one state or format."""

    name: str
    files: int
    size_bytes: int


class FailedFile(Section):
    """A file that is missing, refused, unreadable, or different from what is declared."""

    source_id: str
    file: str
    state: FileState
    declared_size_bytes: int | None
    observed_size_bytes: int | None
    declared_sha256: str | None
    observed_sha256: str | None


class Content(Row, table=tables.CONTENT):
    """How much of one kind of content one source holds."""


class Files(Section):
    """Files by state and by format, and every one that failed."""

    by_state: tuple[FileCount, ...]
    by_format: tuple[FileCount, ...]
    failed: tuple[FailedFile, ...]


class DefectRow(Row, table=tables.DEFECTS):
    """One kind of defect in one file."""
