"""Columns outside the text: their list, their treatment, and their texts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.corpus.entry import ColumnSeen, ColumnTexts, FileEntry, ReadResult, RowsScanned, Skipped
from corpus_audit.corpus.field_roles.names import LicenseColumn
from corpus_audit.corpus.fields import EVERY, Path, follow, paths_of
from corpus_audit.corpus.license_columns import LicenseColumns, Stated, licenses_of_rows, names_of_entries
from corpus_audit.corpus.listed import LICENSE, join_licenses
from corpus_audit.corpus.texts import REPLACED, absent_fields, checked_rows, readable_columns, valid_utf8
from corpus_audit.corpus.wrapped_types import is_list, unwrapped_type
from corpus_audit.vocabulary import ColumnReason, ColumnRole, DefectCode, SkipReason, Unit

MAX_DEPTH = 32
"""Values that are nested deeper are not looked at."""


@dataclass(frozen=True)
class Leaf:
    """A column without nested columns, and its treatment."""

    path: Path
    role: ColumnRole
    reason: ColumnReason
    type: str
    license: LicenseColumn | None = None
    """Which license its values state."""

    @property
    def column(self) -> str:
        """Its name: a JSON pointer when it is nested."""
        return name_of(self.path)

    @property
    def is_scanned(self) -> bool:
        """True if its values are texts that no record's text holds."""
        return self.role is ColumnRole.SCANNED or (
            self.role is ColumnRole.METADATA and self.reason is ColumnReason.HOLDS_TEXT
        )

    def seen(self) -> ColumnSeen:
        """Return the column's entry for coverage."""
        is_metadata = self.role is ColumnRole.METADATA
        reason = ColumnReason.METADATA_FIELD if is_metadata else self.reason
        return ColumnSeen(self.column, self.role, reason, self.type)


_MAY_BE_LICENSES = frozenset({ColumnReason.HOLDS_TEXT, ColumnReason.NUMBER, ColumnReason.BINARY})


class Roles:
    """What the fields that a manifest names make of a file's columns."""

    def __init__(
        self,
        text_fields: Iterable[str] = (),
        other_fields: Iterable[str] = (),
        media: Iterable[Path] = (),
        licenses: LicenseColumns | None = None,
    ) -> None:
        self._licenses = LicenseColumns() if licenses is None else licenses
        self._text = {without_end(path) for name in text_fields for path in paths_of(name)}
        self._metadata = {without_end(path) for name in other_fields for path in paths_of(name)}
        self._media = frozenset(media)

    @classmethod
    def in_file(cls, entry: FileEntry, media: Iterable[Path] = ()) -> "Roles":
        """Return the roles that a file's entry gives to its columns; binary ones at the paths *media* are media."""
        other_fields = (name for name in entry.field_names if name not in entry.text_fields)
        licenses = LicenseColumns(entry.license_field, entry.text_fields)
        return cls(entry.text_fields, other_fields, media, licenses)

    def of(self, path: Path, reason: ColumnReason, kind: str) -> Leaf:
        """Return the column at *path*, whose values are of such a kind."""
        if path in self._text:
            return Leaf(path, ColumnRole.TEXT, ColumnReason.TEXT_FIELD, kind)
        stated = self._licenses.find(path) if reason in _MAY_BE_LICENSES else None
        if stated is not None:
            return Leaf(path, ColumnRole.METADATA, reason, kind, stated)
        if path in self._metadata:
            return Leaf(path, ColumnRole.METADATA, reason, kind)
        if path in self._media and reason is ColumnReason.BINARY:
            return Leaf(path, ColumnRole.MEDIA, ColumnReason.HOLDS_MEDIA, kind)
        holds_text = reason is ColumnReason.HOLDS_TEXT
        return Leaf(path, ColumnRole.SCANNED if holds_text else ColumnRole.NOT_LOOKED_AT, reason, kind)


_NO_ROLES = Roles()
_UNREACHED = ColumnReason.OTHER_TYPE


