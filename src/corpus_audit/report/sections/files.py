"""Files by state and format, their content, and their reading errors."""

from corpus_audit.evidence import tables
from corpus_audit.report.sections.base import Section
from corpus_audit.report.sections.listed import ListedRows
from corpus_audit.report.sections.rows import Row
from corpus_audit.vocabulary import ColumnNames, EncodingBasis, FileState


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


class RecognisedGroup(Section):
    """How many files of one source are packed, encoded and delimited alike; null where that does not apply."""

    source_id: str
    compression: str | None
    encoding: str | None
    encoding_basis: EncodingBasis | None
    csv_delimiter: str | None
    csv_quote: str | None
    csv_escape: str | None
    csv_first_line: int | None
    csv_names: ColumnNames | None
    files: int
    size_bytes: int


class ContentRow(Row, table=tables.CONTENT):
    """How much of one kind of content one source holds."""


class KindOfContent(Section):
    """How much of one kind of content the whole dataset holds."""

    modality: str
    sources: int
    records: int
    size_bytes: int
    tokens: int


class ContentSection(Section):
    """Content by kind in all sources, the largest first, and by source."""

    kinds: tuple[KindOfContent, ...]
    by_source: ListedRows[ContentRow]


class Files(Section):
    """Files by state and by format, those recognised as other than plain UTF-8, and those that failed."""

    by_state: tuple[FileCount, ...]
    by_format: tuple[FileCount, ...]
    recognised: ListedRows[RecognisedGroup]
    failed: ListedRows[FailedFile]


class DefectRow(Row, table=tables.DEFECTS):
    """One kind of defect in one file."""
