"""Where in a delimited file its table begins, and whether its first row names the columns or is data.

A row of data that is taken for names is lost; names that are taken for data are one record too many. So a first row is
data on any sign of it: a value that recurs in its column, an e-mail, an address, a date, a number, or a long text.
"""

import re
from collections import Counter
from collections.abc import Sequence

from corpus_audit.vocabulary import ColumnNames

Row = Sequence[str]

MOST_ABOVE = 20
"""Lines above a table that may be a title or a comment."""

_FEWEST_ROWS = 3
_LONG = 100
_MANY_WORDS = 15
_SENTENCE_WORDS = 6
_MARKS = ("#", "//", "--", "%", ";", "sep=")
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d+)*|[.,]\d+)([eE][+-]?\d+)?\s*%?")
_YEAR = re.compile(r"(1[89]|20)\d\d")
_VALUE = re.compile(
    r"\S+@\S+\.\w+|https?://\S+|\d{4}-\d\d-\d\d([T ][\d:.Z+-]+)?|\d{1,2}[./]\d{1,2}[./]\d{2,4}", re.IGNORECASE
)
"""An e-mail, an address or a date, which no column is called."""


def first_of_table(rows: Sequence[Row]) -> int:
    """Return how many rows stand above a table as its title or as comments: they have fewer values than its rows."""
    columns, count = Counter(map(len, rows)).most_common(1)[0] if rows else (0, 0)
    if columns < 2 or count < _FEWEST_ROWS:
        return 0
    above = next((number for number, row in enumerate(rows) if not _is_above(row, columns)), 0)
    if above > MOST_ABOVE or not above:
        return 0
    return above if len(rows) - above >= _FEWEST_ROWS and _is_title(rows[0]) else 0


def _is_title(row: Row) -> bool:
    """True for words or a comment. One name, or several with another delimiter, are the header of another dialect."""
    title = "".join(row).strip()
    return title.startswith(_MARKS) or (len(title.split()) > 1 and not any(sign in title for sign in "\t;|"))


def _is_above(row: Row, columns: int) -> bool:
    filled = sum(bool(value.strip()) for value in row)
    return len(row) < columns or filled == 0 or (filled == 1 and columns > 2) or row[0].startswith("#")


def names_of(rows: Sequence[Row]) -> ColumnNames:
    """Return whether the first of a table's rows holds the names of its columns, by the rows behind it."""
    if not rows:
        return ColumnNames.IN_FILE
    first, others = rows[0], [row for row in rows[1:] if list(row) != list(rows[0])]
    columns = [[row[number].strip() for row in others if number < len(row)] for number in range(len(first))]
    cells = [value.strip() for value in first]
    is_data = any(map(_is_datum, cells, columns)) or _has_numbers(cells, columns)
    return ColumnNames.GENERATED if is_data else ColumnNames.IN_FILE


def _is_datum(cell: str, column: Sequence[str]) -> bool:
    """True for a value that no column is called: it recurs in its own, has the form of one, or is a long text."""
    if not cell:
        return False
    if cell in column and not _NUMBER.fullmatch(cell):
        return True
    words = len(cell.split())
    if _VALUE.fullmatch(cell) or len(cell) > _LONG or words > _MANY_WORDS:
        return True
    sentences = sum(len(value.split()) >= _SENTENCE_WORDS for value in column)
    return words >= _SENTENCE_WORDS and 2 * sentences >= len(column)


def _has_numbers(cells: Sequence[str], columns: Sequence[Sequence[str]]) -> bool:
    """True if numbers stand in the first row as they do below it, not as names: years, or the columns' own numbers."""
    numbers = [cell for cell in cells if _NUMBER.fullmatch(cell)]
    if not numbers:
        return False
    if any(
        _are_numbers(column) and cell and not _NUMBER.fullmatch(cell)
        for cell, column in zip(cells, columns, strict=True)
    ):
        return False
    are_ordinals = numbers in ([str(n) for n in range(len(numbers))], [str(n + 1) for n in range(len(numbers))])
    are_years = len(set(numbers)) == len(numbers) > 1 and all(map(_YEAR.fullmatch, numbers))
    return not (are_years or (are_ordinals and len(numbers) > 1))


def _are_numbers(column: Sequence[str]) -> bool:
    filled = [value for value in column if value]
    return bool(filled) and all(map(_NUMBER.fullmatch, filled))