def leaves_of(schema: Iterable[pa.Field], roles: Roles) -> list[Leaf]:
    """Return the columns of an Arrow schema, those inside others too.

    A column of texts that reading cannot reach is not looked at: so is a second one of the same name.
    """
    leaves: list[Leaf] = []
    names: set[str] = set()
    for field in schema:
        is_reachable = field.name not in names
        names.add(field.name)
        for leaf in _leaves((field.name,), field.type, roles):
            is_read = not leaf.is_scanned or (is_reachable and _can_be_followed(field.type, leaf.path[1:]))
            leaves.append(leaf if is_read else replace(leaf, role=ColumnRole.NOT_LOOKED_AT, reason=_UNREACHED))
    return leaves


def _can_be_followed(kind: pa.DataType, steps: Path) -> bool:
    """True if reading finds texts behind *steps*: it is tried on a column without rows."""
    try:
        return follow(pa.nulls(0, kind), steps) is not None
    except (pa.ArrowException, ValueError, TypeError):
        return False


def read_rows(
    entry: FileEntry, leaves: Sequence[Leaf], rows: pa.Array, fields: Mapping[str, pa.Array], *, is_first: bool
) -> Iterator[ReadResult]:
    """Yield a batch of rows as records, with their defects, and the texts of their other columns where wanted.

    *leaves* are the columns of the whole file. Rows without any text field are skipped.
    """
    columns = columns_of_records(entry, leaves, fields)
    if is_first:
        yield from absent_fields(entry, columns, fields)
    if "text" in columns:
        yield from checked_rows(entry, rows, columns)
    else:
        yield Skipped(Unit.ROW, SkipReason.NO_TEXT_FIELD, len(rows))
    if entry.scans:
        yield from scan_columns(entry, leaves, rows, fields, columns.get("text"))


def columns_of_records(entry: FileEntry, leaves: Sequence[Leaf], fields: Mapping[str, pa.Array]) -> dict[str, pa.Array]:
    """Return the columns of RAW that a table gives; its license is what all of its columns state that state one.

    Raises ArrowInvalid for a text that is none.
    """
    columns = readable_columns(entry, fields)
    stated = licenses_in(leaves, fields)
    return columns if stated is None else columns | {LICENSE: stated}


def licenses_in(leaves: Sequence[Leaf], fields: Mapping[str, pa.Array]) -> pa.Array | None:
    """Return the license that each row states, as large_binary; None where no column states one."""
    stating: list[LicenseColumn] = []
    values: list[pa.Array] = []
    written: dict[int, list[Stated]] = {}
    count = 0
    for leaf in leaves:
        column = fields.get(leaf.path[0])
        if column is None:
            continue
        count = len(column)
        if leaf.license is not None:
            found = follow(column, leaf.path[1:], join_licenses)
            if found is not None:
                stating.append(leaf.license)
                values.append(found)
        elif leaf.is_scanned:
            for row, stated in _licenses_told(leaf, column):
                written.setdefault(row, []).append(stated)
    return licenses_of_rows(stating, values, written, count) if stating or written else None


def _licenses_told(leaf: Leaf, column: pa.Array) -> Iterator[tuple[int, Stated]]:
    """Yield what objects written as text and entries with a name of their own say, each with its row."""
    if EVERY not in leaf.path:
        texts = follow(column, leaf.path[1:])
        yield from () if texts is None else LicenseColumns().in_texts(texts, leaf.path)
    if names_of_entries(leaf.path, column.type):
        yield from LicenseColumns().in_entries(column, leaf.path[1:], leaf.path[:1])


def unjudged_licenses(beside: Any) -> Iterator[ColumnSeen]:
    """Yield the columns that state a license beside the rows of a file: of which rows, the file does not say."""
    for path in LicenseColumns().paths_in(beside):
        yield ColumnSeen(name_of(path), ColumnRole.SCANNED, ColumnReason.LICENSE_UNJUDGED, "string")


