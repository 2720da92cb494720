"""A part of a list, as a page or a document shows it: what is listed, how many rows there are, and where all are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from corpus_audit.report.sections import ListedRows


@dataclass(frozen=True)
class Portion:
    """Rows of any kind that stand for a list of the report: see ListedRows."""

    rows: int
    all_in: str
    listed: Sequence[Any]


def portion(rows: ListedRows[Any] | Portion | Sequence[Any]) -> ListedRows[Any] | Portion:
    """Return a list as it is; rows that are not cut are all in the report itself."""
    return Portion(len(rows), "report.json", rows) if isinstance(rows, Sequence) else rows
