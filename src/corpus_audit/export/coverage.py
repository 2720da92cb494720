"""The share of data that was read: every figure of an export states its basis."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from corpus_audit.export.form import LocalizedText
from corpus_audit.export.formatting import format_count


@dataclass(frozen=True)
class ReadCounts:
    """Rows and files of the whole dataset, and how many of them were read."""

    rows: int
    rows_read: int
    rows_unread: int
    rows_looked_at: int
    files: int
    files_unread: int
    files_broken: int

    @classmethod
    def of(cls, rows: Sequence[Any]) -> "ReadCounts":
        """Return the sums over the rows of the evidence table on coverage."""
        return cls(**{name: sum(row[name] for row in rows) for name in cls.__dataclass_fields__})

    @property
    def is_partial(self) -> bool:
        """True if any row or file was not read as a whole."""
        return bool(self.rows_unread or self.files_unread or self.files_broken)

    def read(self) -> LocalizedText:
        """Return how much was read."""
        rows, read = format_count(self.rows), format_count(self.rows_read)
        files, files_read = format_count(self.files), format_count(self.files - self.files_unread)
        return LocalizedText(
            en=f"{read} of {rows} rows and {files_read} of {files} files were read",
            zh=f"{rows}行中已读取{read}行，{files}个文件中已读取{files_read}个",
        )

    def note(self) -> LocalizedText | None:
        """Return what a figure must be read with; None when everything was read."""
        if not self.is_partial:
            return None
        read = self.read()
        return LocalizedText(
            en=f"Only {read.en}. The figure says nothing of the rest.", zh=f"{read.zh}。该数字不涉及其余部分。"
        )