def wanted_columns(field: pa.Field, path: str = "") -> Iterator[str]:
    """Yield the dotted names of the smallest columns under *field* that hold text, as Parquet readers take them.

    A picture that lies beside its path is not read because of the path.
    """
    name = f"{path}{field.name}"
    if pa.types.is_struct(field.type):
        for inner in field.type:
            yield from wanted_columns(inner, f"{name}.")
    elif any(leaf.reason is ColumnReason.HOLDS_TEXT for leaf in _leaves((name,), field.type, _NO_ROLES)):
        yield name


def scan_columns(
    entry: FileEntry, leaves: Sequence[Leaf], rows: pa.Array, fields: Mapping[str, pa.Array], text: pa.Array | None
) -> Iterator[ReadResult]:
    """Yield the texts of a batch's columns outside the *text*, and the defects in them."""
    has_texts = pa.repeat(pa.scalar(False), len(rows))
    for leaf in leaves:
        column = fields.get(leaf.path[0]) if leaf.is_scanned else None
        found = None if column is None else follow(column, leaf.path[1:])
        if found is not None and found.null_count < len(found):
            has_texts = pc.or_(has_texts, pc.is_valid(found))
            yield from column_texts(entry, leaf.column, rows, found)
    scanned = has_texts.true_count
    if scanned:
        with_text = 0 if text is None else pc.and_(has_texts, pc.is_valid(text)).true_count
        yield RowsScanned(scanned, scanned - with_text)


def column_texts(entry: FileEntry, column: str, rows: pa.Array, content: pa.Array) -> Iterator[ReadResult]:
    """Yield the *content* (large_binary) of a column as valid text, and a defect for each value that was repaired."""
    texts, bad = valid_utf8(content)
    for index, offset in bad:
        yield entry.defect(DefectCode.NOT_UTF8, f"{column}: {REPLACED}", f"row {rows[index]}, byte {offset}")
    yield ColumnTexts(column, rows, texts)


def name_of(path: Path) -> str:
    """Return a column's name: a JSON pointer when it is nested."""
    if len(path) == 1 and not path[0].startswith("/"):
        return _as_utf8(path[0])
    return _as_utf8("/" + "/".join(step.replace("~", "~0").replace("/", "~1") for step in path))


def _as_utf8(name: str) -> str:
    return name.encode(errors="replace").decode()


def kind_of(kind: pa.DataType) -> ColumnReason:
    """Return why values of an Arrow type are scanned or not."""
    stored = unwrapped_type(kind)
    return next((reason for is_of, reason in _KINDS if is_of(stored)), ColumnReason.OTHER_TYPE)


_KINDS = (
    (pa.types.is_null, ColumnReason.EMPTY),
    (pa.types.is_boolean, ColumnReason.BOOLEAN),
    (pa.types.is_integer, ColumnReason.NUMBER),
    (pa.types.is_floating, ColumnReason.NUMBER),
    (pa.types.is_decimal, ColumnReason.NUMBER),
    (pa.types.is_temporal, ColumnReason.TIME),
    (pa.types.is_string, ColumnReason.HOLDS_TEXT),
    (pa.types.is_large_string, ColumnReason.HOLDS_TEXT),
    (pa.types.is_string_view, ColumnReason.HOLDS_TEXT),
    (pa.types.is_binary, ColumnReason.BINARY),
    (pa.types.is_large_binary, ColumnReason.BINARY),
    (pa.types.is_binary_view, ColumnReason.BINARY),
    (pa.types.is_fixed_size_binary, ColumnReason.BINARY),
)


def _leaves(path: Path, kind: pa.DataType, roles: Roles) -> Iterator[Leaf]:
    if len(path) > MAX_DEPTH:
        yield roles.of(without_end(path), ColumnReason.OTHER_TYPE, "nested too deeply")
    elif pa.types.is_struct(stored := unwrapped_type(kind)):
        for field in stored:
            yield from _leaves((*path, field.name), field.type, roles)
    elif is_list(stored):
        yield from _leaves((*path, EVERY), stored.value_type, roles)
    else:
        yield roles.of(without_end(path), kind_of(kind), str(kind))


def without_end(path: Path) -> Path:
    """Return a path without the '*' at its end: lists at the end of a path are taken apart anyway."""
    while len(path) > 1 and path[-1] == EVERY:
        path = path[:-1]
    return path
