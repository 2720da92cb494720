"""The length of a report in a document, and tables shortened to fit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from corpus_audit.document.blocks import TableBlock
from corpus_audit.report.formatting import format_number
from corpus_audit.report.outline.columns import Column
from corpus_audit.report.portions import Portion, portion
from corpus_audit.report.sections import ListedRows
from corpus_audit.report.translator import Translator


@dataclass(frozen=True)
class Extent:
    """How many rows the tables of a document have.

    Of each severity, so many rules are explained with so many of their findings; the others are only named.
    """

    rows: int
    finding_rows: int
    rules_explained: int


def cut_table(
    title: str,
    rows: ListedRows[Any] | Portion | Sequence[Any],
    columns: Iterable[Column],
    limit: int,
    words: Translator,
) -> TableBlock:
    """Return the first *limit* rows as a table that says how many more there are, and in which file."""
    chosen, part = tuple(columns), portion(rows)
    left = part.rows - min(limit, len(part.listed))
    return TableBlock(
        title=title,
        headings=tuple(column.heading for column in chosen),
        rows=tuple(tuple(column.cell(row) for column in chosen) for row in part.listed[:limit]),
        numbers=frozenset(number for number, column in enumerate(chosen) if column.is_number),
        left=words("and {count} more in {file}").format(count=format_number(left), file=part.all_in)
        if left > 0
        else "",
    )
