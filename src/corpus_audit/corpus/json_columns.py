"""JSON columns: their texts row by row, and the Arrow schema for parsing whole blocks of rows."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from corpus_audit.corpus.columns import MAX_DEPTH, Leaf, Roles, column_texts, leaves_of, without_end
from corpus_audit.corpus.entry import ColumnSeen, FileEntry, ReadResult, RowsScanned
from corpus_audit.corpus.fields import EVERY, JOINT, Path
from corpus_audit.corpus.license_columns import LicenseColumns
from corpus_audit.schemas import TEXT
from corpus_audit.vocabulary import ColumnReason

MAX_COLUMNS = 1000
"""Columns of one part of a file that are told apart: data may make a column of every id."""

OTHER_COLUMNS = "(other columns)"
"""What stands for all columns beyond those; their texts are scanned like any other."""

_TYPES = {
    ColumnReason.HOLDS_TEXT: "string",
    ColumnReason.NUMBER: "number",
    ColumnReason.BOOLEAN: "boolean",
    ColumnReason.EMPTY: "null",
    ColumnReason.OTHER_TYPE: "nested too deeply",
}
_ARROW_TYPES = {
    ColumnReason.HOLDS_TEXT: TEXT,
    ColumnReason.NUMBER: pa.float64(),
    ColumnReason.BOOLEAN: pa.bool_(),
    ColumnReason.EMPTY: pa.null(),
}


def reason_of(value: Any) -> ColumnReason:
    """Return why a JSON value that is no object and no list is scanned or not."""
    if isinstance(value, str):
        return ColumnReason.HOLDS_TEXT
    if isinstance(value, bool):
        return ColumnReason.BOOLEAN
    return ColumnReason.EMPTY if value is None else ColumnReason.NUMBER


def values_in(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield each scalar value of a JSON row, with its column.

    Objects and lists that are empty count as null. What is nested too deeply is told as one value.
    """
    if len(path) > MAX_DEPTH:
        yield path, ...
    elif isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from values_in(inner, (*path, name))
    elif isinstance(value, list) and value:
        for inner in value:
            yield from values_in(inner, (*path, EVERY))
    else:
        yield path, None if isinstance(value, dict | list) else value


class JsonColumns:
    """The columns of a JSON file seen so far, and their names in reports."""

    def __init__(self, entry: FileEntry) -> None:
        self._entry = entry
        self._roles = Roles.in_file(entry)
        self.licenses = LicenseColumns(entry.license_field, entry.text_fields)
        self._leaves: dict[tuple[Path, ColumnReason], Leaf] = {}
        self._names: dict[Path, str] = {}

    def leaf_of(self, path: Path, reason: ColumnReason) -> Leaf:
        """Return the column at *path* for values of a kind."""
        known = self._leaves.get((path, reason))
        if known is None:
            known = self._roles.of(path, reason, _TYPES[reason])
            if len(self._leaves) < 2 * MAX_COLUMNS:
                self._leaves[path, reason] = known
        return known

    def name_of(self, leaf: Leaf) -> str:
        """Return the reported name of a column: its own, or a shared one if there are too many columns."""
        name = self._names.get(leaf.path)
        if name is None:
            name = leaf.column if len(self._names) < MAX_COLUMNS else OTHER_COLUMNS
            if name != OTHER_COLUMNS:
                self._names[leaf.path] = name
        return name

    def seen(self, leaf: Leaf) -> ColumnSeen:
        """Return what coverage is told of a column."""
        told = leaf.seen()
        return ColumnSeen(self.name_of(leaf), told.role, told.reason, told.type)

    def texts_elsewhere(self, row: Any) -> list[str]:
        """Return the texts of a row in columns outside the text that are called like one."""
        return [
            value
            for path, value in values_in(row)
            if isinstance(value, str) and self.leaf_of(without_end(path), reason_of(value)).may_be_the_text
        ]

    def scan(self, rows: Iterable[tuple[int, Any]], read: Set[int]) -> Iterator[ReadResult]:
        """Yield the texts of rows in columns outside the text; a row is its number and its JSON value.

        Of the rows numbered *read*, the text was read.
        """
        texts: dict[str, tuple[list[int], list[str]]] = {}
        met: dict[Leaf, None] = {}
        scanned = without_text = 0
        for number, row in rows:
            of_row: dict[str, list[str]] = {}
            for path, value in values_in(row):
                reason = ColumnReason.OTHER_TYPE if value is ... else reason_of(value)
                leaf = self.leaf_of(without_end(path), reason)
                met[leaf] = None
                if leaf.is_scanned:
                    of_row.setdefault(self.name_of(leaf), []).append(value)
            scanned += bool(of_row)
            without_text += bool(of_row) and number not in read
            for column, found in of_row.items():
                numbers, values = texts.setdefault(column, ([], []))
                numbers.append(number)
                values.append(JOINT.join(found))
        yield from map(self.seen, met)
        for column, (numbers, values) in texts.items():
            content = pa.array(map(to_bytes, values), pa.large_binary())
            yield from column_texts(self._entry, column, pa.array(numbers, pa.int64()), content)
        if scanned:
            yield RowsScanned(scanned, without_text)


def to_bytes(text: str) -> bytes:
    """Return a text's bytes as they stood in the file; an escaped lone surrogate has none and becomes '?'."""
    try:
        return text.encode(errors="surrogateescape")
    except UnicodeEncodeError:
        return text.encode(errors="replace")


@dataclass
class Shape:
    """What values of a place were so far: reasons for plain ones, fields of objects, entries of lists."""

    reasons: set[ColumnReason] = field(default_factory=set)
    fields: "dict[str, Shape] | None" = None
    entries: "Shape | None" = None
    places: int = 0
    """Places that were met in all, this one's inner ones too."""

    def learn(self, value: Any) -> int:
        """Add what a value is, and return how many places are new."""
        before = self.places
        if isinstance(value, dict):
            self.fields = {} if self.fields is None else self.fields
            for name, inner in value.items():
                self.places += name not in self.fields
                self.places += self.fields.setdefault(name, Shape()).learn(inner)
        elif isinstance(value, list):
            self.entries = self.entries or Shape()
            for inner in value:
                self.places += self.entries.learn(inner)
        elif value is not None:
            self.reasons.add(reason_of(value))
        return self.places - before

    def arrow_type(self) -> pa.DataType | None:
        """Return the Arrow type of such values, None where they are of several kinds that none has in common."""
        kinds = len(self.reasons) + (self.fields is not None) + (self.entries is not None)
        if kinds > 1:
            return None
        if self.fields is not None:
            inner = {name: shape.arrow_type() for name, shape in self.fields.items()}
            return None if None in inner.values() else pa.struct(list(inner.items()))
        if self.entries is not None:
            entry = self.entries.arrow_type()
            return None if entry is None else pa.list_(entry)
        return _ARROW_TYPES[next(iter(self.reasons), ColumnReason.EMPTY)]


def leaves_of_json(columns: JsonColumns, schema: pa.Schema) -> list[Leaf]:
    """Return the columns of a learned schema, as derived from the rows."""
    return [columns.leaf_of(leaf.path, leaf.reason) for leaf in leaves_of(schema, Roles())]
