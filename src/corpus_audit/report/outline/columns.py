"""The columns of a document's tables: one constructor for each way in which a row fills them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from corpus_audit.report import wording
from corpus_audit.report.formatting import format_bytes, format_number, format_share, format_value
from corpus_audit.report.translator import Translator

_EMPTY = "–"


@dataclass(frozen=True)
class Column:
    """One column of a table: its heading, already in the reader's words, and how a row fills it."""

    heading: str
    cell: Callable[[Any], str]
    is_number: bool = False


def text(heading: str, name: str) -> Column:
    """Return a column that shows the attribute *name* as it is."""
    read = attrgetter(name)
    return Column(heading, lambda row: str(read(row)))


def number(heading: str, name: str) -> Column:
    """Return a column of counts; a dash stands where nothing was counted."""
    return _figure(heading, name, format_number)


def size(heading: str, name: str) -> Column:
    """Return a column of bytes."""
    return _figure(heading, name, format_bytes)


def share(heading: str, name: str, words: Translator) -> Column:
    """Return a column of shares; a dash stands where there is none."""
    return _figure(heading, name, lambda value: format_share(value, words))


def similarity(heading: str, name: str) -> Column:
    """Return a column of numbers from 0 to 1 that are no shares."""
    return _figure(heading, name, "{:.2f}".format)


def _figure(heading: str, name: str, show: Callable[[Any], str]) -> Column:
    read = attrgetter(name)

    def cell(row: Any) -> str:
        found = read(row)
        return _EMPTY if found is None else show(found)

    return Column(heading, cell, is_number=True)


def value(heading: str, name: str, words: Translator) -> Column:
    """Return a column of claims or evidence, shown as everywhere in the report."""
    read = attrgetter(name)
    return Column(heading, lambda row: format_value(name, read(row), words))


def term(heading: str, name: str, words: Translator, table: Mapping[Any, str] | None = None) -> Column:
    """Return a column of terms of a closed set, by the words of *table* where it has them."""
    read = attrgetter(name)
    return Column(heading, lambda row: words((table or {}).get(read(row)) or wording.word(read(row))))


def entity_type(heading: str, words: Translator) -> Column:
    """Return the column that names what was found."""
    return Column(heading, lambda row: words(wording.entity_type_label(row.entity_type)))


def listing(heading: str, name: str, words: Translator) -> Column:
    """Return a column of several values in one cell."""
    read = attrgetter(name)
    return Column(heading, lambda row: words.join(map(str, read(row))) or _EMPTY)
