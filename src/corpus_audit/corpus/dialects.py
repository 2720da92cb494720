"""The delimiter, quote and escape of a delimited file, and where its table begins, by its first rows.

The dialect is right in which the rows have the same number of columns, and most of them: after van den Burg, Nazábal
and Sutton, "Wrangling messy CSV files by detecting row and type patterns" (2019), without their patterns of types.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from corpus_audit.corpus.csv_headers import MOST_ABOVE, first_of_table, names_of
from corpus_audit.corpus.recognition import Dialect
from corpus_audit.vocabulary import ColumnNames

_DELIMITERS = (",", "\t", ";", "|", "\x01", "^", "~", ":")
_QUOTES = ('"', "'")
_QUOTED_OR_SPACED = (*_QUOTES, " ")
_MOST_ROWS = 200
_LONGEST_VALUE = 8 * 2**20
_FEWEST_ROWS = 3
_NAME = re.compile(r"[^\W\d][\w .-]{0,63}")
_NAMED = {".tsv": "\t", ".tab": "\t", ".csv": ","}


def recognise_dialect(text: str, suffix: str, *, is_whole: bool) -> Dialect:
    """Return the dialect of a delimited file by its beginning; the suffix decides where the beginning does not.

    *is_whole* says that nothing comes behind *text*, so that its last row is not cut.
    """
    named = Dialect(_NAMED.get(suffix, ","))
    # Only what is called a table may have a title above it.
    head = text.lstrip("\r\n").split("\n", MOST_ABOVE)[: MOST_ABOVE if suffix in _NAMED else 1]
    candidates = [named, *(dialect for dialect in _candidates(text, "".join(head)) if dialect != named)]
    samples = [_Sample.of(text, dialect, is_whole=is_whole) for dialect in candidates]
    # max() keeps the first of equals: the dialect that the suffix stands for, then the commoner one.
    best = max(range(len(samples)), key=lambda number: samples[number].consistency)
    sample = samples[best]
    return replace(candidates[best], first_line=sample.first_line, names=names_of(sample.rows))


def _candidates(text: str, head: str) -> Iterator[Dialect]:
    for quote in _QUOTES:
        for escape in ("", "\\") if f"\\{quote}" in text else ("",):
            for delimiter in _DELIMITERS:
                if delimiter in head:
                    yield Dialect(delimiter, quote, escape)


@dataclass(frozen=True)
class _Sample:
    """The first rows of a table as a dialect reads them, and the line that it begins with."""

    rows: Sequence[Sequence[str]]
    first_line: int = 1

    @classmethod
    def of(cls, text: str, dialect: Dialect, *, is_whole: bool) -> "_Sample":
        numbered = list(_numbered_rows(text, dialect))
        if not is_whole and len(numbered) > 1:
            numbered.pop()
        rows = [row for _, row in numbered]
        above = first_of_table(rows) if "\n" in text else 0
        return cls(rows[above:], numbered[above][0] if above else 1)

    @property
    def consistency(self) -> tuple[float, float]:
        """How well the dialect explains the text: 0 for one column, more for each that all rows have.

        Of two that explain it equally well, the one that leaves fewer values in quotes or behind a space is better.
        """
        columns = len(self.rows[0]) if self.rows else 0
        if columns < 2:
            return 0.0, 0.0
        agreeing = sum(len(row) == columns for row in self.rows) / len(self.rows)
        values = [value for row in self.rows for value in row]
        stray = sum((value[:1] in _QUOTES) != (value[-1:] in _QUOTES) for value in values if len(value) > 1)
        # Half of a quoted value is no value; a dialect that needs lines above its table explains less than another.
        share = agreeing * agreeing * max(0.0, 1 - stray / len(self.rows)) * (1.0 if self.first_line == 1 else 0.75)
        doubtful = sum(value[:1] in _QUOTED_OR_SPACED or value[-1:] in _QUOTES for value in values)
        return (columns - 1) / columns * share, -doubtful / (columns * len(self.rows))


def _rows(text: str, dialect: Dialect) -> Iterator[list[str]]:
    """Yield the first rows, and an empty one in place of all behind a row that the dialect does not allow."""
    return (row for _, row in _numbered_rows(text, dialect))


def _numbered_rows(text: str, dialect: Dialect) -> Iterator[tuple[int, list[str]]]:
    """Yield the first rows with the line that each begins at, from 1."""
    reader = read_values(io.StringIO(text, newline=""), dialect, strict=True)
    line = 1
    try:
        for row in islice((row for row in reader), _MOST_ROWS):
            if row:
                yield line, row
            line = reader.line_num + 1
    except csv.Error:
        yield line, []


def read_values(lines: Iterable[str], dialect: Dialect, *, strict: bool = False) -> Any:
    """Return a csv.reader of delimited lines, which raises csv.Error; when *strict* also for a stray quote."""
    # The limit holds for the whole process and is 128 KiB, shorter than a document, unless it is set: set it each
    # time, so that no reading depends on what was read before.
    csv.field_size_limit(_LONGEST_VALUE)
    return csv.reader(
        lines,
        delimiter=dialect.delimiter,
        quotechar=dialect.quote,
        escapechar=dialect.escape or None,
        doublequote=not dialect.escape,
        strict=strict,
    )


def is_table(text: str, dialect: Dialect, *, is_whole: bool) -> bool:
    """Return whether a text of unknown kind is surely delimited: a header of names, then rows that all fit it."""
    rows = list(_rows(text, dialect))
    if not is_whole:
        rows = rows[:-1]
    if len(rows) < _FEWEST_ROWS or len(rows[0]) < 2:
        return False
    names = rows[0]
    return (
        dialect == replace(dialect, first_line=1, names=ColumnNames.IN_FILE)
        and len(set(names)) == len(names)
        and all(map(_NAME.fullmatch, names))
        and all(len(row) == len(names) for row in rows)
    )


def first_row(text: str, dialect: Dialect) -> list[str]:
    """Return the first row of a table, of names or of data."""
    return next((row for line, row in _numbered_rows(text, dialect) if line >= dialect.first_line), [])


def name_columns(row: Sequence[str], dialect: Dialect) -> list[str]:
    """Return what a table's columns are called by its first row; one without a name of its own gets its number."""
    if dialect.names is ColumnNames.GENERATED:
        return [f"column_{number}" for number in range(1, len(row) + 1)]
    names: list[str] = []
    for number, name in enumerate(row, start=1):
        names.append(f"{name} (column {number})" if name in names else name or f"(column {number})")
    return names
