"""WebDataset samples: metadata of a member for its neighbours, such as '0001.json' for '0001.jpg'.

Neighbouring members whose names are the same up to the first dot of their last part are one sample.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.corpus.entry import FileEntry, ReadResult, Skipped
from corpus_audit.corpus.field_roles import assign_roles, columns_of_rows
from corpus_audit.corpus.field_roles.names import is_license_name
from corpus_audit.corpus.formats.json_rows import values_of
from corpus_audit.corpus.json_columns import JsonColumns
from corpus_audit.corpus.license_columns import LicenseColumns
from corpus_audit.corpus.listed import LICENSE
from corpus_audit.corpus.texts import raw_batch, row_numbers
from corpus_audit.schemas import TEXT
from corpus_audit.schemas.license_statements import join_statements, split_statements, without_separators
from corpus_audit.vocabulary import FileFormat, SkipReason, Unit

DESCRIPTION = ".json"
MAX_DESCRIPTION_BYTES = 1 << 20
"""A longer member is data of its own."""

_MOST_HELD_BYTES = 64 * 2**20


@dataclass(frozen=True)
class SampleDescription:
    """An object's description of its sample, as one row of schema RAW without a text, and the object itself."""

    row: pa.RecordBatch
    value: Any = None


Named: TypeAlias = "tuple[str, ReadResult | SampleDescription]"
"""A piece, or what describes others, and the name of the member that it is from."""


def may_describe(suffix: str, size: int) -> bool:
    """Could a member describe its sample?"""
    return (suffix == DESCRIPTION or is_license_name(suffix[1:])) and size <= MAX_DESCRIPTION_BYTES


def is_only_description(entry: FileEntry) -> bool:
    """Return whether the manifest names fields that describe samples, and none that holds a text of them."""
    return not entry.text_fields and bool(entry.fields)


def read_license(content: bytes, entry: FileEntry) -> SampleDescription | None:
    """Return the license that a member such as '0001.license' states for its sample, None in a zip, or if blank."""
    text = without_separators(content.decode(errors="replace")).strip()
    if entry.format is not FileFormat.TAR or not text:
        return None
    return SampleDescription(raw_batch(row_numbers(0, 1), {LICENSE: pa.array([text], TEXT)}))


def read_description(content: bytes, entry: FileEntry) -> SampleDescription | None:
    """Return a member's description of its sample, None if it is no object.

    License, language, address, date and people stand in the fields that the manifest names, else in those that the
    rule about columns finds by their names.
    """
    try:
        value = json.loads(content.decode(errors="surrogateescape"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict):
        return None
    described = _with_fields_of(value, entry)
    is_read = entry.format is FileFormat.TAR or entry.license_field is not None
    licenses = LicenseColumns(described.license_field, entry.text_fields) if is_read else None
    values = values_of(value, described, licenses).texts
    texts = {name: None if found is None else found.decode(errors="replace") for name, found in values.items()}
    columns = {name: pa.array([found], TEXT) for name, found in texts.items()}
    # Where the object is a record too, its own reader scans what it holds.
    return SampleDescription(
        raw_batch(row_numbers(0, 1), columns), value if entry.scans and is_only_description(entry) else None
    )


def _with_fields_of(value: dict[str, Any], entry: FileEntry) -> FileEntry:
    """Return the entry without text fields, and with fields of a description where its manifest names none."""
    if entry.format is not FileFormat.TAR:  # in a zip, 'package.json' and 'package.txt' are hardly a sample
        return replace(entry, text_fields=())
    proposed = assign_roles(columns_of_rows([value])).proposed
    fields = {f"{name}_field": field for name, field in proposed.items()}
    missing: dict[str, Any] = {column: field for column, field in fields.items() if getattr(entry, column) is None}
    return replace(entry, text_fields=(), **missing)


def describe_samples(entry: FileEntry, pieces: Iterable[Named]) -> Iterator[ReadResult]:
    """Yield the pieces of an archive's members, by their names, with what descriptions add to records of their sample.

    A sample is held until it ends, if it is not too large: its description may be its last member. The other texts of
    a description are scanned as those of the first record of its sample.
    """
    columns = JsonColumns(entry)
    sample = _Sample("", columns)
    try:
        for name, piece in pieces:
            if sample_of(name) != sample.key:
                yield from sample.complete()
                sample = _Sample(sample_of(name), columns)
            if isinstance(piece, SampleDescription):
                sample.describe(piece)
            elif isinstance(piece, pa.RecordBatch):
                yield from sample.add(piece)
            else:
                yield piece
    except Exception:
        yield from sample.complete()
        raise
    yield from sample.complete()


class _Sample:
    """Records that wait for the rest of their sample."""

    def __init__(self, key: str, columns: JsonColumns) -> None:
        self.key = key
        self._columns = columns
        self._first_row: int | None = None
        self.description: SampleDescription | None = None
        self._held: list[pa.RecordBatch] = []
        self._size = 0

    def describe(self, described: SampleDescription) -> None:
        """Take what one more member says; what an earlier one said stands, and the licenses of both hold."""
        known = self.description
        if known is None:
            self.description = described
            return
        row = _described(known.row, described.row)
        said = [text for one in (known, described) if (text := one.row[LICENSE][0].as_py()) is not None]
        licenses = join_statements(dict.fromkeys(tuple(words) for text in said for words in split_statements(text)))
        place = row.schema.get_field_index(LICENSE)
        row = row.set_column(place, row.schema.field(place), pa.array([licenses or None], row.schema.field(place).type))
        self.description = SampleDescription(row, described.value if known.value is None else known.value)

    def add(self, batch: pa.RecordBatch) -> Iterator[ReadResult]:
        if self._first_row is None:
            self._first_row = batch["row"][0].as_py()
        self._held.append(batch)
        self._size += batch.nbytes
        if self._size > _MOST_HELD_BYTES:
            yield from self._flush()

    def complete(self) -> Iterator[ReadResult]:
        yield from self._flush()
        if self.description is None:
            return
        if self._first_row is None:
            yield Skipped(Unit.MEMBER, SkipReason.NOTHING_DESCRIBED)
        elif self.description.value is not None:
            yield from self._columns.scan([(self._first_row, self.description.value)], {self._first_row})

    def _flush(self) -> Iterator[pa.RecordBatch]:
        for batch in self._held:
            yield batch if self.description is None else _described(batch, self.description.row)
        self._held, self._size = [], 0


def sample_of(name: str) -> str:
    """Return what the names of a sample's members have in common."""
    folder, _, last = name.rpartition("/")
    return f"{folder}/{last.partition('.')[0]}"


def stem_of(name: str) -> str:
    """Return a name without its last suffix: in a zip, '2301.00001.txt' and '2301.00002.txt' are no sample."""
    folder, _, last = name.rpartition("/")
    return f"{folder}/{last.rpartition('.')[0] or last}"


def _described(batch: pa.RecordBatch, row: pa.RecordBatch) -> pa.RecordBatch:
    """Return a batch whose empty metadata is filled in from the sample's description."""
    arrays = []
    for field in batch.schema:
        found = batch[field.name]
        if field.name in row.schema.names and found.null_count:
            said = row[field.name].take(pa.repeat(pa.scalar(0), batch.num_rows))
            found = pc.if_else(pc.is_valid(found), found, said)
        arrays.append(found)
    return pa.RecordBatch.from_arrays(arrays, schema=batch.schema)
