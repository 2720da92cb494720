"""The delimiter, quote and escape of a delimited file, by its first rows.

The dialect is right in which the rows have the same number of columns, and most of them: after van den Burg, Nazábal
and Sutton, "Wrangling messy CSV files by detecting row and type patterns" (2019), without their patterns of types.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from itertools import islice

from corpus_audit.corpus.recognition import Dialect

_DELIMITERS = (",", "\t", ";", "|", "\x01", "^", "~", ":")
_QUOTES = ('"', "'")
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
    candidates = [named, *(dialect for dialect in _candidates(text) if dialect != named)]
    # max() keeps the first of equals: the dialect that the suffix stands for, then the commoner one.
    return max(candidates, key=lambda dialect: _consistency(text, dialect, is_whole=is_whole))


def _candidates(text: str) -> Iterator[Dialect]:
    header = text.lstrip("\r\n").split("\n", 1)[0]
    for quote in _QUOTES:
        for escape in ("", "\\") if f"\\{quote}" in text else ("",):
            for delimiter in _DELIMITERS:
                if delimiter in header:
                    yield Dialect(delimiter, quote, escape)


def _consistency(text: str, dialect: Dialect, *, is_whole: bool) -> tuple[float, float]:
    """Return how well a dialect explains a text: 0 when it finds one column, more for each that all rows have.

    Of two that explain it equally well, the one that leaves fewer values in quotes is the better.
    """
    rows = list(_rows(text, dialect))
    if not is_whole and len(rows) > 1:
        rows.pop()
    columns = len(rows[0]) if rows else 0
    if columns < 2:
        return 0.0, 0.0
    agreeing = sum(len(row) == columns for row in rows) / len(rows)
    quoted = sum(value[:1] in _QUOTES or value[-1:] in _QUOTES for row in rows for value in row)
    return (columns - 1) / columns * agreeing * agreeing, -quoted / (columns * len(rows))


def _rows(text: str, dialect: Dialect) -> Iterator[list[str]]:
    """Yield the first rows, and an empty one in place of all behind a row that the dialect does not allow."""
    rows = read_values(text.splitlines(keepends=True), dialect, strict=True)
    try:
        yield from islice((row for row in rows if row), _MOST_ROWS)
    except csv.Error:
        yield []


def read_values(lines: Iterable[str], dialect: Dialect, *, strict: bool = False) -> Iterator[list[str]]:
    """Yield the values of each row of delimited lines; raises csv.Error, when *strict* also for a stray quote."""
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
        len(set(names)) == len(names)
        and all(map(_NAME.fullmatch, names))
        and all(len(row) == len(names) for row in rows)
    )


def header_of(text: str, dialect: Dialect) -> list[str]:
    """Return the names in the first row of a delimited file."""
    return next(_rows(text, dialect), [])
