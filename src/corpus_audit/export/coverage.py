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
        """True if any row or file was not read as a whole, or there is none."""
        return bool(self.rows_unread or self.files_unread or self.files_broken or not self.rows)

    def read(self) -> LocalizedText:
        """Return how much was read."""
        rows, read = format_count(self.rows), format_count(self.rows_read)
        files, files_read = format_count(self.files), format_count(self.files - self.files_unread)
        of_rows, of_files = ("no rows", "未读取到任何行"), ("no declared files", "未声明任何文件")
        if self.rows:
            of_rows = (f"{read} of {rows} rows", f"{rows}行中已读取{read}行")
        if self.files:
            of_files = (f"{files_read} of {files} files", f"{files}个文件中已读取{files_read}个")
        return LocalizedText(en=f"{of_rows[0]} and {of_files[0]} were read", zh=f"{of_rows[1]}，{of_files[1]}")

    def looked_at(self, count: str) -> LocalizedText:
        """Return *count* as so many of the records looked at; where that is none, that nothing is known."""
        if not self.rows_looked_at:
            return LocalizedText(en="no record was looked at", zh="未检查任何记录")
        whole = format_count(self.rows_looked_at)
        return LocalizedText(en=f"{count} of {whole} records looked at", zh=f"所检查的{whole}条记录中有{count}条")

    def note(self) -> LocalizedText | None:
        """Return what a figure must be read with; None when everything was read."""
        if not self.is_partial:
            return None
        read = self.read()
        if not self.rows:
            return LocalizedText(
                en=f"{read.en[0].upper()}{read.en[1:]}. The figure says nothing of the data.",
                zh=f"{read.zh}。该数字不涉及任何数据。",
            )
        return LocalizedText(
            en=f"Only {read.en}. The figure says nothing of the rest.", zh=f"{read.zh}。该数字不涉及其余部分。"
        )
